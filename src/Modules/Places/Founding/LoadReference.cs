using System.Globalization;
using Npgsql;
using SoGoc.Kernel.Data;

namespace SoGoc.Places.Founding;

/// <summary>Loads the reference files into a new database, in one transaction; where units are already, it changes nothing.</summary>
internal static class LoadReference
{
    private static readonly DateOnly Census = new(2022, 4, 12);

    public static async Task Run(Database database, string folder, CancellationToken stop)
    {
        await using var connection = await database.Owner.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        // Two processes may found one database at the same time: the second waits, then finds the work done.
        await Run(connection, "select from places.edition for update", stop);
        await using (var any = connection.CreateCommand("select exists (select from places.area)"))
        {
            if (await any.ExecuteScalarAsync(stop) is true)
            {
                return;
            }
        }

        var ledger = ReferenceUnits.Load(folder);
        await Areas(connection, ledger, stop);
        await Successions(connection, ledger, stop);
        await Figures(connection, ledger, folder, stop);
        await Tiles(connection, ledger, folder, stop);
        await Run(connection, "update places.edition set no = no + 1", stop);
        await transaction.CommitAsync(stop);
        // Everything later plans its joins on these tables.
        await Run(connection, "analyze places.area, places.succession", stop);
    }

    private static async Task Areas(NpgsqlConnection connection, Ledger ledger, CancellationToken stop)
    {
        await using var copy = await CopyWriter.Begin(connection, "places.area", "id, code, level, name, full_name, kind, valid, parent_id, other_names", stop);
        foreach (var a in ledger.Areas)
        {
            copy.Row().Int(a.Id).Text(a.Code).Short((short)a.Level).Text(a.Name).Text(a.FullName).Text(a.Kind).Period(a.Valid).Int(a.Parent).TextArray(a.OtherNames);
        }

        await copy.Complete();
    }

    private static async Task Successions(NpgsqlConnection connection, Ledger ledger, CancellationToken stop)
    {
        var s = ledger.Successions;
        await using var insert = connection.CreateCommand("""
            insert into places.succession (from_id, to_id, on_day, kind, share, exact, is_default, decree)
            select * from unnest($1::integer[], $2::integer[], $3::date[], $4::text[], $5::numeric[], $6::boolean[], $7::boolean[], $8::text[])
            """,
            s.Select(x => x.From).ToArray(), s.Select(x => x.To).ToArray(), s.Select(x => x.On).ToArray(), s.Select(x => x.Kind).ToArray(),
            s.Select(x => x.Share).ToArray(), s.Select(x => x.Exact).ToArray(), s.Select(x => x.Default).ToArray(), s.Select(x => x.Decree).ToArray());
        await insert.ExecuteNonQueryAsync(stop);
    }

    private static async Task Figures(NpgsqlConnection connection, Ledger ledger, string folder, CancellationToken stop)
    {
        var figures = new List<(int Area, string Name, decimal Value)>();
        void Take(string file, DateOnly on, params (string Column, string Name)[] columns)
        {
            foreach (var row in ReferenceTable.Read(Path.Combine(folder, file)))
            {
                var area = ledger.At(row["code"], on).Id;
                figures.AddRange(columns.Where(c => row[c.Column].Length > 0).Select(c => (area, c.Name, decimal.Parse(row[c.Column], CultureInfo.InvariantCulture))));
            }
        }

        foreach (var file in new[] { "angiang_units_2022.csv", "kiengiang_units_2022.csv" })
        {
            Take(file, Census, ("population_2019", "population-2019"), ("households_2019", "households-2019"));
        }

        Take("angiang_units_2025.csv", ReferenceUnits.GreatChange, ("population_registered", "population-registered"), ("area_km2", "area-km2"));
        await using var insert = connection.CreateCommand("insert into places.figure (area_id, name, value) select * from unnest($1::integer[], $2::text[], $3::numeric[])",
            figures.Select(f => f.Area).ToArray(), figures.Select(f => f.Name).ToArray(), figures.Select(f => f.Value).ToArray());
        await insert.ExecuteNonQueryAsync(stop);
    }

    private static async Task Tiles(NpgsqlConnection connection, Ledger ledger, string folder, CancellationToken stop)
    {
        foreach (var tile in ReferenceTable.Read(Path.Combine(folder, "angiang_tiles_2025.csv")))
        {
            decimal Number(string column) => decimal.Parse(tile[column], CultureInfo.InvariantCulture);
            await using var insert = connection.CreateCommand("insert into places.tile (area_id, lat, lon, col, row) values ($1, $2, $3, $4, $5)",
                ledger.At(tile["code"], ReferenceUnits.GreatChange).Id, Number("lat"), Number("lon"), (short)Number("tile_col"), (short)Number("tile_row"));
            await insert.ExecuteNonQueryAsync(stop);
        }
    }

    private static async Task Run(NpgsqlConnection connection, string sql, CancellationToken stop)
    {
        await using var command = connection.CreateCommand(sql);
        await command.ExecuteNonQueryAsync(stop);
    }
}
