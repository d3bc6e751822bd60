using System.Globalization;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;

namespace SoGoc.Services.Procedures;

/// <summary>A row of a list. One that is left empty, or is taken out, is no row.</summary>
internal abstract class ProcedureRow
{
    /// <summary>Its place in the list as it was; null: it is new.</summary>
    public int? Was { get; set; }

    public bool Out { get; set; }

    /// <summary>What makes it a row.</summary>
    public abstract IEnumerable<string?> Texts { get; }

    public bool Stands => !Out && Texts.Any(t => !string.IsNullOrWhiteSpace(t));
}

internal sealed class GroundRow : ProcedureRow
{
    public string? Text { get; set; }
    public string? From { get; set; }
    public string? To { get; set; }
    public override IEnumerable<string?> Texts => [Text, From, To];
}

internal sealed class OfficeRow : ProcedureRow
{
    public string? Desk { get; set; }
    public string? Citation { get; set; }
    public string? Of { get; set; }
    public string? From { get; set; }
    public string? To { get; set; }
    public override IEnumerable<string?> Texts => [Desk, Citation, From, To];
}

internal sealed class ConditionRow : ProcedureRow
{
    public string? Ask { get; set; }
    public string? Otherwise { get; set; }
    public override IEnumerable<string?> Texts => [Ask, Otherwise];
}

internal sealed class FeeRow : ProcedureRow
{
    public string? Channel { get; set; }
    public string? Amount { get; set; }
    public string? Law { get; set; }
    public string? Before { get; set; }
    public bool Stated { get; set; }
    public string? When { get; set; }
    public string? From { get; set; }
    public string? To { get; set; }
    public override IEnumerable<string?> Texts => [Amount, Law, When, From, To];
}

internal sealed class PaperRow : ProcedureRow
{
    public string? Code { get; set; }
    public string? Name { get; set; }
    public string? How { get; set; }
    public bool Needed { get; set; }
    public string? Instead { get; set; }
    public string? When { get; set; }
    public string? Law { get; set; }
    public override IEnumerable<string?> Texts => [Code, Name, Instead, When, Law];
}

internal sealed class FieldRow : ProcedureRow
{
    /// <summary>Where it shall stand.</summary>
    public string? No { get; set; }
    public string? Label { get; set; }
    public string? LabelEn { get; set; }
    public string? Ask { get; set; }
    public bool Needed { get; set; }
    public string? Hint { get; set; }
    public string? When { get; set; }
    public string? Fact { get; set; }
    public string? Law { get; set; }
    public string? Longest { get; set; }
    public string? Choices { get; set; }
    public override IEnumerable<string?> Texts => [Label, LabelEn, Hint, When, Law, Choices];
}

/// <summary>A procedure as its keeper fills it in: all of it text, as it was typed. What it does not show stays as it was.</summary>
internal sealed class ProcedureForm
{
    public const int MostRows = 60;

    /// <summary>Digest of the text from which it was made.</summary>
    public string? Seen { get; set; }

    public string? Name { get; set; }
    public string? NameEn { get; set; }
    public string? About { get; set; }
    public string? AboutEn { get; set; }
    public string? Words { get; set; }
    public List<string> Events { get; set; } = [];
    public List<GroundRow> Grounds { get; set; } = [];
    public List<OfficeRow> Offices { get; set; } = [];
    public List<string> For { get; set; } = [];
    public string? Mandate { get; set; }
    public string? Level { get; set; }
    public string? LeastAge { get; set; }
    public List<ConditionRow> Conditions { get; set; } = [];
    public List<FieldRow> Fields { get; set; } = [];
    public List<PaperRow> Papers { get; set; } = [];
    public string? Bring { get; set; }
    public string? Term { get; set; }
    public bool InHours { get; set; }
    public string? TermGround { get; set; }
    public string? SupplementDays { get; set; }
    public List<FeeRow> Fees { get; set; } = [];
    public string? ResultName { get; set; }
    public string? ResultKind { get; set; }
    public string? ResultText { get; set; }
    public string? Note { get; set; }

