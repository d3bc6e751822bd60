using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using SoGoc.Exchange.Deliveries;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;

namespace SoGoc.Exchange.Answers;

/// <summary>Where partners answer (POST /exchange/acknowledgements). Its body is read as it came, because its bytes are signed.</summary>
internal static class AnswerRoute
{
    private const int MostBytes = 16 << 10;

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPost("/exchange/acknowledgements", async (HttpContext http, CurrentActor actor, Runner runner) =>
        {
            // Whoever else is signed in on this connection: it is the signature that counts.
            actor.Set(Actor.System("exchange"));
            var (request, signed) = await Read(http);
            var outcome = request is null ? Problem.Invalid(null, "kernel.not-json") : await runner.Run<TakeAnswer, TakeAnswer.Taken>(f => f.Run(request, signed!));
            if (outcome.Ok(out var taken))
            {
                return Results.Json(taken, Journal.Json);
            }

            await Faults.Write(http, outcome.Problems);
            return Results.Empty;
        }).ForEverybody().Does(typeof(TakeAnswer)).Accepts<TakeAnswer.Request>("application/json").Produces<TakeAnswer.Taken>();

    private static async Task<(TakeAnswer.Request? Request, TakeAnswer.Signed? Signed)> Read(HttpContext http)
    {
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MostBytes;
        }

        using var body = new MemoryStream();
        try
        {
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
            var request = JsonSerializer.Deserialize<TakeAnswer.Request>(body.GetBuffer().AsSpan(0, (int)body.Length), Journal.Json);
            var headers = http.Request.Headers;
            return (request, new TakeAnswer.Signed(headers[WebhookSignature.IdHeader].ToString(), headers[WebhookSignature.TimeHeader], headers[WebhookSignature.SignatureHeader].ToString(), body.ToArray()));
        }
        catch (Exception e) when (e is JsonException or BadHttpRequestException)
        {
            return (null, null);
        }
    }
}
