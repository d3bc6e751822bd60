using SoGoc.Kernel.Access;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Population.Persons;

/// <summary>Whom a number of a case names, wherever he lives: the record that answers for it today. Nothing is told of him but that the register has him.</summary>
internal sealed class CasePersons(BeyondDuty reads, Reads near, RateLimit limit, CurrentActor actor) : ICasePersons
{
    /// <summary>A counter serves whoever comes, wherever he lives; nobody walks through the province by naming one after the other.</summary>
    private const int AtOnce = 200;

    private static readonly TimeSpan Each = TimeSpan.FromMinutes(5);

    public async Task<Outcome<Guid>> Find(string number)
    {
        if (!PersonalNumber.TryParse(number, out var parsed, out var fault))
        {
            return fault;
        }

        var found = await reads.Rows("""
            select coalesce(p.merged_into, p.id) from population.person p
             where p.id = coalesce((select id from population.person where number = $1), (select person_id from population.former_number where number = $1))
            """, r => r.GetGuid(0), parsed.ToString());
        return found.Count > 0 ? found[0] : Problem.Missing("population.no-person");
    }

    public async Task<Outcome<Guid>> AtCounter(string number)
    {
        var found = await Find(number);
        return found.Ok(out var person) && await LivesElsewhere(person) && await limit.Take($"elsewhere {actor.Value.Reference}", AtOnce, Each) is { } tooMany ? tooMany with { Code = "population.elsewhere-too-often" } : found;
    }

    public async Task<Outcome<Guid>> WithinDuty(string number)
    {
        var found = await Find(number);
        return found.Ok(out var person) && await LivesElsewhere(person) ? Problem.Forbidden("population.needs-a-file") : found;
    }

    /// <summary>A system reads nobody but those of its agreement, whomever its cases name.</summary>
    private async Task<bool> LivesElsewhere(Guid person) => near.Limited && actor.Value.Agreement is null && (await near.Rows("select id from population.person where id = $1", r => r.GetGuid(0), person)).Count == 0;
}
