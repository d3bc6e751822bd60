using System.Globalization;
using SoGoc.Kernel.Papers;
using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Civil.Papers;

/// <summary>What a paper is made of.</summary>
/// <param name="Title">Giấy khai sinh, Trích lục khai sinh ….</param>
/// <param name="IsCopy">An extract (bản sao).</param>
/// <param name="No">Its number.</param>
/// <param name="Office">Which issues it.</param>
/// <param name="EntryNo">Number in the book.</param>
/// <param name="Book">The year of the book; null: it is a decision, which stands in none.</param>
/// <param name="Registered">The office that registered, as it was called, and what it is today.</param>
/// <param name="RegisteredOn">The day of the act.</param>
/// <param name="Parts">What is registered.</param>
/// <param name="Notes">What was written beside the entry since.</param>
/// <param name="Signer">Who signs.</param>
/// <param name="Post">In which roles; empty: it is not known.</param>
/// <param name="At">When.</param>
/// <param name="Code">Of the paper.</param>
/// <param name="Address">What the QR code says.</param>
/// <param name="Site">Where the code can be typed.</param>
internal sealed record PaperContent(string Title, bool IsCopy, string No, string Office, string EntryNo, string? Book, string Registered, DateOnly RegisteredOn, IReadOnlyList<ToldPart> Parts, IReadOnlyList<string> Notes,
    string Signer, string Post, DateTimeOffset At, string Code, string Address, string Site)
{
    /// <summary>What it is called at the foot, where there is room for a short name only.</summary>
    public string Called { get; init; } = Book is null ? "Thông báo" : Title;

    /// <summary>What the signature is under.</summary>
    public string Signed => IsCopy ? "TRÍCH LỤC" : Called.ToUpperInvariant();
}

/// <summary>Draws a paper of civil status as the forms have it: the nation's name and motto, title, numbers, what is registered, notes, signature, and the code by which it is checked.</summary>
internal static class PaperDrawing
{
    private const float Size = 11.5f;

    /// <summary>More letters do not go on one line in the usual size.</summary>
    private const int LongTitle = 36;

    /// <summary>The code as people read it: groups of four.</summary>
    public static string Grouped(string code) => string.Join('-', code.Chunk(4).Select(c => new string(c)));

    public static byte[] Draw(PaperContent c)
    {
        var paper = new Paper($"{c.Title} {c.No}", $"{c.Called} số {c.No} · mã {Grouped(c.Code)} · trang {{0}}/{{1}}", c.At);
        paper.Beside(
            [new PaperLine(c.Office.ToUpperInvariant(), 11, Bold: true, Align: PaperAlign.Centre), new PaperLine($"Số: {c.No}", 11, Before: 4, Align: PaperAlign.Centre)],
            NationHead.Lines, 0.4f);
        paper.Add(new PaperLine(c.Title.ToUpperInvariant(), c.Title.Length > LongTitle ? 15 : 18, Bold: true, Before: 8, Align: PaperAlign.Centre));
        if (c.IsCopy)
        {
            paper.Add(new PaperLine("(BẢN SAO)", 13, Bold: true, Before: 2, Align: PaperAlign.Centre));
        }

        paper.Add(new PaperLine("", 6));
        foreach (var part in c.Parts.Where(p => p.Lines.Count > 0))
        {
            if (part.Head.Length > 0)
            {
                paper.Add(new PaperLine(part.Head, Size, Bold: true, Before: 5, Keep: true));
            }

            paper.Add(Lines(part.Lines));
        }

        paper.Add(c.Book is { } book
            ? [new PaperLine("", 4), Labelled(("Nơi đăng ký", c.Registered)), Labelled(("Đăng ký số", c.EntryNo), ("Quyển số", book), ("Ngày đăng ký", c.RegisteredOn.Shown())), Labelled(("Ghi chú", c.Notes.Count == 0 ? "Không có" : ""))]
            : [new PaperLine("", 4), Labelled(("Cơ quan quyết định", c.Registered)), Labelled(("Quyết định số", c.EntryNo), ("Ngày", c.RegisteredOn.Shown()))]);
        paper.Add(c.Notes.Select(n => new PaperLine(n, Size, Bold: true, Before: 2)));
        var day = OfficeTime.DayOf(c.At);
        paper.Beside(
            [new PaperLine($"Kiểm tra: {c.Site}", 9, Before: 2), new PaperLine(Grouped(c.Code), 11, Bold: true, Before: 2)],
            [
                new PaperLine(string.Create(CultureInfo.InvariantCulture, $"Ngày {day.Day:00} tháng {day.Month:00} năm {day.Year}"), 11, Align: PaperAlign.Centre), new PaperLine($"NGƯỜI KÝ {c.Signed}", 11, Bold: true, Before: 2, Align: PaperAlign.Centre),
                new PaperLine("Ký điện tử", 11, Before: 24, Align: PaperAlign.Centre), new PaperLine(c.At.Shown(), 9, Align: PaperAlign.Centre), new PaperLine(c.Signer, 13, Bold: true, Before: 6, Align: PaperAlign.Centre),
                .. new[] { c.Post, c.Office }.Where(l => l.Length > 0 && l != c.Signer).Select(l => new PaperLine(l, 11, Align: PaperAlign.Centre)),
            ], 0.5f, c.Address);
        return paper.Draw();
    }

    /// <summary>What is short stands side by side, as on the forms, so that a paper fits on its sheet.</summary>
    private static IEnumerable<PaperLine> Lines(IReadOnlyList<(string Label, string Text)> facts)
    {
        for (var i = 0; i < facts.Count;)
        {
            var together = facts.Skip(i).TakeWhile(f => PaperForms.Short.Contains(f.Label)).DefaultIfEmpty(facts[i]).ToArray();
            i += together.Length;
            yield return Labelled(together);
        }
    }

    private static PaperLine Labelled(params (string Label, string Text)[] facts) => new($"{facts[0].Label}:", Size, Before: 2)
    {
        Then = [(facts[0].Text, true), .. facts.Skip(1).SelectMany(f => new[] { ($"· {f.Label}:", false), (f.Text, true) })],
    };
}
