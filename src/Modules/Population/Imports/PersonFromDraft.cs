using SoGoc.Population.Papers;

namespace SoGoc.Population.Imports;

/// <summary>Makes of a sound row the person as the register holds him.</summary>
internal static class PersonFromDraft
{
    /// <param name="draft">A row without faults.</param>
    /// <param name="household">The household of its file number; null for none.</param>
    public static PersonState State(Draft draft, Guid? household)
    {
        var f = draft.Facts;
        var end = f.Ended?.Latest;
        return new PersonState
        {
            Facts = f,
            Status = f.Ended is null ? PersonStatus.Living : PersonStatus.Dead,
            Residences = Residences(draft, end),
            Memberships = household is { } h && (end is null || draft.HomeSince is null || draft.HomeSince < end)
                ? [new Membership(0, h, draft.Relation ?? "99", draft.HomeSince, end)] : [],
            Kin = draft.Kin,
            Papers = draft.CardIssued is null && draft.CardPlace is null ? [] : [new IdPaper(0, CardLaw.KindOf(draft.CardIssued?.Earliest), f.Number?.ToString(), draft.CardIssued, draft.CardPlace, null)],
            Doubts = [.. draft.Faults.Where(x => x.Warning).Select(x => new Doubt(x.Field, x.Code, x.Given)).DistinctBy(d => (d.Field, d.Code))],
        };
    }

    /// <summary>A residence of the dead ends on the day of death; one that would have begun later never was.</summary>
    private static List<Residence> Residences(Draft draft, DateOnly? end)
    {
        var all = new List<Residence>(3);
        if ((draft.HomeArea is not null || draft.HomeDetail is not null) && (end is null || draft.HomeSince is null || draft.HomeSince < end))
        {
            all.Add(new Residence(all.Count, ResidenceKind.Permanent, draft.HomeArea, draft.HomeDetail, draft.HomeSince, end));
        }

        if (draft.Temporary is { } temporary)
        {
            all.Add(new Residence(all.Count, ResidenceKind.Temporary, temporary.Area, temporary.Text, null, end));
        }

        if (draft.Current is { } current)
        {
            all.Add(new Residence(all.Count, ResidenceKind.Current, current.Area, current.Text, null, end));
        }

        return all;
    }
}
