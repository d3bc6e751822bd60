using System.ComponentModel.DataAnnotations;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Services.Files;

namespace SoGoc.Services.Payment;

/// <summary>The gateway tells what became of an order, server to server, signed. Told again it changes nothing; what is not believed changes nothing either, and stands on record.</summary>
internal sealed class TakeCallback(Session session, PaymentKeys keys, OrderBook orders, Settlement settlement, Journal journal, RateLimit limit, TimeProvider clock)
{
    public const string Kind = "callback", IsPaid = "paid", IsFailed = "failed", IsCancelled = "cancelled";

    private const int AtOnce = 10;

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(1), Ahead = TimeSpan.FromMinutes(5);

    /// <param name="State">paid, failed (the bank said no) or cancelled (by who was to pay).</param>
    /// <param name="Transaction">Number of the gateway, where it was paid.</param>
    /// <param name="At">When, by the gateway's clock.</param>
    internal sealed record Request([Required, MaxLength(60)] string? Order, long Amount, [Required] string? State, [MaxLength(60)] string? Transaction, DateTimeOffset At);

    /// <param name="State">How the order stands now.</param>
    internal sealed record Taken(string Order, string State);

    /// <summary>Taken, or refused: a refusal is good too, so that its record is kept.</summary>
    internal sealed record Heard(Taken? Taken, Problem? Refused);

    public async Task<Outcome<Heard>> Run(Request r, Signed signed)
    {
        if (!await keys.IsGood(Kind, signed))
        {
            return await Refuse(r, new Problem(ProblemKind.NotSignedIn, "services.callback-signature"), believed: false);
        }

        if (r.State is not (IsPaid or IsFailed or IsCancelled) || (r.State == IsPaid) == string.IsNullOrWhiteSpace(r.Transaction) || r.Transaction?.Length > 60 || r.At > clock.GetUtcNow() + Ahead)
        {
            return await Refuse(r, Problem.Invalid("state", "services.callback-malformed"), believed: true);
        }

        return await Apply(r);
    }

    /// <summary>The same for what is believed already: a line of the gateway's signed list.</summary>
    public async Task<Outcome<Heard>> Apply(Request r)
    {
        if (await orders.Hold(r.Order) is not { Order: { Way: PaymentOrder.Gateway } order, File: var file })
        {
            return await Refuse(r, Problem.Missing("services.no-order") with { Field = "order" }, believed: true);
        }

        if (r.Amount != order.Amount)
        {
            return await Refuse(r, Problem.Conflict("services.callback-amount") with { Field = "amount" }, believed: true);
        }

        if (r.State == IsPaid && order.PaidAt is null)
        {
            if (await session.Value<bool>("select exists (select from services.payment_order where transaction = $1)", r.Transaction))
            {
                return await Refuse(r, Problem.Conflict("services.callback-twice") with { Field = "transaction" }, believed: true);
            }

            await settlement.Paid(order, file, r.At, r.Transaction, file.Office);
            return new Heard(new Taken(order.No, OrderState.Paid), null);
        }

        if (r.State == IsPaid && order.Transaction != r.Transaction)
        {
            return await Refuse(r, Problem.Conflict("services.callback-twice") with { Field = "transaction" }, believed: true);
        }

        if (r.State != IsPaid && order.State == OrderState.Waiting)
        {
            await orders.End(order, OrderState.Failed, r.State == IsFailed ? "services.ended-failed" : "services.ended-cancelled");
            return new Heard(new Taken(order.No, OrderState.Failed), null);
        }

        // Told again, or late: what is paid stays paid.
        return new Heard(new Taken(order.No, order.State), null);
    }

    /// <summary>Stands in the journal; a stranger who goes on trying fills it slowly.</summary>
    private async Task<Outcome<Heard>> Refuse(Request r, Problem problem, bool believed)
    {
        if (believed || await limit.Take("payment-callback", AtOnce, Interval) is null)
        {
            var order = (await orders.Of(r.Order)).Value;
            await journal.Add(order?.Id ?? Guid.CreateVersion7(clock.GetUtcNow()), new CallbackRefused(order?.No, r.Amount, problem.Code), "thông báo của cổng thanh toán");
        }

        return new Heard(null, problem);
    }
}
