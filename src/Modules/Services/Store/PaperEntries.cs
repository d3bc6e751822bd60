using SoGoc.Kernel.Journaling;

namespace SoGoc.Services.Store;

/// <summary>Papers came into a file: with it, later, from the store, or by a scan at a counter. The subject is the file.</summary>
/// <param name="What">What they are, in words.</param>
/// <param name="Digests">SHA-256 of each.</param>
internal sealed record PapersGiven(string Code, string What, IReadOnlyList<string> Digests) : IEntry
{
    public static string Kind => "services.papers-given";
}

/// <summary>An official has compared a paper of a file with its original; it stands in the citizen's store from now on.</summary>
internal sealed record PaperChecked(string Code, string What, string Digest, DateOnly? ValidUntil) : IEntry
{
    public static string Kind => "services.paper-checked";
}

/// <summary>A citizen has deleted a paper of his own that no file has. The subject is the paper.</summary>
internal sealed record PaperRemoved(string Paper, string Digest) : IEntry
{
    public static string Kind => "services.paper-removed";
}

/// <summary>The scanner found malicious code in a paper that had waited for it; the bytes are gone. The subject is the paper.</summary>
internal sealed record PaperInfected(string Paper, string Digest) : IEntry
{
    public static string Kind => "services.paper-infected";
}
