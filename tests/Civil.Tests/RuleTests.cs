using System.Globalization;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using SoGoc.Kernel.Time;
using SoGoc.Population;
using SoGoc.Testing;

namespace SoGoc.Civil.Tests;

/// <summary>docs/rules/birth.md, row by row.</summary>
[SupportedOSPlatform("linux")]
public sealed partial class RuleTests(Town town) : IClassFixture<Town>
{
    internal static readonly string Root = FindRoot();

    private static readonly string[][] Table = [.. File.ReadAllLines(Path.Combine(Root, "docs/rules/birth.md")).SkipWhile(l => !l.StartsWith("| Trường hợp", StringComparison.Ordinal)).Skip(2)
        .Where(l => l.StartsWith('|')).Select(l => l.Trim('|').Split('|', StringSplitOptions.TrimEntries))];

    private static readonly Dictionary<string, string?> Codes = new()
    {
        ["bỏ trống"] = null, ["chưa xác định được cha"] = "father-unknown", ["chưa xác định được mẹ"] = "mother-unknown", ["bị bỏ rơi"] = "abandoned", ["biên bản"] = "found-record",
        ["người làm chứng"] = "witness", ["mẹ"] = "mother", ["người nuôi dưỡng"] = "carer", ["quá dài"] = new string('m', 301),
    };

    private static readonly Dictionary<string, string> Fields = new()
    {
        ["trường hợp"] = "kind", ["ngày sinh"] = "born", ["nơi sinh"] = "birthPlace", ["giới tính"] = "sex", ["giấy tờ"] = "evidence", ["số giấy"] = "evidenceNo", ["ngày giấy"] = "evidenceOn",
        ["người khai"] = "declarant", ["nơi trẻ sống"] = "livesAt", ["dân tộc theo"] = "ethnicityOf",
    };

    public static TheoryData<string, string, string, string> Rows => [.. Table.Select(r => (r[0], r[1], r[2], r[3]))];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task The_program_does_what_the_table_says(string row, string changes, string result, string code)
    {
        using var canbo = await town.As("canbo");
        var couple = await Told(changes);
        var before = await Counts();
        var reply = await canbo.Post("/births/register", couple.Declared);
        if (result == "được")
        {
            reply.Succeeds();
            return;
        }

        reply.Refuses(code);
        Assert.Equal(before, await Counts());
        Assert.True(result == "từ chối" || (await canbo.Post("/births/register", couple.With("confirmed", new[] { code }).Declared)).IsGood == (result == "xem lại"), row);
        Assert.True(result != "từ chối" || !(await canbo.Post("/births/register", couple.With("confirmed", new[] { code }).Declared)).IsGood, "Confirmed, a refusal is no refusal any more.");
    }

    [Fact]
    public void The_table_knows_every_reason_of_the_rules()
    {
        var law = File.ReadLines(Path.Combine(Root, "reference/law.csv")).Select(l => l.Split(',')[0]).ToHashSet();
        var said = new[] { "ParentRules", "ChildRules", "BirthRules", "Competence" }.SelectMany(f => Code().Matches(File.ReadAllText(Path.Combine(Root, $"src/Modules/Civil/Births/{f}.cs")))).Select(m => m.Groups[1].Value).Where(c => !law.Contains(c)).ToHashSet();
        Assert.True(said.Count > 30, "The rules were not read.");
        // Of an official without a commune, and of a commune of two provinces, there is no declaration to tell.
        Assert.Equal(said.Except(["civil.no-commune", "civil.no-place-code"]).Order(), Table.Select(r => r[3]).Where(c => c.Length > 0).Distinct().Order());
    }

    private async Task<Couple> Told(string changes)
    {
        var couple = new Couple(town);
        var after = new List<Func<Task>>();
        foreach (var change in changes.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            var (what, value) = change.Split(':', 2, StringSplitOptions.TrimEntries) is [var w, var v] ? (w, v) : throw new FormatException(change);
            if (Fields.TryGetValue(what, out var field) && value != "đã dùng")
            {
                couple.With(field, Codes.TryGetValue(value, out var known) ? known : DayOf(value)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? value);
            }
            else if (await Other(couple, what, value) is { } later)
            {
                after.Add(later);
            }
        }

        await couple.Enter();
        foreach (var later in after)
        {
            await later();
        }

        return couple;
    }

    /// <summary>What is told of the people and not of the declaration; what can only be told when they are in the register is done later.</summary>
    private async Task<Func<Task>?> Other(Couple c, string what, string value)
    {
        PersonState With(PersonState p, Func<PersonFacts, PersonFacts> change) => p with { Facts = change(p.Facts) };
        var day = DayOf(value) is { } d ? PartialDate.Of(d) : (PartialDate?)null;
        switch (what)
        {
            case "mẹ": c.With("mother", value == "bỏ trống" ? null : $"{c.Number}|||01011990|Nữ||"); break;
            case "cha": c.With("father", c.Father.Facts.Number!.Value.ToString()); break;
            case "kết hôn": c.Married = false; break;
            case "họ tên": c.With("fullName", value == "bỏ trống" ? "" : value == "theo mẹ" ? $"{c.Mother.Facts.Surname} Văn Mẫu" : value); break;
            case "giới tính mẹ": c.Mother = With(c.Mother, f => f with { Sex = 1 }); break;
            case "giới tính cha": c.Father = With(c.Father, f => f with { Sex = 2 }); break;
            case "mẹ sinh": c.Mother = With(c.Mother, f => f with { Born = day }); break;
            case "cha sinh": c.Father = With(c.Father, f => f with { Born = day }); break;
            case "quốc tịch mẹ": c.Mother = With(c.Mother, f => f with { Nationality = [value] }); break;
            case "dân tộc mẹ": c.Mother = With(c.Mother, f => f with { Ethnicity = value }); break;
            case "nơi cư trú": c.Home = town.Places.Children(town.Places.Home(c.Today)!, c.Today).First(a => a.Id != town.Commune.Id); break;
            case "chồng khác": c.Mother = c.Mother.With(KinKind.Spouse, People.Number("089", 1, 1990)); break;
            case "mẹ chết": return () => town.Act(c.MotherKey, new StatusChanged(PersonStatus.Dead, day));
            case "cha chết": return () => town.Act(c.FatherKey, new StatusChanged(PersonStatus.Dead, day));
            case "con trước":
                var (name, born) = value.Split(", ") is [var n, var b] ? (n, DayOf(b)!.Value) : throw new FormatException(value);
                return () => c.Elder(name == "cùng tên" ? (string)c.Declared["fullName"]! : $"{c.Father.Facts.Surname} Thị Trước", born.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            case "số giấy":
                using (var canbo = await town.As("canbo"))
                {
                    (await canbo.Post("/births/register", (await new Couple(town).With("evidenceNo", c.Declared["evidenceNo"]).Enter()).Declared)).Succeeds();
                }

                break;
            default: throw new FormatException($"{what}: {value}");
        }

        return null;
    }

    /// <summary>All that an act could change: persons, their entries, and the books.</summary>
    private Task<string> Counts() => town.Value<string>("select concat_ws(' ', (select count(*) from population.person), (select count(*) from journal.entry where kind not like 'kernel.%'), (select sum(last_no) from civil.book), (select count(*) from civil.entry))");

    private static DateOnly? DayOf(string text) => DateOnly.TryParseExact(text, "dd/MM/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "SoGoc.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests have to be run from a clone of the project.");
        }

        return folder.FullName;
    }

    [GeneratedRegex("\"(civil\\.[a-z-]+)\"")]
    private static partial Regex Code();
}
