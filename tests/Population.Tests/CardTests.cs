using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Testing;

namespace SoGoc.Population.Tests;

/// <summary>The identity card that was seen at the counter or at the door stands in the record.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class CardTests(Town town) : IClassFixture<Town>
{
    /// <summary>Born, issued, valid until by article 21; the last for life.</summary>
    [Theory]
    [InlineData("1990-05-20", "2026-03-01", "can-cuoc", "2030-05-20")]
    [InlineData("1990-05-20", "2022-03-01", "cccd", "2030-05-20")]
    [InlineData("1990-05-20", "2016-01-01", "cccd", "2030-05-20")]
    [InlineData("1986-12-01", "2024-12-01", "can-cuoc", "2046-12-01")]
    [InlineData("1986-12-01", "2024-11-30", "can-cuoc", "2026-12-01")]
    [InlineData("1960-01-02", "2021-05-05", "cccd", null)]
    [InlineData("1967-01-02", "2025-05-05", "can-cuoc", null)]
    [InlineData("2020-06-15", "2026-06-15", "can-cuoc", "2034-06-15")]
    public async Task A_card_is_entered_by_its_day_and_number_kind_and_expiry_follow(string born, string issued, string kind, string? until)
    {
        var id = await town.Enter(Resident(born));
        using var police = await town.As("congan");
        var seen = (await police.Post("/cards/show", new { person = id })).Succeeds();
        Assert.Empty(seen["refusals"].EnumerateArray());
        var card = (await police.Post("/cards/record", new { person = id, issued, place = "Bộ Công an (mẫu)", @case = seen["case"].GetString() })).Succeeds()["card"];
        Assert.Equal(kind, card.GetProperty("kind").GetString());
        Assert.Equal(until, card.TryGetProperty("expires", out var expires) ? expires.GetString() : null);
        var kept = Assert.Single((await Of(id)).Papers);
        Assert.Equal(((await Of(id)).Facts.Number.ToString(), issued, "Bộ Công an (mẫu)", until), (kept.Number, kept.Issued.ToString(), kept.Place, kept.Expires?.ToString("yyyy-MM-dd", null)));
        Assert.Equal(1, await town.Value<long>("select count(*) from journal.entry where subject = $1 and kind = 'population.paper-issued' and ground like '%điều 21%'", id));
        Assert.Equal(1, await town.Value<long>("select count(*) from journal.case_file where reference = $1 and purpose = 'identity-card' and closed_at is not null", seen["case"].GetString()));
        Assert.True(await town.Value<bool>("select exists (select from journal.disclosure where subject = $1 and purpose = 'identity-card')", id), "Who was looked up does not hear of it.");
        Assert.Empty((await town.Verify()).Differences);
    }

    [Fact]
    public async Task A_wrongly_entered_card_is_put_right_and_a_former_number_stays_on_the_card_that_bears_it()
    {
        var p = Resident("1990-05-20");
        var wrong = new IdPaper(3, PaperKind.Cccd, "089090999999", PartialDate.Of(new DateOnly(2022, 3, 1)), "Cục mẫu", new DateOnly(2026, 1, 2));
        var id = await town.Enter(p with { Papers = [wrong] });
        using var police = await town.As("congan");
        (await police.Post("/cards/record", new { person = id, corrects = 3 })).Succeeds();
        Assert.Equal(wrong with { Number = p.Facts.Number.ToString(), Expires = new DateOnly(2030, 5, 20) }, Assert.Single((await Of(id)).Papers));
        (await police.Post("/cards/record", new { person = id, corrects = 3 })).Refuses("population.card-as-recorded");
        (await police.Post("/cards/record", new { person = id, corrects = 2 })).Refuses("population.no-card");

        var former = p.Facts.Number!.Value;
        await town.Act(id, new NumberReplaced(former, People.Number("089", 2, 1990), "mẫu"));
        (await police.Post("/cards/record", new { person = id, corrects = 3, issued = "2022-03-02" })).Succeeds();
        Assert.Equal(former.ToString(), Assert.Single((await Of(id)).Papers).Number);
        (await police.Post("/cards/record", new { person = id, issued = "2022-03-02" })).Refuses("population.card-not-newer");
        (await police.Post("/cards/record", new { person = id, issued = "2026-10-01" })).Succeeds();
        var papers = (await Of(id)).Papers;
        Assert.Equal([3, 4], papers.Select(c => c.No));
        Assert.Equal((await Of(id)).Facts.Number.ToString(), papers[1].Number);
    }

    [Fact]
    public async Task What_cannot_be_a_card_is_refused_in_its_field_and_nothing_is_written()
    {
        using var police = await town.As("congan");
        var id = await town.Enter(Resident("2008-06-15"));
        async Task Refused(Guid who, string? issued, string code) => (await police.Post("/cards/record", new { person = who, issued })).Refuses(code);
        await Refused(id, null, "population.card-day-missing");
        await Refused(id, "2999-01-01", "population.card-day-ahead");
        await Refused(id, "2015-12-31", "population.card-before-law");
        await Refused(id, "2022-06-14", "population.card-too-young");
        await Refused(await town.Enter(Resident("2025-06-15")), "2025-06-14", "population.card-too-young");
        Assert.Empty((await Of(id)).Papers);

        await Refused(await town.Enter(People.Nobody().LivingAt(town.Commune.Id, "Ấp Mẫu", "1990-01-01")), "2026-01-02", "population.card-needs-number");
        var foreigner = Resident("1990-05-21");
        await Refused(await town.Enter(foreigner with { Facts = foreigner.Facts with { Nationality = ["KH"] } }), "2026-01-02", "population.card-foreigner");
        var dead = await town.Enter(Resident("1990-05-22"));
        await town.Act(dead, new StatusChanged(PersonStatus.Dead));
        await Refused(dead, "2026-01-02", "population.card-record-closed");
        var hidden = Resident("1990-05-23");
        await Refused(await town.Enter(hidden with { Confidential = 1 }), "2026-01-02", "population.confidential");
        var elsewhere = town.Places.All.First(a => a.Level == AreaLevel.Commune && a.Id != town.Commune.Id && a.Valid.Until is null && town.Places.Province(a)?.Id == town.Places.Province(town.Commune)?.Id);
        await Refused(await town.Enter(People.Someone(1, "1990-05-24").LivingAt(elsewhere.Id, "Ấp Xa", "1990-01-01")), "2026-01-02", "population.outside-duty");
        await Refused(Guid.NewGuid(), "2026-01-02", "population.no-person");
        using var clerk = await town.As("canbo");
        (await clerk.Post("/cards/record", new { person = id, issued = "2026-01-02" })).Refuses("kernel.not-permitted");
    }

    [Fact]
    public async Task Of_two_officials_who_enter_the_same_card_at_once_one_is_told_that_it_is_there()
    {
        for (var round = 0; round < 5; round++)
        {
            var id = await town.Enter(Resident("1990-05-20"));
            using var one = await town.As("congan");
            using var two = await town.Official("commune-police", town.Commune.Id);
            var both = await Task.WhenAll(new[] { one, two }.Select(p => p.Post("/cards/record", new { person = id, issued = "2026-10-01" })));
            Assert.Single(both, b => b.IsGood);
            both.Single(b => !b.IsGood).Refuses("population.card-not-newer");
            Assert.Single((await Of(id)).Papers);
        }
    }

    [Fact]
    public async Task On_the_page_the_police_chooses_the_card_and_types_its_day_as_people_write_it()
    {
        var id = await town.Enter(Resident("1990-05-20") with { Papers = [new IdPaper(0, PaperKind.Cccd, "089090999999", PartialDate.Of(new DateOnly(2022, 3, 1)), null, null)] });
        using var police = town.Sit();
        await police.SignIn("congan");
        (await police.Get($"/nguoi/{id}/the")).Succeeds();
        (await police.Send($"/nguoi/{id}/the?handler=Look")).Succeeds().Says("01/03/2022", "không ghi hạn");
        (await police.Send($"/nguoi/{id}/the?handler=Record", ("Which", "new"), ("Issued", "32/13/2026"))).Refuses("population.card-day-missing");
        (await police.Send($"/nguoi/{id}/the?handler=Record", ("Issued", "1/10/2026"))).Refuses("population.card-which-missing");
        (await police.Send($"/nguoi/{id}/the?handler=Record", ("Which", "new"), ("Issued", "1/10/2026"))).Succeeds().Says("20/05/2030");
        Assert.Equal(2, (await Of(id)).Papers.Count);
    }

    private PersonState Resident(string born)
    {
        var p = People.Someone(2, born);
        return (p with { Facts = p.Facts with { Nationality = ["VN"] } }).LivingAt(town.Commune.Id, "Ấp Mẫu", "1990-01-01");
    }

    private Task<PersonState> Of(Guid id) => town.Do<IPopulation, PersonState>(async p => (await p.Find(id))!);
}
