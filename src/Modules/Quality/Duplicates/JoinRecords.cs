using System.ComponentModel.DataAnnotations;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Quality.Duplicates;

/// <summary>Two records are of one person: one stays, with the better value of each field, and the other is closed and answers with it; both numbers go on answering (Luật Căn cước 26/2023, article 12).
/// All of it is one act, which can be taken back.</summary>
internal sealed class JoinRecords(PairDesk desk, Session session, IPopulation population, CaseBook cases, Journal journal, CurrentActor actor, TimeProvider clock)
{
    /// <param name="Pair">The proposal.</param>
    /// <param name="Into">The record that stays; one of the two.</param>
    /// <param name="Taken">Fields whose value is the other record's: those of <see cref="Choice.All"/>, and home for residence and household.</param>
    /// <param name="Ground">The paper or finding that shows it.</param>
    /// <param name="Seen">Version that was looked at.</param>
    /// <param name="Case">Reference of the look.</param>
    internal sealed record Request(Guid Pair, Guid Into, IReadOnlyList<string>? Taken, [Required, MaxLength(Pair.MostGround)] string? Ground, long? Seen = null, string? Case = null);

    /// <param name="Act">Under which it can be taken back.</param>
    internal sealed record Joined(Guid Act, Guid Into, Guid From);

