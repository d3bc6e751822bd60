using System.Globalization;
using System.Text;
using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Host.Demo;

/// <summary>Dirt for an invented register: the faults that real ones have, each planted into a record that is otherwise sound, and told. What the rules and the search for duplicates have to find.</summary>
/// <param name="share">Share of the records that get a fault.</param>
/// <param name="today">The day the register is seen on.</param>
internal sealed class PlantedFaults(double share, DateOnly today)
{
    /// <summary>A planted fault: the rule that sees it, whose record, of a duplicate the record that it repeats, and what would be right.</summary>
    internal sealed record Fault(string Rule, Guid Person, Guid? Of = null, string? Right = null);

    private static readonly string[] Kinds = ["duplicate", "number-sex", "born-year-only", "marital-missing", "phone-malformed", "card-expired", "ethnicity-missing", "duplicate", "home-detail-missing", "card-other-number", "hometown-missing"];

    private readonly List<Fault> planted = [];
    private double due;
    private int next;

    public IReadOnlyList<Fault> Planted => planted;

    public IEnumerable<FoundedHousehold> Into(IEnumerable<FoundedHousehold> households)
    {
        foreach (var home in households)
        {
            var (members, others) = (home.Members.ToArray(), new List<FoundedHousehold>());
            for (var i = 0; i < members.Length && share > 0; i++)
            {
                due += share;
                if (due < 1 || members[i].Person is not { Status: PersonStatus.Living, Facts: { Number: not null, Born.Precision: DatePrecision.Day } })
                {
                    continue;
                }

                var before = planted.Count;
                for (var tries = 0; tries < Kinds.Length && planted.Count == before; tries++)
                {
                    members[i].Person = Plant(Kinds[next++ % Kinds.Length], members[i].Id, members[i].Person, home, others);
                }

                due -= 1;
            }

            yield return home with { Members = members };
            foreach (var other in others)
            {
                yield return other;
            }
        }
    }

    private PersonState Plant(string rule, Guid id, PersonState p, FoundedHousehold home, List<FoundedHousehold> others)
    {
        PersonState As(bool can, object? right, Func<PersonFacts, PersonFacts> change)
        {
            if (can)
            {
                planted.Add(new Fault(rule, id, Right: right?.ToString()));
            }

            return can ? p with { Facts = change(p.Facts) } : p;
        }

        PersonState Card(bool can, Func<IdPaper, IdPaper> change)
        {
            var mine = p.Papers.FirstOrDefault();
            if (mine is null || !can)
            {
                return p;
            }

            planted.Add(new Fault(rule, id, Right: rule == "card-expired" ? Text(mine.Expires) : mine.Number));
            return p with { Papers = [change(mine), .. p.Papers.Skip(1)] };
        }

        var adult = p.Facts.Born!.Value.Latest <= today.AddYears(-20);
        switch (rule)
        {
            case "duplicate":
                others.Add(Again(id, p, home));
                return p;
            case "number-sex": return As(true, p.Facts.Sex, f => f with { Sex = (short)(3 - f.Sex!.Value) });
            case "born-year-only": return As(true, p.Facts.Born, f => f with { Born = PartialDate.Of(f.Born!.Value.Earliest!.Value.Year, 0, 0) });
            case "marital-missing": return As(adult && p.Facts.Marital > 0, p.Facts.Marital, f => f with { Marital = null });
            case "phone-malformed": return As(p.Facts.Phone is not null, p.Facts.Phone, f => f with { Phone = f.Phone![..^2] });
            case "ethnicity-missing": return As(p.Facts.Ethnicity is not (null or "56"), p.Facts.Ethnicity, f => f with { Ethnicity = null });
            case "hometown-missing": return As(p.Facts.Hometown is not null, p.Facts.Hometown?.Area ?? (object?)p.Facts.Hometown?.Text, f => f with { Hometown = null });
            case "card-expired": return Card(p.Papers is [{ Expires: not null }, ..] && p.Papers[0].Expires > today, c => c with { Expires = today.AddDays(-40) });
            case "card-other-number": return Card(p.Papers is [{ Number: not null }, ..], c => c with { Number = c.Number![..^1] + (char)('0' + ((c.Number[^1] - '0' + 1) % 10)) });
            default:
                var homes = p.Residences.Where(r => r is { Kind: ResidenceKind.Permanent, Until: null, Detail: not null }).ToList();
                if (homes.Count == 0)
                {
                    return p;
                }

                planted.Add(new Fault(rule, id, Right: homes[0].Detail));
                return p with { Residences = [.. p.Residences.Select(r => r == homes[0] ? r with { Detail = null } : r)] };
        }
    }

    /// <summary>A second record of the same person, as another office kept it: no number and no card, one mark of the name lost, alone in a household of its own at the same address.</summary>
    private FoundedHousehold Again(Guid id, PersonState p, FoundedHousehold home)
    {
        var (person, household) = (Changed(id, 0x55), Changed(id, 0xAA));
        var facts = p.Facts with { Number = null, FullName = planted.Count % 3 == 0 ? p.Facts.FullName : Slip(p.Facts.FullName!), Given = null, Surname = null, Middle = null, Email = null, OldIds = null };
        var since = p.Residences.FirstOrDefault(r => r is { Kind: ResidenceKind.Permanent, Until: null });
        planted.Add(new Fault("duplicate", person, id));
        return new FoundedHousehold(household, home.Household with { FileNumber = null }, [(person, p with
        {
            Facts = facts, Papers = [], FormerNumbers = [], Residences = since is null ? [] : [since with { No = 0 }], Memberships = [new Membership(0, household, "01", since?.From ?? home.Household.OpenedOn)],
            Kin = [.. p.Kin.Where(k => k.Kind is KinKind.Father or KinKind.Mother).Select((k, n) => k with { No = n })],
        })]);
    }

    /// <summary>The last vowel with a mark loses it, as on a typewriter.</summary>
    private static string Slip(string name)
    {
        for (var i = name.Length - 1; i >= 0; i--)
        {
            if (name[i].ToString().Normalize(NormalizationForm.FormD) is { Length: > 1 } parts)
            {
                return string.Create(CultureInfo.InvariantCulture, $"{name[..i]}{parts[0]}{name[(i + 1)..]}");
            }
        }

        return name;
    }

    private static string? Text(DateOnly? day) => day?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static Guid Changed(Guid id, byte by)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.TryWriteBytes(bytes, bigEndian: true, out _);
        bytes[15] ^= by;
        return new Guid(bytes, bigEndian: true);
    }
}
