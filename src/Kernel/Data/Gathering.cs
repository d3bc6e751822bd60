using System.Runtime.InteropServices;
using System.Threading.Channels;
using Npgsql;

namespace SoGoc.Kernel.Data;

/// <summary>The same question, asked by many at the same time about different keys, goes to the database once: while one group is answered the next gathers by itself,
/// without a timer, so that who asks alone waits for nobody. A statement takes the keys as its one parameter ($1, text[]) and gives the key as the first column of each row.</summary>
public sealed class Gathering : IAsyncDisposable
{
    private const int MostQuestions = 512;
    private const int MostWaiting = 10_000;

    /// <summary>How many groups may be under way. On few cores one is best: more only make the groups smaller.</summary>
    private static readonly int Lanes = Math.Clamp(Environment.ProcessorCount / 2, 1, 4);

    private readonly Func<CancellationToken, Task<NpgsqlConnection>> open;
    private readonly Channel<Question> waiting = Channel.CreateBounded<Question>(new BoundedChannelOptions(MostWaiting));
    private readonly Task[] lanes;

    /// <param name="open">Opens a connection that reads only, for a lane to keep.</param>
    public Gathering(Func<CancellationToken, Task<NpgsqlConnection>> open)
    {
        this.open = open;
        lanes = [.. Enumerable.Range(0, Lanes).Select(_ => Task.Run(Lane))];
    }

    /// <summary>The rows of the keys, each with its key, in the order of the statement.</summary>
    public async Task<List<(string Key, T Row)>> Ask<T>(string sql, string[] keys, Func<NpgsqlDataReader, T> read)
    {
        var question = new Question<T>(sql, keys, read);
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
        NpgsqlConnection? connection = null;
        var group = new List<Question>();
        while (await waiting.Reader.WaitToReadAsync())
        {
            group.Clear();
            while (group.Count < MostQuestions && waiting.Reader.TryRead(out var next))
            {
                group.Add(next);
            }

            if (group.TrueForAll(q => ReferenceEquals(q.Sql, group[0].Sql)))
            {
                connection = await Answer(connection, group);
                continue;
            }

            foreach (var same in group.GroupBy(q => q.Sql, StringComparer.Ordinal))
            {
                connection = await Answer(connection, [.. same]);
            }
        }

        await (connection?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    /// <summary>Answers questions of one statement; the connection to go on with.</summary>
    private async Task<NpgsqlConnection?> Answer(NpgsqlConnection? connection, List<Question> questions)
    {
        try
        {
            connection ??= await open(CancellationToken.None);
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

            await using var command = connection.CreateCommand(questions[0].Sql, (object)askers.Keys.ToArray());
            await using var reader = await command.ExecuteReaderAsync();
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
            await (connection?.DisposeAsync() ?? ValueTask.CompletedTask);
            return null;
        }

        questions.ForEach(q => q.Tell());
        return connection;
    }

    private abstract class Question(string sql, string[] keys)
    {
        public string Sql => sql;

        public string[] Keys => keys;

        public abstract void Take(string key, NpgsqlDataReader row);

        public abstract void Tell();

        public abstract void Fail(Exception e);
    }

    private sealed class Question<T>(string sql, string[] keys, Func<NpgsqlDataReader, T> read) : Question(sql, keys)
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
