using System.Collections.Immutable;
using System.Text.Json;
using Npgsql;
using OpenIddict.Abstractions;
using SoGoc.Kernel.Data;

namespace SoGoc.Identity.OpenId.Stores;

/// <summary>What the stores of the library have in common. Each statement stands alone: what the library writes of a refused request has to stay (a code that comes twice ends its tokens).</summary>
internal static class Stored
{
    public const string Unasked = "These stores are asked by SQL.";

    /// <summary>How the library asks for several tokens or authorizations: what it does not name is null.</summary>
    public const string Matching = "where ($1::text is null or subject = $1) and ($2::text is null or application_id = $2) and ($3::text is null or status = $3) and ($4::text is null or type = $4)";

    /// <summary>By which a row is known not to have been changed since it was read.</summary>
    public static string NewVersion => Guid.NewGuid().ToString();

    /// <summary>A property was set; nothing waits for it.</summary>
    public static ValueTask Set<T>(T _) => default;

    /// <summary>Changes one row.</summary>
    /// <exception cref="OpenIddictExceptions.ConcurrencyException">It is no longer as it was read: somebody was faster.</exception>
    public static async Task ChangeOne(this Database database, string sql, params object?[] values)
    {
        if (await database.ExecuteAlone(sql, values) == 0)
        {
            throw new OpenIddictExceptions.ConcurrencyException("The row was changed or removed meanwhile.");
        }
    }

    public static async ValueTask<T?> One<T>(this Database database, string sql, Func<NpgsqlDataReader, T> read, params object?[] values) where T : class =>
        (await database.RowsAlone(sql, read, values)).FirstOrDefault();

    public static async IAsyncEnumerable<T> Each<T>(this Database database, string sql, Func<NpgsqlDataReader, T> read, params object?[] values)
    {
        foreach (var row in await database.RowsAlone(sql, read, values))
        {
            yield return row;
        }
    }

    public static async ValueTask<long> Count(this Database database, string table) => (await database.RowsAlone($"select count(*) from {table}", r => r.GetInt64(0)))[0];

    public static NpgsqlParameter AsText(this string? value) => value.As(NpgsqlTypes.NpgsqlDbType.Text);

    public static NpgsqlParameter AsInstant(this DateTimeOffset? value) => value.As(NpgsqlTypes.NpgsqlDbType.TimestampTz);

    /// <summary>Names or properties as their column keeps them: null where there are none.</summary>
    public static NpgsqlParameter AsJson(this ImmutableArray<string> names) => (names.IsDefaultOrEmpty ? null : JsonSerializer.Serialize(names)).AsText();

    public static NpgsqlParameter AsJson<TKey, TValue>(this ImmutableDictionary<TKey, TValue> table) where TKey : notnull => (table.IsEmpty ? null : JsonSerializer.Serialize(table)).AsText();

    public static ImmutableArray<string> Names(this NpgsqlDataReader row, int column) => row.Text(column) is { } json ? JsonSerializer.Deserialize<ImmutableArray<string>>(json) : [];

    public static ImmutableDictionary<string, T> Table<T>(this NpgsqlDataReader row, int column) =>
        row.Text(column) is { } json ? JsonSerializer.Deserialize<ImmutableDictionary<string, T>>(json)! : ImmutableDictionary<string, T>.Empty;
}
