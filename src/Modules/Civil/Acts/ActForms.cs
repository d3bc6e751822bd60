using SoGoc.Civil.Deaths;
using SoGoc.Civil.Marriages;

namespace SoGoc.Civil.Acts;

/// <summary>The acts that are filled in on the one page of acts. The birth, the most frequent, has a page of its own.</summary>
internal static class ActForms
{
    public static IReadOnlyList<ActForm> All { get; } = [MarriageForms.Marriage, MarriageForms.End, DeathForms.Death, DeathForms.Return];

    public static readonly string[] Groups = ["birth", "marriage", "death"];
}
