using System.Text.Json;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Population.Persons;

/// <summary>The one pure function that ties the journal to the tables: a person's entries, folded in order, are the stored record.</summary>
internal static class PersonFold
{
    private static readonly Dictionary<string, Func<string, IPersonEntry>> Kinds = new(StringComparer.Ordinal);

    static PersonFold()
    {
        Known<PersonEntered>();
        Known<PersonCorrected>();
        Known<PersonChanged>();
        Known<PersonCompleted>();
        Known<ResidenceBegan>();
        Known<ResidenceEnded>();
        Known<HouseholdJoined>();
        Known<HouseholdLeft>();
        Known<KinNamed>();
        Known<KinEnded>();
        Known<PaperIssued>();
        Known<StatusChanged>();
        Known<PersonMerged>();
        Known<PersonSeparated>();
        Known<PersonRestored>();
        Known<NumberAllotted>();
        Known<NumberReplaced>();
        Known<DoubtRaised>();
        Known<DoubtSettled>();
        Known<ConfidentialitySet>();
    }

    public static IEnumerable<string> KindsKnown => Kinds.Keys;

    public static IPersonEntry? Read(string kind, string body) => Kinds.TryGetValue(kind, out var read) ? read(body) : null;

    public static PersonState Fold(IEnumerable<IPersonEntry> entries)
    {
        PersonState? state = null;
        foreach (var entry in entries)
        {
            state = Apply(state, entry);
        }

        return state ?? throw new InvalidOperationException("A person without entries.");
    }

    public static PersonState Apply(PersonState? before, IPersonEntry entry) => (entry, before) switch
    {
        (PersonEntered e, null) => e.Person with { Facts = FactField.Told(e.Person.Facts) },
        (_, null) => throw new InvalidOperationException($"{entry.GetType().Name} before the person was entered."),
        (PersonCorrected e, _) => before with { Facts = FactField.Merge(before.Facts, e.After, e.Cleared) },
        (PersonChanged e, _) => before with { Facts = FactField.Merge(before.Facts, e.After, e.Cleared) },
        (PersonCompleted e, _) => Complete(before, e),
        (ResidenceBegan e, _) => Begin(before, e),
        (ResidenceEnded e, _) => before with { Residences = End(before.Residences, e.Kind, e.On) },
        (HouseholdJoined e, _) => before with { Memberships = [.. Leave(before.Memberships, e.On), new Membership(Next(before.Memberships.Select(m => m.No)), e.Household, e.Relation, e.On)] },
        (HouseholdLeft e, _) => before with { Memberships = Leave(before.Memberships, e.On) },
        (KinNamed e, _) => before with { Kin = [.. before.Kin.Where(k => !Replaces(e.Kin, k)), e.Kin] },
        (KinEnded e, _) => before with { Kin = [.. before.Kin.Where(k => k.No != e.No)] },
        (PaperIssued e, _) => before with { Papers = [.. before.Papers.Where(p => p.No != e.Paper.No), e.Paper] },
        (StatusChanged e, _) => before with { Status = e.Status, Facts = before.Facts with { Ended = e.Status == PersonStatus.Living ? null : e.On ?? before.Facts.Ended } },
        (PersonMerged e, _) => before with { Status = PersonStatus.Merged, MergedInto = e.Into },
        (PersonSeparated e, _) => before with { Status = e.Back, MergedInto = null },
        (PersonRestored e, _) => before with
        {
            Status = e.Status ?? before.Status, Facts = FactField.Merge(before.Facts, e.Facts ?? new PersonFacts(), e.Cleared),
            Residences = e.Residences ?? before.Residences, Memberships = e.Memberships ?? before.Memberships, Kin = e.Kin ?? before.Kin, Papers = e.Papers ?? before.Papers,
        },
        (NumberAllotted e, _) => before with { Facts = before.Facts with { Number = e.Number } },
        (NumberReplaced e, _) => before with { Facts = before.Facts with { Number = e.After }, FormerNumbers = GivenUp(before.FormerNumbers, e) },
        (DoubtRaised e, _) => before with { Doubts = [.. before.Doubts.Where(d => !(d.Field == e.Doubt.Field && d.Code == e.Doubt.Code)), e.Doubt] },
        (DoubtSettled e, _) => before with { Doubts = [.. before.Doubts.Where(d => !(d.Field == e.Field && d.Code == e.Code))] },
        (ConfidentialitySet e, _) => before with { Confidential = e.Level },
        _ => throw new InvalidOperationException($"{entry.GetType().Name} cannot follow."),
    };

