using System.Threading.Channels;
using Npgsql;
using SoGoc.Kernel.Data;

namespace SoGoc.Kernel.Journaling;

/// <summary>Who reads which fields of whose record, and why.</summary>
public sealed record Disclosure(DateTimeOffset At, string Actor, string Office, IReadOnlyCollection<Guid> Subjects, string Fields, string Purpose, string Case);

/// <summary>Writes disclosures in groups: while one group is being made durable the next gathers by itself, so that one flush serves many readers.
/// Who writes waits until his rows are on disk. A row is a transaction of its own, apart from the reader's: a reading that fails afterwards stays recorded.</summary>
public sealed class DisclosureWriter : IAsyncDisposable
{
    private const int MostRows = 8192;
    private const int MostWaiting = 10_000;
    private readonly Database database;
    private readonly Channel<(Disclosure Row, TaskCompletionSource Written)> waiting =
        Channel.CreateBounded<(Disclosure, TaskCompletionSource)>(new BoundedChannelOptions(MostWaiting) { SingleReader = true });
    private readonly Task work;

    public DisclosureWriter(Database database)
    {
        this.database = database;
        work = Task.Run(Work);
    }

    public async Task Write(Disclosure row)
    {
        var written = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await waiting.Writer.WriteAsync((row, written));
        await written.Task;
    }

    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        await work;
    }

    private async Task Work()
    {
        NpgsqlConnection? connection = null;
        var group = new List<(Disclosure Row, TaskCompletionSource Written)>();
        while (await waiting.Reader.WaitToReadAsync())
        {
            group.Clear();
            for (var rows = 0; rows < MostRows && waiting.Reader.TryRead(out var next); rows += next.Row.Subjects.Count)
            {
                group.Add(next);
            }

            connection = await Flush(connection, group);
        }

        await (connection?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    /// <summary>Makes a group durable; the connection to go on with.</summary>
    private async Task<NpgsqlConnection?> Flush(NpgsqlConnection? connection, List<(Disclosure Row, TaskCompletionSource Written)> group)
    {
        try
        {
            connection ??= await database.OpenAlone();
            await Insert(connection, group);
            group.ForEach(g => g.Written.SetResult());
            return connection;
        }
        catch (PostgresException e) when (!e.IsTransient && group.Count > 1)
        {
            // One row that the database refuses must not cost its neighbours their answers.
            foreach (var one in group)
            {
                connection = await Flush(connection, [one]);
            }

            return connection;
        }
        catch (Exception e)
        {
            // Nobody gets an answer whose disclosure is not durable; the next group tries a new connection.
            group.ForEach(g => g.Written.TrySetException(e));
            await (connection?.DisposeAsync() ?? ValueTask.CompletedTask);
            return null;
        }
    }

    private static async Task Insert(NpgsqlConnection connection, List<(Disclosure Row, TaskCompletionSource Written)> group)
    {
        const string sql = """
            insert into journal.disclosure (at, actor, office, subject, fields, purpose, case_ref)
            select a, w, o, s, string_to_array(f, ','), p, c from unnest($1, $2, $3, $4, $5, $6, $7) as d(a, w, o, s, f, p, c)
            """;
        var rows = group.SelectMany(g => g.Row.Subjects, (g, subject) => (g.Row, subject)).ToList();
        T[] Column<T>(Func<Disclosure, T> of) => [.. rows.Select(r => of(r.Row))];
        await using var command = connection.CreateCommand(sql, Column(d => d.At.UtcDateTime), Column(d => d.Actor), Column(d => d.Office),
            rows.Select(r => r.subject).ToArray(), Column(d => d.Fields), Column(d => d.Purpose), Column(d => d.Case));
        await command.ExecuteNonQueryAsync();
        Measures.Disclosures.Add(rows.Count);
        Measures.DisclosureGroup.Record(rows.Count);
    }
}
