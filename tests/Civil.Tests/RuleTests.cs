using System.Globalization;
using System.Runtime.Versioning;
using SoGoc.Kernel.Time;
using SoGoc.Population;
using SoGoc.Testing;

namespace SoGoc.Civil.Tests;

/// <summary>docs/rules/birth.md, row by row.</summary>
[SupportedOSPlatform("linux")]
public sealed class RuleTests(Town town) : IClassFixture<Town>
{
    private static readonly RuleTable Table = RuleTable.Read("birth");

    private static readonly Dictionary<string, object?> Codes = new()
    {
        ["bỏ trống"] = null, ["chưa xác định được cha"] = "father-unknown", ["chưa xác định được mẹ"] = "mother-unknown", ["bị bỏ rơi"] = "abandoned", ["biên bản"] = "found-record",
        ["người làm chứng"] = "witness", ["mẹ"] = "mother", ["người nuôi dưỡng"] = "carer", ["cam đoan"] = "undertaking", ["giám định"] = "dna", ["tòa án"] = "court", ["có"] = true, ["giấy nước ngoài"] = "foreign-paper",
        ["quá dài"] = new string('m', 301),
    };

    private static readonly Dictionary<string, string> Fields = new()
    {
        ["trường hợp"] = "kind", ["ngày sinh"] = "born", ["nơi sinh"] = "birthPlace", ["giới tính"] = "sex", ["giấy tờ"] = "evidence", ["số giấy"] = "evidenceNo", ["ngày giấy"] = "evidenceOn",
        ["người khai"] = "declarant", ["nơi trẻ sống"] = "livesAt", ["dân tộc theo"] = "ethnicityOf", ["trẻ ở với"] = "liveWith",
        ["chứng cứ"] = "proof", ["số chứng cứ"] = "proofNo", ["ngày chứng cứ"] = "proofOn", ["tòa án"] = "proofBy", ["có mặt"] = "bothHere",
        ["nước sinh"] = "birthCountry", ["chưa đăng ký ở nước ngoài"] = "notRegisteredAbroad", ["thỏa thuận quốc tịch"] = "nationalityAgreed",
    };

    private static readonly string[] Onsets = ["B", "C", "D", "G", "H", "K", "L", "M", "N", "Ph", "S", "T", "V", "X"], Rimes = ["ang", "inh", "uyên", "oan", "iêu", "ốt", "ươm", "ạc", "ôi", "ẹp"];

    private static int children;

    public static TheoryData<string, string, string, string> Rows => Table.Rows;

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task The_program_does_what_the_table_says(string row, string changes, string result, string code)
    {
        using var canbo = await town.As("canbo");
        var couple = await Told(changes);
        await RuleTable.Holds(town, canbo, "/births/register", couple.Declared, row, result, code);
    }

    [Fact]
    public void The_table_knows_every_reason_of_the_rules()
    {
        var law = File.ReadLines(Path.Combine(RuleTable.Root, "reference/law.csv")).Select(l => l.Split(',')[0]).ToHashSet();
        var said = RuleTable.SaidIn("Births/ParentRules.cs", "Births/ChildRules.cs", "Births/BirthRules.cs", "Births/RecogniseAtBirth.cs", "Births/ForeignElement.cs", "Acts/Competence.cs").Where(c => !law.Contains(c)).ToHashSet();
        Assert.True(said.Count > 30, "The rules were not read.");
        // Before July 2025 it is another town's day (ForeignBirthTests). Of an official without a commune, and of a commune of two provinces, there is no declaration to tell.
        Assert.Equal(said.Except(["civil.no-commune", "civil.no-place-code", "civil.foreign-element-district"]).Order(), Table.Codes);
    }

    /// <summary>A man of the commune who is married to nobody.</summary>
    private async Task<string> Stranger(Couple c)
    {
        var man = People.Someone(1, "1992-04-05");
        await town.Enter(man.LivingAt(c.Home.Id, "Ấp Mẫu", "2015-01-01"));
        return man.Facts.Number!.Value.ToString();
    }

