using System.Text.Json;
using Npgsql;

namespace SoGoc.Bench;

/// <summary>The limit to measure against: nothing but Kestrel and Npgsql, one endpoint a question, the same connections and the same data.</summary>
internal static class Limits
{
    private sealed record Asked(string Number);

    public static async Task<int> Serve(string connection, string url)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls(url);
        await using var source = NpgsqlDataSource.Create(new NpgsqlConnectionStringBuilder(connection) { Multiplexing = true, MaxPoolSize = 8, MaxAutoPrepare = 20, AutoPrepareMinUsages = 1 }.ConnectionString);
        var app = builder.Build();
        app.MapPost("/row", async (Asked asked) =>
        {
            await using var command = source.CreateCommand("select id, number, full_name, born_earliest, born_precision, sex, status, confidential from population.person where number = $1");
            command.Parameters.Add(new NpgsqlParameter { Value = asked.Number });
            await using var reader = await command.ExecuteReaderAsync();
            return await reader.ReadAsync()
                ? Results.Json(new { id = reader.GetGuid(0), number = reader.GetString(1), name = reader.GetString(2), born = reader.GetFieldValue<DateOnly>(3), precision = reader.GetInt16(4), sex = reader.GetInt16(5), status = reader.GetString(6) })
                : Results.NotFound();
        });
        app.MapPost("/plain", () => Results.Json("ok"));
        app.MapPost("/two", async (Asked asked) =>
        {
            await using var command = source.CreateCommand("select p.id, p.number, p.full_name, p.status, e.at, e.kind, e.body::text from population.person p join journal.entry e on e.subject = p.id where p.number = $1 order by e.position");
            command.Parameters.Add(new NpgsqlParameter { Value = asked.Number });
            await using var reader = await command.ExecuteReaderAsync();
            var rows = new List<object>();
            while (await reader.ReadAsync())
            {
                rows.Add(new { id = reader.GetGuid(0), number = reader.GetString(1), name = reader.GetString(2), status = reader.GetString(3), at = reader.GetFieldValue<DateTime>(4), kind = reader.GetString(5), body = JsonElement.Parse(reader.GetString(6)) });
            }

            return Results.Json(rows);
        });
        await app.RunAsync();
        return 0;
    }
}
