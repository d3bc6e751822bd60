using SoGoc.Kernel.Text;
using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Civil.OldBooks;

/// <summary>A line of the evidence that somebody of an old entry is a person of the register.</summary>
/// <param name="What">name, born, sex, father, mother, place, died.</param>
/// <param name="Old">What the book says.</param>
/// <param name="Now">What the register says.</param>
/// <param name="Verdict">same, near, differs, unknown.</param>
/// <param name="Points">What it adds to the score, or takes from it.</param>
internal sealed record EvidenceLine(string What, string? Old, string? Now, string Verdict, int Points);

/// <summary>Weighs whether somebody of an old entry is a person of the register. The sum of the points, held between 0 and 100, only says which proposal is looked at first: a person decides.</summary>
internal static class OldEvidence
{
    public const string Same = "same", Near = "near", Differs = "differs", Unknown = "unknown";

    public static readonly string[] Verdicts = [Same, Near, Differs, Unknown];

    public static readonly string[] Whats = ["name", "born", "sex", "father", "mother", "place", "died"];

    /// <summary>Below this nobody is proposed.</summary>
    public const int Least = 35;

    /// <summary>Two whose scores lie so near together are namesakes: neither stands out.</summary>
    public const int Alike = 6;

    /// <param name="role">Whose.</param>
    /// <param name="fields">The entry.</param>
    /// <param name="c">The person.</param>
    /// <param name="near">Whether a unit lies where the book was kept.</param>
    public static IReadOnlyList<EvidenceLine> Of(OldRole role, IReadOnlyDictionary<string, string> fields, Candidate c, Func<int, bool> near)
    {
        string? Old(string part) => fields.GetValueOrDefault(OldKind.KeyOf(role.Name, part));
        var lines = new List<EvidenceLine> { Name("name", Old("name"), c.Name, 40, 34, 22, -40), Born(Date(Old("born")), c.Born), Sex(Old("sex") ?? role.Sex?.ToString(System.Globalization.CultureInfo.InvariantCulture), c.Sex) };
        if (role.Name == "child")
        {
            lines.Add(Name("father", fields.GetValueOrDefault("fatherName"), c.Father, 12, 10, 5, -10));
            lines.Add(Name("mother", fields.GetValueOrDefault("motherName"), c.Mother, 12, 10, 5, -10));
        }

        if (role.Name == "dead")
        {
            lines.Add(Died(Date(Old("died")), c));
        }

        var here = c.Areas.Any(near);
        lines.Add(new EvidenceLine("place", null, null, here ? Same : Unknown, here ? 8 : 0));
        return lines;
    }

    public static int Score(IEnumerable<EvidenceLine> lines) => Math.Clamp(lines.Sum(l => l.Points), 0, 100);

    private static EvidenceLine Name(string what, string? old, string? now, int same, int unmarked, int slip, int other)
    {
        if (string.IsNullOrWhiteSpace(old) || string.IsNullOrWhiteSpace(now))
        {
            return new EvidenceLine(what, old, now, Unknown, 0);
        }

        var (a, b) = (NameKey.Of(old).Split(' '), NameKey.Of(now).Split(' '));
        return NameSpelling.Of(old) == NameSpelling.Of(now) ? new EvidenceLine(what, old, now, Same, same)
            : a.SequenceEqual(b) ? new EvidenceLine(what, old, now, Near, unmarked)
            : Math.Abs(a.Length - b.Length) <= 1 && Math.Max(a.Length, b.Length) - Common(a, b) <= 1 && Common(a, b) > 0 ? new EvidenceLine(what, old, now, Near, slip)
            : new EvidenceLine(what, old, now, Differs, other);
    }

    /// <summary>How many words both have, each counted once.</summary>
    private static int Common(string[] a, string[] b)
    {
        var left = b.ToList();
        return a.Count(left.Remove);
    }

    private static EvidenceLine Born(PartialDate? old, PartialDate? now)
    {
        EvidenceLine Is(string verdict, int points) => new("born", old?.Shown, now?.Shown, verdict, points);
        if (old is not { Precision: not DatePrecision.Unknown } a || now is not { Precision: not DatePrecision.Unknown } b)
        {
            return Is(Unknown, 0);
        }

        var whole = a.Precision == DatePrecision.Day && b.Precision == DatePrecision.Day;
        return whole && a == b ? Is(Same, 35)
            : whole && a.Year == b.Year && a.Day == b.Month && a.Month == b.Day ? Is(Near, 25)
            : !whole && !a.CertainlyBefore(b) && !b.CertainlyBefore(a) ? Is(Near, a.Month is not null && b.Month is not null ? 24 : 18)
            : a.Month is not null && a.Month == b.Month && a.Day == b.Day && Math.Abs(a.Year!.Value - b.Year!.Value) <= 2 ? Is(Near, 14)
            : a.Year == b.Year ? Is(Differs, -8) : Is(Differs, -40);
    }

    private static EvidenceLine Sex(string? old, short? now) => old is null || now is not (1 or 2) ? new EvidenceLine("sex", old, now is 1 or 2 ? $"{now}" : null, Unknown, 0)
        : old == $"{now}" ? new EvidenceLine("sex", old, $"{now}", Same, 5) : new EvidenceLine("sex", old, $"{now}", Differs, -40);

    private static EvidenceLine Died(PartialDate? old, Candidate c) => new("died", old?.Shown, c.Ended?.Shown, old is null || c.Ended is null ? Unknown : old == c.Ended ? Same : Differs, old is null || c.Ended is null ? 0 : old == c.Ended ? 12 : -20);

    private static PartialDate? Date(string? text) => PartialDate.TryParse(text, out var date) ? date : null;
}