    private async Task<Couple> Told(string changes)
    {
        var couple = new Couple(town);
        // Of each row a child of another name: on one day, nobody of one row is taken for the child of another.
        var n = Interlocked.Increment(ref children);
        couple.With("fullName", $"{couple.Father.Facts.Surname} Thị {Onsets[((n * 5) + 3) % Onsets.Length]}{Rimes[((n / 10) + n) % Rimes.Length]} {Onsets[n % Onsets.Length]}{Rimes[n * 3 % Rimes.Length]}");
        var after = new List<Func<Task>>();
        foreach (var (what, value) in RuleTable.Changes(changes))
        {
            if (Fields.TryGetValue(what, out var field) && value != "đã dùng")
            {
                couple.With(field, Codes.TryGetValue(value, out var known) ? known : RuleTable.DayOf(value)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? value);
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
        var day = RuleTable.DayOf(value) is { } d ? PartialDate.Of(d) : (PartialDate?)null;
        switch (what)
        {
            case "mẹ": c.With("mother", value == "bỏ trống" ? null : $"{c.Number}|||01011990|Nữ||"); break;
            case "cha": c.With("father", value == "người khác" ? await Stranger(c) : c.Father.Facts.Number!.Value + (value.StartsWith("thẻ", StringComparison.Ordinal) ? "|||01011990|Nam||" : "")); break;
            case "kết hôn": c.Married = false; break;
            case "họ tên": c.With("fullName", value == "bỏ trống" ? "" : value == "quá dài" ? $"{c.Father.Facts.Surname} {new string('a', 100)}" : value == "theo mẹ" ? $"{c.Mother.Facts.Surname} Văn Mẫu" : value == "chỉ có họ" ? c.Mother.Facts.Surname! : value == "theo mẹ chữ hoa lẫn lộn" ? $"{c.Mother.Facts.Surname} vĂN mẪu" : value); break;
            case "giới tính mẹ": c.Mother = With(c.Mother, f => f with { Sex = 1 }); break;
            case "giới tính cha": c.Father = With(c.Father, f => f with { Sex = 2 }); break;
            case "mẹ sinh": c.Mother = With(c.Mother, f => f with { Born = day }); break;
            case "cha sinh": c.Father = With(c.Father, f => f with { Born = day }); break;
            case "quốc tịch mẹ": c.Mother = With(c.Mother, f => f with { Nationality = [value] }); break;
            case "dân tộc mẹ": c.Mother = With(c.Mother, f => f with { Ethnicity = value }); break;
            case "nơi cư trú": c.Home = town.Places.Children(town.Places.Home(c.Today)!, c.Today).First(a => a.Id != town.Commune.Id); break;
            case "chồng khác": c.Mother = c.Mother.With(KinKind.Spouse, People.Number("089", 1, 1990)); break;
            case "ly hôn":
                return async () =>
                {
                    using var canbo = await town.As("canbo");
                    (await canbo.Post("/marriages/end", new { person = c.Number.ToString(), how = "divorce", court = "Tòa án Mẫu", decisionNo = "1/LH", decisionOn = RuleTable.DayOf(value), earlierEntry = "12/2015" })).Succeeds();
                };
            case "quốc tịch cha": c.Father = With(c.Father, f => f with { Nationality = [value] }); break;
            case "cha nước ngoài": c.ForeignFather(noted: value == "có"); break;
            case "mẹ nước ngoài": c.ForeignMother(); break;
            case "người nước ngoài": c.With("foreign", Couple.Foreigner()); break;
            case "tên người nước ngoài": c.Foreign("fullName", null); break;
            case "người nước ngoài sinh": c.Foreign("born", null); break;
            case "quốc tịch người nước ngoài": c.Foreign("nationality", null); break;
            case "hộ chiếu": c.Foreign("paperNo", null); break;
            case "mẹ chết": return () => town.Act(c.MotherKey, new StatusChanged(PersonStatus.Dead, day));
            case "cha chết": return () => town.Act(c.FatherKey, new StatusChanged(PersonStatus.Dead, day));
            case "con trước":
                var (name, born) = value.Split(", ") is [var n, var b] ? (n, RuleTable.DayOf(b)!.Value) : throw new FormatException(value);
                return () => c.Elder(name == "cùng tên" ? (string)c.Declared["fullName"]! : $"{c.Father.Facts.Surname} Thị Trước", born.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture));
            case "trong sổ":
                return () => town.Enter(People.Someone(2, "2026-11-01").Named((string)c.Declared["fullName"]!).LivingAt(c.Home.Id, "Ấp Mẫu", "2026-11-02"));
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
}
