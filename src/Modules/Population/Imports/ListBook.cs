using System.Security.Cryptography;
using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Text;
using SoGoc.Lists;

namespace SoGoc.Population.Imports;

/// <summary>A list that was sent in, and how far it is.</summary>
internal sealed record SentList(Guid Id, string Name, long Bytes, DateTimeOffset SentAt, string SentBy, string Office, DateOnly LawDay, string State, ListShape Shape,
    string[] Mapping, DateTimeOffset? BegunAt, DateTimeOffset? EndedAt, long CheckedRow, long AppliedRow, long Rows, long Entered, long Completed, long Unchanged,
    string? Refusal, string[] RefusalData)
{
    /// <summary>Sound rows that have been looked at while entering.</summary>
    public long Taken => Entered + Completed + Unchanged;
}

/// <summary>How often a fault occurs in a list.</summary>
internal sealed record FaultCount(string Code, string Field, bool Warning, long Rows);

/// <summary>The lists that were sent in: their files, states and faults.</summary>
internal sealed class ListBook(Session session, CurrentActor actor, TimeProvider clock)
{
    public const int ChunkBytes = 1 << 20;

    private const string Columns = "id, name, bytes, sent_at, sent_by, office, law_day, state, shape::text, mapping, begun_at, ended_at, checked_row, applied_row, "
        + "rows, entered, completed, unchanged, refusal, refusal_data";

    /// <summary>Keeps the file in the database, part by part, with its hash; nothing is believed about it yet.</summary>
    public async Task<Guid> Keep(Stream file, string name, ListShape shape, string[] mapping)
    {
        var id = Guid.CreateVersion7(clock.GetUtcNow());
        await session.Execute("""
            insert into population.list (id, name, bytes, sha256, chunks, sent_at, sent_by, office, law_day, state, shape, mapping)
            values ($1, $2, 0, '', 0, $3, $4, $5, $6, 'received', $7, $8)
            """, id, Path.GetFileName(name), clock.GetUtcNow(), actor.Value.Name, actor.Value.Office, clock.Today(),
            JsonSerializer.Serialize(shape, Journal.Json).As(NpgsqlDbType.Json), mapping);
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var buffer = new byte[ChunkBytes];
        var no = 0;
        long bytes = 0;
        file.Position = 0;
        for (int read; (read = await file.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false)) > 0; no++, bytes += read)
        {
            hash.AppendData(buffer, 0, read);
            await session.Execute("insert into population.list_chunk (list_id, no, bytes) values ($1, $2, $3)", id, no, buffer[..read]);
        }

        await session.Execute("update population.list set bytes = $2, sha256 = $3, chunks = $4 where id = $1", id, bytes, hash.GetHashAndReset(), no);
        return id;
    }

    public Task<SentList?> Find(Guid id) => session.Row($"select {Columns} from population.list where id = $1", Read, id);

    /// <summary>The list, held until the end of the transaction: who changes its state or its columns decides on a state that stays so.</summary>
    public Task<SentList?> Hold(Guid id) => session.Row($"select {Columns} from population.list where id = $1 for update", Read, id);

    public Task<List<SentList>> Latest(int most) => session.Rows($"select {Columns} from population.list order by sent_at desc limit $1", Read, most);

    public async Task<Dictionary<string, string>> KnownHeads() =>
        (await session.Rows("select head, field from population.known_head", r => (r.GetString(0), r.GetString(1)))).ToDictionary(p => p.Item1, p => p.Item2, StringComparer.Ordinal);

    public Task Remember(string head, string field) =>
        session.Execute("insert into population.known_head (head, field) values ($1, $2) on conflict (head) do update set field = excluded.field", ColumnHeads.Key(head), field);

    public Task<List<FaultCount>> FaultCounts(Guid id) => session.Rows(
        "select code, field, warning, count(distinct row_no) from population.list_fault where list_id = $1 group by 1, 2, 3 order by 3, 4 desc, 1",
        r => new FaultCount(r.GetString(0), r.GetString(1), r.GetBoolean(2), r.GetInt64(3)), id);

    public Task<List<RowFault>> Faults(Guid id, long afterRow, long untilRow, int most) => session.Rows(
        "select row_no, field, code, given, warning, data from population.list_fault where list_id = $1 and row_no > $2 and row_no <= $3 order by row_no, no limit $4",
        r => new RowFault(r.GetInt64(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetBoolean(4), r.Get<string[]>(5)), id, afterRow, untilRow, most);

    public Task<long> QuarantinedRows(Guid id) =>
        session.Value<long>("select count(distinct row_no) from population.list_fault where list_id = $1 and not warning", id);

    /// <param name="id">Which list.</param>
    /// <param name="faults">Faults of rows.</param>
    /// <param name="from">First running number in a row: those found while entering stand behind those of the dry run.</param>
    public async Task AddFaults(Guid id, IEnumerable<RowFault> faults, int from = 0)
    {
        var connection = await session.Open();
        await using var copy = await CopyWriter.Begin(connection, "population.list_fault", "list_id, row_no, no, field, code, data, given, warning");
        foreach (var row in faults.GroupBy(f => f.Row))
        {
            foreach (var (no, f) in row.Index())
            {
                copy.Row().Uuid(id).Long(f.Row).Short((short)(from + no)).Text(f.Field).Text(f.Code).TextArray(f.Data).Text(f.Given).Bool(f.Warning);
            }
        }

        await copy.Complete();
    }

    public Task SetState(Guid id, string state) => session.Execute("""
        update population.list set state = $2, begun_at = case when $2 in ('checking', 'applying') and state <> $2 then $3 else begun_at end,
          ended_at = case when $2 in ('done', 'refused', 'cancelled', 'checked') then $3 else null end
        where id = $1
        """, id, state, clock.GetUtcNow());

    private static SentList Read(NpgsqlDataReader r) => new(r.GetGuid(0), r.GetString(1), r.GetInt64(2), r.Get<DateTimeOffset>(3), r.GetString(4), r.GetString(5),
        r.Get<DateOnly>(6), r.GetString(7), JsonSerializer.Deserialize<ListShape>(r.GetString(8), Journal.Json)!, r.Get<string[]>(9), r.Maybe<DateTimeOffset>(10),
        r.Maybe<DateTimeOffset>(11), r.GetInt64(12), r.GetInt64(13), r.GetInt64(14), r.GetInt64(15), r.GetInt64(16), r.GetInt64(17), r.Text(18), r.Get<string[]>(19));
}
