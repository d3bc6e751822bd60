using System.Globalization;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Text;
using SoGoc.Kernel.Time;

namespace SoGoc.Services.Procedures;

/// <summary>Reads what was filled in onto the procedure as it was: what the form does not show stays. What cannot be read is told at its field.</summary>
internal sealed class FillInProcedure(Procedure was, ProcedureForm form)
{
    /// <summary>At the head of the names of the form's fields.</summary>
    public const string Prefix = "Form.";

    private const int LongestTerm = 1000, OldestLeast = 120, LongestAnswer = 4000;

    private readonly List<Problem> problems = [];

    private IReadOnlyList<Field> fields = was.Fields;

    public Outcome<Procedure> Read()
    {
        fields = InOrder(Rows(form.Fields, was.Fields, "Fields", FieldOf));
        // The conditions name questions as the page showed them, or as they are called from now on.
        fields = [.. fields.Select(f => f with { When = Whens.GetValueOrDefault(f.Name) is { } said ? When(said.Words, said.At) : null })];
        var applicant = was.Applicant with
        {
            For = Chosen(was.Applicant.For, form.For, ProcedureCheck.For),
            Mandate = form.For.Contains("mandate") ? Text(form.Mandate, "Mandate") : was.Applicant.Mandate,
            Level = Number(form.Level, "Level", 1, 2),
            LeastAge = Number(form.LeastAge, "LeastAge", 0, OldestLeast),
        };
        var read = was with
        {
            Name = Said(form.Name),
            NameEn = Said(form.NameEn),
            About = Said(form.About),
            AboutEn = Said(form.AboutEn),
            Words = Lines(form.Words),
            Events = Chosen(was.Events, form.Events, ProcedureCheck.Events),
            Grounds = Rows(form.Grounds, was.Grounds, "Grounds", (r, w, at) => (w ?? new Ground("")) with { Text = Text(r.Text, at + "Text"), From = Day(r.From, at + "From"), To = Day(r.To, at + "To") }),
            Offices = Rows(form.Offices, was.Offices, "Offices", (r, w, at) => (w ?? new Competence("", "")) with { Desk = Text(r.Desk, at + "Desk"), Citation = Text(r.Citation, at + "Citation"), Of = Maybe(r.Of), From = Day(r.From, at + "From"), To = Day(r.To, at + "To") }),
            Applicant = applicant,
            Conditions = Rows(form.Conditions, was.Conditions, "Conditions", (r, w, at) => (w ?? new Condition("", "")) with { Ask = Text(r.Ask, at + "Ask"), Otherwise = Text(r.Otherwise, at + "Otherwise") }),
            Fields = fields,
            Papers = Papers(),
            Bring = Lines(form.Bring),
            Term = new Term(Number(form.Term, "Term", form.InHours ? 1 : 0, LongestTerm), form.InHours),
            TermGround = Said(form.TermGround),
            SupplementDays = Number(form.SupplementDays, "SupplementDays", 1, 90),
            Fees = Rows(form.Fees, was.Fees, "Fees", FeeOf),
            Result = was.Result with { Name = Text(form.ResultName, "ResultName"), Kind = ProcedureCheck.Kinds.Contains(form.ResultKind) ? form.ResultKind! : was.Result.Kind, Text = Said(form.ResultText) },
            Note = Maybe(form.Note),
        };
        return problems.Count > 0 ? problems : read;
    }

    private readonly Dictionary<string, (string? Words, string At)> Whens = new(StringComparer.Ordinal);

    private Field FieldOf(FieldRow row, Field? old, string at)
    {
        var label = Text(row.Label, at + "Label");
        var name = old?.Name ?? Free(Camel(label), was.Fields.Select(f => f.Name).Concat(Whens.Keys));
        Whens[name] = (row.When, at + "When");
        var ask = Enum.TryParse<Ask>(row.Ask, out var way) && Enum.IsDefined(way) ? way : Ask.Text;
        return (old ?? new Field(name, label, ask)) with
        {
            Label = label,
            LabelEn = Maybe(row.LabelEn),
            Ask = ask,
            Needed = row.Needed,
            Hint = Maybe(row.Hint),
            Fact = Maybe(row.Fact),
            Law = Maybe(row.Law),
            Longest = Number(row.Longest, at + "Longest", 1, LongestAnswer),
            Choices = Choices(row.Choices, old?.Choices, at + "Choices"),
        };
    }

    private List<Choice>? Choices(string? lines, IReadOnlyList<Choice>? before, string at)
    {
        var all = new List<Choice>();
        foreach (var line in Lines(lines))
        {
            // A line without a code is words alone, and gets one.
            var coded = line.Split(':', 2, StringSplitOptions.TrimEntries) is [var head, { Length: > 0 }] && head.Length > 0 && head.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_');
            var (code, words) = coded ? (line.Split(':', 2)[0].Trim(), line.Split(':', 2)[1].Trim()) : (Free(Slug(line), all.Select(c => c.Code)), line);
            Wrong(all.Exists(c => c.Code == code), at, "services.form-choice-twice", code);
            all.Add(new Choice(code, words, before?.FirstOrDefault(c => c.Code == code)?.When));
        }

        return all.Count > 0 ? all : null;
    }

