using System.Reflection;
using System.Reflection.Metadata;
using System.Reflection.Metadata.Ecma335;
using System.Reflection.PortableExecutable;
using System.Text.RegularExpressions;
using SoGoc.Host;
using SoGoc.Kernel.Outcomes;
using SoGoc.Lists;

namespace SoGoc.Architecture.Tests;

/// <summary>Every text that stands in the compiled program, pages included: what a reader of sources would have to look for in three languages.</summary>
internal static partial class Spoken
{
    public static IReadOnlyList<Assembly> Assemblies { get; } =
        [typeof(Sentences).Assembly, typeof(ListReader).Assembly, .. Platform.Modules.Select(m => m.GetType().Assembly), typeof(Platform).Assembly];

    public static Sentences Sentences { get; } = new(Assemblies);

    private static readonly Dictionary<Assembly, List<string>> Texts = Assemblies.ToDictionary(a => a, Read);

    /// <summary>String literals of the assembly; an interpolated one in its constant parts.</summary>
    public static List<string> By(Assembly assembly) => Texts[assembly];

    /// <summary>The assembly's texts, and those quoted in its SQL.</summary>
    public static IEnumerable<string> Words(Assembly assembly) => Texts[assembly].Concat(Texts[assembly].SelectMany(t => Quoted().Matches(t)).Select(m => m.Groups[1].Value));

    public static string Folder(Assembly assembly)
    {
        var name = assembly.GetName().Name!["SoGoc.".Length..];
        return Platform.Modules.Any(m => m.GetType().Assembly == assembly) ? $"src/Modules/{name}/" : $"src/{name}/";
    }

    private static List<string> Read(Assembly assembly)
    {
        using var file = new PEReader(File.OpenRead(assembly.Location));
        var metadata = file.GetMetadataReader();
        var texts = new List<string>();
        var handle = MetadataTokens.UserStringHandle(0);        // the empty text, with which the heap begins
        while (!(handle = metadata.GetNextHandle(handle)).IsNil)
        {
            texts.Add(metadata.GetUserString(handle));
        }

        return texts;
    }

    [GeneratedRegex("'([^'\\s]+)'")]
    private static partial Regex Quoted();
}
