using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;
using SoGoc.Lists;

namespace SoGoc.Population.Imports;

/// <summary>The two routes whose body is a file: a list comes in (POST /lists?name=…), its quarantine goes out (GET /lists/{id}/quarantine.csv|xlsx).</summary>
internal static class ListRoutes
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/lists", (HttpContext http, [Description("As its owner calls the file.")] string? name, Runner runner) =>
            Arrival.Take<SendList, SendList.Sent>(http, runner, ListLimits.Default.MaxFileBytes, new Problem(ProblemKind.TooLarge, "lists.too-large", "file", "", SendList.Size(ListLimits.Default.MaxFileBytes)),
                (f, file) => f.Run(new SendList.Request(file, name ?? "danh-sach"))))
            .Needs(PopulationPermission.ImportList).Does(typeof(SendList)).Accepts<Stream>("application/octet-stream").Produces<SendList.Sent>();

        api.MapGet("/lists/{id:guid}/quarantine.{format}", async (HttpContext http, Guid id, [Description("csv or xlsx.")] string format, ListBook lists, Quarantine quarantine) =>
        {
            if (format is not ("csv" or "xlsx") || await lists.Find(id) is not { } list)
            {
                await Faults.Write(http, [Problem.Missing("population.no-list")]);
                return Results.Empty;
            }

            var file = Arrival.TemporaryFile();
            await quarantine.Write(list, file, format == "xlsx" ? ListFormat.Xlsx : ListFormat.Csv);
            file.Position = 0;
            return Results.File(file, format == "xlsx" ? ListWriter.SpreadsheetType : "text/csv; charset=utf-8",
                $"{Path.GetFileNameWithoutExtension(list.Name)}.loi.{format}");
        }).Needs(PopulationPermission.ImportList).Does(typeof(Quarantine)).Produces<Stream>(200, "text/csv", ListWriter.SpreadsheetType);
    }
}
