using System.Globalization;
using System.Runtime.Versioning;
using SoGoc.Kernel.Time;
using SoGoc.Population;
using SoGoc.Testing;

namespace SoGoc.Civil.Tests;

/// <summary>docs/rules/death.md, row by row.</summary>
[SupportedOSPlatform("linux")]
public sealed class DeathRuleTests(Town town) : IClassFixture<Town>
{
    private static readonly RuleTable Table = RuleTable.Read("death");

    private static readonly Dictionary<string, string?> Codes = new()
    {
        ["bỏ trống"] = null, ["tòa tuyên bố"] = "court", ["bản án"] = "judgment", ["văn bản xác nhận"] = "witness", ["quá dài"] = new string('m', 301),
    };

    private static readonly Dictionary<string, string> Fields = new()
    {
        ["trường hợp"] = "kind", ["ngày chết"] = "died", ["giờ chết"] = "diedAt", ["nơi chết"] = "place", ["nguyên nhân"] = "cause", ["giấy tờ"] = "evidence", ["số giấy"] = "evidenceNo", ["ngày giấy"] = "evidenceOn", ["người khai"] = "declarant", ["mai táng phí"] = "allowance", ["người nhận"] = "receiver",
    };

    public static TheoryData<string, string, string, string> Rows => Table.Rows;

    [Theory]
    [MemberData(nameof(Rows))]
    public async Task The_program_does_what_the_table_says(string row, string changes, string result, string code)
    {
        using var canbo = await town.As("canbo");
        await RuleTable.Holds(town, canbo, "/deaths/register", await Told(changes), row, result, code);
    }

    [Fact]
    public void The_table_knows_every_reason_of_the_rules() =>
        Assert.Equal(RuleTable.SaidIn("Deaths/DeathRules.cs").Append("civil.outside-competence").Except(["civil.death-days"]).Order(), Table.Codes);

    private async Task<Dictionary<string, object?>> Told(string changes)
    {
        var (couple, declared, after) = (new Couple(town), new Dictionary<string, object?>(), new List<Func<Task>>());
        var who = "chồng";
        foreach (var (what, value) in RuleTable.Changes(changes))
        {
            if (Fields.TryGetValue(what, out var field))
            {
                declared[field] = Codes.TryGetValue(value, out var known) ? known : RuleTable.DayOf(value)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? value;
            }
            else if (what == "người chết")
            {
                who = value;
            }
            else if (Other(couple, declared, what, value) is { } later)
            {
                after.Add(later);
            }
        }

        await couple.Enter();
        foreach (var later in after)
        {
            await later();
        }

        var (his, hers) = (couple.Father.Facts.Number!.Value.ToString(), couple.Number.ToString());
        return Deaths.Of(who switch { "chồng" => his, "vợ" => hers, "bỏ trống" => null, _ => $"{his}|||01011990|Nam||" }, declared);
    }

    private Func<Task>? Other(Couple c, Dictionary<string, object?> declared, string what, string value)
    {
        PersonState With(PersonState p, Func<PersonFacts, PersonFacts> change) => p with { Facts = change(p.Facts) };
        switch (what)
        {
            case "sinh": c.Father = With(c.Father, f => f with { Born = PartialDate.Of(RuleTable.DayOf(value)!.Value) }); return null;
            case "đã chết": return () => town.Act(c.FatherKey, new StatusChanged(PersonStatus.Dead, PartialDate.Of(RuleTable.DayOf(value)!.Value)));
            case "hồ sơ": return () => town.Act(c.FatherKey, new StatusChanged(PersonStatus.Denaturalised));
            case "nơi cư trú" when value == "không rõ": return () => town.Act(c.FatherKey, new ResidenceEnded(ResidenceKind.Permanent, new DateOnly(2020, 1, 1)));
            case "nơi cư trú": c.Home = town.Places.Children(town.Places.Home(c.Today)!, c.Today).First(a => a.Id != town.Commune.Id); return null;
            case "chết tại xã": declared["diedHere"] = true; return null;
            case "con":
                return () => Child(c, value);
            case "việc sau ngày chết":
                return async () =>
                {
                    using var canbo = await town.As("canbo");
                    (await canbo.Post("/marital-status/confirm", new { person = c.Father.Facts.Number!.Value.ToString(), @for = "other", purpose = "vay vốn", told = "single" , confirmed = new[] { "civil.marital-only-told" } })).Succeeds();
                };
            case "con sau ngày chết":
                return async () => await town.Enter(People.Someone(2, "2026-11-22").With(KinKind.Mother, c.Number));
            case "chủ hộ mới" when value == "con":
                return async () => declared["newHead"] = await town.Value<string>("select p.number from population.person p join population.member m on m.person_id = p.id where m.household_id = $1 and m.relation = '10'", c.Household);
            case "chủ hộ mới" when value == "chồng":
                return () => Task.FromResult(declared["newHead"] = c.Father.Facts.Number!.Value.ToString());
            case "chủ hộ mới":
                return async () => declared["newHead"] = (await new Couple(town).Enter()).Number.ToString();
            case "hộ":
                return async () =>
                {
                    await Child(c, "05/05/2020");
                    await town.Act(c.MotherKey, new HouseholdLeft(new DateOnly(2026, 1, 1)));
                };
            default: throw new FormatException($"{what}: {value}");
        }
    }

    private async Task<Guid> Child(Couple c, string born) => await town.Enter(People.Someone(2, RuleTable.DayOf(born)!.Value.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)).With(KinKind.Father, c.Father.Facts.Number!.Value)
        .LivingAt(c.Home.Id, "Ấp Mẫu", "2022-01-01").In(c.Household, "10", "2022-01-01"));
}
