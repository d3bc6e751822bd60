using Npgsql;
using NpgsqlTypes;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Time;

namespace SoGoc.Places;

/// <summary>Keeps the book of this process: reads it once, and again when the edition in the database has counted up.</summary>
internal sealed class Snapshot(Database database, TimeProvider clock) : IPlaces
{
    private static readonly TimeSpan Glance = TimeSpan.FromSeconds(1);
    private readonly Lock door = new();
    private PlaceBook? book;
    private int edition = -1;
    private DateTimeOffset looked;

    public PlaceBook Book
    {
        get
        {
            if (book is { } present && clock.GetUtcNow() - looked < Glance)
            {
                return present;
            }

            lock (door)
            {
                if (book is null || clock.GetUtcNow() - looked >= Glance)
                {
                    Look();
                }

                return book!;
            }
        }
    }

    private void Look()
    {
        using var connection = database.App.OpenConnection();
        using var ask = connection.CreateCommand("select no from places.edition");
        var now = (int)ask.ExecuteScalar()!;
        if (now != edition)
        {
            book = Read(connection);
            edition = now;
        }

        looked = clock.GetUtcNow();
    }

    private static PlaceBook Read(NpgsqlConnection connection)
    {
        var areas = Rows(connection, "select id, code, level, name, full_name, kind, valid, parent_id, other_names from places.area", r =>
            new Area(r.GetInt32(0), r.GetString(1), (AreaLevel)r.GetInt16(2), r.GetString(3), r.GetString(4), r.GetString(5), Period.Of(r.Get<NpgsqlRange<DateOnly>>(6)), r.Maybe<int>(7), r.Get<string[]>(8)));
        var passages = Rows(connection, "select from_id, to_id, on_day, kind, share, exact, is_default, decree from places.succession", r =>
            new Passage(r.GetInt32(0), r.GetInt32(1), r.Get<DateOnly>(2), r.GetString(3), r.GetDecimal(4), r.GetBoolean(5), r.GetBoolean(6), r.GetString(7)));
        var home = Rows(connection, "select value from kernel.setting where name = 'province'", r => r.GetString(0)).FirstOrDefault()?.Split('@');
        return new PlaceBook(areas, passages, home is [var code, var day] ? (code, UnitFiles.Day(day)!.Value) : ("", DateOnly.MinValue));
    }

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
