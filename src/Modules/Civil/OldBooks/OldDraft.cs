using System.Globalization;
using SoGoc.Kernel.Laws;
using SoGoc.Kernel.Text;
using SoGoc.Kernel.Time;

namespace SoGoc.Civil.OldBooks;

/// <summary>What is wrong with a field of an old entry.</summary>
/// <param name="Contradicts">It can be read, and cannot be true beside the others; the book may have it so all the same.</param>
internal sealed record OldFault(string Field, string Code, string Given, bool Contradicts, IReadOnlyList<string>? Data = null);

/// <summary>An entry on its way in.</summary>
/// <param name="Given">By field, as it was written; what is empty is left out.</param>
/// <param name="Fields">Dates and sex in the form of the register, everything else as written.</param>
/// <param name="Faults">Why it cannot be taken in.</param>
internal sealed record OldDraft(IReadOnlyDictionary<string, string> Given, IReadOnlyDictionary<string, string> Fields, IReadOnlyList<OldFault> Faults)
{
    public string? No => Fields.GetValueOrDefault("no");

    public PartialDate? Date(string field) => Fields.TryGetValue(field, out var text) && PartialDate.TryParse(text, out var date) ? date : null;

    /// <summary>With a fault more.</summary>
    public OldDraft With(OldFault fault) => this with { Faults = [.. Faults, fault] };
}

/// <summary>Reads an entry as it was written and says all that it alone can show to be wrong. What cannot be read, and what contradicts itself, goes into quarantine.</summary>
internal sealed class OldReading(OldKind kind, int yearFrom, int yearTo, LawBook law)
{
    private const string Man = "civil.marriage-age-man", Woman = "civil.marriage-age-woman";

    public OldDraft Read(Func<string, string> written)
    {
        var (given, fields, faults) = (new Dictionary<string, string>(StringComparer.Ordinal), new Dictionary<string, string>(StringComparer.Ordinal), new List<OldFault>());
        foreach (var field in kind.Fields)
        {
            var text = written(field.Key).Trim();
            if (text.Length == 0)
            {
                if (field.Required)
                {
                    faults.Add(new OldFault(field.Key, "civil.old-missing", "", false));
                }

                continue;
            }

            given[field.Key] = text = Normal.Composed(text);
            if (Value(field, text, faults) is { } value)
            {
                fields[field.Key] = value;
            }
        }

        var draft = new OldDraft(given, fields, faults);
        Judge(draft, faults);
        return draft;
    }

    private static string? Value(OldField field, string text, List<OldFault> faults)
    {
        string? Wrong(string code)
        {
            faults.Add(new OldFault(field.Key, code, text.Length > 400 ? text[..400] : text, false));
            return null;
        }

        if (text.Length > field.Longest || text.Any(char.IsControl))
        {
            return Wrong("civil.old-too-long");
        }

        switch (field.Type)
        {
            case OldType.Date: return DateWriting.TryRead(text, out var date) ? date.ToString() : Wrong("civil.old-date-unreadable");
            case OldType.Sex: return NameKey.Of(text) switch { "nam" or "1" or "trai" or "male" => "1", "nu" or "2" or "gai" or "female" => "2", _ => Wrong("civil.old-sex-unreadable") };
            case OldType.Name: return text.Any(char.IsDigit) || NameKey.Of(text).Length == 0 ? Wrong("civil.old-name-signs") : text;
            default: return text;
        }
    }

    private void Judge(OldDraft d, List<OldFault> faults)
    {
        void Contradiction(bool holds, string field, string code, params string[] data)
        {
            if (holds)
            {
                faults.Add(new OldFault(field, code, d.Given.GetValueOrDefault(field, ""), true, data));
            }
        }

        if (d.Date("registeredOn") is { Precision: not DatePrecision.Unknown } on)
        {
            Contradiction(on.Year < yearFrom || on.Year > yearTo, "registeredOn", "civil.old-outside-years", N(yearFrom), N(yearTo));
            Contradiction(kind.Roles.Where(r => r.Linked).Any(r => d.Date(OldKind.KeyOf(r.Name, "born")) is { } born && on.CertainlyBefore(born)), "registeredOn", "civil.old-registered-before-birth");
            Contradiction(d.Date("deadDied") is { } died && on.CertainlyBefore(died), "registeredOn", "civil.old-registered-before-death");
        }

        Contradiction(d.Date("deadDied") is { } end && d.Date("deadBorn") is { } begin && end.CertainlyBefore(begin), "deadDied", "civil.old-died-before-born");
        foreach (var parent in new[] { "fatherBorn", "motherBorn" })
        {
            Contradiction(d.Date(parent) is { } old && d.Date("childBorn") is { } young && (young.CertainlyBefore(old) || (young == old && young.Precision == DatePrecision.Day)), parent, "civil.old-parent-born-after");
        }

        if (kind.Name == "marriage" && d.Date("registeredOn")?.Latest is { } wedding)
        {
            foreach (var (field, key) in new[] { ("husbandBorn", Man), ("wifeBorn", Woman) })
            {
                // Under age only where no day that the dates can mean makes the age.
                var least = law.Find(key, wedding)?.Number;
                Contradiction(least is { } years && d.Date(field)?.Earliest is { } born && born.Year + years <= 9999 && born.AddYears(years) > wedding, field, "civil.old-under-age", N(least ?? 0));
            }
        }
    }

    private static string N(int number) => number.ToString(CultureInfo.InvariantCulture);
}
