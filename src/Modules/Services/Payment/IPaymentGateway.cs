using System.Globalization;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Services.Payment;

/// <summary>What a gateway is told of an order.</summary>
/// <param name="No">Of the order.</param>
/// <param name="Amount">In đồng.</param>
/// <param name="FileCode">What it is for; names nobody.</param>
/// <param name="Until">Until when it takes the money.</param>
/// <param name="Back">Address that it leads the citizen back to.</param>
/// <param name="Callback">Address at which it tells, server to server, what became of it.</param>
internal sealed record GatewayOrder(string No, long Amount, string FileCode, DateTimeOffset Until, string Back, string Callback)
{
    /// <summary>What is signed of it.</summary>
    public string Text => string.Create(CultureInfo.InvariantCulture, $"{No}\n{Amount}\n{FileCode}\n{Until.ToUnixTimeSeconds()}\n{Back}\n{Callback}");
}

/// <summary>Whether money was given back.</summary>
/// <param name="Reference">Number of the gateway; null: it was not.</param>
/// <param name="Fault">Why not.</param>
/// <param name="Final">It never will be: asking again changes nothing.</param>
internal sealed record RefundAnswer(string? Reference, string? Fault = null, bool Final = false);

/// <summary>Somebody who takes money for the province: the payment platform of the national portal, a bank, or the gateway that is played. The citizen pays on its page; it tells the result by itself.</summary>
internal interface IPaymentGateway
{
    /// <summary>Whether there is one. Without it fees are paid in cash.</summary>
    bool IsThere { get; }

    /// <summary>Address of its page for an order, signed.</summary>
    /// <param name="back">Path of our page that it leads back to.</param>
    Task<string> PageOf(PaymentOrder order, string fileCode, string back);

    /// <summary>Asks it to give a payment back; under one id it does so once.</summary>
    Task<RefundAnswer> Refund(RefundRequest refund, CancellationToken stop);

    /// <summary>Its list of a day: CSV whose signature was good.</summary>
    Task<Outcome<string>> Statement(DateOnly day);
}

/// <summary>A payment that is to be given back.</summary>
/// <param name="Id">Of the refund.</param>
internal sealed record RefundRequest(Guid Id, string Order, string Transaction, long Amount);
