using SoGoc.Kernel.Text;
using SoGoc.Population.Persons;

namespace SoGoc.Population.Imports;

/// <summary>What a list tells of a person the register knows already: the same, more, or something that contradicts it.</summary>
internal sealed record Meeting(IReadOnlyList<string> Contradicted, PersonCompleted? More)
{
    public static Meeting Of(PersonState stored, PersonState told)
    {
        var contradicted = new List<string>();
        var more = new PersonFacts();
        var any = false;
        foreach (var field in FactField.All)
        {
            var value = field.Get(told.Facts);
            if (value is null || field.SameIn(stored.Facts, told.Facts))
            {
                continue;
            }

            if (field.Get(stored.Facts) is null && field.Name is not ("surname" or "middle" or "given"))
            {
                more = field.With(more, value);
                any = true;
            }
            else if (!SameName(field.Name, stored.Facts, told.Facts))
            {
                contradicted.Add(field.Name);
            }
        }

        var kin = Kin(stored, told, contradicted);
        var homes = Homes(stored, told, contradicted);
        var member = Member(stored, told, contradicted);
        var papers = stored.Papers.Count == 0 ? told.Papers : [];
        any |= kin.Count + homes.Count + papers.Count > 0 || member is not null;
        return new Meeting(contradicted, contradicted.Count > 0 || !any ? null
            : new PersonCompleted(more, kin.Count > 0 ? kin : null, papers.Count > 0 ? papers : null, homes.Count > 0 ? homes : null, member));
    }

    /// <summary>A name that differs in marks or capitals only is a slip of one of the two, not another name; the register keeps its own.</summary>
    private static bool SameName(string field, PersonFacts stored, PersonFacts told) =>
        field is "fullName" or "surname" or "middle" or "given" && NameKey.Of(stored.FullName ?? "") == NameKey.Of(told.FullName ?? "");

    private static List<Kin> Kin(PersonState stored, PersonState told, List<string> contradicted)
    {
        var more = new List<Kin>();
        foreach (var kin in told.Kin)
        {
            var has = stored.Kin.FirstOrDefault(k => k.Kind == kin.Kind);
            if (has is null)
            {
                more.Add(kin with { No = PersonFold.Next(stored.Kin.Concat(more).Select(k => k.No)) });
            }
            else if ((has.Number is not null && kin.Number is not null && has.Number != kin.Number)
                || (has.Name is not null && kin.Name is not null && NameKey.Of(has.Name) != NameKey.Of(kin.Name)))
            {
                contradicted.Add(Word.Write(kin.Kind) + (has.Number == kin.Number ? "Name" : "Number"));
            }
        }

        return more;
    }

    private static List<Residence> Homes(PersonState stored, PersonState told, List<string> contradicted)
    {
        var more = new List<Residence>();
        foreach (var home in told.Residences)
        {
            var has = stored.Residences.Where(r => r.Kind == home.Kind).ToList();
            if (has.Count == 0)
            {
                more.Add(home with { No = PersonFold.Next(stored.Residences.Concat(more).Select(r => r.No)) });
            }
            else if (home.Kind == ResidenceKind.Permanent && !has.Any(r => r.Area == home.Area && NameKey.Of(r.Detail ?? "") == NameKey.Of(home.Detail ?? "")))
            {
                contradicted.Add("homeDetail");
            }
        }

        return more;
    }

    private static Membership? Member(PersonState stored, PersonState told, List<string> contradicted)
    {
        if (told.Memberships is not [var member])
        {
            return null;
        }

        if (stored.Memberships.Count == 0)
        {
            return member;
        }

        if (!stored.Memberships.Any(m => m.Household == member.Household && m.Relation == member.Relation))
        {
            contradicted.Add(stored.Memberships.Any(m => m.Household == member.Household) ? "relation" : "fileNumber");
        }

        return null;
    }
}
