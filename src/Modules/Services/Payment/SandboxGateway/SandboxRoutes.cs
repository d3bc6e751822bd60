using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;

namespace SoGoc.Services.Payment.SandboxGateway;

/// <summary>The servers' side of the gateway that is played; closed where it is not played.</summary>
internal static class SandboxRoutes
{
    public const string RefundPath = "/api/v1/payments/sandbox/refund", StatementPath = "/api/v1/payments/sandbox/statement";

    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/payments/sandbox/refund", (HttpContext http, CurrentActor actor, Runner runner) => SignedRoute.Answer<RefundRequest, RefundAnswer>(http, actor,
            (r, signed) => runner.Run<SandboxRefund, RefundAnswer>(f => f.Run(r, signed)), answer => Task.FromResult(Results.Json(answer, Journal.Json))))
            .ForEverybody().Does(typeof(SandboxRefund)).Accepts<RefundRequest>("application/json").Produces<RefundAnswer>();
        api.MapPost("/payments/sandbox/statement", (HttpContext http, CurrentActor actor, Runner runner) => SignedRoute.Answer<SandboxStatement.Request, SandboxStatement.Written>(http, actor,
            (r, signed) => runner.Run<SandboxStatement, SandboxStatement.Written>(f => f.Run(r, signed)), written =>
            {
                http.Response.Headers[Signed.TimeHeader] = written.At.ToString(CultureInfo.InvariantCulture);
                http.Response.Headers[Signed.SignatureHeader] = written.Signature;
                return Task.FromResult(Results.Text(written.Csv, "text/csv", Encoding.UTF8));
            })).ForEverybody().Does(typeof(SandboxStatement)).Accepts<SandboxStatement.Request>("application/json").Produces<string>(contentType: "text/csv");
    }
}

/// <summary>Gives a payment back, as far as it is played; under one id once.</summary>
internal sealed class SandboxRefund(Session session, PaymentKeys keys, SandboxSwitch here, TimeProvider clock)
{
    public const string Kind = "refund";

    public async Task<Outcome<RefundAnswer>> Run(RefundRequest r, Signed signed)
    {
        if (!here.IsOn || !await keys.IsGood(Kind, signed))
        {
            return new Problem(ProblemKind.NotSignedIn, "services.callback-signature");
        }

        var payment = await session.Row($"select {SandboxPayment.Columns} from services.sandbox_payment where order_no = $1 for no key update", SandboxPayment.Read, r.Order ?? "");
        if (payment is not { State: TakeCallback.IsPaid } || payment.Transaction != r.Transaction || payment.Amount != r.Amount || (payment.Refund is { } other && other != r.Id))
        {
            return new RefundAnswer(null, "not paid here, or another amount, or given back", Final: true);
        }

        if (payment.Refund is null)
        {
            await session.Execute("update services.sandbox_payment set refund_id = $2, refunded_at = $3 where order_no = $1", payment.Order, r.Id, clock.GetUtcNow());
        }

        return new RefundAnswer($"HOAN-{payment.Transaction}");
    }
}

/// <summary>Lists what it has taken and given back on a day, as CSV, signed.</summary>
internal sealed class SandboxStatement(Session session, PaymentKeys keys, SandboxSwitch here, TimeProvider clock)
{
    public const string Kind = "statement";

    internal sealed record Request(DateOnly Day);

    /// <param name="Signature">Over all of the list.</param>
    internal sealed record Written(string Csv, long At, string Signature);

    public async Task<Outcome<Written>> Run(Request r, Signed signed)
    {
        if (!here.IsOn || !await keys.IsGood(Kind, signed))
        {
            return new Problem(ProblemKind.NotSignedIn, "services.callback-signature");
        }

        var (from, until, now) = (OfficeTime.At(r.Day), OfficeTime.At(r.Day.AddDays(1)), clock.GetUtcNow().ToUnixTimeSeconds());
        var csv = new StringBuilder(StatementLine.Heads);
        foreach (var line in await session.Rows($"select {SandboxPayment.Columns} from services.sandbox_payment where state = 'paid' and ended_at >= $1 and ended_at < $2 order by ended_at, order_no", SandboxPayment.Read, from, until))
        {
            csv.Append('\n').Append(new StatementLine(line.Order, line.Transaction!, line.Amount, line.EndedAt!.Value, line.RefundedAt is not null).Written);
        }

        var text = csv.Append('\n').ToString();
        return new Written(text, now, (await keys.Current()).Sign(Kind, now, Encoding.UTF8.GetBytes(text)));
    }
}
