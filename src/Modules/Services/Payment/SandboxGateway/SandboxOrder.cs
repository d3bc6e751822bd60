using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Services.Payment.SandboxGateway;

/// <summary>An order as it stands in the address of the gateway's page: what it is, and the signature over all of it.</summary>
internal static class OrderAddress
{
    /// <summary>What kind of message it is, in its signature.</summary>
    public const string Kind = "order";

    private static readonly string[] Names = ["don", "tien", "ho-so", "den", "ve", "bao", "ky"];

    public static string Write(GatewayOrder order, PaymentKey key)
    {
        string[] values = [order.No, order.Amount.ToString(CultureInfo.InvariantCulture), order.FileCode, order.Until.ToUnixTimeSeconds().ToString(CultureInfo.InvariantCulture), order.Back, order.Callback,
            key.Sign(Kind, order.Until.ToUnixTimeSeconds(), Encoding.UTF8.GetBytes(order.Text))];
        return string.Join('&', Names.Zip(values, (name, value) => $"{name}={Uri.EscapeDataString(value)}"));
    }

    /// <summary>The order of an address, and its signature; null: it is none.</summary>
    public static (GatewayOrder Order, string Signature)? Read(IQueryCollection query) =>
        long.TryParse(query["tien"], NumberStyles.None, CultureInfo.InvariantCulture, out var amount) && amount > 0
        && long.TryParse(query["den"], NumberStyles.None, CultureInfo.InvariantCulture, out var until) && until < 100_000_000_000
        && Array.TrueForAll(Names, n => query[n] is [{ Length: > 0 and < 500 }])
            ? (new GatewayOrder(query["don"]!, amount, query["ho-so"]!, DateTimeOffset.FromUnixTimeSeconds(until), query["ve"]!, query["bao"]!), query["ky"]!) : null;
}

/// <summary>The gateway that is played opens the page of an order: it believes the signature, and writes it into its book.</summary>
internal sealed class OpenSandboxOrder(Session session, PaymentKeys keys, TimeProvider clock)
{
    public async Task<Outcome<SandboxPayment>> Run((GatewayOrder Order, string Signature)? asked)
    {
        if (asked is not { Order: var order, Signature: var signature } || !await keys.IsGood(OrderAddress.Kind, order.Until.ToUnixTimeSeconds(), Encoding.UTF8.GetBytes(order.Text), signature))
        {
            return Problem.Invalid(null, "services.sandbox-unsigned");
        }

        var now = clock.GetUtcNow();
        await session.Execute("insert into services.sandbox_payment (order_no, amount, file_code, valid_until, callback, state, made_at) values ($1, $2, $3, $4, $5, 'open', $6) on conflict do nothing", order.No, order.Amount, order.FileCode, order.Until, order.Callback, now);
        var payment = await session.Row($"select {SandboxPayment.Columns} from services.sandbox_payment where order_no = $1 for no key update", SandboxPayment.Read, order.No);
        return payment is null || payment.Amount != order.Amount ? Problem.Invalid(null, "services.sandbox-unsigned")
            : payment.State == SandboxPayment.Open && now > payment.Until ? Problem.Conflict("services.sandbox-over") : payment;
    }
}

/// <summary>Who is to pay has pressed a button; the platform is told by itself, however long it takes.</summary>
internal sealed class DecideSandboxOrder(Session session, OpenSandboxOrder opening, TimeProvider clock)
{
    /// <summary>Paid, and told twice; paid, and told after a minute: what a platform has to bear.</summary>
    public const string Twice = "paid-twice", Late = "paid-late";

    private static readonly TimeSpan Delay = TimeSpan.FromMinutes(1);

    public static readonly string[] States = [TakeCallback.IsPaid, TakeCallback.IsFailed, TakeCallback.IsCancelled, Twice, Late];

    public async Task<Outcome<Done>> Run((GatewayOrder Order, string Signature)? asked, string? state)
    {
        var opened = await opening.Run(asked);
        if (!opened.Ok(out var payment))
        {
            return opened.Problems.ToList();
        }

        if (!States.Contains(state))
        {
            return Problem.Invalid("state", "services.sandbox-unsigned");
        }

        // Pressed twice, it is paid once.
        if (payment.State == SandboxPayment.Open)
        {
            var now = clock.GetUtcNow();
            await session.Execute("update services.sandbox_payment set state = $2, transaction = case when $2 = 'paid' then 'THU' || upper(substr(md5(order_no), 1, 12)) end, ended_at = $3, next_at = $4, repeats = $5 where order_no = $1",
                payment.Order, state is Twice or Late ? TakeCallback.IsPaid : state, now, state == Late ? now + Delay : now, (short)(state == Twice ? 1 : 0));
        }

        return Done.It;
    }
}
