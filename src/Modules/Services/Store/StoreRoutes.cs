using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;

namespace SoGoc.Services.Store;

/// <summary>Papers of files for officials: one comes in, one goes out, one is compared with its original.</summary>
internal static class StoreRoutes
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.Post<CheckPaper>("/files/papers/check").ForAnyOfficial().Acts();
        api.Post<TakeStored>("/files/papers/take").ForAnyOfficial().Acts();
        api.MapPost("/files/{code}/papers", (HttpContext http, string code, [Description("As the procedure calls the paper.")] string? kind, [Description("As its owner calls the file.")] string? name,
                [Description("The scan was compared with the original.")] bool? compared, Runner runner) =>
            Arrival.Take<ScanInPaper, TakePaper.Taken>(http, runner, PaperLimits.MostBytes, PaperContent.TooLarge, (f, file) => f.Run(new ScanInPaper.Request(code, kind ?? "", file, name ?? "", compared == true))))
            .ForAnyOfficial().Does(typeof(ScanInPaper)).Accepts<Stream>("application/octet-stream").Produces<TakePaper.Taken>();
        api.MapGet("/files/{code}/papers/{paper:guid}", async (HttpContext http, string code, Guid paper, [Description("It is shown in a page of this house.")] bool? beside, Runner runner) =>
        {
            var outcome = await runner.Run<OpenPaper, OpenedPaper>(f => f.Run(new OpenPaper.Request(code, paper)));
            if (outcome.Ok(out var opened))
            {
                opened.Dress(http.Response, beside == true);
                return Results.Bytes(opened.Bytes, opened.Type);
            }

            await Faults.Write(http, outcome.Problems);
            return Results.Empty;
        }).ForAnyOfficial().Does(typeof(OpenPaper)).Produces<Stream>(200, "application/pdf", "image/jpeg", "image/png", "image/webp", "image/heic");
    }
}
