using System.Globalization;
using System.Runtime.Versioning;
using SoGoc.Kernel.Time;
using SoGoc.Population;
using SoGoc.Testing;

namespace SoGoc.Civil.Tests;

/// <summary>docs/rules/marriage.md, row by row.</summary>
[SupportedOSPlatform("linux")]
public sealed class MarriageRuleTests(Town town) : IClassFixture<Town>
{
    private static readonly RuleTable Table = RuleTable.Read("marriage");

    public static TheoryData<string, string, string, string> Rows => Table.Rows;

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task The_program_does_what_the_table_says(string row, string changes, string result, string code)
    {
        using var canbo = await town.As("canbo");
        await RuleTable.Holds(town, canbo, "/marriages/register", await Told(changes), row, result, code);
    }

    [Fact]
    public void The_table_knows_every_reason_of_the_rules() =>
        Assert.Equal(RuleTable.SaidIn("Marriages/MarriageRules.cs").Append("civil.outside-competence").Except(["civil.marriage-age-man", "civil.marriage-age-woman"]).Order(), Table.Codes);

    private async Task<Dictionary<string, object?>> Told(string changes)
    {
        var (pair, declared, after) = (new Pair(town), new Dictionary<string, object?>(), new List<Func<Task>>());
        foreach (var (what, value) in RuleTable.Changes(changes))
        {
            if (await Declared(pair, declared, what, value) || Person(pair, what, value))
            {
                continue;
            }

            after.Add(what switch
            {
                "nữ chết" => () => town.Act(pair.WomanKey, new StatusChanged(PersonStatus.Dead, PartialDate.Of(RuleTable.DayOf(value)!.Value))),
                "hồ sơ nam" => () => town.Act(pair.ManKey, new StatusChanged(PersonStatus.Denaturalised)),
                "hộ nam" => () => town.Act(pair.ManKey, new HouseholdLeft(new DateOnly(2026, 1, 1))),
                "thường trú nam" => () => town.Act(pair.ManKey, new ResidenceEnded(ResidenceKind.Permanent, new DateOnly(2026, 1, 1))),
                _ => throw new FormatException($"{what}: {value}"),
            });
        }

        await pair.Enter();
        foreach (var later in after)
        {
            await later();
        }

        return pair.Declared(declared);
    }

    private async Task<bool> Declared(Pair pair, Dictionary<string, object?> declared, string what, string value)
    {
        switch (what, value)
        {
            case ("nam", "bỏ trống"): declared["husband"] = null; return true;
            case ("nữ", "bỏ trống"): declared["wife"] = null; return true;
            case ("nam", _): declared["husband"] = $"{pair.His}|||01011990|Nam||"; return true;
            case ("nữ", "là bên nam"): declared["wife"] = pair.His; return true;
            case ("nữ", "là con trong hộ"): pair.WomanRelation = "10"; return true;
            case ("nữ", "là con của nam"): pair.Woman = pair.Woman.With(KinKind.Father, pair.Man.Facts.Number!.Value); return true;
            case ("có mặt", _): declared["bothHere"] = false; return true;
            case ("cam đoan", _): declared["notKin"] = false; return true;
            case ("sau kết hôn", _): declared["household"] = value == "bỏ trống" ? null : "with-husband"; return true;
            case ("lần nữ", _): declared["wifeTime"] = int.Parse(value, CultureInfo.InvariantCulture); return true;
            case ("lần nam", _): declared["husbandTime"] = int.Parse(value, CultureInfo.InvariantCulture); return true;
            case ("họ", _): await Related(pair, value); return true;
            default: return false;
        }
    }

    private bool Person(Pair pair, string what, string value)
    {
        PersonState With(PersonState p, Func<PersonFacts, PersonFacts> change) => p with { Facts = change(p.Facts) };
        var day = RuleTable.DayOf(value) is { } d ? PartialDate.Of(d) : (PartialDate?)null;
        short? Code() => value == "không rõ" ? null : short.Parse(value, CultureInfo.InvariantCulture);
        switch (what)
        {
            case "sinh nam": pair.Man = With(pair.Man, f => f with { Born = day }); return true;
            case "sinh nữ": pair.Woman = With(pair.Woman, f => f with { Born = day }); return true;
            case "hôn nhân nam": pair.Man = With(pair.Man, f => f with { Marital = Code() }); return true;
            case "hôn nhân nữ": pair.Woman = With(pair.Woman, f => f with { Marital = Code() }); return true;
            case "giới tính nam": pair.Man = With(pair.Man, f => f with { Sex = Code() }); return true;
            case "giới tính nữ": pair.Woman = With(pair.Woman, f => f with { Sex = Code() }); return true;
            case "quốc tịch nữ": pair.Woman = With(pair.Woman, f => f with { Nationality = [value] }); return true;
            case "nơi cư trú nam": pair.ManHome = Elsewhere(); return true;
            case "nơi cư trú nữ": pair.WomanHome = Elsewhere(); return true;
            default: return false;
        }
    }

    /// <summary>Both descend from one woman, over so many people in between.</summary>
    private async Task Related(Pair pair, string how)
    {
        var (his, hers) = (People.Someone(2, "1940-01-01"), (PersonState?)null);
        await town.Enter(his);
        hers = his;
        foreach (var born in how switch { "cùng mẹ" => Array.Empty<string>(), "cùng bà" => ["1965-01-01"], _ => ["1958-01-01", "1975-01-01"] })
        {
            (his, hers) = (People.Someone(2, born).With(KinKind.Mother, his.Facts.Number!.Value), People.Someone(2, born).With(KinKind.Mother, hers.Facts.Number!.Value));
            await town.Enter(his);
            await town.Enter(hers);
        }

        (pair.Man, pair.Woman) = (pair.Man.With(KinKind.Mother, his.Facts.Number!.Value), pair.Woman.With(KinKind.Mother, hers.Facts.Number!.Value));
    }

    private int Elsewhere() => town.Places.Children(town.Places.Home(new DateOnly(2026, 11, 24))!, new DateOnly(2026, 11, 24)).First(a => a.Id != town.Commune.Id).Id;
}
