using System.Text.RegularExpressions;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Places.Tests;

public sealed partial class SentenceTests
{
    [Fact]
    public void Every_code_that_the_module_writes_has_its_sentence()
    {
        var sentences = new Sentences([typeof(PlacesModule).Assembly, typeof(Sentences).Assembly]);
        var root = Path.GetFullPath(Path.Combine(Given.Reference, "../src/Modules/Places"));
        var code = Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories)
            .Where(f => f.EndsWith(".cs", StringComparison.Ordinal) || f.EndsWith(".cshtml", StringComparison.Ordinal) || f.EndsWith(".sql", StringComparison.Ordinal))
            .Where(f => !f.Contains("/obj/", StringComparison.Ordinal) && !f.Contains("/bin/", StringComparison.Ordinal)).Select(File.ReadAllText).ToList();
        var whole = code.SelectMany(t => Code().Matches(t)).Select(m => m.Groups[1].Value);
        var faults = code.SelectMany(t => Fault().Matches(t)).Select(m => "places." + m.Groups[1].Value);
        var written = whole.Concat(faults).Where(c => !c.EndsWith('-') && c is not ("places.area" or "places.area-changed" or "places.boundary-loaded")).Distinct().ToList();
        Assert.True(written.Count > 60);
        Assert.All(written, c => Assert.True(sentences.All.ContainsKey(c), c));
    }

    [GeneratedRegex("\"(places\\.[a-z-]+[a-z0-9])\"")]
    private static partial Regex Code();

    [GeneratedRegex("Fault\\([^;\"]*\"[a-z_]+\", \"([a-z-]+)\"|Fault\\(no(?: \\+ 1)?, \"(?<1>[a-z-]+)\"")]
    private static partial Regex Fault();
}
