using System.Globalization;
using NpgsqlTypes;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Modules;

namespace SoGoc.Services.Payment;

/// <summary>What the first page shows to who reconciles: payments that are to be given back, and that nobody has ordered, or that the gateway would not carry out.</summary>
internal sealed class PaymentsAtHand(BeyondDuty reads, IReach reach) : IWorkAtHand
{
    public async Task<IReadOnlyList<WorkItem>> For(Actor who)
    {
        if (!who.May(Permission.Of(ServicesPermission.ReconcilePayments)))
        {
            return [];
        }

        var due = (await reads.Rows($"""
            select count(*) from services.payment_order o join services.file f on f.id = o.file_id
             where {ListRefunds.IsDue} and not exists (select from services.refund r where r.order_id = o.id and r.state <> 'failed') and ($1::text is null or f.area_id = any(string_to_array(nullif($1, ''), ',')::integer[]))
            """, r => r.GetInt64(0), reach.Of(who)?.Areas.As(NpgsqlDbType.Text) ?? ((string?)null).As(NpgsqlDbType.Text))).Single();
        return due == 0 ? [] : [new WorkItem("services.at-hand-refunds", due.ToString("N0", CultureInfo.CurrentCulture), ReconcilePage.Path, Waits: true)];
    }
}
