using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;

namespace SoGoc.Services.Payment;

/// <summary>Routes on which servers speak to each other: the body is read as it came, because its bytes are signed.</summary>
internal static class SignedRoute
{
    private const int MostBytes = 16 << 10;

    /// <summary>POST /payments/callback: the gateway tells what became of an order.</summary>
    public static void Callback(IEndpointRouteBuilder api) =>
        api.MapPost("/payments/callback", (HttpContext http, CurrentActor actor, Runner runner) => Answer<TakeCallback.Request, TakeCallback.Heard>(http, actor,
            (r, signed) => runner.Run<TakeCallback, TakeCallback.Heard>(f => f.Run(r, signed)), async heard =>
            {
                if (heard.Refused is { } refused)
                {
                    await Faults.Write(http, [refused]);
                    return Results.Empty;
                }

                return Results.Json(heard.Taken, Journal.Json);
            })).ForEverybody().Does(typeof(TakeCallback)).Accepts<TakeCallback.Request>("application/json").Produces<TakeCallback.Taken>();

    /// <summary>Reads a signed request, runs it as the register itself, and answers.</summary>
    public static async Task<IResult> Answer<TRequest, T>(HttpContext http, CurrentActor actor, Func<TRequest, Signed, Task<Outcome<T>>> run, Func<T, Task<IResult>> say) where TRequest : class
    {
        // Whoever else is signed in on this connection: it is the signature that counts.
        actor.Set(Actor.System("payment"));
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
        {
            limit.MaxRequestBodySize = MostBytes;
        }

        using var body = new MemoryStream();
        TRequest? request = null;
        try
        {
            await http.Request.Body.CopyToAsync(body, http.RequestAborted);
            request = JsonSerializer.Deserialize<TRequest>(body.GetBuffer().AsSpan(0, (int)body.Length), Journal.Json);
        }
        catch (Exception e) when (e is JsonException or BadHttpRequestException)
        {
            // Told below.
        }

        var headers = http.Request.Headers;
        var outcome = request is null ? Problem.Invalid(null, "kernel.not-json") : await run(request, new Signed(headers[Signed.TimeHeader], headers[Signed.SignatureHeader], body.ToArray()));
        if (outcome.Ok(out var value))
        {
            return await say(value);
        }

        await Faults.Write(http, outcome.Problems);
        return Results.Empty;
    }
}
