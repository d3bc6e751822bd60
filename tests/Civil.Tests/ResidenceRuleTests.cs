using System.Globalization;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;
using SoGoc.Kernel.Time;
using SoGoc.Population;
using SoGoc.Testing;

namespace SoGoc.Civil.Tests;

/// <summary>docs/rules/residence.md, row by row.</summary>
[SupportedOSPlatform("linux")]
public sealed partial class ResidenceRuleTests(Town town) : IClassFixture<Town>
{
    private static readonly string[][] Table = [.. File.ReadAllLines(Path.Combine(RuleTable.Root, "docs/rules/residence.md")).SkipWhile(l => !l.StartsWith("| Trường hợp", StringComparison.Ordinal)).Skip(2)
        .Where(l => l.StartsWith('|')).Select(l => l.Trim('|').Split('|', StringSplitOptions.TrimEntries))];

    private static readonly Dictionary<string, string> Acts = new()
    {
        ["tạm trú"] = "temporary", ["gia hạn"] = "renewal", ["tạm vắng"] = "absence", ["lưu trú"] = "stay", ["xóa thường trú"] = "remove-permanent", ["xóa tạm trú"] = "remove-temporary", ["tách hộ"] = "split",
        ["nhập hộ"] = "merge", ["thay chủ hộ"] = "head",
    };

    private static readonly Dictionary<string, string> Reasons = new()
    {
        ["khác"] = "other", ["nghĩa vụ quân sự"] = "military", ["bị can"] = "accused", ["ra nước ngoài"] = "emigrated", ["hủy bỏ"] = "cancelled", ["chết"] = "died", ["vắng mặt"] = "absent", ["không còn ở"] = "left",
    };

    public static TheoryData<string, string, string, string> Rows => [.. Table.Select(r => (r[0], r[1], r[2], r[3]))];

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task The_program_does_what_the_table_says(string row, string changes, string result, string code)
    {
        using var congan = await town.As("congan");
        var family = await Told(changes);
        var before = await Counts();
        var reply = await family.Decide(congan);
        if (result == "được")
        {
            reply.Succeeds();
            return;
        }

        reply.Refuses(code);
        Assert.Equal(before, await Counts());
        Assert.True((await family.With("confirmed", new[] { code }).Decide(congan)).IsGood == (result == "xem lại"), row);
    }

    [Fact]
    public void The_table_knows_every_reason_of_the_rules()
    {
        var law = File.ReadLines(Path.Combine(RuleTable.Root, "reference/law.csv")).Select(l => l.Split(',')[0]).ToHashSet();
        var files = Directory.GetFiles(Path.Combine(RuleTable.Root, "src/Modules/Civil/Residences"), "*.cs").Where(f => !f.EndsWith("Page.cs", StringComparison.Ordinal) && !f.EndsWith("DecisionBook.cs", StringComparison.Ordinal) && !f.EndsWith("IssueNotice.cs", StringComparison.Ordinal));
        var said = files.SelectMany(f => Code().Matches(File.ReadAllText(f))).Select(m => m.Groups[1].Value).Where(c => !law.Contains(c)).ToHashSet();
        Assert.True(said.Count > 40, "The rules were not read.");
        // What only an official without a commune, and one who comes second, is told; and the entry. Of the reasons that all acts share, the name that is the official's own.
        Assert.Equal(said.Append("civil.own-name").Except(["civil.no-police-commune", "civil.household-changed", "civil.residence-decided"]).Order(), Table.Select(r => r[3]).Where(c => c.Length > 0).Distinct().Order());
    }

