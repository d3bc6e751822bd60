using System.Text.Json;
using NpgsqlTypes;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Places.Founding;
using SoGoc.Places.Units;

namespace SoGoc.Places.Decrees;

/// <summary>Applies a decree: the units it names, and all whose address changes with them, get new versions; the old ones stay, with what became of them.</summary>
internal sealed class ApplyDecree(Session session, Journal journal)
{
    private const long OneAtATime = 0x706C61636573; // "places"

    internal sealed record Request(string CsvPath);

    public async Task<Outcome<DecreeApplied>> Run(Request r)
    {
        var file = DecreeFile.Read(r.CsvPath);
        if (!file.Ok(out var rows))
        {
            return file.Problems.ToList();
        }

        await session.Execute("select pg_advisory_xact_lock($1)", OneAtATime);
        var ledger = AreaRows.Ledger(await session.Open());
        var check = DecreeCheck.Run(ledger, rows);
        if (!check.Ok(out var decree))
        {
            return check.Problems.ToList();
        }

        var known = ledger.Successions.Count;
        var (ended, begun) = new DecreeDay(ledger, decree.On).Apply(decree.Changes);
        var successions = ledger.Successions.Skip(known).ToList();
        await session.Execute("select places.change($1, $2, $3, $4)", ended.Select(a => a.Id).ToArray(), decree.On,
            Json(begun.Select(a => new { a.Id, a.Code, Level = (short)a.Level, a.Name, a.FullName, a.Kind, a.Parent, a.OtherNames })),
            Json(successions.Select(s => new { s.From, s.To, s.Kind, s.Share, s.Exact, s.Default, s.Decree })));

        var into = successions.ToLookup(s => s.From, s => s.To);
        var entries = ended.Select(a => (PlaceBook.Subject(a.Id), new AreaChanged("ended", decree.On, a.Id, a.Code, a.FullName, [.. into[a.Id]])))
            .Concat(begun.Select(a => (PlaceBook.Subject(a.Id), new AreaChanged("begun", decree.On, a.Id, a.Code, a.FullName, []))));
        await journal.AddAll([.. entries], string.Join("; ", decree.Changes.Select(c => c.Decree).Distinct()));
        return new DecreeApplied(decree.On, ended.Count, begun.Count);
    }

    private static Npgsql.NpgsqlParameter Json<T>(IEnumerable<T> rows) => JsonSerializer.Serialize(rows, Journal.Json).As(NpgsqlDbType.Json);
}
