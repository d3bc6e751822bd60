using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace SoGoc.Architecture.Tests;

/// <summary>Small files, short methods, honest names, and no way around what is banned.</summary>
public sealed partial class FormTests
{
    private const int MostLines = 300, MostLinesOfDev = 360, MostLinesOfAMethod = 60;

    private static readonly string[] Layers = ["Domain", "Application", "Infrastructure", "Interfaces", "Extensions"];

    [Fact]
    public void A_file_fits_into_a_head() =>
        Wall.Stands($"More than {MostLines} lines (dev.cs: {MostLinesOfDev}).",
            House.Code.Where(f => f.Lines > (f.Path == "dev.cs" ? MostLinesOfDev : MostLines)).Select(f => $"{f.Path}: {f.Lines}"));

    [Fact]
    public void A_method_fits_on_a_screen()
    {
        // Without its attributes: the rows of a theory are data.
        static int Lines(SyntaxNode n)
        {
            var first = n is MemberDeclarationSyntax { AttributeLists: [.., var last] } ? last.GetLastToken().GetNextToken() : n.GetFirstToken();
            return n.GetLastToken().GetLocation().GetLineSpan().EndLinePosition.Line - first.GetLocation().GetLineSpan().StartLinePosition.Line + 1;
        }

        Wall.Stands($"A method of more than {MostLinesOfAMethod} lines.",
            from file in House.Code
            from method in file.Syntax.DescendantNodes()
            where method is BaseMethodDeclarationSyntax or LocalFunctionStatementSyntax or AccessorDeclarationSyntax or PropertyDeclarationSyntax { ExpressionBody: not null } && Lines(method) > MostLinesOfAMethod
            select $"{file.At(method)}: {Lines(method)}");
    }

    [Fact]
    public void Nothing_is_called_a_helper_or_a_manager() =>
        Wall.Stands("The name says nothing of what it does.", House.Code
            .SelectMany(f => f.Syntax.DescendantNodes().Select(n => (n, Name: n switch
            {
                BaseTypeDeclarationSyntax t => t.Identifier.Text,
                DelegateDeclarationSyntax d => d.Identifier.Text,
                _ => "",
            })).Where(t => Hollow().IsMatch(t.Name)).Select(t => $"{f.At(t.n)}: {t.Name}"))
            .Concat(Rooms().Where(p => Hollow().IsMatch(p))));

    [Fact]
    public void Folders_are_nouns_of_the_office_and_never_layers() =>
        Wall.Stands("A folder named after a layer.", Rooms().Where(p => p.Split('/')[..^1].Intersect(Layers).Any()));

    [Fact]
    public void The_clock_of_the_machine_is_banned_and_nobody_lifts_the_ban()
    {
        var banned = House.Read("BannedSymbols.txt");
        string[] needed = ["DateTime.Now", "DateTime.UtcNow", "DateTime.Today", "DateTimeOffset.Now", "DateTimeOffset.UtcNow"];
        Wall.Stands("The ban on the machine's clock has a hole.", needed.Where(n => !banned.Contains($"P:System.{n};", StringComparison.Ordinal)).Select(n => $"{n} is not in BannedSymbols.txt")
            .Concat(House.Read("Directory.Build.props").Contains("AdditionalFiles Include=\"$(MSBuildThisFileDirectory)BannedSymbols.txt\"", StringComparison.Ordinal) ? [] : ["Directory.Build.props does not give BannedSymbols.txt to the compiler"])
            .Concat(House.Paths.Where(p => Path.GetExtension(p) is ".cs" or ".cshtml" or ".csproj" or ".props" or ".editorconfig" or ".globalconfig" && !p.StartsWith("tests/Architecture.Tests/", StringComparison.Ordinal)
                && House.Read(p).Contains("RS0030", StringComparison.Ordinal)).Select(p => $"{p} switches RS0030 off")));
    }

    /// <summary>The real clock may measure and wait. What day or hour it is in the register, the clock of the office tells, which can be set.</summary>
    [Fact]
    public void Only_the_clock_of_the_office_tells_the_time() =>
        Wall.Stands("TimeProvider.System does more than measure or wait: take the clock from the services.", House.Source.Where(f => f.Path != "src/Kernel/Time/OfficeClock.cs")
            .SelectMany(f => f.Syntax.DescendantNodes().OfType<MemberAccessExpressionSyntax>().Where(m => m.ToString() == "TimeProvider.System" && !MeasuresOrWaits(m)).Select(f.At)));

    private static bool MeasuresOrWaits(MemberAccessExpressionSyntax clock) => clock.Parent switch
    {
        MemberAccessExpressionSyntax { Name.Identifier.Text: "GetTimestamp" or "GetElapsedTime" } => true,
        ArgumentSyntax { Parent.Parent: InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax { Name.Identifier.Text: "Delay" or "WaitAsync" } } } => true,
        _ => false,
    };

    private static IEnumerable<string> Rooms() => House.Paths.Where(p => p.StartsWith("src/", StringComparison.Ordinal) || p.StartsWith("tests/", StringComparison.Ordinal));

    [GeneratedRegex("(Helper|Manager|Util|Utility|Utilities|Dto|Common)s?(?![a-z])|DTO")]
    private static partial Regex Hollow();
}
