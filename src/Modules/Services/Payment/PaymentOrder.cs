using Npgsql;
using NpgsqlTypes;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Services.Files;

namespace SoGoc.Services.Payment;

/// <summary>How an order stands. The database lets it go nowhere else.</summary>
internal static class OrderState
{
    public const string Waiting = "waiting", Paid = "paid", Failed = "failed", Expired = "expired", Refunded = "refunded";

    public static readonly string[] All = [Waiting, Paid, Failed, Expired, Refunded];
}

/// <summary>A payment of a fee.</summary>
/// <param name="No">As the gateway and people call it.</param>
/// <param name="Way">gateway or cash.</param>
/// <param name="Surplus">Paid although nothing was owed any more.</param>
/// <param name="Refund">How giving it back stands: ordered, done, failed; null: nobody has ordered it.</param>
internal sealed record PaymentOrder(Guid Id, string No, Guid File, string Fee, long Amount, string Way, string State, DateTimeOffset MadeAt, DateTimeOffset ValidUntil, DateTimeOffset? PaidAt, string? Transaction, bool Surplus,
    string? Office, string? ReceiptNo, string? TakenBy, string? TakenName, string? Refund)
{
    public const string Gateway = "gateway", Cash = "cash";

    internal const string Columns = "o.id, o.no, o.file_id, o.fee, o.amount, o.way, o.state, o.made_at, o.valid_until, o.paid_at, o.transaction, o.surplus, o.office, o.receipt_no, o.taken_by, o.taken_name, "
        + "(select r.state from services.refund r where r.order_id = o.id order by r.ordered_at desc limit 1)";

    internal static PaymentOrder Read(NpgsqlDataReader r) => new(r.GetGuid(0), r.GetString(1), r.GetGuid(2), r.GetString(3), r.GetInt64(4), r.GetString(5), r.GetString(6), r.Get<DateTimeOffset>(7), r.Get<DateTimeOffset>(8), r.Maybe<DateTimeOffset>(9),
        r.Text(10), r.GetBoolean(11), r.Text(12), r.Text(13), r.Text(14), r.Text(15), r.Text(16));
}

/// <summary>Orders: made, found, ended. Whoever changes one holds its file, so that two who pay at once come one after the other.</summary>
internal sealed class OrderBook(Session session, Journal journal, IPaymentGateway gateway, FileSteps steps, TimeProvider clock)
{
    /// <summary>How long an order can be paid.</summary>
    public static readonly TimeSpan Open = TimeSpan.FromHours(24);

    private const string Find = $"select {PaymentOrder.Columns} from services.payment_order o where o.no = $1";

    /// <summary>An order by its number, within reach.</summary>
    public async Task<Outcome<PaymentOrder>> Of(string? no) => await session.Row(Find, PaymentOrder.Read, (no ?? "").Trim()) is { } order ? order : Problem.Missing("services.no-order") with { Field = "order" };

    /// <summary>The same with its file, held: first the file, then its order as it is by then.</summary>
    public async Task<(PaymentOrder Order, ServiceFile File)?> Hold(string? no) => (await Of(no)).Ok(out var order)
        && await session.Row($"select {ServiceFile.Columns} from services.file f where f.id = $1 for no key update", ServiceFile.Read, order.File) is { } file ? ((await Of(no)).Value!, file) : null;

    /// <summary>The order by which a fee is paid at the gateway: one that waits already, or a new one. The file is held.</summary>
    public async Task<PaymentOrder> Order(ServiceFile file, FeeLine line)
    {
        var now = clock.GetUtcNow();
        if (line.Waiting is { } waiting)
        {
            // Two tabs, or somebody who comes back: it is the same order, as long as it asks for what is owed.
            if (waiting.Amount == line.Amount && waiting.ValidUntil > now)
            {
                return waiting;
            }

            await End(waiting, OrderState.Expired, "services.ended-replaced");
        }

        var until = line.Until is { } holds && holds > now && holds < now + Open ? holds : now + Open;
        var order = await Add(file, line, PaymentOrder.Gateway, until);
        await journal.Add(order.Id, new PaymentOrdered(file.Code, order.No, line.Name, line.Amount, until), line.Law);
        return order;
    }

    /// <summary>A new order; its number is that of the file, and which of its payments.</summary>
    public async Task<PaymentOrder> Add(ServiceFile file, FeeLine line, string way, DateTimeOffset until, string? takenBy = null, string? takenName = null)
    {
        var (now, no) = (clock.GetUtcNow(), await session.Value<long>("select count(*) + 1 from services.payment_order where file_id = $1", file.Id));
        var order = new PaymentOrder(Guid.CreateVersion7(now), $"{file.Code}-P{no}", file.Id, line.Name, line.Amount, way, OrderState.Waiting, now, until, null, null, false, null, null, takenBy, takenName, null);
        await session.Execute("insert into services.payment_order (id, no, file_id, fee, amount, way, state, made_at, made_by, valid_until, taken_by, taken_name) values ($1, $2, $3, $4, $5, $6, 'waiting', $7, $8, $9, $10, $11)",
            order.Id, order.No, order.File, order.Fee, order.Amount, order.Way, now, steps.Who, until, takenBy.As(NpgsqlDbType.Text), takenName.As(NpgsqlDbType.Text));
        return order;
    }

    /// <summary>It ends without money.</summary>
    /// <param name="why">Code of the sentence.</param>
    public async Task End(PaymentOrder order, string state, string why)
    {
        var with = new Statements();
        with.Add("update services.payment_order set state = $2, ended_at = $3 where id = $1", order.Id, state, clock.GetUtcNow());
        journal.Add(with, order.Id, new PaymentEnded(order.No, state, why), order.No);
        await session.Execute(with);
    }

    /// <summary>Where the citizen pays it.</summary>
    /// <param name="back">Path of the page that the gateway leads back to.</param>
    public Task<string> Link(PaymentOrder order, ServiceFile file, string back) => gateway.PageOf(order, file.Code, back);
}
