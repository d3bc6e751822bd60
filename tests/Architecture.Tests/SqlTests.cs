using System.Text.RegularExpressions;
using SoGoc.Host;

namespace SoGoc.Architecture.Tests;

/// <summary>Modules meet in their contracts, never in each other's tables.</summary>
public sealed partial class SqlTests
{
    /// <summary>The keys that other modules may refer to; the Kernel's schemas are for everybody, as their grants say.</summary>
    private static readonly string[] Published = ["places.area", "population.person"];

    public static readonly string[] Kernel = ["kernel", "journal", "seal"];

    /// <summary>Everything that a module's migrations create, and who created it.</summary>
    public static readonly Dictionary<string, string> Made = House.Paths.Where(p => p.EndsWith(".sql", StringComparison.Ordinal))
        .SelectMany(p => Creates().Matches(Sql(p)).Select(m => (Thing: m.Groups[1].Value, Room: Room(p)))).DistinctBy(p => p.Thing).ToDictionary(p => p.Thing, p => p.Room);

    [Fact]
    public void What_a_module_makes_lies_in_the_schema_of_its_name() =>
        Wall.Stands("Made outside of the module's schema.", Made
            .Where(m => m.Value == "Kernel" ? !Kernel.Contains(m.Key.Split('.')[0]) : !string.Equals(m.Key.Split('.')[0], m.Value, StringComparison.OrdinalIgnoreCase))
            .Select(m => $"{m.Key} by {m.Value}"));

    [Fact]
    public void Sql_text_names_no_table_of_another_module()
    {
        Assert.True(Made.Count > 20, "The migrations were not read.");
        var files = House.Paths.Where(p => p.EndsWith(".sql", StringComparison.Ordinal)).Select(p => (p, Text: Sql(p)));
        var programs = Spoken.Assemblies.SelectMany(a => Spoken.By(a).Where(s => s.Any(char.IsWhiteSpace) || !Spoken.Sentences.All.ContainsKey(s)).Select(s => (Path: Spoken.Folder(a), Text: s)));
        Wall.Stands("SQL reaches into the tables of another module; ask its contract, or read a view <schema>.report_….",
            from text in files.Select(f => (Path: f.p, f.Text)).Concat(programs)
            let room = Room(text.Path)
            from name in Names().Matches(text.Text).Select(m => m.Value)
            where Made.TryGetValue(name, out var owner) && owner != room && owner != "Kernel" && !Published.Contains(name) && !name.Contains(".report_", StringComparison.Ordinal)
            select $"{text.Path} names {name}");
    }

    /// <summary>Of two files with one number the second would pass for the first, changed after it had been applied.</summary>
    [Fact]
    public void Migrations_of_a_module_have_different_numbers() =>
        Wall.Stands("Two files with the same number.", House.Paths.Where(p => p.EndsWith(".sql", StringComparison.Ordinal)).GroupBy(p => p[..(p.LastIndexOf('/') + 5)]).Where(g => g.Count() > 1).Select(g => string.Join(" and ", g)));

    /// <summary>Unqualified names would slip past the test above.</summary>
    [Fact]
    public void No_sql_looks_through_schemas()
    {
        var texts = House.Paths.Where(p => p.EndsWith(".sql", StringComparison.Ordinal)).Select(Sql).Concat(Spoken.Assemblies.SelectMany(Spoken.By));
        Wall.Stands("search_path names a schema.", texts.SelectMany(t => SearchPath().Matches(t).Select(m => m.Value)).Where(m => !m.EndsWith("pg_catalog", StringComparison.Ordinal)));
    }

    private static string Sql(string path) => Comment().Replace(House.Read(path), "");

    /// <summary>The project a file belongs to: Kernel, Host, Places …</summary>
    private static string Room(string path) => path.Replace("src/Modules/", "src/", StringComparison.Ordinal).Split('/')[1];

    [GeneratedRegex(@"create\s+(?:or\s+replace\s+)?(?:unlogged\s+)?(?:table|(?:materialized\s+)?view|function|procedure|domain|type|sequence)\s+(?:if\s+not\s+exists\s+)?([a-z_]+\.[a-z_0-9]+)", RegexOptions.IgnoreCase)]
    private static partial Regex Creates();

    // Not part of a longer word: population.person-entered is a kind of entry.
    [GeneratedRegex(@"(?<![\w.-])[a-z_]+\.[a-z_0-9]+(?![\w-])")]
    private static partial Regex Names();

    [GeneratedRegex(@"search_path\s*(?:=|to)\s*[^\s;]+")]
    private static partial Regex SearchPath();

    [GeneratedRegex("--[^\n]*")]
    private static partial Regex Comment();
}
