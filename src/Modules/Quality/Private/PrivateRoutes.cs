using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;
using SoGoc.Quality.Matching;

namespace SoGoc.Quality.Private;

/// <summary>The routes of comparing by digests.</summary>
internal static class PrivateRoutes
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.Post<AskPrivateKey>("/quality/private-lists/ask").Needs(QualityPermission.MatchLists).Acts();
        api.Post<ShowPrivateList>("/quality/private-lists/show").Needs(QualityPermission.MatchLists);

        api.MapPost("/quality/private-lists/{id:guid}/digests", (HttpContext http, Guid id, Runner runner) =>
            Arrival.Take<SendDigests, SendDigests.Sent>(http, runner, SendMatchList.Limits.MaxFileBytes, SendMatchList.TooLarge, (f, file) => f.Run(new SendDigests.Request(id, file))))
            .Needs(QualityPermission.MatchLists).Does(typeof(SendDigests)).Accepts<Stream>("application/octet-stream").Produces<SendDigests.Sent>();

        api.MapGet("/quality/private-lists/{id:guid}/matched.csv", async (HttpContext http, Guid id, Runner runner) =>
        {
            var outcome = await runner.Run<WritePrivateMatched, WritePrivateMatched.Written>(f => f.Run(new WritePrivateMatched.Request(id)));
            if (outcome.Ok(out var written))
            {
                return Results.File(written.File, "text/csv; charset=utf-8", written.Name);
            }

            await Faults.Write(http, outcome.Problems);
            return Results.Empty;
        }).Needs(QualityPermission.MatchLists).Does(typeof(WritePrivateMatched)).Produces<Stream>(200, "text/csv");
    }
}
