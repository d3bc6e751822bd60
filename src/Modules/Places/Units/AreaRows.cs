using Npgsql;
using NpgsqlTypes;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Time;
using SoGoc.Places.Founding;

namespace SoGoc.Places.Units;

/// <summary>The versions as they stand in the database.</summary>
internal static class AreaRows
{
    public static Ledger Ledger(NpgsqlConnection connection) => new(
        Rows(connection, "select id, code, level, name, full_name, kind, valid, parent_id, other_names from places.area order by id", r =>
            new Area(r.GetInt32(0), r.GetString(1), (AreaLevel)r.GetInt16(2), r.GetString(3), r.GetString(4), r.GetString(5),
                Period.Of(r.Get<NpgsqlRange<DateOnly>>(6)), r.Maybe<int>(7), r.Get<string[]>(8))),
        Rows(connection, "select from_id, to_id, on_day, kind, share, exact, is_default, decree from places.succession order by on_day, from_id, share desc", r =>
            new Succession(r.GetInt32(0), r.GetInt32(1), r.Get<DateOnly>(2), r.GetString(3), Short(r.GetDecimal(4)), r.GetBoolean(5), r.GetBoolean(6), r.GetString(7))));

    public static HomeProvince? Home(NpgsqlConnection connection) =>
        HomeProvince.TryParse(Rows(connection, $"select value from kernel.setting where name = '{HomeProvince.Setting}'", r => r.GetString(0)).FirstOrDefault(), out var home) ? home : null;

    public static int Edition(NpgsqlConnection connection) => Rows(connection, "select no from places.edition", r => r.GetInt32(0))[0];

    /// <summary>0.5 and not 0.500000, as the files have it.</summary>
    private static decimal Short(decimal share) => share / 1.0000000000000000000000000000m;

    private static List<T> Rows<T>(NpgsqlConnection connection, string sql, Func<NpgsqlDataReader, T> read)
    {
        using var command = connection.CreateCommand(sql);
        using var reader = command.ExecuteReader();
        var rows = new List<T>();
        while (reader.Read())
        {
            rows.Add(read(reader));
        }

        return rows;
    }
}
