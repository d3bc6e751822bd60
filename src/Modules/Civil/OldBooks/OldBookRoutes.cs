using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;

namespace SoGoc.Civil.OldBooks;

/// <summary>The routes whose body or answer is a file: entries and pictures of a book come in, a picture goes out to stand beside the form.</summary>
internal static class OldBookRoutes
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapPost("/old-books/{book:guid}/batches", (HttpContext http, Guid book, [Description("As its owner calls the file.")] string? name, Runner runner) =>
            Arrival.Take<SendOldBatch, SendOldBatch.Sent>(http, runner, SendOldBatch.MostBytes, new Problem(ProblemKind.TooLarge, "lists.too-large", "file", "", "32 MiB"),
                (f, file) => f.Run(new SendOldBatch.Request(file, name ?? "so-cu", book))))
            .Needs(CivilPermission.DigitiseBooks).Does(typeof(SendOldBatch)).Accepts<Stream>("application/octet-stream").Produces<SendOldBatch.Sent>();
        api.MapPost("/old-books/{book:guid}/images", (HttpContext http, Guid book, [Description("As its owner calls the file.")] string? name, [Description("How many entries stand on the page.")] int? entries, Runner runner) =>
            Arrival.Take<SendOldImage, SendOldImage.Sent>(http, runner, SendOldImage.MostBytes, new Problem(ProblemKind.TooLarge, "civil.old-image-size", "file"),
                (f, file) => f.Run(new SendOldImage.Request(file, name ?? "trang", book, entries ?? 1))))
            .Needs(CivilPermission.DigitiseBooks).Does(typeof(SendOldImage)).Accepts<Stream>("application/octet-stream").Produces<SendOldImage.Sent>();
        api.MapGet("/old-books/images/{image:guid}", async (HttpContext http, Guid image, Runner runner) =>
        {
            var outcome = await runner.Run<ShowOldImage, ShowOldImage.Shown>(f => f.Run(image));
            if (outcome.Ok(out var shown))
            {
                // Kept by nobody on the way, and never taken for anything else than a picture.
                http.Response.Headers.CacheControl = "private, no-store";
                http.Response.Headers.XContentTypeOptions = "nosniff";
                return Results.Bytes(shown.Bytes, shown.Type);
            }

            await Faults.Write(http, outcome.Problems);
            return Results.Empty;
        }).Needs(CivilPermission.DigitiseBooks).Does(typeof(ShowOldImage)).Produces<Stream>(200, "image/jpeg", "image/png");
    }
}

/// <summary>The picture of a page of an old book.</summary>
internal sealed class ShowOldImage(OldDesk desk, Session session)
{
    internal sealed record Shown(byte[] Bytes, string Type);

    public async Task<Outcome<Shown>> Run(Guid image)
    {
        var found = await desk.Page(image, 1);
        return !found.IsGood ? found.Problems.ToList() : await session.Row("select bytes, type from civil.old_image where id = $1", r => new Shown(r.Get<byte[]>(0), r.GetString(1)), image) is { } shown ? shown : Problem.Missing("civil.no-old-page");
    }
}
