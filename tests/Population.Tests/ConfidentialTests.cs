using System.Net;
using System.Text.Json;
using SoGoc.Client;
using SoGoc.Kernel.Time;
using SoGoc.Testing;

namespace SoGoc.Population.Tests;

/// <summary>A confidential record is known to exist, and to those without the right nothing more: not what it says, and not by a side door where the person lives.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class ConfidentialTests(Town town) : IClassFixture<Town>
{
    private const string Secret = "Số 7 đường Kín Đáo";

    [Fact]
    public async Task A_clerk_without_the_right_sees_that_there_is_a_record_and_no_address()
    {
        var (id, number, _) = await Hidden("Trần Thị Kín Một");
        using var canbo = await town.As("canbo");
        foreach (var text in new[] { "tran thi kin mot", number })
        {
            var found = (await canbo.Post("/persons/search", new { text, purpose = Town.Purpose, @case = Town.Case })).Succeeds();
            var person = Assert.Single(found["persons"].EnumerateArray());
            Assert.True(person.GetProperty("confidential").GetBoolean());
            Assert.False(person.TryGetProperty("home", out _));
            Assert.False(person.TryGetProperty("homeToday", out _));
            Assert.DoesNotContain("Kín Đáo", found.Text, StringComparison.Ordinal);
        }

        Assert.Equal(2, await Readings(id, "official:" + await Account("canbo")));
    }

    [Fact]
    public async Task A_clerk_without_the_right_gets_no_content_and_sees_the_sentence()
    {
        var (id, number, _) = await Hidden("Trần Thị Kín Hai");
        using var canbo = await town.As("canbo");
        var reply = await canbo.Post("/persons/show", new { id, purpose = Town.Purpose, @case = Town.Case });
        reply.Refuses("population.confidential", HttpStatusCode.Forbidden);
        Assert.Contains("bảo mật", reply.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Kín Hai", reply.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(number, reply.Text, StringComparison.Ordinal);
        (await canbo.Post("/persons/history", new { id, purpose = Town.Inspection, @case = Town.InspectionCase })).Refuses("kernel.not-permitted", HttpStatusCode.Forbidden);
        Assert.Equal(0, await Readings(id, "official:" + await Account("canbo")));
    }

    [Fact]
    public async Task Nobody_is_found_by_the_address_he_hides()
    {
        var (id, _, home) = await Hidden("Trần Thị Kín Ba");
        var file = await town.Value<string>("select file_number from population.household where id = $1", home);
        var commune = town.Places[(await town.Value<int>("select area_id from population.residence where person_id = $1", id))]!.Code;
        using var canbo = await town.As("canbo");
        using var tinh = await town.As("tinh");
        foreach (var place in new[]
        {
            Search("kin ba", area: commune), Search("kin ba", household: file), Search("kin ba", address: "kin dao"), Search("", household: file),
            Search("", area: commune, address: "kin dao"), Search("", born: "5/7/1962", area: commune),
        })
        {
            Assert.DoesNotContain((await canbo.Api.FindPersonsAsync(place, Stop)).Persons, p => p.Id == id);
            Assert.Contains((await tinh.Api.FindPersonsAsync(place, Stop)).Persons, p => p.Id == id);
        }
    }

    [Fact]
    public async Task A_housemate_s_record_does_not_name_who_hides()
    {
        var (id, number, home) = await Hidden("Trần Thị Kín Bốn");
        var mate = await town.Enter(People.Someone(1).LivingAt(town.Commune.Id, Secret).In(home, "01"));
        using var canbo = await town.As("canbo");
        using var tinh = await town.As("tinh");
        var shown = (await canbo.Post("/persons/show", new { id = mate, purpose = Town.Purpose, @case = Town.Case })).Succeeds();
        Assert.Equal(1, shown["household"].GetProperty("hidden").GetInt32());
        Assert.DoesNotContain(id.ToString(), shown.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("Kín Bốn", shown.Text, StringComparison.Ordinal);
        Assert.Contains(id.ToString(), (await tinh.Post("/persons/show", new { id = mate, purpose = Town.Purpose, @case = Town.Case })).Succeeds()["household"].GetRawText(), StringComparison.Ordinal);
        var households = (await canbo.Post("/households/lookup", new { members = new[] { number }, purpose = Town.Purpose, @case = Town.Case })).Succeeds();
        Assert.Empty(households["households"].EnumerateArray());
    }

    [Fact]
    public async Task One_with_the_right_reads_it_and_the_reading_is_written_down_before_the_answer_leaves()
    {
        var (id, _, _) = await Hidden("Trần Thị Kín Năm");
        using var tinh = await town.As("tinh");
        var shown = (await tinh.Post("/persons/show", new { id, purpose = Town.Inspection, @case = Town.InspectionCase })).Succeeds();
        Assert.Equal("Trần Thị Kín Năm", shown["person"].GetProperty("facts").GetProperty("fullName").GetString());
        var row = Assert.Single(await town.Rows("select actor, purpose, case_ref, at from journal.disclosure where subject = $1",
            r => (Actor: r.GetString(0), Purpose: r.GetString(1), Case: r.GetString(2), At: r.GetFieldValue<DateTimeOffset>(3)), id));
        Assert.Equal(("official:" + await Account("tinh"), Town.Inspection, Town.InspectionCase), (row.Actor, row.Purpose, row.Case));
        Assert.Equal(town.Clock.Today(), OfficeTime.DayOf(row.At));
    }

    [Fact]
    public async Task A_reading_with_a_bad_case_does_not_cost_others_their_answers()
    {
        var id = await town.Enter(People.Someone().LivingAt(town.Commune.Id, "Ấp Mẫu"));
        using var canbo = await town.As("canbo");
        (await canbo.Post("/persons/show", new { id, purpose = "  ", @case = Town.Case })).Refuses("journal.purpose-missing");
        var both = await Task.WhenAll(Enumerable.Range(0, 40).Select(n => canbo.Post("/persons/show", new { id, purpose = Town.Purpose, @case = n % 2 == 0 ? Town.Case : "\0" })));
        Assert.All(both.Where((_, n) => n % 2 == 0), r => r.Succeeds());
        Assert.All(both.Where((_, n) => n % 2 == 1), r => r.Refuses("kernel.not-text"));
    }

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private static FindPersonsRequest Search(string text, string? born = null, string? area = null, string? household = null, string? address = null) =>
        new() { Text = text, Born = born, Area = area, Household = household, Address = address, Purpose = Town.Purpose, Case = Town.Case };

    private async Task<(Guid Id, string Number, Guid Home)> Hidden(string name)
    {
        var home = await town.Household();
        var person = People.Someone().Named(name).LivingAt(town.Commune.Id, Secret, "2020-01-01").In(home, "99") with { Confidential = 1 };
        return (await town.Enter(person), person.Facts.Number!.Value.ToString(), home);
    }

    private Task<long> Readings(Guid id, string actor) => town.Value<long>("select count(*) from journal.disclosure where subject = $1 and actor = $2", id, actor);

    private async Task<Guid> Account(string signIn) => await town.Value<Guid>("select id from staff.official where sign_in = $1", signIn);
}
