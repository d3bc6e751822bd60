using System.Text.RegularExpressions;
using System.Xml.Linq;

namespace SoGoc.Architecture.Tests;

/// <summary>Who may know whom: the plan is the picture in docs/house.md itself, so that it cannot grow untrue.</summary>
public sealed partial class ProjectTests
{
    private static readonly Dictionary<string, XElement> Projects = House.Paths.Where(p => p.EndsWith(".csproj", StringComparison.Ordinal) && p.StartsWith("src/", StringComparison.Ordinal))
        .ToDictionary(p => Path.GetFileNameWithoutExtension(p), p => XElement.Parse(House.Read(p)));

    [Fact]
    public void Projects_know_each_other_exactly_as_the_plan_of_the_house_says()
    {
        var plan = Reach(Plan());
        var built = Reach(Projects.ToDictionary(p => p.Key, p => p.Value.Descendants("ProjectReference").Select(r => Path.GetFileNameWithoutExtension((string)r.Attribute("Include")!)).ToHashSet()));
        var names = plan.Keys.Union(built.Keys).ToList();
        Wall.Stands("docs/house.md and the project files tell different stories of who may know whom.",
            from one in names
            from other in names
            let planned = plan.GetValueOrDefault(one)?.Contains(other) == true
            where planned != (built.GetValueOrDefault(one)?.Contains(other) == true)
            select planned ? $"{one} does not reference {other}, and the plan says it does" : $"{one} references {other}, and the plan does not");
    }

    [Fact]
    public void Only_tests_and_measurements_see_what_is_internal() =>
        Wall.Stands("A project shows its internals to one that neither tests nor measures.",
            from project in Projects
            from shown in project.Value.Descendants("InternalsVisibleTo").Select(i => (string)i.Attribute("Include")!)
            where !shown.EndsWith(".Tests", StringComparison.Ordinal) && shown is not ("SoGoc.Testing" or "SoGoc.Bench")
            select $"{project.Key} to {shown}");

    [Fact]
    public void Every_project_is_in_the_solution()
    {
        var solution = XElement.Parse(House.Read("SoGoc.slnx")).Descendants("Project").Select(p => (string)p.Attribute("Path")!);
        Wall.Stands("SoGoc.slnx does not build this project.", House.Paths.Where(p => p.EndsWith(".csproj", StringComparison.Ordinal)).Except(solution));
    }

    /// <summary>Reads the picture: in <c>A ← B ← C · D</c> each name right of an arrow references the names left of it; <c>Host → all of them but Client</c>.</summary>
    private static Dictionary<string, HashSet<string>> Plan()
    {
        var picture = House.Read("docs/house.md").Split("## Who may know whom")[1].Split("```")[1];
        var plan = new Dictionary<string, HashSet<string>>();
        HashSet<string> Of(string name) => plan.TryGetValue(name, out var known) ? known : plan[name] = [];
        foreach (var words in picture.Split('\n').SelectMany(line => Gap().Split(line)).Where(s => s.Contains('←', StringComparison.Ordinal)))
        {
            var steps = words.Split('←').Select(s => s.Split('·', StringSplitOptions.TrimEntries)).ToList();
            foreach (var (known, by) in steps.Zip(steps.Skip(1)))
            {
                Array.ForEach(known, k => Of(k));
                Array.ForEach(by, b => Of(b).UnionWith(known));
            }
        }

        Assert.Contains("Host → all of them but Client", picture, StringComparison.Ordinal);
        plan["Host"] = [.. plan.Keys.Where(k => k != "Host")];
        return plan;
    }

    /// <summary>With everything that is known through others.</summary>
    private static Dictionary<string, HashSet<string>> Reach(Dictionary<string, HashSet<string>> direct)
    {
        IEnumerable<string> From(string name) => direct.GetValueOrDefault(name, []).SelectMany(n => From(n).Prepend(n));
        return direct.Keys.ToDictionary(n => n, n => From(n).ToHashSet());
    }

    [GeneratedRegex(" {2,}")]
    private static partial Regex Gap();
}
