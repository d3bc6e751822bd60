using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Kernel.Web;

/// <summary>One fault of a request.</summary>
/// <param name="Code">Stable: module.kebab-name.</param>
/// <param name="Sentence">What is wrong, and mostly what to do, in the language of the request.</param>
/// <param name="Field">The member of the request that it concerns.</param>
public sealed record Fault(string Code, string Sentence, string? Field);

/// <summary>Why a request was refused (RFC 9457), with all its faults at once.</summary>
/// <param name="Type">about:blank: the code tells what the problem is.</param>
/// <param name="Title">The sentence of the first fault.</param>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">That of the first fault.</param>
public sealed record ProblemDocument(string Type, string Title, int Status, string Code, IReadOnlyList<Fault> Faults);

/// <summary>Problems on the wire: RFC 9457 with all faults at once, or a plain page for a browser.</summary>
public static class Faults
{
    public static bool WantsPage(HttpRequest request) =>
        !request.Path.StartsWithSegments("/api", StringComparison.Ordinal)
        && (request.Headers.Accept.Count == 0 || request.Headers.Accept.ToString().Contains("text/html", StringComparison.Ordinal));

    public static async Task Write(HttpContext http, IReadOnlyList<Problem> problems)
    {
        var sentences = http.RequestServices.GetRequiredService<Sentences>();
        http.Response.StatusCode = problems[0].Status;
        if (problems[0] is { Kind: ProblemKind.TooMany, Data: [var seconds, ..] })
        {
            http.Response.Headers.RetryAfter = seconds;
        }

        Measures.Refused.Add(1, new KeyValuePair<string, object?>("code", problems[0].Code));
        if (WantsPage(http.Request))
        {
            // The status page middleware of the Host shows a page in the office's clothes; the sentences travel with the request.
            http.Items[nameof(Faults)] = problems.Select(sentences.Say).ToList();
            return;
        }

        var faults = problems.Select(p => new Fault(p.Code, sentences.Say(p), p.Field)).ToList();
        var body = new ProblemDocument("about:blank", faults[0].Sentence, problems[0].Status, faults[0].Code, faults);
        http.Response.ContentType = "application/problem+json";
        await JsonSerializer.SerializeAsync(http.Response.Body, body, Journaling.Journal.Json, http.RequestAborted);
    }

    /// <summary>The sentences a refused page request carries to the page that shows them.</summary>
    public static IReadOnlyList<string> Of(HttpContext http) => http.Items[nameof(Faults)] as IReadOnlyList<string> ?? [];
}
