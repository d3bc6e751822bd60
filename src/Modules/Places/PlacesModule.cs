using System.Globalization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Modules;
using SoGoc.Kernel.Web;

namespace SoGoc.Places;

/// <summary>Administrative units in time: table of contents.</summary>
public sealed class PlacesModule : IModule
{
    public string Name => "places";

    public Type? Permissions => typeof(PlacesPermission);

    public void Services(IServiceCollection services)
    {
        services.AddSingleton<IPlaces, Snapshot>();
        services.AddScoped<IPlacesOffice, PlacesOffice>();
    }

    public void Routes(IEndpointRouteBuilder api)
    {
        api.Post<ResolvePlace>("/places/resolve").Needs(PlacesPermission.ReadPlaces);
    }

    /// <summary>Loads versions, passages and tiles; doing it again changes nothing.</summary>
    public async Task Found(Database database, string referenceFolder, CancellationToken stop)
    {
        var (areas, passages) = UnitFiles.Read(referenceFolder);
        await using var connection = await database.Owner.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await using (var some = connection.CreateCommand("select 1 from places.area limit 1"))
        {
            if (await some.ExecuteScalarAsync(stop) is not null)
            {
                return;
            }
        }

        await using (var copy = await CopyWriter.Begin(connection, "places.area", "id, code, level, name, full_name, kind, valid, parent_id, other_names", stop))
        {
            foreach (var a in areas)
            {
                copy.Row().Int(a.Id).Text(a.Code).Short((short)a.Level).Text(a.Name).Text(a.FullName).Text(a.Kind).Period(a.Valid).Int(a.Parent).TextArray(a.OtherNames);
            }

            await copy.Complete();
        }

        foreach (var p in passages)
        {
            await using var insert = connection.CreateCommand("insert into places.succession values ($1, $2, $3, $4, $5, $6, $7, $8)", p.From, p.To, p.On, p.Kind, p.Share, p.Exact, p.Default, p.Decree);
            await insert.ExecuteNonQueryAsync(stop);
        }

        foreach (var tile in ReferenceTable.Read(Path.Combine(referenceFolder, "angiang_tiles_2025.csv")))
        {
            decimal Number(string column) => decimal.Parse(tile[column], CultureInfo.InvariantCulture);
            await using var insert = connection.CreateCommand("insert into places.tile values ($1, $2, $3, $4::int, $5::int)", tile["code"], Number("lat"), Number("lon"), Number("tile_col"), Number("tile_row"));
            await insert.ExecuteNonQueryAsync(stop);
        }

        await using (var count = connection.CreateCommand("update places.edition set no = no + 1"))
        {
            await count.ExecuteNonQueryAsync(stop);
        }

        await transaction.CommitAsync(stop);
    }
}
