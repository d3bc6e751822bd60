using System.Runtime.Versioning;
using SoGoc.Kernel.Time;
using SoGoc.Population;
using SoGoc.Testing;

namespace SoGoc.Quality.Tests;

/// <summary>Each rule finds the record that breaks it, and leaves a sound one alone.</summary>
[SupportedOSPlatform("linux")]
public sealed class RuleTests(Town town) : IClassFixture<Town>
{
    private static readonly DateOnly Today = new(2026, 11, 24);

    private static PersonState Facts(PersonState p, Func<PersonFacts, PersonFacts> change) => p with { Facts = change(p.Facts) };

    private static PersonState Card(PersonState p, Func<IdPaper, IdPaper> change) => p with { Papers = [change(p.Papers[0])] };

    private static PersonState Child(PersonState p, DateOnly born) => Facts(p, f => f with { Born = PartialDate.Of(born), Number = People.Number("089", f.Sex!.Value, born.Year), Marital = null, Phone = null }) with
    {
        Papers = [], Residences = [p.Residences[0] with { From = born }], Kin = p.Kin,
    };

    /// <summary>One sound person made to break each rule; what the database itself refuses (a second head, a death before birth, an end of the living) is not here.</summary>
    private static readonly Dictionary<string, Func<PersonState, PersonState>> Breakers = new(StringComparer.Ordinal)
    {
        ["number-sex"] = p => Facts(p, f => f with { Sex = (short)(3 - f.Sex!.Value) }),
        ["number-century"] = p => Facts(p, f => f with { Number = People.Number(f.Number!.Value.ToString()[..3] + (char)(f.Number.Value.ToString()[3] + 2) + f.Number.Value.ToString()[4..]) }),
        ["number-year"] = p => Facts(p, f => f with { Born = PartialDate.Of(1985, 3, 5) }),
        ["number-place"] = p => Facts(p, f => f with { Number = People.Number("003" + f.Number!.Value.ToString()[3..]) }),
        ["age-beyond"] = p => Facts(p, f => f with { Born = PartialDate.Of(1912, 3, 5), Number = People.Number("089", 2, 1912) }),
        ["no-sign-of-life"] = p => Facts(p, f => f with { Born = PartialDate.Of(1902, 3, 5), Number = People.Number("089", 2, 1902) }),
        ["home-before-birth"] = p => p with { Residences = [p.Residences[0] with { From = new DateOnly(1980, 1, 1) }] },
        ["card-before-birth"] = p => Card(p, c => c with { Issued = PartialDate.Of(1980, 1, 1) }),
        ["card-other-number"] = p => Card(p, c => c with { Number = "089184999999" }),
        ["card-order"] = p => Card(p, c => c with { Issued = PartialDate.Of(2025, 1, 2), Expires = new DateOnly(2025, 1, 2) }),
        ["married-minor"] = p => Facts(Child(p, Today.AddYears(-16)), f => f with { Marital = 2 }),
        ["marital-single-with-spouse"] = p => p with { Kin = [.. p.Kin, new Kin(2, KinKind.Spouse, "Lê Văn Mẫu")] },
        ["two-spouses"] = p => Facts(p, f => f with { Marital = 2 }) with { Kin = [.. p.Kin, new Kin(2, KinKind.Spouse, "Lê Văn Mẫu"), new Kin(3, KinKind.Spouse, "Lê Văn Thử")] },
        ["number-missing"] = p => Facts(p, f => f with { Number = null }),
        ["number-missing-newborn"] = p => Facts(Child(p, Today.AddDays(-20)), f => f with { Number = null }),
        ["number-missing-school"] = p => Facts(Child(p, Today.AddYears(-8)), f => f with { Number = null }),
        ["born-missing"] = p => Facts(p, f => f with { Born = null }),
        ["born-year-only"] = p => Facts(p, f => f with { Born = PartialDate.Of(1984, 0, 0) }),
        ["sex-missing"] = p => Facts(p, f => f with { Sex = null }),
        ["ethnicity-missing"] = p => Facts(p, f => f with { Ethnicity = null }),
        ["nationality-missing"] = p => Facts(p, f => f with { Nationality = null }),
        ["religion-missing"] = p => Facts(p, f => f with { Religion = null }),
        ["hometown-missing"] = p => Facts(p, f => f with { Hometown = null }),
        ["registered-missing"] = p => Facts(p, f => f with { BirthRegistered = null }),
        ["birth-place-missing"] = p => Facts(p, f => f with { BirthPlace = null }),
        ["home-missing"] = p => p with { Residences = [] },
        ["home-detail-missing"] = p => p with { Residences = [p.Residences[0] with { Detail = null }] },
        ["home-area-missing"] = p => p with { Residences = [p.Residences[0] with { Area = null }] },
        ["parents-missing-minor"] = p => Child(p, Today.AddYears(-8)) with { Kin = [] },
        ["mother-missing-minor"] = p => Child(p, Today.AddYears(-8)) with { Kin = [p.Kin[0]] },
        ["parents-missing"] = p => p with { Kin = [] },
        ["marital-missing"] = p => Facts(p, f => f with { Marital = null }),
        ["spouse-missing"] = p => Facts(p, f => f with { Marital = 2 }),
        ["card-missing"] = p => p with { Papers = [] },
        ["phone-missing"] = p => Facts(p, f => f with { Phone = null }),
        ["end-missing"] = p => p with { Status = PersonStatus.Dead },
        ["name-letters"] = p => p.Named(p.Facts.FullName + " 8"),
        ["name-one-word"] = p => p.Named("Mẫu" + p.Facts.Number!.Value.ToString()[^1] switch { '0' => "a", '1' => "b", _ => "c" }),
        ["name-case"] = p => p.Named(p.Facts.FullName!.ToUpperInvariant()),
        ["phone-malformed"] = p => Facts(p, f => f with { Phone = "12" }),
        ["email-malformed"] = p => Facts(p, f => f with { Email = "mau" }),
        ["old-id-malformed"] = p => Facts(p, f => f with { OldIds = ["12345678"] }),
        ["doubt-open"] = p => p with { Doubts = [new Doubt("born", "population.birth-missing")] },
        ["unverified"] = p => p with { Status = PersonStatus.Unverified },
        ["card-expired"] = p => Card(p, c => c with { Expires = new DateOnly(2026, 11, 1) }),
        ["card-due"] = p => Card(p, c => c with { Expires = new DateOnly(2026, 12, 20) }),
        ["turned-fourteen"] = p => Child(p, Today.AddYears(-14).AddDays(30)),
        ["card-outdated-age"] = p => Card(p, c => c with { Expires = null }),
        ["temporary-over"] = p => p with { Residences = [.. p.Residences, new Residence(1, ResidenceKind.Temporary, p.Residences[0].Area, "Nhà trọ Mẫu", new DateOnly(2023, 1, 1))] },
        ["absence-long"] = p => p with { Residences = [.. p.Residences, new Residence(1, ResidenceKind.Absence, null, "đi làm xa", new DateOnly(2023, 1, 1))] },
        ["dead-resident"] = p => Facts(p, f => f with { Ended = PartialDate.Of(2026, 10, 1) }) with { Status = PersonStatus.Dead },
        ["born-future"] = p => Facts(p, f => f with { Born = PartialDate.Of(2027, 3, 5) }),
        ["died-future"] = p => Facts(p, f => f with { Ended = PartialDate.Of(2027, 1, 1) }) with { Status = PersonStatus.Dead },
        ["living-with-end"] = p => Facts(p, f => f with { Ended = PartialDate.Of(2026, 1, 1) }),
        ["member-before-birth"] = p => Child(p, Today.AddYears(-8)),
        ["head-minor"] = p => Child(p, Today.AddYears(-8)),
        ["household-all-minors"] = p => Child(p, Today.AddYears(-8)),
        ["number-registered"] = p => Facts(Child(p, Today.AddYears(-8)), f => f with { BirthRegistered = f.BirthPlace, Number = People.Number("079", 2, Today.Year - 8) }),
        ["missing-long"] = p => Facts(p, f => f with { Ended = PartialDate.Of(2020, 10, 1) }) with { Status = PersonStatus.Missing },
    };

