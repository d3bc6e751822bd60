using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;
using SoGoc.Lists;

namespace SoGoc.Quality.Matching;

/// <summary>The routes whose body is a file: a list to be compared comes in, and goes out with what was found.</summary>
internal static class MatchRoutes
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/quality/lists", (HttpContext http, [Description("As its owner calls the file; the next of that name is compared with it.")] string? name, Runner runner) =>
            Arrival.Take<SendMatchList, SendMatchList.Sent>(http, runner, SendMatchList.Limits.MaxFileBytes, SendMatchList.TooLarge, (f, file) => f.Run(new SendMatchList.Request(file, name ?? "danh-sach"))))
            .Needs(QualityPermission.MatchLists).Does(typeof(SendMatchList)).Accepts<Stream>("application/octet-stream").Produces<SendMatchList.Sent>();

        api.MapGet("/quality/lists/{id:guid}/matched.{format}", async (HttpContext http, Guid id, [Description("csv or xlsx.")] string format, Runner runner) =>
        {
            var outcome = format is "csv" or "xlsx" ? await runner.Run<WriteMatched, WriteMatched.Written>(f => f.Run(new WriteMatched.Request(id, format == "xlsx"))) : Problem.Missing("quality.no-list");
            if (outcome.Ok(out var written))
            {
                return Results.File(written.File, format == "xlsx" ? ListWriter.SpreadsheetType : "text/csv; charset=utf-8", written.Name);
            }

            await Faults.Write(http, outcome.Problems);
            return Results.Empty;
        }).Needs(QualityPermission.MatchLists).Does(typeof(WriteMatched)).Produces<Stream>(200, "text/csv", ListWriter.SpreadsheetType);

        api.Post<ShowMatchList>("/quality/lists/show").Needs(QualityPermission.MatchLists);
        api.Post<MapMatchList>("/quality/lists/map").Needs(QualityPermission.MatchLists).Acts();
        api.Post<DecideMatchRow>("/quality/lists/decide").Needs(QualityPermission.MatchLists).Acts();
    }
}
