using System.ComponentModel.DataAnnotations;
using NpgsqlTypes;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Services.Files;

namespace SoGoc.Services.Payment;

/// <summary>An official orders that a payment is given back: what was paid twice, or for a file that was not received, or was taken back before anybody dealt with it. The gateway gives it back; cash is handed over at the counter.</summary>
internal sealed class OrderRefund(Session session, OrderBook orders, FileSteps steps, RefundSteps refunds)
{
    private const int Shortest = 10, Longest = 500;

    /// <param name="Order">Number of the payment.</param>
    /// <param name="Why">As the citizen is told.</param>
    internal sealed record Request([MaxLength(60)] string Order, [property: MaxLength(Longest)] string? Why);

    /// <param name="State">ordered: the gateway is asked; done: cash, handed over.</param>
    internal sealed record Ordered(string Order, string State);

    public async Task<Outcome<Ordered>> Run(Request r)
    {
        var why = (r.Why ?? "").Trim();
        if (why.Length is < Shortest or > Longest)
        {
            return Problem.Invalid("why", "services.say-refund");
        }

        if (await orders.Hold(r.Order) is not { Order: var order, File: var file })
        {
            return Problem.Missing("services.no-order") with { Field = "order" };
        }

        if (order.State != OrderState.Paid || !Due(order, file))
        {
            return Problem.Conflict("services.no-refund");
        }

        var h = await steps.Of(file);
        var id = Guid.CreateVersion7(h.Now);
        var with = new Statements();
        with.Add("insert into services.refund (id, order_id, amount, why, state, ordered_at, ordered_by, next_at) values ($1, $2, $3, $4, 'ordered', $5, $6, $5)", id, order.Id, order.Amount, why, h.Now, steps.Who);
        await steps.Write(h, with, new RefundOrdered(file.Code, order.No, order.Amount, why), null);
        if (order.Way == PaymentOrder.Cash)
        {
            await refunds.Done(id, order, file, null);
        }

        return new Ordered(order.No, await session.Value<string>("select state from services.refund where id = $1", id) ?? "");
    }

    /// <summary>Whether it is to be given back: nothing was owed, or nothing was done for it.</summary>
    public static bool Due(PaymentOrder order, ServiceFile file) => order.Surplus || file.Status == FileStatus.NotReceived || (file.Status == FileStatus.Withdrawn && !file.DealtWith);
}

/// <summary>Ends refunds.</summary>
internal sealed class RefundSteps(FileSteps steps)
{
    public async Task Done(Guid id, PaymentOrder order, ServiceFile file, string? reference)
    {
        var h = await steps.Of(file);
        var with = new Statements();
        with.Add("update services.refund set state = 'done', ended_at = $2, reference = $3, fault = null where id = $1", id, h.Now, reference.As(NpgsqlDbType.Text));
        with.Add("update services.payment_order set state = 'refunded', ended_at = $2 where id = $1", order.Id, h.Now);
        await steps.Write(h, with, new PaymentRefunded(file.Code, order.No, order.Amount, reference), "services.told-refunded", Money.Figures(order.Amount));
    }

    public async Task Failed(Guid id, PaymentOrder order, ServiceFile file, string fault)
    {
        var h = await steps.Of(file);
        var with = new Statements();
        with.Add("update services.refund set state = 'failed', ended_at = $2, fault = $3 where id = $1", id, h.Now, fault);
        await steps.Write(h, with, new RefundFailed(file.Code, order.No, order.Amount, fault), null);
    }
}

/// <summary>The refund whose turn it is, lent out for two minutes: who dies meanwhile has held nothing up, and the gateway is asked again under the same id.</summary>
internal sealed class TakeRefund(Session session, TimeProvider clock)
{
    private static readonly TimeSpan Lent = TimeSpan.FromMinutes(2);

    /// <param name="Refund">Null: none is due.</param>
    internal sealed record Taken(RefundRequest? Refund, int Attempt);

    public async Task<Outcome<Taken>> Run()
    {
        var now = clock.GetUtcNow();
        var due = await session.Row("""
            select r.id, o.no, o.transaction, r.amount, r.attempts + 1 from services.refund r join services.payment_order o on o.id = r.order_id
             where r.state = 'ordered' and r.next_at <= $1 and o.way = 'gateway' order by r.next_at limit 1 for update of r skip locked
            """, r => new Taken(new RefundRequest(r.GetGuid(0), r.GetString(1), r.GetString(2), r.GetInt64(3)), r.GetInt32(4)), now);
        if (due is not null)
        {
            await session.Execute("update services.refund set attempts = attempts + 1, next_at = $2 where id = $1", due.Refund!.Id, now + Lent);
        }

        return due ?? new Taken(null, 0);
    }
}

/// <summary>Writes down what the gateway has said to a refund: done, tried again later, or given up, to be ordered anew.</summary>
internal sealed class NoteRefund(Session session, OrderBook orders, RefundSteps refunds, TimeProvider clock)
{
    /// <summary>How long after each attempt the next one comes.</summary>
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromHours(24)];

    public async Task<Outcome<Done>> Run(RefundRequest refund, int attempt, RefundAnswer answer)
    {
        if (await orders.Hold(refund.Order) is not { Order: var order, File: var file } || order.State != OrderState.Paid)
        {
            return Done.It;
        }

        if (answer.Reference is { } reference)
        {
            await refunds.Done(refund.Id, order, file, reference);
        }
        else if (answer.Final || attempt > Pauses.Length)
        {
            await refunds.Failed(refund.Id, order, file, answer.Fault ?? "");
        }
        else
        {
            await session.Execute("update services.refund set next_at = $2, fault = $3 where id = $1 and state = 'ordered'", refund.Id, clock.GetUtcNow() + Pauses[attempt - 1], answer.Fault.As(NpgsqlDbType.Text));
        }

        return Done.It;
    }
}
