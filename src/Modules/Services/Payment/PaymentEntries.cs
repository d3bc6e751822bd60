using SoGoc.Kernel.Journaling;

namespace SoGoc.Services.Payment;

/// <summary>A fee was paid. The subject is the file.</summary>
/// <param name="Order">Number of the order.</param>
/// <param name="Amount">In đồng.</param>
/// <param name="Way">gateway or cash.</param>
/// <param name="Surplus">It had been paid already, or was another by then: to be given back.</param>
internal sealed record PaymentMade(string Code, string Order, string Fee, long Amount, string Way, string? Transaction, string Receipt, bool Surplus) : IEntry
{
    public static string Kind => "services.payment-made";
}

/// <summary>The office has told an amount that the citizen has to pay; the clock stands until he has. The subject is the file.</summary>
/// <param name="What">What for.</param>
internal sealed record PaymentAsked(string Code, string Fee, long Amount, string What, int LeftMinutes) : IEntry
{
    public static string Kind => "services.payment-asked";
}

/// <summary>Less or nothing is asked of him. The subject is the file.</summary>
/// <param name="Who">Of whom less is asked.</param>
/// <param name="What">What was seen of it.</param>
internal sealed record FeeWaived(string Code, string Fee, long From, long To, string Who, string Law, string What) : IEntry
{
    public static string Kind => "services.fee-waived";
}

/// <summary>A payment is to be given back. The subject is the file.</summary>
internal sealed record RefundOrdered(string Code, string Order, long Amount, string Why) : IEntry
{
    public static string Kind => "services.refund-ordered";
}

/// <summary>It was given back. The subject is the file.</summary>
internal sealed record PaymentRefunded(string Code, string Order, long Amount, string? Reference) : IEntry
{
    public static string Kind => "services.payment-refunded";
}

/// <summary>The gateway would not give it back. The subject is the file.</summary>
internal sealed record RefundFailed(string Code, string Order, long Amount, string Fault) : IEntry
{
    public static string Kind => "services.refund-failed";
}

/// <summary>An order was made, and the citizen sent to the gateway. The subject is the order.</summary>
internal sealed record PaymentOrdered(string Code, string Order, string Fee, long Amount, DateTimeOffset Until) : IEntry
{
    public static string Kind => "services.payment-ordered";
}

/// <summary>An order ended without money. The subject is the order.</summary>
/// <param name="State">failed or expired.</param>
internal sealed record PaymentEnded(string Order, string State, string Why) : IEntry
{
    public static string Kind => "services.payment-ended";
}

/// <summary>Something came in the gateway's name and was not believed; nothing was changed. The subject is the order it names, where there is one.</summary>
/// <param name="Why">Code of the sentence.</param>
internal sealed record CallbackRefused(string? Order, long Amount, string Why) : IEntry
{
    public static string Kind => "services.callback-refused";
}

/// <summary>The gateway's list of a day was held against the orders. The subject stands for the day.</summary>
internal sealed record PaymentsReconciled(DateOnly Day, int Agrees, int Differs, long Sum) : IEntry
{
    public static string Kind => "services.payments-reconciled";
}
