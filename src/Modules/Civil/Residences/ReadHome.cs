using SoGoc.Civil.Acts;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Civil.Residences;

/// <summary>A person as the register has him.</summary>
internal sealed record Resident(Guid Key, PersonState State)
{
    public const string HeadOfHousehold = "01";

    public string Name => State.Facts.FullName ?? "?";

    public bool Lives => State.Status is not (PersonStatus.Dead or PersonStatus.Merged or PersonStatus.Cancelled);

    /// <summary>The residence of a kind that is open on a day, or will be.</summary>
    public Residence? At(ResidenceKind kind, DateOnly on) => State.Residences.Where(r => r.Kind == kind && (r.Until is null || r.Until > on)).MaxBy(r => r.No);

    public Membership? Member(DateOnly on) => State.Memberships.FirstOrDefault(m => new Period(m.From, m.Until).Holds(on));

    /// <summary>Whether the other's record, or what it says of kin, means this one.</summary>
    public bool Is(Kin line) => line.Person == Key || (line.Number is { } number && number == State.Facts.Number);

    /// <summary>What is named by key or number.</summary>
    public bool Answers(string? text) => !string.IsNullOrWhiteSpace(text) && (Guid.TryParse(text, out var key) ? key == Key : CardText.Of(text).Number == State.Facts.Number?.ToString());
}

/// <summary>A household with its people.</summary>
internal sealed record Home(Guid Id, HouseholdState State, IReadOnlyList<Resident> Members)
{
    public Resident? Head(DateOnly on) => Members.FirstOrDefault(m => m.Lives && m.Member(on) is { Relation: Resident.HeadOfHousehold });
}

/// <summary>What the register knows when the police is asked.</summary>
/// <param name="Case">The case of this act, which everything is read for.</param>
/// <param name="Asker">Who asks; null where nobody is named yet.</param>
/// <param name="Home">His household.</param>
/// <param name="Host">The household that would be joined.</param>
/// <param name="Before">Decisions of today on the same people: kind, number and office.</param>
internal sealed record Known(CaseFile Case, Resident? Asker, Home? Home, Home? Host, IReadOnlyList<EarlierDecision> Before)
{
    /// <summary>Asker and household.</summary>
    public IReadOnlyList<Resident> People => [.. (Home?.Members ?? []).Concat(Asker is { } a && Home?.Members.Any(m => m.Key == a.Key) != true ? [a] : [])];

    /// <summary>Whom the request concerns: those it names; who asks, where it names nobody.</summary>
    public IReadOnlyList<Resident> Chosen(ResidenceRequest r) => r.Persons?.Any(p => !string.IsNullOrWhiteSpace(p)) == true ? [.. People.Where(p => r.Persons.Any(p.Answers))] : Asker is { } who ? [who] : [];
}

/// <summary>Opens the case of the act, or goes on with it, and reads for it the asker, his household and the one that is joined. The case names them, so that they are seen wherever they live.</summary>
internal sealed class ReadHome(IPopulation population, ActCases acts, DecisionBook decisions, Journal journal, CurrentActor actor, TimeProvider clock)
{
    public const string Purpose = "residence";

    private static readonly string[] Classes = ["identity", "family", "residence", "household"];

    /// <param name="toAct">Holds records and households: of two decisions on one person at once, the second is judged when the first is done, and told of it.</param>
    public async Task<Outcome<Known>> Run(ResidenceRequest r, bool toAct)
    {
        var problems = new List<Problem>();
        var (asker, host) = (await acts.Key(r.Person, "person", problems), await acts.Key(r.Host, "host", problems));
        if (problems.Count > 0)
        {
            return problems;
        }

        Guid[] named = [.. new[] { asker, host }.OfType<Guid>()];
        var taken = await acts.TakeUp(Purpose, ResidenceRequest.Letters(r.Act), r.Case, [asker, host]);
        if (!taken.Ok(out var file))
        {
            return taken.Problems.ToList();
        }

        var (home, joined) = (await HouseholdOf(asker), await HouseholdOf(host));
        Guid[] all = [.. named.Concat(home?.Members ?? []).Concat(joined?.Members ?? []).Distinct().Order()];
        await acts.Name(file, all);
        var people = new Dictionary<Guid, Resident>();
        foreach (var key in all)
        {
            if (await (toAct ? population.Hold(key) : population.Find(key)) is { } state)
            {
                people[key] = new Resident(key, state);
            }
        }

        if (toAct && (people.Count < all.Length || await Changed(home) || await Changed(joined) || (asker is { } a && people[a].Member(clock.Today())?.Household != home?.Id)))
        {
            return Problem.Conflict("civil.household-changed");
        }

        if (people.Values.Any(p => p.State.Confidential > 0) && !actor.Value.May(Permission.Of(PopulationPermission.ReadConfidential)))
        {
            return Problem.Forbidden("population.confidential");
        }

        await journal.Disclose(all, Classes, Purpose, file.Reference);
        Home? Of(HouseholdWithMembers? h) => h is null ? null : new Home(h.Id, h.State, [.. h.Members.Where(people.ContainsKey).Select(m => people[m]).OrderBy(m => m.Member(clock.Today())?.Relation, StringComparer.Ordinal).ThenBy(m => m.State.Facts.Born?.Earliest).ThenBy(m => m.Key)]);
        var known = new Known(file, asker is { } who ? people.GetValueOrDefault(who) : null, Of(home), Of(joined), []);
        Guid[] concerned = [.. known.Chosen(r).Concat(known.People.Where(p => p.Answers(r.Head))).Select(p => p.Key).Distinct()];
        return known with { Before = concerned.Length == 0 ? [] : await decisions.Of(concerned, clock.Today()) };
    }

    /// <summary>Between the first look and the moment when nobody else could act any more somebody came or went.</summary>
    private async Task<bool> Changed(HouseholdWithMembers? seen) => seen is not null && (await population.Household(seen.Id, clock.Today(), hold: true) is not { } now || now.State != seen.State || !now.Members.SequenceEqual(seen.Members));

    private async Task<HouseholdWithMembers?> HouseholdOf(Guid? person) =>
        person is { } key && await population.Find(key) is { } state && new Resident(key, state).Member(clock.Today()) is { } member ? await population.Household(member.Household, clock.Today()) : null;
}
