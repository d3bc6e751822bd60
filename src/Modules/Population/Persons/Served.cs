using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Population.Lookups;

namespace SoGoc.Population.Persons;

/// <summary>Somebody of the register who stands at an official's counter: whether he is served there, and where he lives.</summary>
internal sealed class Served(Session session, Register register, IDuty duty, CurrentActor actor, TimeProvider clock)
{
    /// <summary>Whether he can be served here at all; nothing of him is told.</summary>
    public async Task<Outcome<Done>> Reach(Guid person) => await register.Find(person) is null ? await Absent(person) : Done.It;

    /// <param name="toAct">Holds the record: of two who decide at once, the second is told of the first.</param>
    public async Task<Outcome<PersonState>> Find(Guid person, bool toAct)
    {
        if (await (toAct ? register.Hold(person) : register.Find(person)) is not { } state)
        {
            return await Absent(person);
        }

        return state.MergedInto is not null ? Problem.Conflict("population.record-merged")
            : state.Confidential > 0 && !actor.Value.May(Permission.Of(PopulationPermission.ReadConfidential)) ? Problem.Forbidden("population.confidential")
            : state;
    }

    /// <summary>Null: one of his homes is in the area of the official.</summary>
    public async Task<Problem?> Outside(PersonState p)
    {
        foreach (var home in Homes(p))
        {
            if (await duty.Covers(home.Area!.Value))
            {
                return null;
            }
        }

        return Problem.Forbidden("population.outside-area");
    }

    /// <summary>Where the person is registered or lives today.</summary>
    public IEnumerable<Residence> Homes(PersonState p) =>
        p.Residences.Where(h => h.Area is not null && (h.Until is null || h.Until > clock.Today()) && h.Kind is ResidenceKind.Permanent or ResidenceKind.Temporary or ResidenceKind.Current).OrderBy(h => h.Kind);

    private async Task<Problem> Absent(Guid person) => await session.IsElsewhere(person) ? Problem.Forbidden("population.outside-duty") : Problem.Missing("population.no-person");
}
