using Npgsql;
using SoGoc.Kernel.Access;

namespace SoGoc.Kernel.Data;

/// <summary>Single statements that only read, without a transaction around them: for the questions that are asked thousands of times a second. They see the rows of persons within
/// the actor's reach. What must be seen together, or is changed afterwards, goes through <see cref="Session"/>.</summary>
public sealed class Reads(BeyondDuty all, CurrentActor actor, IReach reach)
{
    /// <summary>The actor sees an area only: who is not found may live elsewhere.</summary>
    public bool Limited => Now is not null;

    private Reach? Now => actor.IsKnown ? reach.Of(actor.Value) : null;

    /// <summary>The rows of some keys, each with its key: asked together with all who put the same question at the same time, with the same reach.</summary>
    /// <param name="sql">Takes the keys as $1 (text[]); the key is the first column of each row.</param>
    public Task<List<(string Key, T Row)>> ByKey<T>(string sql, string[] keys, Func<NpgsqlDataReader, T> read) => all.ByKey(Now, sql, keys, read);

    public Task<List<T>> Rows<T>(string sql, Func<NpgsqlDataReader, T> read, params object?[] values) =>
        Now is { } limit ? all.Rows(limit, sql, read, values) : all.Rows(sql, read, values);
}
