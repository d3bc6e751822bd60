namespace SoGoc.Client;

/// <summary>A request was refused, or was answered with what no description foresees.</summary>
public class RefusedException : Exception
{
    /// <param name="response">The body as it came.</param>
    public RefusedException(string message, int status, string? response, IReadOnlyDictionary<string, IEnumerable<string>> headers, Exception? inner)
        : base(message, inner) => (Status, Response, Headers) = (status, response, headers);

    /// <summary>The HTTP status.</summary>
    public int Status { get; }

    public string? Response { get; }

    public IReadOnlyDictionary<string, IEnumerable<string>> Headers { get; }

    /// <summary>Code of the first fault, as <c>population.number-length</c>; null when the answer was no problem document.</summary>
    public virtual string? Code => null;

    /// <summary>All faults of the request.</summary>
    public virtual IReadOnlyList<Fault> Faults => [];
}

/// <summary>A refusal with its problem document (RFC 9457).</summary>
public sealed class RefusedException<T>(string message, int status, string? response, IReadOnlyDictionary<string, IEnumerable<string>> headers, T result, Exception? inner)
    : RefusedException(result is ProblemDocument { } problem ? $"{problem.Code}: {problem.Title}" : message, status, response, headers, inner)
{
    public T Result => result;

    public override string? Code => (result as ProblemDocument)?.Code;

    public override IReadOnlyList<Fault> Faults => (result as ProblemDocument)?.Faults ?? [];
}
