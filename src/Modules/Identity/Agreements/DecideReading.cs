using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;

namespace SoGoc.Identity.Agreements;

/// <summary>A second official approves that a system reads persons by itself, or refuses it: not the one who proposed it (the database refuses him), and nobody whose own duty is smaller than what is agreed.
/// The agreement before it ends.</summary>
internal sealed class DecideReading(Session session, Journal journal, CurrentActor actor, IDuty duty, TimeProvider clock)
{
    internal sealed record Request(Guid Id, bool Approve);

    private sealed record Waiting(string Client, string Agreement, int[] Areas, bool WholeProvince, DateOnly Until, bool Ended);

    public async Task<Outcome<Done>> Run(Request r)
    {
        var waiting = await session.Row("""
            select r.client_id, r.agreement, r.areas, r.whole_province, r.until_on, c.ended_at is not null
              from identity.reading r join identity.client c on c.id = r.client_id where r.id = $1 and r.decided_at is null and r.ended_at is null for update of r
            """, x => new Waiting(x.GetString(0), x.GetString(1), x.Get<int[]>(2), x.GetBoolean(3), x.Get<DateOnly>(4), x.GetBoolean(5)), r.Id);
        if (waiting is null)
        {
            return Problem.Missing("identity.no-reading");
        }

        if (!await Covers(waiting))
        {
            return Problem.Forbidden("identity.reading-outside-duty");
        }

        if (r.Approve && (waiting.Ended || waiting.Until < clock.Today()))
        {
            return Problem.Conflict("identity.reading-over");
        }

        var (now, ground) = (clock.GetUtcNow(), ProposeReading.Ground(waiting.Agreement));
        if (r.Approve)
        {
            await EndReading.End(session, journal, waiting.Client, now);
        }

        await session.Execute("update identity.reading set decided_by = $2, decided_at = $3, approved = $4, ended_at = case when $4 then null else $3 end where id = $1", r.Id, actor.Value.Reference, now, r.Approve);
        if (!r.Approve)
        {
            await journal.Add(r.Id, new ReadingRefused(waiting.Client), ground);
            return Done.It;
        }

        await journal.Add(r.Id, new ReadingApproved(waiting.Client), ground);
        return Done.It;
    }

    private async Task<bool> Covers(Waiting waiting)
    {
        foreach (var area in waiting.Areas)
        {
            if (!await duty.Covers(area))
            {
                return false;
            }
        }

        return !waiting.WholeProvince || actor.Value.WholeProvince;
    }
}

/// <summary>Ends what was agreed about a system's own reading, approved or not: it reads nobody from now.</summary>
internal sealed class EndReading(Session session, Journal journal, TimeProvider clock)
{
    /// <param name="Client">client_id.</param>
    internal sealed record Request(string? Client);

    public async Task<Outcome<Done>> Run(Request r) => await End(session, journal, r.Client ?? "", clock.GetUtcNow(), waiting: true) > 0 ? Done.It : Problem.Missing("identity.no-reading");

    internal static async Task<int> End(Session session, Journal journal, string client, DateTimeOffset now, bool waiting = false)
    {
        var ended = await session.Rows("update identity.reading set ended_at = $2 where client_id = $1 and ended_at is null and (approved or $3) returning id, agreement",
            x => (Id: x.GetGuid(0), Agreement: x.GetString(1)), client, now, waiting);
        foreach (var one in ended)
        {
            await journal.Add(one.Id, new ReadingEnded(client), ProposeReading.Ground(one.Agreement));
        }

        return ended.Count;
    }
}