    public static ProcedureForm Of(Procedure p, string seen) => new ProcedureForm
    {
        Seen = seen,
        Name = p.Name,
        NameEn = p.NameEn,
        About = p.About,
        AboutEn = p.AboutEn,
        Words = Lines(p.Words),
        Events = [.. p.Events],
        Grounds = Rows(p.Grounds, g => new GroundRow { Text = g.Text, From = g.From?.Shown(), To = g.To?.Shown() }),
        Offices = Rows(p.Offices, o => new OfficeRow { Desk = o.Desk, Citation = o.Citation, Of = o.Of, From = o.From?.Shown(), To = o.To?.Shown() }),
        For = [.. p.Applicant.For],
        Mandate = p.Applicant.Mandate,
        Level = Figure(p.Applicant.Level),
        LeastAge = Figure(p.Applicant.LeastAge),
        Conditions = Rows(p.Conditions, c => new ConditionRow { Ask = c.Ask, Otherwise = c.Otherwise }),
        Fields = Rows(p.Fields, f => new FieldRow
        {
            Label = f.Label, LabelEn = f.LabelEn, Ask = $"{f.Ask}", Needed = f.Needed, Hint = f.Hint, When = WhenInWords.Of(f.When, p.Fields), Fact = f.Fact, Law = f.Law, Longest = Figure(f.Longest),
            Choices = Lines((f.Choices ?? []).Select(c => $"{c.Code}: {c.Name}")),
        }),
        Papers = Rows(p.Papers, x => new PaperRow { Code = x.Code, Name = x.Name, How = x.How, Needed = x.Needed, Instead = x.Instead, When = WhenInWords.Of(x.When, p.Fields), Law = x.Law }),
        Bring = Lines(p.Bring),
        Term = Figure(p.Term.Length),
        InHours = p.Term.InHours,
        TermGround = p.TermGround,
        SupplementDays = Figure(p.SupplementDays),
        Fees = Rows(p.Fees, f => new FeeRow
        {
            Channel = $"{f.Channel}", Amount = f.Amount.ToString("N0", Vietnamese), Law = f.Law, Before = f.Before, Stated = f.Stated, When = WhenInWords.Of(f.When, p.Fields), From = f.From?.Shown(), To = f.To?.Shown(),
        }),
        ResultName = p.Result.Name,
        ResultKind = p.Result.Kind,
        ResultText = p.Result.Text,
        Note = p.Note,
    }.WithRoom();

    /// <summary>With a row more in each list, to write in.</summary>
    public ProcedureForm WithRoom()
    {
        Room(Grounds, () => new GroundRow());
        Room(Offices, () => new OfficeRow { Of = "told" });
        Room(Conditions, () => new ConditionRow());
        Room(Fields, () => new FieldRow { Needed = true, Ask = $"{Procedures.Ask.Text}", Longest = "300" });
        Room(Papers, () => new PaperRow { Needed = true, How = "store" });
        Room(Fees, () => new FeeRow { Before = Fee.Steps[1] });
        for (var i = 0; i < Fields.Count; i++)
        {
            Fields[i].No ??= Figure(i + 1);
        }

        return this;
    }

    private static readonly CultureInfo Vietnamese = CultureInfo.GetCultureInfo("vi-VN");

    private static void Room<T>(List<T> rows, Func<T> empty) where T : ProcedureRow
    {
        if (rows.Count == 0 || rows[^1].Was is not null || rows[^1].Stands)
        {
            rows.Add(empty());
        }
    }

    private static List<TRow> Rows<T, TRow>(IReadOnlyList<T> of, Func<T, TRow> row) where TRow : ProcedureRow => [.. of.Select((x, i) =>
    {
        var made = row(x);
        made.Was = i;
        return made;
    })];

    private static string Lines(IEnumerable<string> lines) => string.Join('\n', lines);

    private static string Figure(int number) => number.ToString(CultureInfo.InvariantCulture);
}
