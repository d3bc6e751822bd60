using System.Globalization;
using System.Text.RegularExpressions;
using SoGoc.Testing;

namespace SoGoc.Civil.Tests;

/// <summary>The last table of a page of docs/rules: case, what is changed in the sound example, result, code, ground.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
internal sealed partial record RuleTable(IReadOnlyList<string[]> Lines)
{
    public static readonly string Root = Clone.Root;

    public TheoryData<string, string, string, string> Rows => [.. Lines.Select(r => (r[0], r[1], r[2], r[3]))];

    public IEnumerable<string> Codes => Lines.Select(r => r[3]).Where(c => c.Length > 0).Distinct().Order();

    public static RuleTable Read(string page) => new([.. File.ReadAllLines(Path.Combine(Root, $"docs/rules/{page}.md")).SkipWhile(l => !l.StartsWith("| Trường hợp", StringComparison.Ordinal)).Skip(2)
        .Where(l => l.StartsWith('|')).Select(l => l.Trim('|').Split('|', StringSplitOptions.TrimEntries))]);

    /// <summary>"a: b; c: d".</summary>
    public static IEnumerable<(string What, string Value)> Changes(string changes) => changes.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
        .Select(c => c.Split(':', 2, StringSplitOptions.TrimEntries) is [var what, var value] ? (what, value) : throw new FormatException(c));

    public static DateOnly? DayOf(string text) => DateOnly.TryParseExact(text, "dd/MM/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    /// <summary>All codes that files of the module can refuse or warn with.</summary>
    public static IEnumerable<string> SaidIn(params string[] files) => files.SelectMany(f => Code().Matches(File.ReadAllText(Path.Combine(Root, "src/Modules/Civil", f))).Select(m => m.Groups[1].Value)).Distinct();

    /// <summary>Sends a declaration, and holds the answer to what the row says; a refused one has changed nothing.</summary>
    public static async Task Holds(Town town, Official who, string path, Dictionary<string, object?> declared, string row, string result, string code)
    {
        Task<string> Counts() => town.Value<string>("select concat_ws(' ', (select count(*) from population.person), (select count(*) from journal.entry where kind not like 'kernel.%'), (select sum(last_no) from civil.book), (select count(*) from civil.entry))");
        var before = await Counts();
        var reply = await who.Post(path, declared);
        if (result == "được")
        {
            reply.Succeeds();
            return;
        }

        reply.Refuses(code);
        Assert.Equal(before, await Counts());
        Assert.True(result == "từ chối" || (await who.Post(path, new Dictionary<string, object?>(declared) { ["confirmed"] = new[] { code } })).IsGood == (result == "xem lại"), row);
    }

    [GeneratedRegex("\"(civil\\.[a-z-]+)\"")]
    private static partial Regex Code();
}
