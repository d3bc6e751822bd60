using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Time;

namespace SoGoc.Civil.Filings;

/// <summary>A part of a chain, as the rule of the day has it.</summary>
internal sealed record FilingStep(short No, string Step, string Holder, Term Term, string Ground)
{
    public const string Birth = "birth", Death = "death";

    public const string Registrar = "registrar", Police = "police", Partner = "partner";

    public const string PermanentResidence = "permanent-residence", HealthCard = "health-card", ResidenceRemoval = "residence-removal", FuneralAllowance = "funeral-allowance";

    /// <summary>Every step there is.</summary>
    public static readonly string[] Steps = ["birth-registration", PermanentResidence, HealthCard, "death-registration", ResidenceRemoval, FuneralAllowance];

    public static Task<List<FilingStep>> Of(Session session, string chain, DateOnly on) => session.Rows("select no, step, holder, term, ground from civil.filing_step where chain = $1 and valid @> $2 order by no",
        r => new FilingStep(r.GetInt16(0), r.GetString(1), r.GetString(2), Term.Parse(r.GetString(3)), r.GetString(4)), chain, on);

    /// <summary>Takes up <c>reference/filings.csv</c>: rules that the register has not.</summary>
    public static async Task Bring(NpgsqlConnection connection, string folder, CancellationToken stop)
    {
        foreach (var row in ReferenceTable.Read(Path.Combine(folder, "filings.csv")))
        {
            await using var add = connection.CreateCommand("insert into civil.filing_step (chain, no, step, holder, term, valid, ground) values ($1, $2, $3, $4, $5, daterange($6, $7), $8) on conflict do nothing",
                row["chain"], short.Parse(row["no"], CultureInfo.InvariantCulture), row["step"], row["holder"], row["term"], Day(row["valid_from"]).As(NpgsqlDbType.Date), (Day(row["valid_to"])?.AddDays(1)).As(NpgsqlDbType.Date), row["ground"]);
            await add.ExecuteNonQueryAsync(stop);
        }
    }

    private static DateOnly? Day(string text) => text.Length == 0 ? null : DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
