using Npgsql;
using SoGoc.Kernel.Data;

namespace SoGoc.Services.Payment.SandboxGateway;

/// <summary>A payment in the book of the gateway that is played.</summary>
internal sealed record SandboxPayment(string Order, long Amount, string FileCode, DateTimeOffset Until, string Callback, string State, string? Transaction, DateTimeOffset? EndedAt, Guid? Refund, DateTimeOffset? RefundedAt)
{
    public const string Open = "open";

    internal const string Columns = "order_no, amount, file_code, valid_until, callback, state, transaction, ended_at, refund_id, refunded_at";

    internal static SandboxPayment Read(NpgsqlDataReader r) => new(r.GetString(0), r.GetInt64(1), r.GetString(2), r.Get<DateTimeOffset>(3), r.GetString(4), r.GetString(5), r.Text(6), r.Maybe<DateTimeOffset>(7), r.Maybe<Guid>(8), r.Maybe<DateTimeOffset>(9));
}