    private async Task<Family> Told(string changes)
    {
        var told = changes.Split(';', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Select(c => c.Split(':', 2, StringSplitOptions.TrimEntries) is [var w, var v] ? (What: w, Value: v) : throw new FormatException(changes)).ToList();
        var family = new Family(town, here: told.Contains(("sống tại", "xã này")));
        foreach (var (what, value) in told)
        {
            Before(family, what, value);
        }

        await family.Enter();
        foreach (var (what, value) in told)
        {
            await After(family, what, value);
        }

        return family;
    }

    private static void Before(Family f, string what, string value)
    {
        PersonState With(PersonState p, Func<PersonFacts, PersonFacts> change) => p with { Facts = change(p.Facts) };
        switch (what)
        {
            case "quốc tịch mẹ": f.Mother = With(f.Mother, x => x with { Nationality = [value] }); break;
            case "tên cha": f.Father = f.Father.Named(value); break;
            case "con sinh": f.Son = With(f.Son, x => x with { Born = PartialDate.Of(Day(value)) }); break;
            case "việc": f.With("act", value == "bỏ trống" ? null : Acts[value]); break;
            case "lý do": f.With("reason", Reasons[value]); break;
            case "địa chỉ": f.With("detail", value switch { "bỏ trống" => null, "như cũ" => Family.Old, _ => new string('m', 301) }); break;
            case "chỗ ở": f.With("basis", value switch { "bỏ trống" => null, "thuê" => "rented", _ => "family" }); break;
            case "diện tích": f.With("floor", decimal.Parse(value, CultureInfo.InvariantCulture)); break;
            case "kiểm tra chỗ ở": f.With("dwellingChecked", false); break;
            case "chủ sở hữu": f.With("ownerAgrees", false); break;
            case "chủ hộ": f.With("headAgrees", false); break;
            case "cha mẹ": f.With("parentsAgree", false); break;
            case "từ ngày": f.With("from", Family.Day(Day(value))); break;
            case "đến ngày": f.With("until", Family.Day(Day(value))); break;
        }
    }

    /// <summary>What names people, or can only be told when they are in the register.</summary>
    private async Task After(Family f, string what, string value)
    {
        Guid Who(string name) => name switch { "cha" => f.FatherKey, "mẹ" => f.MotherKey, "con" => f.SonKey, "bà" => f.GrandmotherKey, _ => throw new FormatException(name) };
        var today = town.Clock.Today();
        switch (what)
        {
            case "người yêu cầu": await Asker(f, value); break;
            case "những ai": f.With("persons", value == "người lạ" ? [(await f.Host()).Number] : value.Split(", ").Select(n => Who(n).ToString()).ToArray()); break;
            case "chủ hộ mới": f.With("head", value == "người lạ" ? (await f.Host()).Number : Who(value).ToString()); break;
            case "chủ hộ ở lại": f.With("newHead", Who(value).ToString()); break;
            case "quan hệ": f.With("relations", new[] { new { person = Who(value.Split(' ')[0]).ToString(), relation = value.Split(' ')[1] } }); break;
            case "xã": f.With("commune", Family.Elsewhere(town).Code); break;
            case "hộ nhận": f.With("host", await Host(f, value)); break;
            case "chết": await town.Act(Who(value), new StatusChanged(PersonStatus.Dead, PartialDate.Of(today.AddDays(-2)))); break;
            case "ra nước ngoài": await town.Act(Who(value), new StatusChanged(PersonStatus.Emigrated)); break;
            case "đang tạm trú đến": await town.Act(f.FatherKey, new ResidenceBegan(ResidenceKind.Temporary, town.Commune.Id, Family.New, today.AddYears(-1), Day(value))); break;
            case "đang tạm vắng": await town.Act(f.FatherKey, new ResidenceBegan(ResidenceKind.Absence, null, null, today.AddDays(-5), today.AddYears(2))); break;
            case "đã quyết định":
                using (var congan = await town.As("congan"))
                {
                    (await f.Decide(congan)).Succeeds();
                }

                f.With("detail", "Số 2, ấp Mẫu");
                break;
            case var _ when new[] { "quốc tịch mẹ", "tên cha", "con sinh", "việc", "lý do", "địa chỉ", "chỗ ở", "diện tích", "kiểm tra chỗ ở", "chủ sở hữu", "chủ hộ", "cha mẹ", "từ ngày", "đến ngày", "sống tại" }.Contains(what): break;
            default: throw new FormatException($"{what}: {value}");
        }
    }

    private async Task Asker(Family f, string value)
    {
        switch (value)
        {
            case "bỏ trống": f.With("person", null); break;
            case "mẹ": f.With("person", Family.Number(f.Mother)); break;
            case "không hộ":
                f.With("person", await Host(f, "không hộ"));
                f.Asked.Remove("persons");
                break;
            default: f.With("person", $"{Family.Number(f.Father)}|||01011990|Nam||"); break;
        }
    }

    private async Task<string> Host(Family f, string value)
    {
        switch (value)
        {
            case "cô": return (await f.Host(kin: true)).Number;
            case "người lạ": return (await f.Host()).Number;
            case "xã khác": return (await f.Host(at: Family.Elsewhere(town))).Number;
            case "cùng nhà": return (await f.Host(kin: true, detail: Family.Old)).Number;
            case "hộ mình": return Family.Number(f.Father);
            case "không hộ":
                var alone = People.Someone();
                await town.Enter(alone.LivingAt(town.Commune.Id, Family.New, "2010-01-01"));
                return Family.Number(alone);
            case "không chủ hộ":
                var (number, key, home) = await f.Host(kin: true);
                await town.Act(key, new HouseholdJoined(home, "99", town.Clock.Today().AddDays(-9)));
                return number;
            default:
                var own = await town.Household(new HouseholdState($"MAU-{Guid.NewGuid():N}", town.Commune.Id, Family.New, new DateOnly(2010, 1, 1)));
                await town.Act(f.MotherKey, new HouseholdJoined(own, "01", town.Clock.Today().AddDays(-9)));
                return Family.Number(f.Mother);
        }
    }

    /// <summary>All that a decision could change: entries of the journal, households, and the decisions.</summary>
    private Task<string> Counts() => town.Value<string>("select concat_ws(' ', (select count(*) from journal.entry where kind not like 'kernel.%'), (select count(*) from population.household), (select count(*) from civil.residence_decision))");

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "dd/MM/yyyy", CultureInfo.InvariantCulture);

    [GeneratedRegex("\"(civil\\.[a-z-]*[a-z])\"")]
    private static partial Regex Code();
}
