using System.Globalization;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Population;
using SoGoc.Services.Procedures;

namespace SoGoc.Services.Files;

/// <summary>Holds what was filled in to the form of the procedure: what is needed is there, each field is what it says, and nothing is there that was not asked.</summary>
internal sealed class FormCheck(IPlaces places, TimeProvider clock)
{
    /// <summary>At the head of the name of a field in problems.</summary>
    public const string Prefix = "answers.";

    /// <summary>What was filled in, without what does not apply; or all that is wrong with it.</summary>
    /// <param name="subject">Whom it is about: what is asked can depend on what the register knows of him.</param>
    public Outcome<IReadOnlyDictionary<string, string>> Of(Procedure procedure, IReadOnlyDictionary<string, string?>? filled, PersonState subject)
    {
        var given = Written(filled);
        var (taken, problems) = (new Dictionary<string, string>(StringComparer.Ordinal), new List<Problem>());
        foreach (var name in given.Keys.Except(procedure.Fields.Where(f => f.Asked).Select(f => f.Name)))
        {
            problems.Add(Problem.Invalid(Prefix + name, "services.not-asked", name));
        }

        var conditions = new Dictionary<string, string>(Conditions(procedure, subject, given), StringComparer.Ordinal);
        foreach (var field in procedure.Fields.Where(f => f.Asked))
        {
            // What was answered before another answer made the question void counts for nothing that hangs on it.
            if (!Applies(field.When, conditions))
            {
                conditions.Remove(field.Name);
                continue;
            }

            if (!given.TryGetValue(field.Name, out var text))
            {
                if (field.Needed)
                {
                    problems.Add(Problem.Invalid(Prefix + field.Name, "services.needed", English.Label(field)));
                }
            }
            else if (field.Choices?.FirstOrDefault(c => c.Code == text) is { When: { } only } && !Applies(only, conditions))
            {
                problems.Add(Problem.Invalid(Prefix + field.Name, "services.choice-not-for-you", English.Label(field)));
            }
            else if (Fault(field, ref text) is { } code)
            {
                problems.Add(Problem.Invalid(Prefix + field.Name, code, English.Label(field), field.Longest.ToString(CultureInfo.InvariantCulture)));
            }
            else if (field.NotBefore is { } start && taken.TryGetValue(start, out var first) && string.CompareOrdinal(text, first) < 0)
            {
                problems.Add(Problem.Invalid(Prefix + field.Name, "services.before-start", English.Label(field), English.Label(procedure.Fields.First(f => f.Name == start))));
            }
            else
            {
                taken[field.Name] = text;
            }
        }

        return problems.Count > 0 ? problems : taken;
    }

    /// <summary>What was filled in at all.</summary>
    public static Dictionary<string, string> Written(IReadOnlyDictionary<string, string?>? filled) =>
        (filled ?? new Dictionary<string, string?>()).Where(a => !string.IsNullOrWhiteSpace(a.Value)).ToDictionary(a => a.Key, a => a.Value!.Trim().Normalize(), StringComparer.Ordinal);

    /// <summary>In conditions: the register does not know it.</summary>
    private const string Unknown = "unknown";

    /// <summary>By what conditions are judged: what was filled in, and the codes of what the register knows.</summary>
    public static IReadOnlyDictionary<string, string> Conditions(Procedure procedure, PersonState subject, IReadOnlyDictionary<string, string> given)
    {
        var all = new Dictionary<string, string>(given, StringComparer.Ordinal);
        foreach (var field in procedure.Fields.Where(f => f is { Ask: Ask.Register, Of: "subject" }))
        {
            if (field.Fact is "sex" or "marital")
            {
                all[field.Name] = (field.Fact == "sex" ? subject.Facts.Sex : subject.MaritalStatus())?.ToString(CultureInfo.InvariantCulture) ?? Unknown;
            }
        }

        return all;
    }

    /// <summary>Whether a condition like kind=rent holds.</summary>
    public static bool Applies(string? when, IReadOnlyDictionary<string, string> given) => when?.Split('=') is not [var of, var value] || (given.TryGetValue(of, out var is_) && value.Split('|').Contains(is_));

    /// <summary>Whether it may come to hold, by what the register knows: what hangs on an answer always may.</summary>
    public static bool MayApply(Procedure procedure, string? when, IReadOnlyDictionary<string, string> known) => Asked(procedure, when) is not null || Applies(when, known);

    /// <summary>The field on whose answer a condition hangs; null: on none.</summary>
    public static Field? Asked(Procedure procedure, string? when) => when?.Split('=')[0] is { } name ? procedure.Fields.FirstOrDefault(f => f.Asked && f.Name == name) : null;

    /// <summary>A condition in words; null where it hangs on no answer.</summary>
    public static string? Says(Sentences say, Procedure procedure, string? when) => Asked(procedure, when) is { } asked
        ? say["services.only-when", asked.Label, string.Join(", ", when!.Split('=')[1].Split('|').Select(w => asked.Choices?.FirstOrDefault(c => c.Code == w)?.Name ?? say["services.yes"]))] : null;

    /// <summary>What is wrong with a field, and how it is written where nothing is.</summary>
    private string? Fault(Field field, ref string text)
    {
        if (text.Length > field.Longest)
        {
            return "services.too-long";
        }

        if (text.Any(c => char.IsControl(c) && c is not ('\n' or '\r')))
        {
            return "services.no-text";
        }

        switch (field.Ask)
        {
            case Ask.Date:
                return DateFault(field, ref text);
            case Ask.Choice:
                return field.Choices!.Select(c => c.Code).Contains(text) ? null : "services.no-choice";
            case Ask.Yes:
                text = "true";
                return null;
            case Ask.Count:
                var digits = text.Replace(".", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal);
                if (!long.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out var count) || count > (field.Most ?? long.MaxValue))
                {
                    return "services.no-count";
                }

                text = count.ToString(CultureInfo.InvariantCulture);
                return null;
            case Ask.Phone:
                var phone = new string([.. text.Where(c => c is not (' ' or '.' or '-'))]);
                if (phone.Length is < 9 or > 15 || !phone.All(c => char.IsAsciiDigit(c) || c == '+'))
                {
                    return "services.no-phone";
                }

                text = phone;
                return null;
            case Ask.Commune:
                return places.Book.Find(text, clock.Today()) is { Level: AreaLevel.Commune } ? null : "services.no-such-commune";
            case Ask.Person:
                if (!ShownNumber.TryParse(text, out var number, out _))
                {
                    return "services.no-number";
                }

                text = number.ToString();
                return null;
            default:
                return null;
        }

    }

    private string? DateFault(Field field, ref string text)
    {
        if (!DateWriting.TryRead(text, out var date) || date is not { Precision: DatePrecision.Day, Earliest: { } day } || day.Year is < 1900 or > 2100)
        {
            return "services.no-date";
        }

        text = day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return (field.Day, day.CompareTo(clock.Today())) switch
        {
            (DayRule.Past, > 0) => "services.not-come-yet",
            (DayRule.Coming, < 0) => "services.gone-by",
            (DayRule.Visit, <= 0) => "services.visit-from-tomorrow",
            (DayRule.Visit, _) when day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday => "services.no-weekday",
            _ => null,
        };
    }
}
