using System.Runtime.Versioning;
using SoGoc.Population;
using SoGoc.Testing;
using static SoGoc.Civil.Tests.ActScene;

namespace SoGoc.Civil.Tests;

/// <summary>The pages of docs/rules that share one scene, row by row.</summary>
[SupportedOSPlatform("linux")]
public sealed class ActRuleTests(Town town) : IClassFixture<Town>
{
    private static readonly Dictionary<string, ActPages.Page> Pages = new[] { ActPages.Recognition(), ActPages.Adoption(), ActPages.Guardianship(), ActPages.Change(), ActPages.Marital(), ActPages.Again(), ActPages.Foreign(), ActPages.MarriageEnd(), ActPages.DeathReturn(), ActPages.BirthRevoked() }.ToDictionary(p => p.Name);

    public static TheoryData<string, string, string, string, string> Rows => [.. Pages.Keys.SelectMany(name => RuleTable.Read(name).Lines.Select(r => (name, r[0], r[1], r[2], r[3])))];

    public static TheoryData<string> Names => [.. Pages.Keys];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task The_program_does_what_the_table_says(string name, string row, string changes, string result, string code)
    {
        using var canbo = await town.As("canbo");
        var (page, scene, told, told2) = (Pages[name], new ActScene(town), new List<(string, string)>(), new List<(string, string)>());
        // What is told of the people first: the declaration names them as they are then.
        var declared = new Dictionary<string, object?>();
        foreach (var (what, value) in RuleTable.Changes(changes))
        {
            (page.Fields.ContainsKey(what) ? told2 : told).Add((what, value));
        }

        var sound = page.Sound(scene);
        foreach (var (what, value) in told)
        {
            page.Else(scene, declared, what, value);
        }

        foreach (var (what, value) in told2)
        {
            declared[page.Fields[what]] = page.Values.TryGetValue(value, out var known) ? known : Iso(value);
        }

        await scene.Enter();
        foreach (var earlier in scene.Before)
        {
            await earlier(canbo);
        }

        var path = declared.Remove("path", out var other) ? (string)other! : page.Path;
        var body = declared.Remove("body", out var whole) ? ((Func<Dictionary<string, object?>>)whole!)() : Merged(sound, declared);
        if (declared.TryGetValue("first", out var before))
        {
            (await canbo.Post(page.Path, Merged(body, (Dictionary<string, object?>)before!))).Succeeds();
        }

        await RuleTable.Holds(town, canbo, path, body, row, result, code);
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void The_table_knows_every_reason_of_the_rules(string name) =>
        Assert.Equal(RuleTable.SaidIn(Pages[name].Files).Append("civil.outside-competence").Except(Pages[name].Not).Order(), RuleTable.Read(name).Codes);

    private static Dictionary<string, object?> Merged(Dictionary<string, object?> sound, Dictionary<string, object?> changed)
    {
        var merged = new Dictionary<string, object?>(sound);
        foreach (var (field, value) in changed.Where(c => c.Key != "first"))
        {
            merged[field] = value;
        }

        return merged;
    }
}
