using System.ComponentModel.DataAnnotations;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Services.Files;

namespace SoGoc.Services.Payment;

/// <summary>A clerk takes a fee in cash, for a file that his desk deals with or that he has taken in: it is paid at once, with a receipt in his name.</summary>
internal sealed class TakeCash(FileBook files, FeeBook fees, OrderBook orders, Settlement settlement, CurrentActor actor, TimeProvider clock)
{
    /// <param name="Amount">What the page showed, and what he counted.</param>
    internal sealed record Request([MaxLength(60)] string Code, long Amount, string? Fee = null);

    internal sealed record Taken(string Order, string Receipt);

    public async Task<Outcome<Taken>> Run(Request r)
    {
        var found = await files.See(r.Code);
        if (!found.Ok(out var file))
        {
            return found.Problems.ToList();
        }

        var owed = await fees.Owed(file, r.Fee, r.Amount);
        if (!owed.Ok(out var line))
        {
            return owed.Problems.ToList();
        }

        if (line.Waiting is { } waiting)
        {
            // What is paid there all the same is told as paid twice, and given back.
            await orders.End(waiting, OrderState.Expired, "services.ended-cash");
        }

        var (who, now) = (actor.Value, clock.GetUtcNow());
        var order = await orders.Add(file, line with { Orders = [] }, PaymentOrder.Cash, now, who.Reference, who.Name);
        return new Taken(order.No, await settlement.Paid(order, file, now, null, who.Office));
    }
}