    /// <summary>By the numbers that were written: who goes up stands before the one that has the number, who goes down behind it.</summary>
    private List<Field> InOrder(List<Field> read)
    {
        var rows = form.Fields.Select((r, i) => (Row: r, Place: i + 1)).Where(r => r.Row.Stands).Take(ProcedureForm.MostRows)
            .Select(r => (r.Place, No: string.IsNullOrWhiteSpace(r.Row.No) ? r.Place : Number(r.Row.No, $"Fields[{r.Place - 1}].No", 1, 999)));
        return [.. read.Zip(rows).OrderBy(x => x.Second.No).ThenBy(x => Math.Sign(x.Second.No - x.Second.Place)).ThenBy(x => x.Second.Place).Select(x => x.First)];
    }

    private List<PaperNeed> Papers()
    {
        var codes = was.Papers.Select(p => p.Code).ToHashSet(StringComparer.Ordinal);
        return Rows(form.Papers, was.Papers, "Papers", (r, w, at) =>
        {
            var name = Text(r.Name, at + "Name");
            var code = Maybe(r.Code) ?? w?.Code ?? Free(Slug(name), codes);
            codes.Add(code);
            return (w ?? new PaperNeed(code, name, "store", true)) with { Code = code, Name = name, How = r.How ?? "", Needed = r.Needed, Instead = Maybe(r.Instead), When = When(r.When, at + "When"), Law = Maybe(r.Law) };
        });
    }

    private Fee FeeOf(FeeRow row, Fee? old, string at) => (old ?? new Fee(0, "")) with
    {
        Amount = Number(row.Amount, at + "Amount", 0, int.MaxValue),
        Law = Text(row.Law, at + "Law"),
        Channel = Enum.TryParse<Channel>(row.Channel, out var channel) && Enum.IsDefined(channel) ? channel : null,
        Before = row.Before ?? Fee.Steps[1],
        Stated = row.Stated,
        When = When(row.When, at + "When"),
        From = Day(row.From, at + "From"),
        To = Day(row.To, at + "To"),
    };

    private List<T> Rows<TRow, T>(List<TRow> rows, IReadOnlyList<T> old, string list, Func<TRow, T?, string, T> read) where TRow : ProcedureRow where T : class
    {
        var standing = rows.Select((row, i) => (Row: row, At: $"{list}[{i}].")).Where(r => r.Row.Stands).ToList();
        Wrong(standing.Count > ProcedureForm.MostRows, list, "services.form-rows", Figure(ProcedureForm.MostRows));
        return [.. standing.Take(ProcedureForm.MostRows).Select(r => read(r.Row, r.Row.Was is { } place ? old.ElementAtOrDefault(place) : null, r.At))];
    }

    /// <summary>What stays of what was chosen, in its order, and behind it what has come; what no box shows stays too.</summary>
    private static List<string> Chosen(IReadOnlyList<string> old, List<string> ticked, string[] boxes) => [.. old.Where(o => ticked.Contains(o) || !boxes.Contains(o)), .. boxes.Where(ticked.Contains).Except(old)];

    private string Text(string? text, string at)
    {
        Wrong(string.IsNullOrWhiteSpace(text), at, "services.form-needed");
        return Said(text);
    }

    private int Number(string? text, string at, int least, int most)
    {
        // 15.000 is a number in Vietnamese, and 1.5 is none that counts days.
        var groups = Said(text).Split('.', ' ');
        var good = int.TryParse(string.Concat(groups), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && groups.Skip(1).All(g => g.Length == 3) && number >= least && number <= most;
        Wrong(!good, at, "services.form-number", Figure(least), most.ToString("N0", CultureInfo.CurrentCulture));
        return number;
    }

    private DateOnly? Day(string? text, string at)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var good = DateWriting.TryRead(text, out var date) && date is { Precision: DatePrecision.Day, Earliest.Year: >= 1900 and <= 2200 };
        Wrong(!good, at, "services.form-day");
        return good ? date.Earliest : null;
    }

    private string? When(string? words, string at)
    {
        var good = WhenInWords.Read(words, fields, out var when) || WhenInWords.Read(words, was.Fields, out when);
        Wrong(!good, at, "services.form-when");
        return when;
    }

    private void Wrong(bool wrong, string at, string code, params string[] data)
    {
        if (wrong)
        {
            problems.Add(Problem.Invalid(Prefix + at, code, data));
        }
    }

    private static string Said(string? text) => string.Concat((text ?? "").Where(c => c == '\n' || !char.IsControl(c))).Trim().Normalize();

    private static string? Maybe(string? text) => Said(text) is { Length: > 0 } said ? said : null;

    private static List<string> Lines(string? text) => [.. Said(text).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];

    private static string Slug(string text) => string.Join('-', NameKey.Of(text).Split(' ', StringSplitOptions.RemoveEmptyEntries).Take(6));

    private static string Camel(string text) => string.Concat(Slug(text).Split('-').Select((w, i) => i == 0 || w.Length == 0 ? w : char.ToUpperInvariant(w[0]) + w[1..]));

    /// <summary>The name, or the name with a figure behind it where somebody has it.</summary>
    private static string Free(string name, IEnumerable<string> taken)
    {
        var all = taken.ToHashSet(StringComparer.Ordinal);
        var own = name.Length == 0 ? "x" : name;
        return Enumerable.Range(1, int.MaxValue).Select(n => n == 1 ? own : own + Figure(n)).First(n => !all.Contains(n));
    }

    private static string Figure(int number) => number.ToString(CultureInfo.InvariantCulture);
}
