using System.Text.RegularExpressions;
using SoGoc.Testing;

namespace SoGoc.Services.Tests;

/// <summary>The table of bad input (docs/rules/bad-input.md).</summary>
public sealed partial class OutcomeTests
{
    [Fact]
    public async Task Each_line_of_the_table_of_bad_input_names_tests_that_are_there()
    {
        var tests = string.Concat(Directory.EnumerateFiles(Path.Combine(Clone.Root, "tests"), "*.cs", SearchOption.AllDirectories).Where(p => p.EndsWith("Tests.cs", StringComparison.Ordinal) || p.EndsWith("Journeys.cs", StringComparison.Ordinal)).Select(File.ReadAllText));
        var lines = (await File.ReadAllLinesAsync(Path.Combine(Clone.Root, "docs/rules/bad-input.md"), TestContext.Current.CancellationToken)).Where(l => l.StartsWith('|')).Skip(2).ToList();
        Assert.Equal(16, lines.Count);
        Assert.All(lines, line =>
        {
            var named = Name().Matches(line.Split('|')[3]).Select(m => m.Groups[1].Value).ToList();
            Assert.NotEmpty(named);
            Assert.All(named, n => Assert.Contains($" {n}(", tests, StringComparison.Ordinal));
        });
    }

    [GeneratedRegex("`(\\w+)`")]
    private static partial Regex Name();
}
