using Npgsql;

namespace SoGoc.Kernel.Data;

/// <summary>Short forms for positional parameters and nullable columns.</summary>
public static class Columns
{
    public static NpgsqlCommand CreateCommand(this NpgsqlConnection connection, string sql, params object?[] values)
    {
        var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var value in values)
        {
            command.Parameters.Add(Parameter(value));
        }

        return command;
    }

    internal static NpgsqlParameter Parameter(object? value) => value as NpgsqlParameter ?? new NpgsqlParameter { Value = value ?? DBNull.Value };

    public static T Get<T>(this NpgsqlDataReader row, int column) => row.GetFieldValue<T>(column);

    public static string? Text(this NpgsqlDataReader row, int column) => row.IsDBNull(column) ? null : row.GetString(column);

    public static T? Maybe<T>(this NpgsqlDataReader row, int column) where T : struct => row.IsDBNull(column) ? null : row.GetFieldValue<T>(column);

    /// <summary>A parameter of a stated type, where PostgreSQL cannot tell it from the value (a null, json).</summary>
    public static NpgsqlParameter As(this object? value, NpgsqlTypes.NpgsqlDbType type) => new() { Value = value ?? DBNull.Value, NpgsqlDbType = type };
}
