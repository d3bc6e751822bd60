namespace SoGoc.Host.Postgres;

/// <summary>The private cluster cannot be had; the sentence says, in Vietnamese and English, what to do about it.</summary>
internal sealed class ClusterException(string code, string sentence) : Exception(sentence)
{
    /// <summary>Stable, <c>host.kebab-name</c>.</summary>
    public string Code { get; } = code;
}
