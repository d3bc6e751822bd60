using SoGoc.Civil.Births;
using SoGoc.Civil.Residences;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Population;

namespace SoGoc.Civil.Filings;

/// <summary>The commune police registers the permanent residence of a newborn with a parent (Luật Cư trú 68/2020, article 20; NĐ 63/2024): a numbered decision like any other, after which the child belongs to the parent's household.</summary>
internal sealed class ResideWithParents(IPopulation population, IPlaces places, IDuty duty, DecisionBook decisions, CurrentActor actor, TimeProvider clock)
{
    private const string Law = "Luật Cư trú 68/2020/QH14, điều 20";

    private sealed record Parent(Guid Key, KinKind Kind, PersonState State, Residence? Home);

    /// <param name="commune">The commune of the filing.</param>
    /// <param name="liveWith">With whom its parents want it to reside: mother or father; null: with either.</param>
    /// <param name="code">Of the filing.</param>
    /// <returns>What was decided: number and address.</returns>
    public async Task<Outcome<string>> Run(Guid person, PersonState child, int commune, string? liveWith, string code, string ground)
    {
        var (today, parents) = (clock.Today(), new List<Parent>());
        foreach (var line in child.Kin.Where(k => k.Kind is KinKind.Mother or KinKind.Father))
        {
            var key = line.Person ?? (line.Number is { } number ? await population.Answering(number) : null);
            if (key is { } parent && await population.Find(parent) is { } state)
            {
                parents.Add(new Parent(parent, line.Kind, state, Permanent(state, today) is { } at && population.InForce(at) is { Area: { } area } home && await duty.Covers(area) ? home : null));
            }
        }

        if (parents.FirstOrDefault(p => p.Home is not null && liveWith switch { "mother" => p.Kind == KinKind.Mother, "father" => p.Kind == KinKind.Father, _ => true }) is not { Home: { } with } taken)
        {
            return Problem.Conflict("civil.no-permanent-home");
        }

        var no = await decisions.Next(commune, ResidenceRequest.Permanent);
        var (address, on) = (population.Address(with).Written ?? "", $"Đăng ký thường trú số {no}, {actor.Value.Office}, ngày {today.Shown()}; {ground}; {Law}");
        var member = taken.State.Memberships.FirstOrDefault(m => new Period(m.From, m.Until).Holds(today));
        var relation = member is null || child.Memberships.Any(m => m.Until is null) ? null : Newborn.RelationTo(member, parents.FirstOrDefault(p => p.Kind == KinKind.Father)?.State);
        var problems = await Do(person, child, with, member?.Household, relation, today, on);
        if (problems.Count > 0)
        {
            return problems.ToList();
        }

        DecidedChange[] changes = [new("permanent", person, child.Facts.FullName, null, address), .. relation is null ? Array.Empty<DecidedChange>() : [new("member", person, child.Facts.FullName, null, relation)]];
        await decisions.Enter(new ResidenceDecided(no, ResidenceRequest.Permanent, commune, places.Book[commune]!.FullName, today, new DecidedPerson(taken.Key, taken.State.Facts.FullName, taken.State.Facts.Number),
            [new DecidedPerson(person, child.Facts.FullName, child.Facts.Number)], changes, [], Law, ResidenceRequest.Family, Paper: $"Hồ sơ liên thông {code}"), code, taken.Key, on);
        return $"{no}: {address}";
    }

    public static Residence? Permanent(PersonState person, DateOnly on) => person.Residences.FirstOrDefault(r => r.Kind == ResidenceKind.Permanent && (r.Until is null || r.Until > on));

    /// <summary>Where it lived until it resided somewhere is no residence any more.</summary>
    private async Task<IReadOnlyList<Problem>> Do(Guid person, PersonState child, Residence home, Guid? household, string? relation, DateOnly today, string ground)
    {
        var problems = new List<Problem>((await population.Act(person, new ResidenceBegan(ResidenceKind.Permanent, home.Area, home.Detail, today), ground)).Problems);
        if (child.Residences.Any(r => r.Kind == ResidenceKind.Current && (r.Until is null || r.Until > today)))
        {
            problems.AddRange((await population.Act(person, new ResidenceEnded(ResidenceKind.Current, today), ground)).Problems);
        }

        if (relation is not null)
        {
            problems.AddRange((await population.Act(person, new HouseholdJoined(household!.Value, relation, today), ground)).Problems);
        }

        return problems;
    }
}
