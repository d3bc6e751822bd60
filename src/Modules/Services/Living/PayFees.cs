using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Services.Files;
using SoGoc.Services.Payment;

namespace SoGoc.Services.Living;

/// <summary>Fees of the demonstration's past are paid at the hour that the clock shows: at the gateway that is played, whose book has them too, or in cash.</summary>
internal sealed class PayFees(Session session, FileBook files, FeeBook fees, OrderBook orders, Settlement settlement, TakeCallback callback, CurrentActor actor, TimeProvider clock)
{
    /// <param name="online">At the gateway; else in cash.</param>
    public async Task<Outcome<Done>> Run(string code, bool online)
    {
        var found = await files.Find(code, hold: true);
        if (!found.Ok(out var file))
        {
            return found.Problems.ToList();
        }

        var now = clock.GetUtcNow();
        foreach (var line in (await fees.Of(file)).Where(l => l.IsOpen))
        {
            if (!online)
            {
                var cash = await orders.Add(file, line, PaymentOrder.Cash, now, actor.Value.Reference, actor.Value.Name);
                await settlement.Paid(cash, file, now, null, actor.Value.Office);
                continue;
            }

            var order = await orders.Order(file, line);
            await session.Execute("insert into services.sandbox_payment (order_no, amount, file_code, valid_until, callback, state, transaction, made_at, ended_at, attempts, told_at) values ($1, $2, $3, $4, '', 'paid', 'THU-' || $1, $5, $5, 1, $5)", order.No, order.Amount, file.Code, order.ValidUntil, now);
            await callback.Apply(new TakeCallback.Request(order.No, order.Amount, TakeCallback.IsPaid, $"THU-{order.No}", now));
        }

        return Done.It;
    }
}
