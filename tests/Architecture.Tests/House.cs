using System.Collections.Concurrent;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SoGoc.Architecture.Tests;

/// <summary>A C# file of the project: its path from the root, its text and what the compiler makes of it.</summary>
internal sealed record CodeFile(string Path, string Text, CompilationUnitSyntax Syntax)
{
    public int Lines { get; } = Text.AsSpan().TrimEnd('\n').Count('\n') + 1;

    public string At(Microsoft.CodeAnalysis.SyntaxNode node) => $"{Path}:{node.GetLocation().GetLineSpan().StartLinePosition.Line + 1}";
}

/// <summary>The house as it lies on the disk: source files, read once; code is what people wrote.</summary>
internal static class House
{
    private static readonly string[] NotOurs = ["bin", "obj", "data", ".bench", "node_modules", ".git", ".tools", "TestResults"];

    public static string Root { get; } = FindRoot();

    /// <summary>Paths from the root, with <c>/</c>, without what was built, fetched or filled with data.</summary>
    public static IReadOnlyList<string> Paths { get; } = [.. Below(Root).Select(f => Path.GetRelativePath(Root, f).Replace('\\', '/')).Order(StringComparer.Ordinal)];

    private static readonly ConcurrentDictionary<string, string> Texts = new();

    // Lazy, because threads that read for a type under construction would wait for it for ever.
    private static readonly Lazy<CodeFile[]> Parsed = new(() => [.. Paths.Where(p => p.EndsWith(".cs", StringComparison.Ordinal) && !p.EndsWith(".g.cs", StringComparison.Ordinal)).AsParallel().AsOrdered().Select(Parse)]);

    public static IReadOnlyList<CodeFile> Code => Parsed.Value;

    public static IEnumerable<CodeFile> Source => Code.Where(f => f.Path.StartsWith("src/", StringComparison.Ordinal));

    public static string Full(string path) => Path.Combine(Root, path);

    public static string Read(string path) => Texts.GetOrAdd(path, p => File.ReadAllText(Full(p)));

    /// <summary>The source files that hold a text; to tell where a breach stands.</summary>
    public static string Where(string text, string under = "src/")
    {
        var found = Paths.Where(p => p.StartsWith(under, StringComparison.Ordinal) && Path.GetExtension(p) is ".cs" or ".cshtml" or ".sql").Where(p => Read(p).Contains(text, StringComparison.Ordinal));
        return string.Join(", ", found.Take(3)) is { Length: > 0 } places ? places : "?";
    }

    private static CodeFile Parse(string path)
    {
        var text = Read(path).ReplaceLineEndings("\n");
        return new CodeFile(path, text, SyntaxFactory.ParseCompilationUnit(text, options: new CSharpParseOptions(LanguageVersion.Preview)));
    }

    private static IEnumerable<string> Below(string folder) =>
        Directory.EnumerateFiles(folder).Concat(Directory.EnumerateDirectories(folder).Where(d => !NotOurs.Contains(Path.GetFileName(d))).SelectMany(Below));

    private static string FindRoot()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "SoGoc.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests have to be run from a clone of the project.");
    }
}

/// <summary>A rule and everything that breaks it, all at once and each with its place.</summary>
internal static class Wall
{
    public static void Stands(string rule, IEnumerable<string> breaches)
    {
        var all = breaches.Distinct().Order(StringComparer.Ordinal).ToList();
        if (all.Count > 0)
        {
            Assert.Fail($"{rule}\n  {string.Join("\n  ", all)}");
        }
    }
}
