using System.Text.Json;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Population.Persons;

namespace SoGoc.Population.Branches;

/// <summary>A branch follows the root: the root's entries are applied by the same fold that the root uses, and enter the branch's own journal as acts of the root.
/// What was followed already is passed over; a page that leaves a gap is refused.</summary>
internal sealed class FollowRoot(Session session, Register register, TimeProvider clock) : IBranch
{
    public async Task<long> Followed() => await session.Value<long>("select next from population.followed");

    public async Task<Outcome<long>> Follow(long after, IReadOnlyList<RootEntry> entries, long next)
    {
        if (await register.Role() != RegisterRole.Branch)
        {
            return Problem.Conflict("population.root-follows-nobody");
        }

        await session.Execute("insert into population.followed (next) values (0) on conflict do nothing");
        var followed = await session.Value<long>("select next from population.followed for update");
        if (after > followed)
        {
            return Problem.Conflict("population.feed-gap", $"{followed}", $"{after}");
        }

        long applied = 0;
        foreach (var entry in entries.Where(e => e.Place >= followed))
        {
            var by = new Signature(clock.GetUtcNow(), "root:" + entry.Actor, entry.Office, entry.Ground, new Source("root", entry.At));
            if (entry.Kind == HouseholdRecorded.Kind)
            {
                await register.Record(entry.Subject, JsonSerializer.Deserialize<HouseholdRecorded>(entry.Body, Journal.Json)!, by);
                applied++;
            }
            else if (PersonFold.Read(entry.Kind, entry.Body) is { } act)
            {
                var done = act is PersonEntered entered ? await register.EnterAs(entry.Subject, entered, by) : await register.ActAs(entry.Subject, act, entry.Kind, entry.Body, by);
                if (!done.IsGood)
                {
                    return done.Problems.ToList();
                }

                applied++;
            }
        }

        await session.Execute("update population.followed set next = greatest(next, $1)", next);
        return applied;
    }
}
