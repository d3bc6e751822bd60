using System.Globalization;
using NpgsqlTypes;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Services.Files;
using SoGoc.Services.Procedures;

namespace SoGoc.Services.Payment;

/// <summary>Money has come: the order is paid, with a receipt; what waited for it goes on. Whoever calls holds the file.</summary>
internal sealed class Settlement(Session session, FeeBook fees, OrderBook orders, FileSteps steps)
{
    /// <param name="at">When it was given.</param>
    /// <param name="office">Whose receipt it is.</param>
    /// <returns>Number of the receipt.</returns>
    public async Task<string> Paid(PaymentOrder order, ServiceFile file, DateTimeOffset at, string? transaction, string office)
    {
        var h = await steps.Of(file);
        var lines = await fees.Of(file);
        var line = lines.First(l => l.Name == order.Fee);
        // The fee was paid by another order meanwhile, is another since this one has run out, or the file has ended without it: the money is theirs to get back.
        var surplus = line.Paid is not null || file.Status.CameToNothing() || (at > order.ValidUntil && order.Amount != line.Amount);
        if (!surplus && line.Waiting is { } other && other.Id != order.Id)
        {
            await orders.End(other, OrderState.Expired, "services.ended-replaced");
        }

        var no = await Receipt(office, OfficeTime.DayOf(h.Now).Year);
        var with = new Statements();
        with.Add("update services.payment_order set state = 'paid', paid_at = $2, ended_at = $3, transaction = $4, surplus = $5, office = $6, receipt_no = $7 where id = $1", order.Id, at, h.Now, transaction.As(NpgsqlDbType.Text), surplus, office, no);
        if (!surplus)
        {
            GoOn(with, h, lines, order.Fee);
        }

        await steps.Write(h, with, new PaymentMade(file.Code, order.No, order.Fee, order.Amount, order.Way, transaction, no, surplus), surplus ? "services.told-surplus" : "services.told-paid", Money.Figures(order.Amount), no);
        return no;
    }

    /// <summary>A file that waits for payment goes on where it stood, and its clock with what was left, as soon as nothing is owed that the work waits for.</summary>
    /// <param name="settled">Name of the fee that is owed no more.</param>
    public static void GoOn(Statements with, FileSteps.InHands h, IReadOnlyList<FeeLine> lines, string settled)
    {
        if (h.File.Status != FileStatus.Payment || lines.Any(l => l.IsOpen && l.Name != settled && l.Before != Fee.Steps[^1]))
        {
            return;
        }

        with.Add("update services.file set status = $2, before_status = null where id = $1", h.File.Id, (short)h.File.Before!.Value);
        if (h.File.Clock?.Resume(h.Days, h.Now, anew: false) is { } clock)
        {
            FileSteps.Clock(with, h.File.Id, clock);
        }
    }

    /// <summary>The next number of an office's receipts; held until it is written, so that none is missing.</summary>
    private async Task<string> Receipt(string office, int year) => await session.Value<string>("""
        insert into services.receipt_book as b (office, year, last_no) values ($1, $2, 1) on conflict (office, year) do update set last_no = b.last_no + 1
        returning 'BL' || lpad(letters::text, 3, '0') || '-' || right(year::text, 2) || '-' || lpad(last_no::text, 6, '0')
        """, office, (short)year) ?? "";
}

/// <summary>Ends orders whose time has passed, some at a time.</summary>
internal sealed class ExpireOrders(Session session, OrderBook orders, TimeProvider clock)
{
    private const int Most = 200;

    /// <param name="Ended">How many were ended.</param>
    internal sealed record Expired(int Ended);

    public async Task<Outcome<Expired>> Run()
    {
        var now = clock.GetUtcNow();
        // The gateway may have taken the money in the last moment, and needs another to say so.
        var over = await session.Rows(string.Create(CultureInfo.InvariantCulture, $"select {PaymentOrder.Columns} from services.payment_order o where o.state = 'waiting' and o.valid_until < $1 order by o.valid_until limit {Most} for update of o skip locked"), PaymentOrder.Read, now.AddMinutes(-5));
        foreach (var order in over)
        {
            await orders.End(order, OrderState.Expired, "services.ended-late");
        }

        return new Expired(over.Count);
    }
}
