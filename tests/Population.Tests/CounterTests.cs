using SoGoc.Places;
using SoGoc.Testing;

namespace SoGoc.Population.Tests;

/// <summary>Somebody of the register who has no number gets one at the counter of the commune police.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class CounterTests(Town town) : IClassFixture<Town>
{
    private const string Paper = "Giấy khai sinh số 12, ngày 05/07/1962, UBND xã Mẫu";

    [Fact]
    public async Task An_older_person_gets_a_number_by_where_his_birth_was_registered_and_his_child_names_it()
    {
        var id = await town.Enter(Resident(Registered("91")));
        var child = await town.Enter(People.Someone(1, "1990-02-03").With(KinKind.Mother, id));
        using var police = await town.As("congan");
        var seen = (await police.Post("/numbers/check", new { person = id })).Succeeds();
        Assert.Equal("091", seen["placeCode"].GetString());
        Assert.Equal(["population.ground-missing"], seen["refusals"].EnumerateArray().Select(r => r.GetProperty("code").GetString()));

        var given = (await police.Post("/numbers/allot", new { person = id, paper = Paper, @case = seen["case"].GetString() })).Succeeds();
        var number = People.Number(given["number"].GetString()!);
        Assert.Equal("091162", number.Prefix);
        Assert.Equal(number, (await Of(id)).Facts.Number);
        Assert.Equal((number, (Guid?)null), (await Of(child)).Kin.Select(k => (k.Number!.Value, k.Person)).Single());
        Assert.Equal(1, await town.Value<long>("select count(*) from journal.entry where subject = $1 and kind = 'population.number-allotted' and ground like $2", id, $"%DC01%{Paper}%điều 12"));
        Assert.Equal(1, await town.Value<long>("select count(*) from journal.case_file where reference = $1 and purpose = 'personal-number' and closed_at is not null", seen["case"].GetString()));
        Assert.Equal(1, await town.Value<long>("select count(*) from journal.disclosure where subject = $1 and case_ref = $2 and purpose = 'personal-number'", id, seen["case"].GetString()) is var readings && readings > 0 ? 1 : 0);
        Assert.Empty((await town.Verify()).Differences);
    }

    [Fact]
    public async Task Where_the_register_does_not_know_the_place_the_police_says_it_by_the_paper()
    {
        var id = await town.Enter(Resident(null));
        using var police = await town.As("congan");
        (await police.Post("/numbers/allot", new { person = id, paper = Paper })).Refuses("population.number-place-missing");
        (await police.Post("/numbers/allot", new { person = id, paper = Paper, placeCode = "003" })).Refuses("population.number-place-never-existed");
        Assert.Equal("079162", People.Number((await police.Post("/numbers/allot", new { person = id, paper = Paper, placeCode = "079" })).Succeeds()["number"].GetString()!).Prefix);
        var known = await town.Enter(Resident(Registered("89")));
        (await police.Post("/numbers/allot", new { person = known, paper = Paper, placeCode = "079" })).Refuses("population.number-place-differs");
    }

    [Fact]
    public async Task Who_cannot_be_given_a_number_at_the_counter_is_told_why()
    {
        using var police = await town.As("congan");
        async Task Refused(PersonState person, string code, Func<Guid, Task>? then = null)
        {
            var id = await town.Enter(person);
            await (then?.Invoke(id) ?? Task.CompletedTask);
            (await police.Post("/numbers/allot", new { person = id, paper = Paper })).Refuses(code);
        }

        var sound = Resident(Registered("89"));
        await Refused(sound.Numbered(), "population.has-number");
        await Refused(Resident(Registered("89"), sex: 0), "population.number-needs-birth");
        await Refused(Resident(Registered("89"), born: "unknown"), "population.number-needs-birth");
        await Refused(Resident(Registered("89")), "population.number-record-closed", id => town.Act(id, new StatusChanged(PersonStatus.Dead)));
        var foreigner = Resident(Registered("89"));
        await Refused(foreigner with { Facts = foreigner.Facts with { Nationality = ["KH"] } }, "population.number-foreigner");
        await Refused(Resident(Registered("89")), "population.outside-area", id => town.Act(id, new ResidenceEnded(ResidenceKind.Permanent, town.Clock.GetUtcNow().Date is var d ? DateOnly.FromDateTime(d).AddDays(-1) : default)));
        await Refused(People.Nobody().LivingAt(Elsewhere.Id, "Ấp Xa", "1990-01-01"), "population.outside-duty");
        (await police.Post("/numbers/allot", new { person = Guid.NewGuid(), paper = Paper })).Refuses("population.no-person");
        (await police.Post("/numbers/allot", new { person = await town.Enter(sound) })).Refuses("population.ground-missing");
        using var clerk = await town.As("canbo");
        (await clerk.Post("/numbers/check", new { person = await town.Enter(Resident(Registered("89"))) })).Refuses("kernel.not-permitted");
    }

    /// <summary>Two numbers for one person are what must not be: whoever bears the same name and birth is shown before the decision.</summary>
    [Fact]
    public async Task Somebody_of_the_same_name_and_birth_who_has_a_number_is_looked_at_first()
    {
        var id = await town.Enter(Resident(Registered("89")));
        var (facts, other) = ((await Of(id)).Facts, People.Someone(2, (await Of(id)).Facts.Born!.Value.Earliest!.Value.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)).Named((await Of(id)).Facts.FullName!));
        var twin = await town.Enter(other.LivingAt(Elsewhere.Id, "Ấp Xa", "1990-01-01"));
        using var police = await town.As("congan");
        var warning = (await police.Post("/numbers/check", new { person = id, paper = Paper })).Succeeds()["warnings"].EnumerateArray().Single();
        Assert.Contains($"{facts.FullName}, {facts.Born!.Value.Shown}, {other.Facts.Number}", warning.GetProperty("sentence").GetString(), StringComparison.Ordinal);
        Assert.True(await town.Value<long>("select count(*) from journal.disclosure where subject = $1 and purpose = 'personal-number'", twin) > 0, "Who was shown does not hear of it.");
        (await police.Post("/numbers/allot", new { person = id, paper = Paper })).Refuses("population.perhaps-twice");
        (await police.Post("/numbers/allot", new { person = id, paper = Paper, confirmed = new[] { "population.perhaps-twice" } })).Refuses("population.not-same-missing");
        (await police.Post("/numbers/allot", new { person = id, paper = Paper, confirmed = new[] { "population.perhaps-twice" }, notSame = "hai giấy khai sinh mẫu" })).Succeeds();
        Assert.Equal(1, await town.Value<long>("select count(*) from journal.entry where subject = $1 and ground like '%hai giấy khai sinh mẫu%'", id));
    }

    [Fact]
    public async Task Of_two_officials_at_once_one_gives_the_number_and_the_other_is_told_of_it()
    {
        for (var round = 0; round < 5; round++)
        {
            var id = await town.Enter(Resident(Registered("89")));
            using var one = await town.As("congan");
            using var two = await town.Official("commune-police", town.Commune.Id);
            var both = await Task.WhenAll(new[] { one, two }.Select(p => p.Post("/numbers/allot", new { person = id, paper = Paper })));
            var given = Assert.Single(both, b => b.IsGood);
            both.Single(b => !b.IsGood).Refuses("population.has-number");
            Assert.Equal(given["number"].GetString(), (await Of(id)).Facts.Number.ToString());
            Assert.Equal(1, await town.Value<long>("select count(*) from population.allotted_number where person_id = $1", id));
        }
    }

    private Area Elsewhere => town.Places.All.First(a => a.Level == AreaLevel.Commune && a.Id != town.Commune.Id && a.Valid.Until is null && town.Places.Province(a)?.Id == town.Places.Province(town.Commune)?.Id);

    /// <summary>A commune of a province of 2022.</summary>
    private PlaceFact Registered(string province)
    {
        var then = new DateOnly(2022, 4, 12);
        return new PlaceFact(town.Places.All.First(a => a.Level == AreaLevel.Commune && a.Valid.Holds(then) && town.Places.Province(a)?.Code == province && a.Valid.Until is not null).Id, null);
    }

    private static int residents;

    /// <summary>Of each another day of birth, unless one is told: nobody is taken for a neighbour of a like name who was born on one day with him.</summary>
    private PersonState Resident(PlaceFact? registered, short sex = 2, string? born = null)
    {
        var n = Interlocked.Increment(ref residents);
        var p = People.Nobody(sex, born ?? $"1962-{1 + (n % 12):00}-{1 + (n * 5 % 28):00}");
        return (p with { Facts = p.Facts with { BirthRegistered = registered, Nationality = ["VN"] } }).LivingAt(town.Commune.Id, "Ấp Mẫu", "1990-01-01");
    }

    private Task<PersonState> Of(Guid id) => town.Do<IPopulation, PersonState>(async p => (await p.Find(id))!);
}
