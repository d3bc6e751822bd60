using System.Buffers;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Npgsql;
using NpgsqlTypes;
using SoGoc.Kernel.Data;

namespace SoGoc.Kernel.Sealing;

/// <summary>Takes rows of the journal into the hash trees and signs their heads. It reads what is committed and older than every open transaction, in the order
/// (era, xid, position), over a connection of its own: no writer waits for it, and no row can come to stand before one that is in.
/// One sealer works at a time, whichever Host it lives in.</summary>
public sealed class Sealer(Database database, IHeadSigner signer, TimeProvider clock, ILogger<Sealer> log) : BackgroundService
{
    private const long OneAtATime = 0x7365616C; // "seal"
    private const int Batch = 8192;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SignAgainAfter = TimeSpan.FromSeconds(10);
    private string? unsigned;
    private DateTimeOffset signAgain = DateTimeOffset.MinValue;

    /// <summary>A head is signed this often while the journal grows.</summary>
    public static readonly TimeSpan HeadEvery = TimeSpan.FromMinutes(1);

    /// <summary>Rows that can be sealed are, and a head over them is signed; now.</summary>
    public async Task SealNow(CancellationToken stop)
    {
        await using var connection = await database.App.OpenConnectionAsync(stop);
        await Gather(connection, wait: true, stop);
        await SignHead(connection, TimeSpan.Zero, stop);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.App.OpenConnectionAsync(stoppingToken);
                await Gather(connection, wait: false, stoppingToken);
                await TrySignHead(connection, stoppingToken);
            }
            catch (NpgsqlException e)
            {
                log.LogWarning(e, "The sealer cannot reach the database; it tries again.");
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }

            await Task.Delay(Pause, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private static async Task Gather(NpgsqlConnection connection, bool wait, CancellationToken stop)
    {
        foreach (var each in LeafLog.All)
        {
            while (await Step(connection, each, wait, stop) == Batch)
            {
            }
        }
    }

    /// <summary>One transaction: the next rows, their tiles, and the mark how far the log is.</summary>
    private static async Task<int> Step(NpgsqlConnection connection, LeafLog which, bool wait, CancellationToken stop)
    {
        await using var transaction = await connection.BeginTransactionAsync(stop);
        if (!await Alone(connection, wait))
        {
            return 0;
        }

        var mark = await Mark(connection, which);
        var rows = await Next(connection, which, mark, stop);
        if (rows.Count > 0)
        {
            await new Tiles(connection, which.Name).Append(mark.Size, rows);
            var last = rows[^1];
            await using var move = connection.CreateCommand("update seal.log set size = size + $2, era = $3, xid = $4, position = $5 where name = $1",
                which.Name, (long)rows.Count, last.Era, last.Xid.As(NpgsqlDbType.Xid8), last.Position);
            await move.ExecuteNonQueryAsync(stop);
        }

        await transaction.CommitAsync(stop);
        Measures.Sealed.Add(rows.Count, new KeyValuePair<string, object?>("log", which.Name));
        return rows.Count;
    }

    private static async Task<bool> Alone(NpgsqlConnection connection, bool wait)
    {
        await using var command = connection.CreateCommand(wait ? "select true from (select pg_advisory_xact_lock($1)) l" : "select pg_try_advisory_xact_lock($1)", OneAtATime);
        return await command.ExecuteScalarAsync() is true;
    }

    internal sealed record LogMark(long Size, short Era, ulong Xid, long Position);

    internal static async Task<LogMark> Mark(NpgsqlConnection connection, LeafLog which)
    {
        await using var command = connection.CreateCommand("select size, era, xid, position from seal.log where name = $1", which.Name);
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        return new LogMark(reader.GetInt64(0), reader.GetInt16(1), reader.Get<ulong>(2), reader.GetInt64(3));
    }

    private static async Task<List<LeafRow>> Next(NpgsqlConnection connection, LeafLog which, LogMark mark, CancellationToken stop)
    {
        // Rows of an earlier era were all committed before the register was restored.
        var sql = $"""
            select {which.Select}
             where (era, xid, position) > ($1, $2, $3)
               and (era < coalesce((select value::smallint from kernel.setting where name = 'era'), 1) or xid < pg_snapshot_xmin(pg_current_snapshot()))
             order by era, xid, position limit {Batch}
            """;
        await using var command = connection.CreateCommand(sql, mark.Era, mark.Xid.As(NpgsqlDbType.Xid8), mark.Position);
        await using var reader = await command.ExecuteReaderAsync(stop);
        var rows = new List<LeafRow>();
        var buffer = new ArrayBufferWriter<byte>(4096);
        while (await reader.ReadAsync(stop))
        {
            rows.Add(which.Read(reader, buffer));
        }

        return rows;
    }

    /// <summary>A key that cannot be had stops neither writers nor sealing: heads wait until it is back, and are told of once.</summary>
    private async Task TrySignHead(NpgsqlConnection connection, CancellationToken stop)
    {
        if (clock.GetUtcNow() < signAgain)
        {
            return;
        }

        try
        {
            await SignHead(connection, HeadEvery, stop);
            if (unsigned is not null)
            {
                log.LogInformation("Heads can be signed again.");
            }

            unsigned = null;
        }
        catch (HeadSignerException e)
        {
            if (unsigned != e.Problem.Code)
            {
                log.LogError(e, "No head can be signed: {Code}. Rows are sealed all the same; signing is tried again.", e.Problem.Code);
            }

            (unsigned, signAgain) = (e.Problem.Code, clock.GetUtcNow() + SignAgainAfter);
        }
    }

    private async Task SignHead(NpgsqlConnection connection, TimeSpan every, CancellationToken stop)
    {
        await using var transaction = await connection.BeginTransactionAsync(stop);
        if (!await Alone(connection, wait: every == TimeSpan.Zero))
        {
            return;
        }

        var (entries, disclosures) = ((await Mark(connection, LeafLog.Entry)).Size, (await Mark(connection, LeafLog.Disclosure)).Size);
        var now = clock.GetUtcNow();
        if (await SignedHead.Latest(connection) is { } latest && ((latest.EntrySize == entries && latest.DisclosureSize == disclosures) || now - latest.At < every))
        {
            return;
        }

        var root = await new Tiles(connection, LeafLog.Entry.Name).Tree.Root(entries);
        var disclosureRoot = await new Tiles(connection, LeafLog.Disclosure.Name).Tree.Root(disclosures);
        var register = await SignedHead.Register(connection);
        await SignedHead.Keep(connection, SignedHead.Written(register, now, entries, root, disclosures, disclosureRoot), now, (entries, root), (disclosures, disclosureRoot), signer);
        await transaction.CommitAsync(stop);
    }
}
