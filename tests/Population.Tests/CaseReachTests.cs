using System.Net;
using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Testing;

namespace SoGoc.Population.Tests;

/// <summary>A clerk serves who stands before her, wherever he lives: an open case of hers that names him puts him within her reach, and nobody else's does.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class CaseReachTests(Town town) : IClassFixture<Town>
{
    private Area There => town.Places.All.First(a => a.Level == AreaLevel.Commune && a.Valid.Holds(town.Clock.Today()) && a.Id != town.Commune.Id && town.Places.Province(a)?.Id == town.Places.Province(town.Commune)?.Id);

    [Fact]
    public async Task Whom_an_open_case_names_its_holder_reads_until_it_is_closed_and_no_colleague_does()
    {
        var (id, number) = await Elsewhere();
        using var clerk = await town.As("canbo");
        using var colleague = await town.Official("commune-clerk", town.Commune.Id);
        (await Show(clerk, id, Town.Case)).Refuses("population.outside-duty", HttpStatusCode.Forbidden);

        await Named(clerk, "HS-khach", id);
        (await Show(clerk, id, "HS-khach")).Succeeds();
        Assert.Equal("found", await Found(clerk, number, "HS-khach"));
        (await Show(colleague, id, "HS-khach")).Refuses("population.outside-duty", HttpStatusCode.Forbidden);
        Assert.Equal("elsewhere", await Found(colleague, number, "HS-khach"));

        (await clerk.Post("/cases/close", new { reference = "HS-khach" })).Succeeds();
        (await Show(clerk, id, Town.Case)).Refuses("population.outside-duty", HttpStatusCode.Forbidden);
        Assert.Equal("elsewhere", await Found(clerk, number, Town.Case));
    }

    [Fact]
    public async Task A_case_that_names_one_person_shows_no_other()
    {
        var ((named, _), (other, _)) = (await Elsewhere(), await Elsewhere());
        using var clerk = await town.As("canbo");
        await Named(clerk, "HS-mot", named);
        (await Show(clerk, other, "HS-mot")).Refuses("population.outside-duty", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Who_only_says_that_he_works_on_somebody_elsewhere_does_not_read_him()
    {
        var (id, number) = await Elsewhere();
        using var clerk = await town.As("canbo");
        (await clerk.Post("/cases/open", new { kind = "dossier", reference = "HS-bia", purpose = Town.Purpose, numbers = new[] { number } })).Refuses("population.needs-a-file", HttpStatusCode.Forbidden);
        using var page = town.Sit();
        await page.SignIn("canbo");
        (await page.Send("/viec", ("Reference", "HS-bia-2"), ("Purpose", Town.Purpose), ("Number", number))).Refuses("population.needs-a-file");
        (await Show(clerk, id, Town.Case)).Refuses("population.outside-duty");
        var near = People.Someone().LivingAt(town.Commune.Id, "Ấp Gần", "2020-01-01");
        await town.Enter(near);
        (await clerk.Post("/cases/open", new { kind = "dossier", reference = "HS-gan", purpose = Town.Purpose, numbers = new[] { near.Facts.Number!.Value.ToString() } })).Succeeds();
    }

    [Fact]
    public async Task Nobody_walks_through_the_province_by_taking_one_after_the_other_for_a_visitor()
    {
        using var clerk = await town.As("canbo");
        Task<Reply> Look(string number) => clerk.Post("/files/look", new { procedure = "1.003677", number });
        (await Look((await Elsewhere()).Number)).Succeeds();
        // As if so many had stood before her that nothing is left of the measure for an hour.
        await town.Execute("""
            insert into kernel.rate (key, tokens, at, passed) select encode(substring(sha256(convert_to('elsewhere official:' || o.id, 'UTF8')) for 16), 'hex'), 0, now() + interval '1 hour', true from staff.official o where o.sign_in = 'canbo'
            on conflict (key) do update set tokens = 0, at = excluded.at
            """);
        (await Look((await Elsewhere()).Number)).Refuses("population.elsewhere-too-often", HttpStatusCode.TooManyRequests);
        await town.Execute("delete from kernel.rate");
    }

    [Fact]
    public async Task Whom_an_emergency_names_is_within_reach_for_its_hour()
    {
        var (id, number) = await Elsewhere();
        using var clerk = await town.As("canbo");
        using var leader = await town.As("lanhdao");
        var asked = (await clerk.Post("/emergencies/ask", new { why = "Có người ngất ở chợ, chưa rõ là ai", number })).Succeeds();
        (await Show(clerk, id, Town.Case)).Refuses("population.outside-duty");
        (await leader.Post("/emergencies/decide", new { id = asked["id"].GetGuid(), approved = true })).Succeeds();
        (await Show(clerk, id, asked["case"].GetString()!, "emergency")).Succeeds();
        await town.Execute("update journal.case_file set seen_until = now() - interval '1 second' where id = $1", asked["id"].GetGuid());
        (await Show(clerk, id, Town.Case)).Refuses("population.outside-duty");
    }

    /// <summary>An open case of the official that names somebody, as a file or an act of his opens it.</summary>
    private async Task Named(Official official, string reference, Guid person)
    {
        var opened = (await official.Post("/cases/open", new { kind = "dossier", reference, purpose = Town.Purpose })).Succeeds();
        await town.Execute("insert into journal.case_person (case_id, person_id) values ($1, $2)", opened["id"].GetGuid(), person);
    }

    private static Task<Reply> Show(Official official, Guid id, string file, string purpose = Town.Purpose) => official.Post("/persons/show", new { id, purpose, @case = file });

    private static async Task<string> Found(Official official, string number, string file) =>
        (await official.Post("/persons/lookup", new { numbers = new[] { number }, fields = new[] { "fullName" }, purpose = Town.Purpose, @case = file })).Succeeds()["persons"][0].GetProperty("found").GetString()!;

    private async Task<(Guid Id, string Number)> Elsewhere()
    {
        var person = People.Someone().LivingAt(There.Id, "Ấp Khác", "2020-01-01");
        return (await town.Enter(person), person.Facts.Number!.Value.ToString());
    }
}
