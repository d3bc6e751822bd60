using System.Runtime.Versioning;
using SoGoc.Testing;

namespace SoGoc.Civil.Tests;

/// <summary>docs/rules/old-books.md, row by row.</summary>
[SupportedOSPlatform("linux")]
public sealed class OldBookRuleTests(Town town) : IClassFixture<Town>
{
    private static readonly string[][] Table = [.. RuleTable.Read("old-books").Lines];

    private static readonly Dictionary<string, (int Year, Dictionary<string, string> Fields)> Samples = new()
    {
        ["birth"] = (1987, new() { ["no"] = "12", ["registeredOn"] = "10/03/1987", ["childName"] = "Nguyễn Thị Mẫu", ["childBorn"] = "01/03/1987", ["childSex"] = "nữ", ["fatherBorn"] = "1960", ["motherBorn"] = "1962", ["note"] = "" }),
        ["death"] = (1995, new() { ["no"] = "12", ["registeredOn"] = "03/02/1995", ["deadName"] = "Nguyễn Văn Mẫu", ["deadBorn"] = "1930", ["deadDied"] = "01/02/1995" }),
        ["marriage"] = (1990, new() { ["no"] = "12", ["registeredOn"] = "06/06/1990", ["husbandName"] = "Nguyễn Văn Mẫu", ["husbandBorn"] = "05/05/1965", ["wifeName"] = "Trần Thị Mẫu", ["wifeBorn"] = "1967" }),
    };

    public static TheoryData<string, string, string, string, string, string> Rows => [.. Table.Select(r => (r[0], r[1], r[2], r[3], r[4], r[5]))];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task The_program_does_what_the_table_says(string row, string kind, string change, string result, string field, string code)
    {
        using var canbo = await town.As("canbo");
        var (year, sample) = Samples[kind];
        var fields = new Dictionary<string, string>(sample);
        if (change.Length > 0)
        {
            var (what, value) = change.Split(':', 2, StringSplitOptions.TrimEntries) is [var w, var v] ? (w, v) : throw new FormatException(row);
            Assert.True(fields.ContainsKey(what), what);
            fields[what] = value == "quá dài" ? new string('m', 301) : value;
        }

        var book = await OldBook.Open(town, canbo, kind, year);
        var sent = (await book.Send(string.Join(',', fields.Keys), string.Join(',', fields.Values))).Succeeds();
        Assert.Equal(result == "được" ? 0 : 1, sent["quarantined"].GetInt32());
        Assert.Equal(result == "được" ? 1 : 0, await book.Entries());
        if (result == "được")
        {
            return;
        }

        var apart = (await book.Shown()).Succeeds()["quarantine"][0];
        Assert.Equal([(field, code)], apart.GetProperty("faults").EnumerateArray().Select(f => (f.GetProperty("field").GetString()!, f.GetProperty("code").GetString()!)));
        Assert.Equal(fields.Where(f => f.Value.Length > 0).OrderBy(f => f.Key), apart.GetProperty("fields").EnumerateObject().Select(f => KeyValuePair.Create(f.Name, f.Value.GetString()!)).OrderBy(f => f.Key));
        // As it stands it is refused; with a look at the paper only what contradicts itself goes in.
        var key = apart.GetProperty("row").GetGuid();
        (await canbo.Post("/old-books/mend", new { row = key })).Refuses(code);
        Assert.Equal(result == "mâu thuẫn", (await canbo.Post("/old-books/mend", new { row = key, asWritten = true })).IsGood);
        if (result == "giữ")
        {
            (await canbo.Post("/old-books/mend", new { row = key, fields = new Dictionary<string, string> { [field] = sample[field] } })).Succeeds();
        }

        Assert.Equal(1, await book.Entries());
        Assert.Equal(0, (await book.Covered()).GetProperty("apart").GetInt64());
    }

    [Fact]
    public void The_table_knows_every_reason_of_the_rules()
    {
        var said = System.Text.RegularExpressions.Regex.Matches(File.ReadAllText(Path.Combine(RuleTable.Root, "src/Modules/Civil/OldBooks/OldDraft.cs")), "\"(civil\\.old-[a-z-]+)\"").Select(m => m.Groups[1].Value).Distinct().ToList();
        Assert.True(said.Count > 10, "The rules were not read.");
        Assert.Equal(said.Order(), Table.Select(r => r[5]).Where(c => c.Length > 0).Distinct().Order());
    }
}
