using System.IO.Pipelines;
using System.Reflection;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Kernel.Web;

/// <summary>One line per route: <c>api.Post&lt;FindPersons&gt;("/persons/search").Needs(PopulationPermission.ReadPerson)</c>.
/// The feature's nested Request is read from the JSON body; its result is the JSON answer.</summary>
public static class Routes
{
    /// <summary>A request is a question or an act about some persons; what is larger is a list, and has a route of its own.</summary>
    private const long MostBytes = 256 << 10;

    public static RouteHandlerBuilder Post<TFeature>(this IEndpointRouteBuilder routes, string path) where TFeature : class
    {
        var run = typeof(TFeature).GetMethod("Run", BindingFlags.Public | BindingFlags.Instance)
            ?? throw new InvalidOperationException($"{typeof(TFeature).Name} has no Run.");
        var request = run.GetParameters()[0].ParameterType;
        var result = run.ReturnType.GetGenericArguments()[0].GetGenericArguments()[0];
        return (RouteHandlerBuilder)typeof(Routes).GetMethod(nameof(Map), BindingFlags.NonPublic | BindingFlags.Static)!
            .MakeGenericMethod(typeof(TFeature), request, result).Invoke(null, [routes, path, run])!;
    }

    public static T Needs<T>(this T route, Enum permission) where T : IEndpointConventionBuilder => route.WithMetadata(new NeedsAttribute(permission));

    /// <summary>The route changes something: sent again with the same Idempotency-Key it does so once. A reading is answered anew each time, and its answer kept nowhere.</summary>
    public static T Acts<T>(this T route) where T : IEndpointConventionBuilder => route.WithMetadata(new ActsAttribute());

    /// <summary>Agencies' systems may ask here too.</summary>
    public static T ForSystems<T>(this T route) where T : IEndpointConventionBuilder => route.WithMetadata(new ForSystemsAttribute());

    public static T ForAnyOfficial<T>(this T route) where T : IEndpointConventionBuilder => route.WithMetadata(new SignedInAttribute());

    public static T ForEverybody<T>(this T route) where T : IEndpointConventionBuilder => route.WithMetadata(new PublicAttribute());

    private static RouteHandlerBuilder Map<TFeature, TRequest, TResult>(IEndpointRouteBuilder routes, string path, MethodInfo run) where TFeature : class
    {
        var call = run.CreateDelegate<Func<TFeature, TRequest, Task<Outcome<TResult>>>>();
        return routes.MapPost(path, async (HttpContext http, TRequest request) =>
        {
            if (request is null)
            {
                http.Response.StatusCode = StatusCodes.Status400BadRequest;
                return;
            }

            http.RequestServices.GetRequiredService<Precondition>().IfMatch = http.Request.Headers.IfMatch.FirstOrDefault();
            var runner = http.RequestServices.GetRequiredService<Runner>();
            var (outcome, before) = http.GetEndpoint()?.Metadata.GetMetadata<ActsAttribute>() is not null && http.Request.Headers["Idempotency-Key"].FirstOrDefault() is { } key
                ? await runner.Once<TFeature, TResult>(f => call(f, request), key, path, JsonSerializer.SerializeToUtf8Bytes(request, Journaling.Journal.Json))
                : (await runner.Run<TFeature, TResult>(f => call(f, request)), null);
            if (before is not null)
            {
                await Answer(http, Encoding.UTF8.GetBytes(before));
            }
            else if (!outcome.Ok(out var value))
            {
                await Faults.Write(http, outcome.Problems);
            }
            else
            {
                if (value is IVersioned versioned)
                {
                    http.Response.Headers.ETag = Precondition.Tag(versioned.Version);
                }

                await Answer(http, JsonSerializer.SerializeToUtf8Bytes(value, Journaling.Journal.Json));
            }
        }).Does(typeof(TFeature), typeof(TResult)).Produces<TResult>().WithMetadata(new RequestSizeLimitAttribute(MostBytes));
    }

    /// <summary>An answer is capped and small: it goes out whole, with its length.</summary>
    private static ValueTask<FlushResult> Answer(HttpContext http, byte[] json)
    {
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.ContentLength = json.Length;
        return http.Response.BodyWriter.WriteAsync(json, http.RequestAborted);
    }
}
