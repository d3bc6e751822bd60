using SoGoc.Kernel.Access;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Civil.Acts;

/// <summary>Who has just registered an act looks at what has become of it: for half an hour he reads the entry and the records of those whom it is about, for a case that ends by itself.</summary>
internal sealed class LookAfter(Session session, CaseBook cases, CurrentActor actor, TimeProvider clock)
{
    private static readonly TimeSpan Long = TimeSpan.FromMinutes(30), Just = TimeSpan.FromHours(12);

    /// <returns>The record that shows what has changed.</returns>
    public async Task<Outcome<Found>> Run(Guid entry)
    {
        var now = clock.GetUtcNow();
        var row = await session.Row("""
            select e.person_id, array(select y.person_id from civil.party y where y.entry_id = e.id) from civil.entry e join civil.signature s on s.entry_id = e.id
             where e.id = $1 and e.decided_by = $2 and s.signed_at > $3
            """, r => (Person: r.GetGuid(0), Parties: r.Get<Guid[]>(1)).ToTuple(), entry, actor.Value.Reference, now - Just);
        if (row is null)
        {
            return Problem.Missing("civil.no-entry");
        }

        var opened = await cases.Open(new NewCase("work-item", NewCase.Code("XL"), ActCases.Purpose, [.. row.Item2.Append(row.Item1).Distinct()], now + Long));
        if (!opened.Ok(out var file))
        {
            return opened.Problems.ToList();
        }

        await cases.TakeUp(file);
        return new Found(row.Item1);
    }

    internal sealed record Found(Guid Person);
}
