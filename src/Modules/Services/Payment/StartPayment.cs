using System.ComponentModel.DataAnnotations;
using SoGoc.Kernel.Outcomes;
using SoGoc.Services.Files;
using SoGoc.Services.Papers;

namespace SoGoc.Services.Payment;

/// <summary>The citizen pays a fee of his file: an order is made, and he is sent to the gateway's page.</summary>
internal sealed class StartPayment(FileBook files, FeeBook fees, OrderBook orders, IPaymentGateway gateway)
{
    /// <summary>Page of a file, to which the gateway leads back.</summary>
    public const string Back = "/cua-toi/ho-so/";

    /// <param name="Amount">What the page showed him; he never pays another amount than that.</param>
    internal sealed record Request(string Code, long Amount, string? Fee = null);

    /// <param name="Link">The gateway's page.</param>
    internal sealed record Started(string Order, string Link);

    public async Task<Outcome<Started>> Run(Request r)
    {
        if (!gateway.IsThere)
        {
            return Problem.Conflict("services.no-gateway");
        }

        var found = await files.Own(r.Code, hold: true);
        if (!found.Ok(out var file))
        {
            return found.Problems.ToList();
        }

        var owed = await fees.Owed(file, r.Fee, r.Amount);
        if (!owed.Ok(out var line))
        {
            return owed.Problems.ToList();
        }

        var order = await orders.Order(file, line);
        return new Started(order.No, await orders.Link(order, file, $"{Back}{file.Code}?tra-ve=true"));
    }
}

/// <summary>The counter shows the order of a fee as a code to scan: whoever stands there pays by telephone.</summary>
internal sealed class OfferPayment(FileBook files, FeeBook fees, OrderBook orders, IPaymentGateway gateway)
{
    /// <param name="Amount">What the page showed.</param>
    internal sealed record Request([MaxLength(60)] string Code, long Amount, string? Fee = null);

    /// <param name="Link">The gateway's page, to be shown as a code.</param>
    internal sealed record Offered(string Order, string Link, DateTimeOffset Until);

    public async Task<Outcome<Offered>> Run(Request r)
    {
        if (!gateway.IsThere)
        {
            return Problem.Conflict("services.no-gateway");
        }

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

        var order = await orders.Order(file, line);
        return new Offered(order.No, await orders.Link(order, file, $"{FilePapers.TrackPath}?ma={file.Code}"), order.ValidUntil);
    }
}
