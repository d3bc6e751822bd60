using System.Globalization;
using NpgsqlTypes;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Modules;

namespace SoGoc.Exchange.Events;

/// <summary>What the first page shows: partners that do not take what they are sent, for IT; and how much is late, for who steers.</summary>
internal sealed class EventsAtHand(BeyondDuty reads, IReach reach, TimeProvider clock) : IWorkAtHand
{
    public async Task<IReadOnlyList<WorkItem>> For(Actor who)
    {
        var items = new List<WorkItem>();
        if (who.May(Permission.Of(ExchangePermission.ManagePartners)))
        {
            var stuck = (await reads.Rows("""
                select count(*) from exchange.obligation o left join exchange.partner p on p.id = o.partner_id
                 where o.delivered_at is null and (o.dead_at is not null or o.partner_id is null or p.stopped_why = 'gone')
                """, r => r.GetInt64(0))).Single();
            items.AddRange(stuck == 0 ? [] : [new WorkItem("exchange.at-hand-stuck", stuck.ToString("N0", CultureInfo.CurrentCulture), "/doi-tac", Waits: true)]);
        }

        if (who.May(Permission.Of(ExchangePermission.ReadEvents)))
        {
            var late = (await reads.Rows("""
                select count(*) from exchange.obligation o join exchange.event e on e.id = o.event_id
                 where o.answer is distinct from 'done' and o.due_at < $1 and ($2::text is null or e.area_id = any(string_to_array(nullif($2, ''), ',')::integer[]))
                """, r => r.GetInt64(0), clock.GetUtcNow(), reach.Of(who)?.Areas.As(NpgsqlDbType.Text) ?? ((string?)null).As(NpgsqlDbType.Text))).Single();
            items.AddRange(late == 0 ? [] : [new WorkItem("exchange.at-hand-late", late.ToString("N0", CultureInfo.CurrentCulture), "/su-kien?loc=late", Waits: false)]);
        }

        return items;
    }
}
