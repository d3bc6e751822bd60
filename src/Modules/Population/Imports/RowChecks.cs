using SoGoc.Kernel.Data;
using SoGoc.Kernel.Text;
using SoGoc.Population.Persons;

namespace SoGoc.Population.Imports;

/// <summary>What the register knows of the people and households that a batch of rows speaks of.</summary>
internal sealed record Known(IReadOnlyDictionary<string, PersonBrief> ByNumber, IReadOnlyDictionary<Guid, Guid> ByFingerprint, IReadOnlyDictionary<string, HouseholdBrief> Households);

internal sealed record PersonBrief(Guid Id, string NameKey, DateOnly? BornEarliest, DateOnly? BornLatest);

internal sealed record HouseholdBrief(Guid Id, Guid? Head);

/// <summary>Checks rows against the register, a batch with three questions.</summary>
internal sealed class RowChecks(Session session)
{
    private const int YoungestParent = 12;

    /// <summary>Adds to the drafts the faults that the register shows, and gives back what it knows.</summary>
    public async Task<Known> AgainstRegister(IReadOnlyList<Draft> batch)
    {
        var known = await Ask(batch);
        foreach (var draft in batch)
        {
            Number(draft, known);
            Parents(draft, known);
            Head(draft, known);
        }

        return known;
    }

    private static void Number(Draft draft, Known known)
    {
        if (draft.Facts.Number?.ToString() is not { } number || !known.ByNumber.TryGetValue(number, out var holder) || draft.Facts.FullName is not { } name)
        {
            return;
        }

        var born = draft.Facts.Born;
        var otherBirth = holder.BornEarliest > born?.Latest || holder.BornLatest < born?.Earliest;
        if (holder.NameKey != NameKey.Of(name) || otherBirth)
        {
            draft.Fault("number", "population.number-taken", number);
        }
    }

    private static void Parents(Draft draft, Known known)
    {
        foreach (var (kind, field) in new[] { (KinKind.Father, "fatherNumber"), (KinKind.Mother, "motherNumber") })
        {
            if (draft.NumberOf(kind) is { } number && known.ByNumber.TryGetValue(number, out var parent)
                && parent.BornEarliest is { } earliest && earliest.AddYears(YoungestParent) > draft.Facts.Born?.Latest)
            {
                draft.Fault(field, "population.parent-not-older", number, "");
            }
        }
    }

    private static void Head(Draft draft, Known known)
    {
        if (draft.Relation != "01" || draft.FileNumber is not { } file || !known.Households.TryGetValue(file, out var home) || home.Head is not { } head)
        {
            return;
        }

        var self = draft.Facts.Number?.ToString() is { } number ? known.ByNumber.GetValueOrDefault(number)?.Id : known.ByFingerprint.GetValueOrDefault(Fingerprint(draft, home.Id));
        if (self != head)
        {
            draft.Fault("relation", "population.household-two-heads", file, file, "");
        }
    }

    /// <summary>What a row without number is recognised by, as a member of a household or of none.</summary>
    public static Guid Fingerprint(Draft draft, Guid? household) =>
        Register.Recognisable(PersonFromDraft.State(draft, household) with { Facts = draft.Facts with { Number = null } }).Fingerprint!.Value;

    private async Task<Known> Ask(IReadOnlyList<Draft> batch)
    {
        var numbers = batch.Select(d => d.Facts.Number?.ToString()).Concat(batch.SelectMany(d => d.Kin).Select(k => k.Number?.ToString())).Where(n => n is not null).Distinct().ToArray();
        var persons = await session.Rows("select number, id, name_key, born_earliest, born_latest from population.person where number = any($1)",
            r => (Number: r.GetString(0), Brief: new PersonBrief(r.GetGuid(1), r.GetString(2), r.Maybe<DateOnly>(3), r.Maybe<DateOnly>(4))), (object)numbers);
        var files = batch.Select(d => d.FileNumber).Where(f => f is not null).Distinct().ToArray();
        var homes = (await session.Rows("""
            select h.file_number, h.id, m.person_id from population.household h
              left join population.member m on m.household_id = h.id and m.relation = '01' and upper_inf(m.valid)
             where h.file_number = any($1)
            """, r => (File: r.GetString(0), Brief: new HouseholdBrief(r.GetGuid(1), r.Maybe<Guid>(2))), (object)files)).ToDictionary(h => h.File, h => h.Brief, StringComparer.Ordinal);

        // Nobody of a household that the register does not have can be known by it.
        var prints = batch.Where(d => d.Facts.Number is null && d.Facts.FullName is not null && (d.FileNumber is null || homes.ContainsKey(d.FileNumber)))
            .Select(d => Fingerprint(d, d.FileNumber is { } f ? homes[f].Id : null)).Distinct().ToArray();
        var recognised = prints.Length == 0 ? [] : await session.Rows("select fingerprint, id from population.person where fingerprint = any($1)", r => (r.GetGuid(0), r.GetGuid(1)), prints);
        return new Known(persons.ToDictionary(p => p.Number, p => p.Brief, StringComparer.Ordinal), recognised.ToDictionary(p => p.Item1, p => p.Item2), homes);
    }
}
