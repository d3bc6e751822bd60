using System.ComponentModel.DataAnnotations;
using System.Security.Cryptography;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Services.Files;

namespace SoGoc.Services.Payment;

/// <summary>Where the gateway's list of a day and our orders do not agree.</summary>
/// <param name="Kind">missing-here: it has taken money that we know nothing of; missing-there: we hold it for paid, and it does not; amount; refund: one has given it back, the other has not; surplus: paid twice, and to be given back.</param>
/// <param name="Here">Our amount.</param>
/// <param name="There">Its amount.</param>
internal sealed record Difference(string Kind, string Order, string? File, long? Here, long? There, string? Refund);

/// <summary>Holds the gateway's list of a day against our orders (đối soát), each difference with what is to be done about it.</summary>
internal sealed class Reconcile(Session session, IPaymentGateway gateway, Journal journal, FileSteps steps, TimeProvider clock)
{
    public static readonly string[] Kinds = ["missing-here", "missing-there", "amount", "refund", "surplus"];

    /// <param name="Anew">Fetches the list again; else the one that is kept is shown, where there is one.</param>
    internal sealed record Request(DateOnly Day, bool Anew = false);

    /// <param name="FetchedAt">When the list was fetched; null: it was not yet.</param>
    /// <param name="Agrees">Payments that agree.</param>
    /// <param name="Sum">Of what the gateway has taken, in đồng.</param>
    /// <param name="Cash">What counters have taken in cash that day, in đồng.</param>
    internal sealed record Compared(DateOnly Day, DateTimeOffset? FetchedAt, int Agrees, long Sum, long Cash, IReadOnlyList<Difference> Differences);

    private sealed record Ours(PaymentOrder Order, string File);

    public async Task<Outcome<Compared>> Run(Request r)
    {
        if (r.Day > clock.Today() || r.Day.Year < 2020)
        {
            return Problem.Invalid("day", "services.no-day");
        }

        var kept = await session.Row("select body, fetched_at from services.statement where day = $1", x => Tuple.Create(x.GetString(0), x.Get<DateTimeOffset>(1)), r.Day);
        if (!r.Anew)
        {
            return await Compare(r.Day, kept?.Item1, kept?.Item2);
        }

        if (!gateway.IsThere)
        {
            return Problem.Conflict("services.no-gateway");
        }

        var fetched = await gateway.Statement(r.Day);
        if (!fetched.Ok(out var body))
        {
            return fetched.Problems.ToList();
        }

        if (StatementLine.Read(body) is null)
        {
            return Problem.Conflict("services.statement-unsigned");
        }

        await session.Execute("insert into services.statement as s (day, body, fetched_at, fetched_by) values ($1, $2, $3, $4) on conflict (day) do update set (body, fetched_at, fetched_by) = (excluded.body, excluded.fetched_at, excluded.fetched_by)", r.Day, body, clock.GetUtcNow(), steps.Who);
        var compared = await Compare(r.Day, body, clock.GetUtcNow());
        await journal.Add(KeyOf(r.Day), new PaymentsReconciled(r.Day, compared.Agrees, compared.Differences.Count, compared.Sum), $"đối soát ngày {r.Day.Shown()}");
        return compared;
    }

    /// <summary>What stands for a day in the journal: the same each time.</summary>
    private static Guid KeyOf(DateOnly day) => new(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"services.statement {day:O}")).AsSpan(0, 16));

    private async Task<Compared> Compare(DateOnly day, string? body, DateTimeOffset? fetchedAt)
    {
        var (from, until) = (OfficeTime.At(day), OfficeTime.At(day.AddDays(1)));
        var theirs = (body is null ? null : StatementLine.Read(body)) ?? [];
        var ours = (await session.Rows($"select {PaymentOrder.Columns}, f.code from services.payment_order o join services.file f on f.id = o.file_id where o.way = 'gateway' and ((o.paid_at >= $1 and o.paid_at < $2) or o.no = any($3))",
            x => new Ours(PaymentOrder.Read(x), x.GetString(17)), from, until, theirs.Select(t => t.Order).ToArray())).ToDictionary(o => o.Order.No);
        var (differences, agrees) = (new List<Difference>(), 0);
        foreach (var their in theirs)
        {
            var our = ours.GetValueOrDefault(their.Order);
            var kind = our?.Order.PaidAt is null ? "missing-here" : our.Order.Amount != their.Amount || our.Order.Transaction != their.Transaction ? "amount"
                : their.Refunded != (our.Order.State == OrderState.Refunded) ? "refund" : our.Order is { Surplus: true, State: OrderState.Paid } ? "surplus" : null;
            agrees += kind is null ? 1 : 0;
            if (kind is not null)
            {
                differences.Add(new Difference(kind, their.Order, our?.File, our?.Order.Amount, their.Amount, our?.Order.Refund));
            }
        }

        if (body is not null)
        {
            differences.AddRange(ours.Values.Where(o => o.Order.PaidAt is not null && theirs.All(t => t.Order != o.Order.No)).Select(o => new Difference("missing-there", o.Order.No, o.File, o.Order.Amount, null, o.Order.Refund)));
        }

        var cash = await session.Value<decimal>("select coalesce(sum(amount), 0) from services.payment_order where way = 'cash' and state = 'paid' and paid_at >= $1 and paid_at < $2", from, until);
        return new Compared(day, fetchedAt, agrees, theirs.Sum(t => t.Amount), (long)cash, differences);
    }
}

/// <summary>The gateway has taken money for an order of ours and its message never came: it is written down as its signed list has it.</summary>
internal sealed class SettleByStatement(Session session, TakeCallback callback)
{
    internal sealed record Request(DateOnly Day, [MaxLength(60)] string Order);

    public async Task<Outcome<TakeCallback.Taken>> Run(Request r)
    {
        var body = await session.Value<string>("select body from services.statement where day = $1", r.Day);
        if (body is null || StatementLine.Read(body)?.FirstOrDefault(l => l.Order == r.Order) is not { } line)
        {
            return Problem.Missing("services.not-in-statement") with { Field = "order" };
        }

        var heard = await callback.Apply(new TakeCallback.Request(line.Order, line.Amount, TakeCallback.IsPaid, line.Transaction, line.PaidAt));
        return !heard.Ok(out var done) ? heard.Problems.ToList() : done.Taken is { } taken ? taken : done.Refused!;
    }
}
