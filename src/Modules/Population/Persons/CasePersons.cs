using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Population.Persons;

/// <summary>Whom a number of a case names, wherever he lives: the record that answers for it today. Nothing is told of him but that the register has him.</summary>
internal sealed class CasePersons(BeyondDuty reads) : ICasePersons
{
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
}
