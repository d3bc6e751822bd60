using System.ComponentModel.DataAnnotations;
using NpgsqlTypes;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;

namespace SoGoc.Quality.Work;

/// <summary>What an officer has taken goes back to all; what was given to him goes back to the giver, with a reason.</summary>
internal sealed class GiveBackFinding(Session session, Journal journal, CurrentActor actor, TimeProvider clock)
{
    /// <param name="Reason">Why; needed where somebody gave it to him.</param>
    internal sealed record Request(Guid Id, [MaxLength(500)] string? Reason = null);

    public async Task<Outcome<Done>> Run(Request r)
    {
        var held = await session.Rows("select f.handing_id from quality.finding f where f.id = $1 and f.holder = $2 and f.gone_at is null for no key update of f", x => x.Maybe<Guid>(0), r.Id, actor.Value.Holder);
        if (held is not [var handing])
        {
            return Problem.Missing("quality.no-finding");
        }

        var why = handing is null ? null : r.Reason?.Trim();
        if (handing is not null && string.IsNullOrEmpty(why))
        {
            return Problem.Invalid("reason", "quality.say-why-back");
        }

        await session.Execute("update quality.finding set (holder, case_ref, returned_why, returned_at) = (null, null, $2, $3) where id = $1", r.Id, why.As(NpgsqlDbType.Text), (why is null ? (DateTimeOffset?)null : clock.GetUtcNow()).As(NpgsqlDbType.TimestampTz));
        if (handing is { } given)
        {
            await journal.Add(r.Id, new FindingReturned(given, why!), why!);
        }

        return new Done();
    }
}
