using System.Text.Json;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Population.Persons;

/// <summary>Takes an act back: of everybody whom its transaction has changed, each part is again what it was before it, where nothing has touched it since, even if it reads as then.</summary>
internal sealed class TakeBack(Session session, Register register) : ITakingBack
{
    /// <summary>What an act did to a record, and how it would be restored.</summary>
    private sealed record Undoing(Guid Person, PersonState Now, PersonRestored Entry, IReadOnlyList<string> Left);

    public async Task<TakenBack> Look(Guid act)
    {
        var all = await Undoings(act);
        return new TakenBack([.. all.Select(u => u.Person)], [.. all.SelectMany(u => u.Left.Select(part => (u.Person, part)))]);
    }

    public async Task<Outcome<TakenBack>> Run(Guid act, string ground)
    {
        var all = await Undoings(act);
        // Who stops being the head goes before who is the head again.
        foreach (var undo in all.OrderBy(u => u.Entry.Memberships?.Any(m => m is { Relation: "01", Until: null }) == true))
        {
            var done = await register.Act(undo.Person, undo.Entry, ground);
            if (!done.IsGood)
            {
                return done.Problems.ToList();
            }
        }

        await Households(act, ground);
        return new TakenBack([.. all.Select(u => u.Person)], [.. all.SelectMany(u => u.Left.Select(part => (u.Person, part)))]);
    }

    private async Task<List<Undoing>> Undoings(Guid act)
    {
        var changed = await session.BeyondDuty(() => session.Rows("""
            with of_act as materialized (select era, xid from journal.entry where subject = $1 order by position limit 1),
                 touched as materialized (select distinct x.subject from of_act a join journal.entry x on x.era = a.era and x.xid = a.xid where x.kind like 'population.%' and x.kind <> $2)
            select j.subject, j.kind, j.body::text, j.era = a.era and j.xid = a.xid from of_act a cross join touched t cross join lateral (select * from journal.entry e where e.subject = t.subject offset 0) j
             order by j.subject, j.position
            """, r => (Subject: r.GetGuid(0), Entry: PersonFold.Read(r.GetString(1), r.GetString(2)), Ours: r.GetBoolean(3)), act, HouseholdRecorded.Kind));
        return [.. changed.Where(c => c.Entry is not null).GroupBy(c => c.Subject).Select(g => Undo(act, g.Key, [.. g.Select(c => (c.Entry!, c.Ours))]))];
    }

    private static Undoing Undo(Guid act, Guid person, IReadOnlyList<(IPersonEntry Entry, bool Ours)> entries)
    {
        PersonState? before = null, after = null, now = null;
        var since = new List<PersonState>();
        foreach (var (entry, ours) in entries)
        {
            before = ours && after is null ? now : before;
            now = PersonFold.Apply(now, entry);
            after = ours ? now : after;
            since.AddRange(ours || after is null ? [] : [now]);
        }

        if (before is null)
        {
            // The act brought the person into the register: he is there no more, lives nowhere and is nobody's kin, and his number is nobody else's.
            return new Undoing(person, now!, new PersonRestored(act, Status: PersonStatus.Cancelled, Residences: [], Memberships: [], Kin: []), []);
        }

        var left = new List<string>();
        T? Back<T>(string part, Func<PersonState, T> of, Func<T, T, bool> same) where T : class
        {
            if (same(of(before), of(after!)))
            {
                return null;
            }

            if (since.Exists(s => !same(of(after!), of(s))))
            {
                left.Add(part);
                return null;
            }

            return of(before);
        }

        var status = before.Status == after!.Status ? (PersonStatus?)null : now!.Status == after.Status ? before.Status : null;
        var facts = FactField.All.Where(f => f.Name != "number" && !f.SameIn(before.Facts, after.Facts)).ToList();
        left.AddRange(facts.Where(f => since.Exists(s => !f.SameIn(after.Facts, s.Facts))).Select(f => f.Name));
        facts = [.. facts.Where(f => !left.Contains(f.Name))];
        var told = facts.Where(f => f.Get(before.Facts) is not null).Aggregate(new PersonFacts(), (told, f) => f.With(told, f.Get(before.Facts)));
        string[] cleared = [.. facts.Where(f => f.Get(before.Facts) is null).Select(f => f.Name)];
        var residences = Back("residence", s => s.Residences, Enumerable.SequenceEqual);
        var memberships = Back("household", s => s.Memberships, Enumerable.SequenceEqual);
        var kin = Back("kin", s => s.Kin, Enumerable.SequenceEqual);
        var papers = Back("papers", s => s.Papers, Enumerable.SequenceEqual);
        return new Undoing(person, now!, new PersonRestored(act, status, facts.Count > cleared.Length ? told : null, cleared.Length > 0 ? cleared : null, residences, memberships, kin, papers), left);
    }

    /// <summary>Households that the act has opened are closed, and those it has changed are as before, unless they were changed again.</summary>
    private async Task Households(Guid act, string ground)
    {
        var recorded = await session.BeyondDuty(() => session.Rows("""
            with of_act as materialized (select era, xid from journal.entry where subject = $1 order by position limit 1),
                 touched as materialized (select distinct x.subject from of_act a join journal.entry x on x.era = a.era and x.xid = a.xid where x.kind = $2)
            select j.subject, j.body::text, j.era = a.era and j.xid = a.xid from of_act a cross join touched t cross join lateral (select * from journal.entry e where e.subject = t.subject offset 0) j
             where j.kind = $2 order by j.subject, j.position
            """, r => (Subject: r.GetGuid(0), State: JsonSerializer.Deserialize<HouseholdRecorded>(r.GetString(1), Journal.Json)!.Household, Ours: r.GetBoolean(2)), act, HouseholdRecorded.Kind));
        foreach (var household in recorded.GroupBy(r => r.Subject).Where(g => g.Last().Ours))
        {
            var state = household.LastOrDefault(r => !r.Ours) is { State: { } before } ? before : household.Last().State with { ClosedOn = household.Last().State.OpenedOn };
            await register.RecordHousehold(household.Key, state, ground);
        }
    }
}
