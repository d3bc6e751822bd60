using System.Runtime.InteropServices;
using System.Threading.Channels;
using Npgsql;
using SoGoc.Kernel.Access;

namespace SoGoc.Kernel.Data;

/// <summary>The same question, asked by many at the same time about different keys, goes to the database once: while one group is answered the next gathers by itself,
/// without a timer, so that who asks alone waits for nobody. A statement takes the keys as its one parameter ($1, text[]) and gives the key as the first column of each row.</summary>
public sealed class Gathering : IAsyncDisposable
{
    private const int MostQuestions = 512;
    private const int MostWaiting = 10_000;

    /// <summary>How many groups may be under way. On few cores one is best: more only make the groups smaller.</summary>
    private static readonly int Lanes = Math.Clamp(Environment.ProcessorCount / 2, 1, 4);

    private readonly Func<bool, CancellationToken, Task<NpgsqlConnection>> open;
    private readonly Channel<Question> waiting = Channel.CreateBounded<Question>(new BoundedChannelOptions(MostWaiting));
    private readonly Task[] lanes;

    /// <param name="open">Opens a connection that reads only, for a lane to keep: as the desk, or as the application.</param>
    public Gathering(Func<bool, CancellationToken, Task<NpgsqlConnection>> open)
    {
        this.open = open;
        lanes = [.. Enumerable.Range(0, Lanes).Select(_ => Task.Run(Lane))];
    }

    /// <summary>The rows of the keys, each with its key, in the order of the statement.</summary>
    public async Task<List<(string Key, T Row)>> Ask<T>(Reach? reach, string sql, string[] keys, Func<NpgsqlDataReader, T> read)
    {
        var question = new Question<T>(reach, sql, keys, read);
        if (!waiting.Writer.TryWrite(question))
        {
            await waiting.Writer.WriteAsync(question);
        }

        return await question.Answer;
    }

    public async ValueTask DisposeAsync()
    {
        waiting.Writer.TryComplete();
        await Task.WhenAll(lanes);
    }

    private async Task Lane()
    {
        var own = new Line(open);
        var group = new List<Question>();
        while (await waiting.Reader.WaitToReadAsync())
        {
            group.Clear();
            while (group.Count < MostQuestions && waiting.Reader.TryRead(out var next))
            {
                group.Add(next);
            }

            if (group.TrueForAll(q => ReferenceEquals(q.Sql, group[0].Sql) && q.Reach == group[0].Reach))
            {
                await Answer(own, group);
                continue;
            }

            foreach (var same in group.GroupBy(q => (q.Sql, q.Reach)))
            {
                await Answer(own, [.. same]);
            }
        }

        await own.DisposeAsync();
    }

    /// <summary>Answers questions of one statement and one reach.</summary>
    private static async Task Answer(Line line, List<Question> questions)
    {
        var (sql, reach) = (questions[0].Sql, questions[0].Reach);
        try
        {
            var connection = await line.Open(reach is not null);
            var askers = new Dictionary<string, List<Question>>(questions.Count, StringComparer.Ordinal);
            foreach (var question in questions)
            {
                foreach (var key in question.Keys)
                {
                    var those = CollectionsMarshal.GetValueRefOrAddDefault(askers, key, out _) ??= [];
                    if (those.Count == 0 || those[^1] != question)
                    {
                        those.Add(question);
                    }
                }
            }

            await using var batch = new NpgsqlBatch(connection);
            if (reach is not null)
            {
                batch.BatchCommands.Add(BeyondDuty.Wall(reach));
            }

            batch.BatchCommands.Add(new NpgsqlBatchCommand(sql) { Parameters = { Columns.Parameter(askers.Keys.ToArray()) } });
            await using var reader = await batch.ExecuteReaderAsync();
            if (reach is not null)
            {
                await reader.NextResultAsync();
            }

            while (await reader.ReadAsync())
            {
                var key = reader.GetString(0);
                foreach (var question in askers[key])
                {
                    question.Take(key, reader);
                }
            }
        }
        catch (Exception e)
        {
            // Each asker is told; the next group tries a new connection.
            questions.ForEach(q => q.Fail(e));
            await line.DisposeAsync();
            return;
        }

        questions.ForEach(q => q.Tell());
    }

    /// <summary>The connections that a lane keeps.</summary>
    private sealed class Line(Func<bool, CancellationToken, Task<NpgsqlConnection>> open) : IAsyncDisposable
    {
        private NpgsqlConnection? wide;
        private NpgsqlConnection? desk;

        public async ValueTask<NpgsqlConnection> Open(bool atDesk) =>
            atDesk ? desk ??= await open(true, CancellationToken.None) : wide ??= await open(false, CancellationToken.None);

        public async ValueTask DisposeAsync()
        {
            foreach (var connection in new[] { wide, desk }.OfType<NpgsqlConnection>())
            {
                await connection.DisposeAsync();
            }

            (wide, desk) = (null, null);
        }
    }

    private abstract class Question(Reach? reach, string sql, string[] keys)
    {
        public Reach? Reach => reach;

        public string Sql => sql;

        public string[] Keys => keys;

        public abstract void Take(string key, NpgsqlDataReader row);

        public abstract void Tell();

        public abstract void Fail(Exception e);
    }

    private sealed class Question<T>(Reach? reach, string sql, string[] keys, Func<NpgsqlDataReader, T> read) : Question(reach, sql, keys)
    {
        // Who asked goes on at once, in the lane, until he waits again: a group stays together, and its disclosures share a flush.
        private readonly TaskCompletionSource<List<(string Key, T Row)>> answer = new();
        private readonly List<(string Key, T Row)> rows = new(keys.Length);

        public Task<List<(string Key, T Row)>> Answer => answer.Task;

        public override void Take(string key, NpgsqlDataReader row) => rows.Add((key, read(row)));

        public override void Tell() => answer.TrySetResult(rows);

        public override void Fail(Exception e) => answer.TrySetException(e);
    }
}
