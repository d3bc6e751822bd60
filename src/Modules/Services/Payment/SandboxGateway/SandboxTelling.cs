using System.Text.Json;
using NpgsqlTypes;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Services.Payment.SandboxGateway;

/// <summary>What the gateway that is played has to tell next.</summary>
/// <param name="Url">Where.</param>
internal sealed record Telling(string Order, string Url, byte[] Body, PaymentKey Key, int Attempt);

/// <summary>Takes what is to be told, and lends it out for a minute.</summary>
internal sealed class TakeTelling(Session session, PaymentKeys keys, TimeProvider clock)
{
    private static readonly TimeSpan Lent = TimeSpan.FromMinutes(1);

    /// <param name="Telling">Null: nothing is due.</param>
    internal sealed record Taken(Telling? Telling);

    public async Task<Outcome<Taken>> Run()
    {
        var now = clock.GetUtcNow();
        var due = await session.Row($"select {SandboxPayment.Columns} from services.sandbox_payment where next_at <= $1 order by next_at limit 1 for no key update skip locked", SandboxPayment.Read, now);
        if (due is null)
        {
            return new Taken(null);
        }

        var attempt = await session.Value<int>("update services.sandbox_payment set attempts = attempts + 1, next_at = $2 where order_no = $1 returning attempts", due.Order, now + Lent);
        var body = JsonSerializer.SerializeToUtf8Bytes(new TakeCallback.Request(due.Order, due.Amount, due.State, due.Transaction, due.EndedAt!.Value), Journal.Json);
        return new Taken(new Telling(due.Order, due.Callback, body, await keys.Current(), attempt));
    }
}

/// <summary>Writes down how telling went; what was not taken is told again, later and later.</summary>
internal sealed class NoteTelling(Session session, TimeProvider clock)
{
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(2), TimeSpan.FromSeconds(10), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(6)];

    /// <param name="fault">Null: it was taken.</param>
    public async Task<Outcome<Done>> Run(Telling told, string? fault)
    {
        var now = clock.GetUtcNow();
        var again = fault is null && await session.Execute("update services.sandbox_payment set repeats = repeats - 1 where order_no = $1 and repeats > 0", told.Order) > 0;
        DateTimeOffset? next = again ? now : fault is null || told.Attempt > Pauses.Length ? null : now + Pauses[told.Attempt - 1];
        await session.Execute("update services.sandbox_payment set next_at = $2, told_at = $3, fault = $4 where order_no = $1", told.Order, next.As(NpgsqlDbType.TimestampTz), (fault is null ? now : (DateTimeOffset?)null).As(NpgsqlDbType.TimestampTz), fault.As(NpgsqlDbType.Text));
        return Done.It;
    }
}
