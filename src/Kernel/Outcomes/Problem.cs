namespace SoGoc.Kernel.Outcomes;

/// <summary>What a refusal means to the caller; decides the HTTP status (RFC 9110).</summary>
public enum ProblemKind
{
    /// <summary>The request itself is wrong (422).</summary>
    Invalid,
    /// <summary>Nobody is signed in (401).</summary>
    NotSignedIn,
    /// <summary>The official may not do this, or not here (403).</summary>
    Forbidden,
    /// <summary>There is no such record (404).</summary>
    Missing,
    /// <summary>The record is in a state, or has changed to one, that does not allow it (409).</summary>
    Conflict,
    /// <summary>The record has changed since the caller read it (412).</summary>
    Stale,
    /// <summary>More was sent than is accepted (413).</summary>
    TooLarge,
    /// <summary>Asked too often; later it will do (429).</summary>
    TooMany,
    /// <summary>The machine cannot do it now; the same request may succeed later (503).</summary>
    Unavailable,
    /// <summary>A fault of ours (500).</summary>
    Broken,
}

/// <summary>One fault of a request: a stable code <c>module.kebab-name</c>, the field it concerns, and the data of its sentence.
/// The sentence itself stands in the module's <c>Sentences.txt</c>, in Vietnamese and English.</summary>
public sealed record Problem(ProblemKind Kind, string Code, string? Field = null, params string[] Data)
{
    public static Problem Invalid(string? field, string code, params string[] data) => new(ProblemKind.Invalid, code, field, data);
    public static Problem Forbidden(string code, params string[] data) => new(ProblemKind.Forbidden, code, null, data);
    public static Problem Missing(string code, params string[] data) => new(ProblemKind.Missing, code, null, data);
    public static Problem Conflict(string code, params string[] data) => new(ProblemKind.Conflict, code, null, data);

    public int Status => Kind switch
    {
        ProblemKind.Invalid => 422,
        ProblemKind.NotSignedIn => 401,
        ProblemKind.Forbidden => 403,
        ProblemKind.Missing => 404,
        ProblemKind.Conflict => 409,
        ProblemKind.Stale => 412,
        ProblemKind.TooLarge => 413,
        ProblemKind.TooMany => 429,
        ProblemKind.Unavailable => 503,
        _ => 500,
    };
}
