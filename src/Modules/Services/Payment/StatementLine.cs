using System.Globalization;

namespace SoGoc.Services.Payment;

/// <summary>A line of the gateway's list of a day. Orders and transactions have letters, digits, dots and hyphens only, so that nothing needs quoting.</summary>
/// <param name="Refunded">It was given back.</param>
internal sealed record StatementLine(string Order, string Transaction, long Amount, DateTimeOffset PaidAt, bool Refunded)
{
    public const string Heads = "order,transaction,amount,paid_at,refunded";

    public string Written => string.Create(CultureInfo.InvariantCulture, $"{Order},{Transaction},{Amount},{PaidAt.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss.fff'Z'},{(Refunded ? "yes" : "no")}");

    /// <summary>The lines of a list; null: it is none.</summary>
    public static IReadOnlyList<StatementLine>? Read(string csv)
    {
        var rows = csv.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        if (rows.Length == 0 || rows[0] != Heads)
        {
            return null;
        }

        var lines = new List<StatementLine>();
        foreach (var row in rows.Skip(1))
        {
            if (row.Split(',') is not [{ Length: > 0 and <= 60 } order, { Length: > 0 and <= 60 } transaction, var money, var at, "yes" or "no"] cells
                || !long.TryParse(money, NumberStyles.None, CultureInfo.InvariantCulture, out var amount) || !DateTimeOffset.TryParse(at, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var paid))
            {
                return null;
            }

            lines.Add(new StatementLine(order, transaction, amount, paid.ToUniversalTime(), cells[4] == "yes"));
        }

        return lines;
    }
}