    public static TheoryData<string> Codes => [.. Breakers.Keys];

    [Theory]
    [MemberData(nameof(Codes))]
    public async Task The_record_that_breaks_a_rule_is_found(string code)
    {
        var (person, household) = await town.Settle(Breakers[code](town.Sound()));
        await town.Look(person, household);
        Assert.Contains(code, (await town.Broken(person)).Concat(await town.Broken(household)));
    }

    /// <summary>A relative of somebody born in 1984 who cannot be one.</summary>
    private static readonly Dictionary<string, (KinKind Kind, Func<PersonState, PersonState> Who)> Relatives = new(StringComparer.Ordinal)
    {
        ["mother-young"] = (KinKind.Mother, p => Born(p, 2, 1975)),
        ["mother-old"] = (KinKind.Mother, p => Born(p, 2, 1920)),
        ["father-young"] = (KinKind.Father, p => Born(p, 1, 1975)),
        ["father-old"] = (KinKind.Father, p => Born(p, 1, 1901)),
        ["mother-dead-before"] = (KinKind.Mother, p => Facts(Born(p, 2, 1960), f => f with { Ended = PartialDate.Of(1983, 1, 1) }) with { Status = PersonStatus.Dead }),
        ["father-dead-before"] = (KinKind.Father, p => Facts(Born(p, 1, 1960), f => f with { Ended = PartialDate.Of(1983, 1, 1) }) with { Status = PersonStatus.Dead }),
        ["parent-sex"] = (KinKind.Father, p => Born(p, 2, 1960)),
        ["kin-merged"] = (KinKind.Mother, p => Born(p, 2, 1960) with { Status = PersonStatus.Cancelled }),
        ["spouse-same-sex"] = (KinKind.Spouse, p => Born(p, 2, 1980)),
        ["spouse-not-mutual"] = (KinKind.Spouse, p => Born(p, 1, 1980)),
        ["widowed-still-married"] = (KinKind.Spouse, p => Facts(Born(p, 1, 1980), f => f with { Ended = PartialDate.Of(2026, 1, 1) }) with { Status = PersonStatus.Dead }),
    };

