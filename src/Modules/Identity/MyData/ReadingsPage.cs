using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using SoGoc.Identity.Acting;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Sealing;
using SoGoc.Kernel.Time;

namespace SoGoc.Identity.MyData;

/// <summary>Who looked at the citizen's data, or at those of whom he acts for: newest first, each with its receipt and the question why.</summary>
[Citizen]
internal sealed class ReadingsPage(ReadingBook book, ActFor acting) : CitizenPage
{
    public IReadOnlyList<Reading> Readings { get; private set; } = [];

    public IReadOnlyList<Change> Changes { get; private set; } = [];

    /// <summary>"truoc": older than this position.</summary>
    [BindProperty(SupportsGet = true)]
    public long? Truoc { get; set; }

    public bool ForAnother => Own.ActsFor is not null;

    public async Task<IActionResult> OnGetAsync()
    {
        var outcome = await acting.Record(Own);
        if (!outcome.Ok(out var person))
        {
            return Refuse(outcome.Problems);
        }

        (Readings, Changes) = (await book.Readings(person, Truoc ?? long.MaxValue), Truoc is null ? await book.Changes(Own) : []);
        return Page();
    }

    public async Task<IActionResult> OnPostAskAsync(long position, string? text)
    {
        var outcome = await acting.Record(Own);
        return outcome.Ok(out var person) && (await Do<ReadingBook, Done>(b => b.Ask(Own, person, position, text))).IsGood ? LocalRedirect("/cua-toi/ai-da-xem") : await OnGetAsync();
    }

    public string Words(Reading reading) => FieldWords.Of(Say, reading.Fields);

    public string Purpose(Reading reading) => FieldWords.Purpose(Say, reading);
}

/// <summary>The receipt of one reading or change: the browser checks it against the signed head, and the citizen may keep it.</summary>
[Citizen]
internal sealed class ReceiptPage(ActFor acting, Purposes purposes) : CitizenPage
{
    public RowProof Proof { get; private set; } = null!;

    public string Of(string field) => Proof.Fields.FirstOrDefault(f => f.Name == field)?.Text ?? "";

    /// <summary>When, as people write it.</summary>
    public string At => DateTimeOffset.Parse(Of("at"), System.Globalization.CultureInfo.InvariantCulture).Shown();

    /// <summary>What was read, in words; empty: it is no reading.</summary>
    public string Read => FieldWords.Of(Say, Of("fields").Split(',', StringSplitOptions.RemoveEmptyEntries));

    /// <summary>For what, in words.</summary>
    public string For { get; private set; } = "";

    public string Json => JsonSerializer.Serialize(Proof, Journal.Json);

    public async Task<IActionResult> OnGetAsync(string log, long position)
    {
        if (await acting.Record(Own) is { IsGood: false } barred)
        {
            return Refuse(barred.Problems);
        }

        var outcome = await Do<ReadingBook, RowProof>(b => b.Receipt(Own, log, position));
        if (!outcome.Ok(out var proof))
        {
            return Refuse(outcome.Problems);
        }

        Proof = proof;
        For = Of("purpose") is not { Length: > 0 } code ? "" : code == OpenId.TellUser.Purpose ? Say["identity.consented"] : (await purposes.Find(code, OfficeTime.DayOf(DateTimeOffset.Parse(Of("at"), System.Globalization.CultureInfo.InvariantCulture)))).Purpose?.Name ?? code;
        return Page();
    }

    public async Task<IActionResult> OnGetFileAsync(string log, long position) => await OnGetAsync(log, position) is not Microsoft.AspNetCore.Mvc.RazorPages.PageResult ? NotFound()
        : File(System.Text.Encoding.UTF8.GetBytes(Json), "application/json", $"bien-nhan-{log}-{position}.json");
}
