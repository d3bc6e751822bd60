using SoGoc.Kernel.Outcomes;
using SoGoc.Population;

namespace SoGoc.Civil.Residences;

/// <summary>What follows from a decision: shown before it is taken, and done in its transaction. Each person's membership changes once at most, and every household that is touched and open has one head.</summary>
internal sealed class Plan(Known known, DateOnly on, Func<int?, string?, string?> address)
{
    private readonly List<Step> steps = [];
    private readonly Dictionary<Guid, (Guid Home, string Relation)> now = known.People.Concat(known.Host?.Members ?? []).DistinctBy(p => p.Key)
        .Select(p => (p.Key, Member: p.Member(on))).Where(p => p.Member is not null).ToDictionary(p => p.Key, p => (p.Member!.Household, p.Member.Relation));

    private readonly Dictionary<Guid, HouseholdState> homes = new[] { known.Home, known.Host }.OfType<Home>().DistinctBy(h => h.Id).ToDictionary(h => h.Id, h => h.State);
    private readonly Dictionary<Guid, Resident> people = known.People.Concat(known.Host?.Members ?? []).DistinctBy(p => p.Key).ToDictionary(p => p.Key);
    private readonly HashSet<Guid> touched = [];

    /// <summary>Done in this order: households are opened, people leave or become members, heads come last, residences, and what stands empty is closed.</summary>
    private sealed record Step(int Order, DecidedChange Change, Func<IPopulation, string, Task<IReadOnlyList<Problem>>> Do);

    /// <summary>A household that is opened by the decision; its file number follows from the decision's.</summary>
    public Guid? Opened { get; private set; }

    public IReadOnlyList<DecidedChange> Changes => [.. steps.OrderBy(s => s.Order).Select(s => s.Change)];

    public void Begin(Resident p, ResidenceKind kind, int? area, string? detail, DateOnly from, DateOnly? until = null)
    {
        var before = p.At(kind, on) is { } old ? address(old.Area, old.Detail) : null;
        Add(4, new DecidedChange(Word(kind), p.Key, p.Name, before, address(area, detail), until), (r, ground) => Problems(r.Act(p.Key, new ResidenceBegan(kind, area, detail, from, until), ground)));
    }

    /// <summary>Ends a residence of a kind where one is open.</summary>
    public void End(Resident p, ResidenceKind kind)
    {
        if (p.At(kind, on) is { } old)
        {
            Add(3, new DecidedChange(Word(kind) + "-ends", p.Key, p.Name, address(old.Area, old.Detail)), (r, ground) => Problems(r.Act(p.Key, new ResidenceEnded(kind, on), ground)));
        }
    }

    /// <summary>A household has one dwelling for its life, so that whoever asks of another day hears where it was then: who moves together makes a new one, and what he leaves empty is closed.</summary>
    public Guid Open(int? area, string? detail)
    {
        Opened = Guid.NewGuid();
        homes[Opened.Value] = new HouseholdState(null, area, detail, on);
        return Opened.Value;
    }

    public void Join(Resident p, Guid home, string relation)
    {
        touched.Add(home);
        if (now.TryGetValue(p.Key, out var before))
        {
            touched.Add(before.Home);
        }

        now[p.Key] = (home, relation);
    }

    public void Leave(Resident p)
    {
        if (now.Remove(p.Key, out var before))
        {
            touched.Add(before.Home);
        }
    }

    /// <summary>Who belongs to a household as it would be.</summary>
    public IReadOnlyList<Resident> Of(Guid home) => [.. now.Where(m => m.Value.Home == home).Select(m => people[m.Key])];

    public bool IsHead(Resident p) => now.TryGetValue(p.Key, out var m) && m.Relation == Resident.HeadOfHousehold;

    /// <summary>Compares what would be with what is; the households that would be left with people and not with one head.</summary>
    public IReadOnlyList<Guid> Finish()
    {
        foreach (var p in people.Values)
        {
            var before = p.Member(on);
            if (now.TryGetValue(p.Key, out var after) && (before?.Household, before?.Relation) != (after.Home, after.Relation))
            {
                Add(after.Relation == Resident.HeadOfHousehold ? 2 : 1, new DecidedChange("member", p.Key, p.Name, before?.Household == after.Home ? before.Relation : null, after.Relation),
                    (r, ground) => Problems(r.Act(p.Key, new HouseholdJoined(after.Home, after.Relation, on), ground)));
            }
            else if (before is not null && !now.ContainsKey(p.Key))
            {
                Add(1, new DecidedChange("leaves", p.Key, p.Name, before.Relation), (r, ground) => Problems(r.Act(p.Key, new HouseholdLeft(on), ground)));
            }
        }

        if (Opened is { } opened)
        {
            Add(0, new DecidedChange("opens", opened, null, null, address(homes[opened].Area, homes[opened].Detail)), (r, ground) => None(r.RecordHousehold(opened, homes[opened], ground)));
        }

        foreach (var empty in touched.Where(h => Of(h).Count == 0))
        {
            Add(5, new DecidedChange("closes", empty, null, address(homes[empty].Area, homes[empty].Detail)), (r, ground) => None(r.RecordHousehold(empty, homes[empty] with { ClosedOn = on }, ground)));
        }

        return [.. touched.Where(h => Of(h) is { Count: > 0 } members && members.Count(IsHead) != 1)];
    }

    public async Task<IReadOnlyList<Problem>> Do(IPopulation register, string ground, string fileNumber)
    {
        if (Opened is { } opened)
        {
            homes[opened] = homes[opened] with { FileNumber = fileNumber };
        }

        foreach (var step in steps.OrderBy(s => s.Order))
        {
            if (await step.Do(register, ground) is { Count: > 0 } problems)
            {
                return problems;
            }
        }

        return [];
    }

    private void Add(int order, DecidedChange change, Func<IPopulation, string, Task<IReadOnlyList<Problem>>> step) => steps.Add(new Step(order, change, step));

    private static async Task<IReadOnlyList<Problem>> Problems<T>(Task<Outcome<T>> done) => (await done).Problems;

    private static async Task<IReadOnlyList<Problem>> None(Task done)
    {
        await done;
        return [];
    }

    private static string Word(ResidenceKind kind) => System.Text.Json.JsonNamingPolicy.KebabCaseLower.ConvertName(kind.ToString());
}