    private static PersonState Born(PersonState p, short sex, int year) => Facts(p, f => f with { Sex = sex, Born = PartialDate.Of(year, 3, 5), Number = People.Number("089", sex, year) });

    public static TheoryData<string> OfKin => [.. Relatives.Keys];

    [Theory]
    [MemberData(nameof(OfKin))]
    public async Task The_relative_who_cannot_be_one_is_found(string code)
    {
        var (kind, who) = Relatives[code];
        var (relative, _) = await town.Settle(who(town.Sound()));
        var sound = Facts(town.Sound(), f => f with { Marital = (short)(kind == KinKind.Spouse ? 2 : 1) });
        var (person, _) = await town.Settle(sound with { Kin = [.. sound.Kin.Where(k => k.Kind != kind), new Kin(9, kind, null, Person: relative)] });
        await town.Look(person);
        Assert.Contains(code, await town.Broken(person));
    }

    [Fact]
    public async Task Households_that_cannot_be_so_are_found()
    {
        var (head, many) = await town.Settle(town.Sound());
        var wife = await town.Enter(Child(town.Sound(1), Today.AddYears(-16)).In(many, "02", "2016-01-01"));
        var lodger = Guid.Empty;
        for (var i = 0; i < 30; i++)
        {
            lodger = await town.Enter(town.Sound().In(many, "99", "2016-01-01"));
        }

        var (_, closed) = await town.Settle(town.Sound());
        var empty = await town.Household(new HouseholdState(null, town.Commune.Id, "Số 6, ấp Mẫu", new DateOnly(2016, 1, 1)));
        await town.Execute("update population.household set closed_on = '2026-01-01' where id = $1", closed);
        var alone = await town.Enter(town.Sound());
        await town.Look(head, wife, lodger, many, closed, empty, alone);
        Assert.Contains("household-large", await town.Broken(many));
        Assert.Contains("household-closed-with-members", await town.Broken(closed));
        Assert.Contains("household-empty", await town.Broken(empty));
        Assert.Contains("household-missing", await town.Broken(alone));
        Assert.Subset((await town.Broken(wife)).ToHashSet(), new HashSet<string> { "relation-sex", "spouse-minor" });
        Assert.Contains("relation-unknown", await town.Broken(lodger));
    }

    [Fact]
    public async Task What_several_share_and_homes_in_units_that_were_divided_are_found_at_night()
    {
        var divided = town.Places.All.First(a => a.Level == Places.AreaLevel.Commune && !a.Valid.Holds(Today) && town.Places.Resolve(a, Today) is { Area: null, Candidates.Count: > 1 });
        var (one, _) = await town.Settle(Facts(town.Sound(), f => f with { OldIds = ["351888001"] }));
        var (other, _) = await town.Settle(Facts(town.Sound(), f => f with { OldIds = ["351888001"] }));
        var (there, household) = await town.Settle(town.Sound() with { Residences = [new Residence(0, ResidenceKind.Permanent, divided.Id, "Ấp Xưa", new DateOnly(2016, 1, 1))] });
        await town.Execute("update population.household set area_id = $2 where id = $1", household, divided.Id);
        for (var i = 0; i < 11; i++)
        {
            await town.Settle(Facts(town.Sound(), f => f with { Phone = "0900777777" }));
        }

        await town.Clean();
        Assert.Contains("old-id-shared", await town.Broken(one));
        Assert.Contains("old-id-shared", await town.Broken(other));
        Assert.Contains("unit-gone", await town.Broken(there));
        Assert.Contains("household-unit-gone", await town.Broken(household));
        Assert.Equal(11, await town.Value<long>("select count(*) from quality.finding f join population.person p on p.id = f.person_id where f.rule = 'phone-shared' and p.phone = '0900777777'"));
    }

