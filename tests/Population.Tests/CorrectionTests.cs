using System.Net;
using System.Text.Json;
using SoGoc.Places;
using SoGoc.Testing;

namespace SoGoc.Population.Tests;

/// <summary>A correction: what stood, what is right, who, when, on what ground.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class CorrectionTests(Town town) : IClassFixture<Town>
{
    [Fact]
    public async Task The_journal_tells_what_stood_what_is_right_who_when_and_on_what_ground()
    {
        var id = await town.Enter(People.Someone().Named("Nguyễn Thị Mẫu Sai") is var p ? p with { Facts = p.Facts with { Ethnicity = "01", Phone = "0900000001" } } : p);
        using var tinh = await town.As("tinh");
        var before = DateTimeOffset.FromUnixTimeSeconds(town.Clock.GetUtcNow().ToUnixTimeSeconds());
        (await tinh.Post("/persons/correct", new
        {
            id, after = new { fullName = "TRẦN THỊ MẪU ĐÚNG", ethnicity = "01", born = "1962-07" }, cleared = new[] { "phone", "email" }, ground = "Quyết định 12/QĐ mẫu",
        })).Succeeds();

        var shown = (await tinh.Post("/persons/show", new { id, purpose = Town.Inspection, @case = Town.InspectionCase })).Succeeds();
        var facts = shown["person"].GetProperty("facts");
        Assert.Equal(("Trần Thị Mẫu Đúng", "Trần", "Thị Mẫu", "Đúng", "1962-07", "01"), (Text(facts, "fullName"), Text(facts, "surname"), Text(facts, "middle"), Text(facts, "given"), Text(facts, "born"), Text(facts, "ethnicity")));
        Assert.False(facts.TryGetProperty("phone", out _));

        var entry = shown["entries"].EnumerateArray().Last();
        Assert.Equal(("population.person-corrected", "Quyết định 12/QĐ mẫu"), (Text(entry, "kind"), Text(entry, "ground")));
        Assert.Equal("official:" + await town.Value<Guid>("select id from staff.official where sign_in = 'tinh'"), Text(entry, "actor"));
        Assert.Equal(town.Accounts.Single(a => a.SignIn == "tinh").Office, Text(entry, "office"));
        Assert.InRange(entry.GetProperty("at").GetDateTimeOffset(), before, town.Clock.GetUtcNow());
        using var body = JsonDocument.Parse(Text(entry, "body")!);
        Assert.Equal("""{"fullName":"Nguyễn Thị Mẫu Sai","surname":"Nguyễn","given":"Sai","born":"1962-07-05","phone":"0900000001"}""", body.RootElement.GetProperty("before").GetRawText());
        Assert.Equal("""{"fullName":"Trần Thị Mẫu Đúng","surname":"Trần","given":"Đúng","born":"1962-07"}""", body.RootElement.GetProperty("after").GetRawText());
        Assert.Equal("""["phone"]""", body.RootElement.GetProperty("cleared").GetRawText());
        Assert.Empty((await town.Verify()).Differences);
    }

    [Fact]
    public async Task An_official_corrects_only_people_of_his_area_as_it_was_and_as_it_is()
    {
        var (then, today) = (new DateOnly(2022, 4, 12), new DateOnly(2026, 11, 24));
        var communes = town.Places.All.Where(a => a.Level == AreaLevel.Commune && a.Valid.Holds(then) && town.Places.Resolve(a, today).Certain).ToList();
        var here = communes.First(a => town.Places.Province(a)?.Code == "89");
        var there = communes.First(a => town.Places.Province(a)?.Code == "89" && town.Places.Resolve(a, today).Area!.Id != town.Places.Resolve(here, today).Area!.Id);
        using var registrar = await town.Official("province-registrar", town.Places.Resolve(here, today).Area!.Id);
        var (mine, others) = (await town.Enter(People.Someone().LivingAt(here.Id, "Ấp Mẫu")), await town.Enter(People.Someone().LivingAt(there.Id, "Ấp Mẫu")));
        (await registrar.Post("/persons/correct", new { id = others, after = new { ethnicity = "14" }, ground = "giấy mẫu" })).Refuses("population.outside-duty", HttpStatusCode.Forbidden);
        (await registrar.Post("/persons/correct", new { id = mine, after = new { ethnicity = "14" }, ground = "giấy mẫu" })).Succeeds();
        Assert.Equal(1, await town.Value<long>("select count(*) from journal.entry where subject = $1", others));
        using var canbo = await town.As("canbo");
        (await canbo.Post("/persons/correct", new { id = mine, after = new { ethnicity = "01" }, ground = "giấy mẫu" })).Refuses("kernel.not-permitted", HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("""{ "after": { "ethnicity": "14" } }""", "population.ground-missing")]
    [InlineData("""{ "after": { "ethnicity": "14" }, "ground": " " }""", "population.ground-missing")]
    [InlineData("""{ "ground": "mẫu" }""", "population.nothing-to-correct")]
    [InlineData("""{ "after": { "birthPlace": {} }, "ground": "mẫu" }""", "population.nothing-to-correct")]
    [InlineData("""{ "cleared": ["blood"], "ground": "mẫu" }""", "population.nothing-to-correct")]
    [InlineData("""{ "after": { "number": "089162000999" }, "ground": "mẫu" }""", "population.number-not-corrected")]
    [InlineData("""{ "cleared": ["number"], "ground": "mẫu" }""", "population.number-not-corrected")]
    [InlineData("""{ "cleared": ["fullName"], "ground": "mẫu" }""", "population.name-missing")]
    [InlineData("""{ "cleared": ["shoeSize"], "ground": "mẫu" }""", "population.no-field")]
    [InlineData("""{ "after": { "fullName": "M4u" }, "ground": "mẫu" }""", "population.name-not-a-name")]
    [InlineData("""{ "after": { "fullName": "" }, "ground": "mẫu" }""", "population.name-not-a-name")]
    [InlineData("""{ "after": { "otherNames": ["<b>"] }, "ground": "mẫu" }""", "population.name-not-a-name")]
    [InlineData("""{ "after": { "sex": 3 }, "ground": "mẫu" }""", "population.sex-unknown")]
    [InlineData("""{ "after": { "ethnicity": "banana" }, "ground": "mẫu" }""", "population.ethnicity-unknown")]
    [InlineData("""{ "after": { "religion": "banana" }, "ground": "mẫu" }""", "population.religion-unknown")]
    [InlineData("""{ "after": { "nationality": ["VN", "XX"] }, "ground": "mẫu" }""", "population.nationality-unknown")]
    [InlineData("""{ "after": { "blood": "C" }, "ground": "mẫu" }""", "population.blood-unknown")]
    [InlineData("""{ "after": { "marital": 77 }, "ground": "mẫu" }""", "population.marital-unknown")]
    [InlineData("""{ "after": { "oldIds": ["12345678"] }, "ground": "mẫu" }""", "population.old-id-malformed")]
    [InlineData("""{ "after": { "born": "2099" }, "ground": "mẫu" }""", "population.birth-in-future")]
    [InlineData("""{ "after": { "ended": "2027-01-01" }, "ground": "mẫu" }""", "population.died-in-future")]
    [InlineData("""{ "after": { "ended": "1950" }, "ground": "mẫu" }""", "population.died-before-born")]
    [InlineData("""{ "after": { "birthPlace": { "area": 99999999 } }, "ground": "mẫu" }""", "kernel.no-such-record")]
    [InlineData("""{ "after": { "other": "\u0000" }, "ground": "mẫu" }""", "kernel.not-text")]
    public async Task What_cannot_be_right_is_refused_and_nothing_is_written(string request, string code)
    {
        var id = await town.Enter(People.Someone());
        using var tinh = await town.As("tinh");
        using var asked = JsonDocument.Parse(request);
        var body = asked.RootElement.EnumerateObject().ToDictionary(p => p.Name, p => (object)p.Value);
        body["id"] = id;
        (await tinh.Post("/persons/correct", body)).Refuses(code);
        Assert.Equal(1, await town.Value<long>("select count(*) from journal.entry where subject = $1", id));
    }

    [Fact]
    public async Task A_name_is_written_as_the_register_writes_names()
    {
        var id = await town.Enter(People.Someone());
        using var tinh = await town.As("tinh");
        (await tinh.Post("/persons/correct", new { id, after = new { fullName = "nguyễn  thị mẫu".Normalize(System.Text.NormalizationForm.FormD) }, ground = "giấy mẫu" })).Succeeds();
        Assert.Equal("Nguyễn Thị Mẫu", (await town.Do<IPopulation, PersonState>(async p => (await p.Find(id))!)).Facts.FullName);
    }

    [Fact]
    public async Task Of_two_corrections_at_once_each_tells_truly_what_stood_before()
    {
        var id = await town.Enter(People.Someone());
        using var tinh = await town.As("tinh");
        var replies = await Task.WhenAll(Enumerable.Range(0, 12).Select(n => tinh.Post("/persons/correct", new { id, after = new { phone = $"09000000{n:00}" }, ground = "giấy mẫu" })));
        Assert.All(replies, r => r.Succeeds());
        var entries = await town.Rows("select body::text from journal.entry where subject = $1 and kind = 'population.person-corrected' order by position", r => JsonDocument.Parse(r.GetString(0)).RootElement, id);
        string? stood = null;
        foreach (var entry in entries)
        {
            Assert.Equal(stood, Text(entry.GetProperty("before"), "phone"));
            stood = Text(entry.GetProperty("after"), "phone");
        }

        Assert.Equal(12, entries.Count);
    }

    private static string? Text(JsonElement of, string property) => of.TryGetProperty(property, out var value) ? value.GetString() : null;
}
