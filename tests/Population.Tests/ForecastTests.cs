using System.Text.Json;
using SoGoc.Testing;

namespace SoGoc.Population.Tests;

/// <summary>How many numbers a province has left, and how long they last.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class ForecastTests(Town town) : IClassFixture<Town>
{
    /// <summary>A thousand in a hundred days are ten a day; 97 days are left until the births of 2026 are registered in time.</summary>
    [Fact]
    public async Task Numbers_that_last_are_told_with_how_many_will_be_used()
    {
        await Allotted("089226", 1_000, days: 100);
        var boys = await Line("089226", 2026, 2026);
        Assert.Equal(("enough", 1_000, 999_000, 1_970, "2027-03-01", false), (Text(boys, "outlook"), Int(boys, "used"), Int(boys, "free"), Int(boys, "expected"), Text(boys, "registeredUntil"), boys.GetProperty("low").GetBoolean()));
        Assert.Equal((300, 1_000, 3_650), (Int(boys, "lastMonth"), Int(boys, "lastYear"), Int(boys, "perYear")));
        Assert.False(boys.TryGetProperty("runsOutOn", out _));
    }

    /// <summary>Of a million 920,000 are gone at 9,200 a day: nine days are left, and the births of the year go on for 97.</summary>
    [Fact]
    public async Task Numbers_that_run_out_are_told_with_the_day()
    {
        await Allotted("091326", 920_000, days: 100);
        var girls = await Line("091326", 2026, 2026);
        Assert.Equal(("runs-out", 80_000, "2026-12-02", true), (Text(girls, "outlook"), Int(girls, "free"), Text(girls, "runsOutOn"), girls.GetProperty("low").GetBoolean()));
    }

    [Fact]
    public async Task Of_a_year_whose_registration_has_ended_only_late_births_are_told()
    {
        await Allotted("089225", 365, days: 365);
        Assert.Equal(("late", 365), (Text(await Line("089225", 2025, 2025), "outlook"), Int(await Line("089225", 2025, 2025), "perYear")));
        await Allotted("089325", 990_000, days: 365);
        Assert.Equal(("late-runs-out", "2026-11-27"), (Text(await Line("089325", 2025, 2025), "outlook"), Text(await Line("089325", 2025, 2025), "runsOutOn")));
    }

    /// <summary>Numbers that came with lists are used, but were not given here: they tell no pace. Nor do three days.</summary>
    [Fact]
    public async Task Without_a_pace_nothing_is_forecast()
    {
        await town.Enter(People.Someone(2, "1947"));
        var listed = await Line("089147", 1947, 1947);
        Assert.Equal(("idle", 1, 0), (Text(listed, "outlook"), Int(listed, "used"), Int(listed, "lastYear")));
        await Allotted("089048", 300, days: 3);
        var recent = await Line("089048", 1948, 1948);
        Assert.Equal(("new", "2026-11-22"), (Text(recent, "outlook"), Text(recent, "firstOn")));
        Assert.False(recent.TryGetProperty("expected", out _));
    }

    [Fact]
    public async Task The_province_is_asked_for_by_the_codes_its_communes_still_give_numbers_by()
    {
        using var leader = await town.As("lanhdao");
        var all = (await leader.Post("/numbers/forecast", new { })).Succeeds();
        Assert.Equal(["089", "091"], all["places"].EnumerateArray().Select(p => p.GetString()));
        Assert.Equal(["089226", "089326", "091226", "091326", "089225", "089325", "091225", "091325"], all["prefixes"].EnumerateArray().Select(p => Text(p, "prefix")));
        Assert.Equal("Tỉnh Kiên Giang", Text(all["prefixes"].EnumerateArray().Last(), "placeName"));
    }

    [Fact]
    public async Task What_cannot_be_asked_for_is_said()
    {
        using var leader = await town.As("lanhdao");
        (await leader.Post("/numbers/forecast", new { fromYear = 1899 })).Refuses("population.forecast-years");
        (await leader.Post("/numbers/forecast", new { fromYear = 2026, toYear = 2025 })).Refuses("population.forecast-years");
        (await leader.Post("/numbers/forecast", new { fromYear = 2000, toYear = 2020 })).Refuses("population.forecast-years");
        (await leader.Post("/numbers/forecast", new { toYear = 2027 })).Refuses("population.forecast-years");
        (await leader.Post("/numbers/forecast", new { place = "003" })).Refuses("population.number-place-never-existed");
        using var administrator = await town.As("quantri");
        (await administrator.Post("/numbers/forecast", new { })).Refuses("kernel.not-permitted");
    }

    private async Task<JsonElement> Line(string prefix, int from, int to)
    {
        using var registrar = await town.As("tinh");
        return (await registrar.Post("/numbers/forecast", new { place = prefix[..3], fromYear = from, toYear = to })).Succeeds()["prefixes"].EnumerateArray().Single(p => Text(p, "prefix") == prefix);
    }

    /// <summary>So many numbers of a prefix were given, as many on each of the last days.</summary>
    private async Task Allotted(string prefix, int numbers, int days)
    {
        var somebody = await town.Enter(People.Nobody());
        await town.Execute($"""
            begin; set local session_replication_role = replica;
            insert into population.allotted_number select '{prefix}' || to_char(n, 'FM000000'), '{somebody}', '{town.Clock.GetUtcNow():O}'::timestamptz - (n % {days}) * interval '1 day' from generate_series(0, {numbers} - 1) n;
            commit
            """);
    }

    private static string? Text(JsonElement line, string name) => line.GetProperty(name).GetString();

    private static int Int(JsonElement line, string name) => line.GetProperty(name).GetInt32();
}