    public async Task<Outcome<Joined>> Run(Request r)
    {
        var (pair, problems) = (await Pair.Find(session, r.Pair, hold: true), new List<Problem>());
        if (pair is null)
        {
            return Problem.Missing("quality.no-pair");
        }

        void Unless(bool right, string field, string code)
        {
            if (!right)
            {
                problems.Add(Problem.Invalid(field, code));
            }
        }

        Unless(!string.IsNullOrWhiteSpace(r.Ground), "ground", "quality.ground-missing");
        Unless(r.Into == pair.A || r.Into == pair.B, "into", "quality.into-neither");
        Unless(r.Taken?.All(t => t == Choice.Home || Choice.All.Any(c => c.Field == t)) != false, "taken", "quality.no-choice");
        if (r.Ground?.Trim().Length > Pair.MostGround)
        {
            problems.Add(TooLong.Of("ground", r.Ground, Pair.MostGround));
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        if (!pair.Waits && pair.State != Pair.Gone)
        {
            return Problem.Conflict("quality.decided-before");
        }

        var from = r.Into == pair.A ? pair.B : pair.A;
        var laid = await desk.Lay(r.Case, [pair.A, pair.B], toAct: true);
        if (!laid.Ok(out var both))
        {
            return laid.Problems.ToList();
        }

        var wrong = both.Records.Count < 2 ? Problem.Missing("population.no-person")
            : r.Seen is { } seen && seen != both.Version ? Problem.Conflict("quality.changed-since")
            : both.Records.Values.Any(s => s.Status is PersonStatus.Merged or PersonStatus.Cancelled) ? Problem.Conflict("quality.not-standing")
            : Contradicts(both.Records[r.Into].Facts, both.Records[from].Facts, r.Taken ?? []) ? Problem.Invalid("taken", "quality.number-would-contradict")
            : await desk.OwnCase(pair.A, pair.B);
        return wrong is not null ? wrong : await Join(pair, r, from, both);
    }

    /// <summary>A birth or sex that is taken has to fit the number that stays, as the one before did.</summary>
    private static bool Contradicts(PersonFacts stays, PersonFacts goes, IReadOnlyList<string> taken)
    {
        var (born, sex) = (taken.Contains("born") && goes.Born is not null ? goes.Born : stays.Born, taken.Contains("sex") && goes.Sex is not null ? goes.Sex : stays.Sex);
        return stays.Number is { } number && ((number.AgreesWithBirth(stays.Born) && !number.AgreesWithBirth(born)) || (number.AgreesWithSex(stays.Sex) && !number.AgreesWithSex(sex)));
    }

    private async Task<Outcome<Joined>> Join(Pair pair, Request r, Guid from, OnDesk both)
    {
        var (act, ground, today) = (Guid.CreateVersion7(clock.GetUtcNow()), r.Ground!.Trim(), clock.Today());
        var (stays, goes) = (both.Records[r.Into], both.Records[from]);
        var taken = r.Taken ?? [];
        await desk.Keep(pair);
        var empty = await Emptied(r.Into, from, taken.Contains(Choice.Home) ? stays : goes, taken.Contains(Choice.Home) ? goes : stays, today);
        await journal.Add(act, new RecordsJoined(r.Into, from, goes.Status, taken, pair.Id, empty is { } no ? [no] : null), ground);
        var steps = new Steps(population, ground);
        await steps.Leave(from, goes, today);
        await steps.Do(from, new PersonMerged(r.Into, goes.Status));
        if (Choice.Correction(stays.Facts, goes.Facts, taken) is { } corrected)
        {
            await steps.Do(r.Into, corrected);
        }

        await steps.Complete(r.Into, stays, goes, from);
        if (taken.Contains(Choice.Home))
        {
            await steps.Leave(r.Into, stays, today);
            await steps.MoveIn(r.Into, goes, today);
        }

        if (steps.Refused is { } refused)
        {
            return refused.ToList();
        }

        if (empty is { } household)
        {
            await population.RecordHousehold(household, (await population.Household(household))! with { ClosedOn = today }, ground);
        }

        await session.Execute("update quality.pair set (state, decided_at, decided_by, ground, act) = ('same', $2, $3, $4, $5) where id = $1", pair.Id, clock.GetUtcNow(), actor.Value.Reference, ground, act);
        // The other record answers with this one: what was proposed of it stands for nobody any more.
        await session.Execute("update quality.pair set state = 'gone' where state in ('open', 'asked') and (a = $1 or b = $1)", from);
        await desk.Refresh(pair.A, pair.B);
        await desk.Leave(from);
        await cases.Close(both.Case.Reference);
        return new Joined(act, r.Into, from);
    }

    /// <summary>The household that nobody belongs to any more: a household of one was that of the same person; null: there is none.</summary>
    private async Task<Guid?> Emptied(Guid into, Guid from, PersonState left, PersonState kept, DateOnly today)
    {
        static Guid? Of(PersonState state, DateOnly on) => state.Memberships.LastOrDefault(m => m.Until is null || m.Until > on)?.Household;
        return Of(left, today) is { } household && household != Of(kept, today) && (await population.MembersOf(household)).All(m => m == into || m == from) && await population.Household(household) is { ClosedOn: null } ? household : null;
    }

    /// <summary>The entries of one act, one after the other; after a refusal nothing more is written.</summary>
    private sealed class Steps(IPopulation population, string ground)
    {
        public IReadOnlyList<Problem>? Refused { get; private set; }

        public async Task Do<TEntry>(Guid person, TEntry entry) where TEntry : IPersonEntry
        {
            if (Refused is null && await population.Act(person, entry, ground) is { IsGood: false } refusal)
            {
                Refused = refusal.Problems;
            }
        }

        /// <summary>Residence and household end with the record, or make room for those of the other.</summary>
        public async Task Leave(Guid person, PersonState state, DateOnly today)
        {
            if (state.Memberships.Any(m => m.Until is null || m.Until > today))
            {
                await Do(person, new HouseholdLeft(today));
            }

            foreach (var kind in state.Residences.Where(r => r.Until is null || r.Until > today).Select(r => r.Kind).Distinct())
            {
                await Do(person, new ResidenceEnded(kind, today));
            }
        }

        /// <summary>Where the other record lived.</summary>
        public async Task MoveIn(Guid person, PersonState other, DateOnly today)
        {
            foreach (var home in other.Residences.Where(r => r.Until is null || r.Until > today))
            {
                await Do(person, new ResidenceBegan(home.Kind, home.Area, home.Detail, today, home.Until));
            }

            if (other.Memberships.LastOrDefault(m => m.Until is null || m.Until > today) is { } member)
            {
                await Do(person, new HouseholdJoined(member.Household, member.Relation, today));
            }
        }

        /// <summary>Kin and papers that only the other record names.</summary>
        public async Task Complete(Guid person, PersonState state, PersonState other, Guid of)
        {
            var (kin, papers) = (Next(state.Kin.Select(k => k.No)), Next(state.Papers.Select(p => p.No)));
            foreach (var line in other.Kin.Where(k => k.Person != person && k.Person != of && !state.Kin.Any(s => Same(s, k))))
            {
                await Do(person, new KinNamed(line with { No = kin++ }));
            }

            foreach (var paper in other.Papers.Where(p => !state.Papers.Any(s => s.Kind == p.Kind && s.Number == p.Number && s.Issued == p.Issued)))
            {
                await Do(person, new PaperIssued(paper with { No = papers++ }));
            }
        }

        /// <summary>A father or mother that is known is not replaced by the other record's; of spouses and children the same one is not named twice.</summary>
        private static bool Same(Kin known, Kin told) => known.Kind == told.Kind && (known.Kind is KinKind.Father or KinKind.Mother
            || (known.Number is not null && known.Number == told.Number) || (known.Person is not null && known.Person == told.Person) || (known.Name is not null && known.Name == told.Name));

        private static int Next(IEnumerable<int> numbers) => numbers.DefaultIfEmpty(-1).Max() + 1;
    }
}