    /// <summary>What the database itself refuses cannot be planted; the rules stand for rows that came in before it did.</summary>
    private static readonly string[] Refused = ["died-before-born", "household-two-heads"];

    private static readonly string[] Elsewhere =
    [
        "household-no-head", "household-head-gone", "dead-member", "kin-name", "household-large", "household-closed-with-members", "household-empty", "household-missing", "relation-sex", "spouse-minor", "relation-unknown",
        "old-id-shared", "phone-shared", "unit-gone", "household-unit-gone", "duplicate", "told-dead",
    ];

    [Fact]
    public async Task Every_rule_is_tried_here_but_those_whose_breach_the_database_refuses() =>
        Assert.Equal((await town.Rows("select code from quality.rule order by code", r => r.GetString(0))).Order(StringComparer.Ordinal), Breakers.Keys.Concat(Relatives.Keys).Concat(Elsewhere).Concat(Refused).Order(StringComparer.Ordinal));

    [Fact]
    public async Task A_sound_record_breaks_no_rule()
    {
        var (person, household) = await town.Settle(town.Sound());
        await town.Look(person, household);
        Assert.Empty(await town.Broken(person));
        Assert.Empty(await town.Broken(household));
    }

    [Fact]
    public async Task A_household_without_a_head_and_one_whose_head_is_dead_are_found()
    {
        var (head, household) = await town.Settle(town.Sound());
        var member = await town.Enter(town.Sound().In(household, "10", "2016-01-01"));
        await town.Act(head, new StatusChanged(PersonStatus.Dead, PartialDate.Of(2026, 11, 1)));
        await town.Look(head);
        Assert.Contains("household-head-gone", await town.Broken(household));
        Assert.Contains("dead-member", await town.Broken(head));
        await town.Act(head, new HouseholdLeft(Today.AddDays(-1)));
        await town.Look(head);
        Assert.Contains("household-no-head", await town.Broken(household));
        // Who moves to the head mends it.
        await town.Act(member, new HouseholdJoined(household, "01", Today));
        await town.Look(member);
        Assert.Empty(await town.Broken(household));
    }

    [Fact]
    public async Task Kin_that_cannot_be_are_found()
    {
        var (young, _) = await town.Settle(town.Sound(2, "1975-01-01"));
        var (old, _) = await town.Settle(town.Sound(1, "1930-01-01"));
        var child = town.Sound(1, "1984-03-05") with { Kin = [new Kin(0, KinKind.Father, "Ai Khác", Person: old), new Kin(1, KinKind.Mother, null, Person: young)] };
        var (person, _) = await town.Settle(child);
        var wife = Facts(town.Sound(), f => f with { Marital = 2 }) with { Kin = [new Kin(0, KinKind.Father, "Nguyễn Văn Xưa"), new Kin(1, KinKind.Mother, "Trần Thị Xưa"), new Kin(2, KinKind.Spouse, null, Person: young)] };
        var (married, _) = await town.Settle(wife);
        await town.Look(person, married);
        Assert.Equal(["kin-name", "mother-young"], await town.Broken(person));
        Assert.Equal(["spouse-not-mutual", "spouse-same-sex"], await town.Broken(married));
    }

    [Fact]
    public async Task Every_rule_is_in_a_sentence_of_both_languages_and_names_a_law()
    {
        var rules = await town.Rows("select code, sentence_vi, sentence_en, ground from quality.rule", r => (r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3)));
        Assert.True(rules.Count >= 60, $"{rules.Count}");
        Assert.All(rules, r => Assert.True(r.Item2.Length > 10 && r.Item3.Length > 10 && r.Item4.Length > 5, r.Item1));
    }

    [Fact]
    public async Task What_is_mended_leaves_the_list_and_comes_back_with_a_mark()
    {
        var (person, _) = await town.Settle(Facts(town.Sound(), f => f with { Ethnicity = null }));
        await town.Look(person);
        Assert.Equal(["ethnicity-missing"], await town.Broken(person));
        await town.Act(person, new PersonCompleted(new PersonFacts { Ethnicity = "01" }));
        await town.Look(person);
        Assert.Empty(await town.Broken(person));
        await town.Act(person, new PersonCorrected(new PersonFacts { Ethnicity = "01" }, new PersonFacts(), ["ethnicity"]));
        await town.Look(person);
        Assert.Equal(1, await town.Value<short>("select back from quality.finding where subject = $1 and gone_at is null", person));
    }
}