    /// <summary>Why an act cannot follow in this state; null when it can. What only the tables show, their constraints refuse.</summary>
    public static Problem? Refusal(PersonState before, IPersonEntry entry) => entry switch
    {
        PersonSeparated => before.MergedInto is null ? Problem.Conflict("population.record-not-merged") : null,
        _ when before.MergedInto is not null => Problem.Conflict("population.record-merged"),
        NumberAllotted when before.Facts.Number is { } has => Problem.Conflict("population.has-number", has.ToString()),
        NumberReplaced e when e.Before != before.Facts.Number || e.After == e.Before => Problem.Conflict("population.number-not-present", e.Before.ToString()),
        PersonCorrected e => Stale(before.Facts, e.Before, e.After, e.Cleared),
        PersonChanged e => Stale(before.Facts, e.Before, e.After, e.Cleared),
        _ => null,
    };

    /// <summary>The journal tells what stood before, so that has to be what stands.</summary>
    private static Problem? Stale(PersonFacts now, PersonFacts before, PersonFacts after, IReadOnlyList<string>? cleared) =>
        FactField.All.All(f => (f.Get(after) is null && cleared?.Contains(f.Name) != true) || f.SameIn(now, before)) ? null : Problem.Conflict("population.changed-meanwhile");

    /// <summary>The number the next residence, membership, kin or paper of a person gets.</summary>
    public static int Next(IEnumerable<int> numbers) => numbers.DefaultIfEmpty(-1).Max() + 1;

    private static PersonState Complete(PersonState before, PersonCompleted e) => before with
    {
        Facts = FactField.Merge(before.Facts, e.After),
        Kin = [.. before.Kin, .. e.Kin ?? []],
        Papers = [.. before.Papers, .. e.Papers ?? []],
        Residences = [.. before.Residences, .. e.Residences ?? []],
        Memberships = e.Membership is null ? before.Memberships : [.. before.Memberships, e.Membership],
    };

    private static PersonState Begin(PersonState before, ResidenceBegan e) => before with
    {
        Residences = [.. End(before.Residences, e.Kind, e.On), new Residence(Next(before.Residences.Select(r => r.No)), e.Kind, e.Area, e.Detail, e.On, e.Until)],
    };

    /// <summary>What was open on the day ends there; what would have begun later or the same day never was.</summary>
    private static List<Residence> End(IReadOnlyList<Residence> all, ResidenceKind kind, DateOnly day) =>
        [.. from r in all
            where r.Kind != kind || r.From is null || r.From < day
            select r.Kind == kind && (r.Until is null || r.Until > day) ? r with { Until = day } : r];

    private static List<Membership> Leave(IReadOnlyList<Membership> all, DateOnly day) =>
        [.. from m in all
            where m.From is null || m.From < day
            select m.Until is null || m.Until > day ? m with { Until = day } : m];

    /// <summary>A number can be taken up again and given up once more; it is a former one once.</summary>
    private static IReadOnlyList<FormerNumber> GivenUp(IReadOnlyList<FormerNumber> formers, NumberReplaced e) =>
        formers.Any(f => f.Number == e.Before) ? formers : [.. formers, new FormerNumber(e.Before, e.Reason)];

    private static bool Replaces(Kin named, Kin known) =>
        named.No == known.No || (named.Kind == known.Kind && named.Kind is (KinKind.Father or KinKind.Mother));

    private static void Known<T>() where T : class, IPersonEntry => Kinds.Add(T.Kind, body => JsonSerializer.Deserialize<T>(body, Journal.Json)!);
}
