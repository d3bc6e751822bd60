using System.Net;
using SoGoc.Kernel.Data;
using SoGoc.Population.Lookups;
using SoGoc.Testing;

namespace SoGoc.Population.Tests;

/// <summary>A purpose lets be read what it needs; what is beyond it is refused by name, or left out of a whole record and said to be.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class PurposeTests(Town town) : IClassFixture<Town>
{
    private const string Contact = "contact";

    [Fact]
    public async Task A_look_up_beyond_the_purpose_is_refused_and_names_each_field()
    {
        var person = People.Someone();
        var id = await town.Enter(person);
        using var registrar = await Opens("tinh", "civil-status", "HT-1");
        var reply = await registrar.Post("/persons/lookup", new { numbers = new[] { Number(person) }, fields = new[] { "fullName", "religion", Contact }, purpose = "civil-status", @case = "HT-1" });
        reply.Refuses("population.beyond-purpose", HttpStatusCode.Forbidden);
        Assert.Equal(2, reply["faults"].GetArrayLength());
        Assert.Contains("Đăng ký hộ tịch", reply.Text, StringComparison.Ordinal);
        Assert.Contains("religion", reply.Text, StringComparison.Ordinal);
        Assert.Contains(Contact, reply.Text, StringComparison.Ordinal);
        Assert.Equal(0, await town.Value<long>("select count(*) from journal.disclosure where subject = $1", id));
        (await registrar.Post("/persons/lookup", new { numbers = new[] { Number(person) }, fields = new[] { "fullName", "marital" }, purpose = "civil-status", @case = "HT-1" })).Succeeds();
    }

    [Theory]
    [InlineData("/persons/search", """{"text":"@number"}""")]
    [InlineData("/persons/show", """{"id":"@id"}""")]
    [InlineData("/persons/lookup", """{"numbers":["@number"],"fields":["fullName"]}""")]
    [InlineData("/persons/verify", """{"number":"@number","claims":{"sex":"2"}}""")]
    [InlineData("/persons/ask", """{"number":"@number","question":"living"}""")]
    [InlineData("/persons/history", """{"id":"@id"}""")]
    [InlineData("/households/lookup", """{"members":["@number"]}""")]
    [InlineData("/places/residents", """{"area":"30367"}""")]
    public async Task For_statistics_no_person_is_read_by_any_door(string path, string body)
    {
        var person = People.Someone();
        var id = await town.Enter(person);
        using var registrar = await Opens("tinh", "statistics", $"TK-{Guid.NewGuid():N}");
        var file = (await registrar.Post("/cases/mine", new { })).Succeeds()["open"][0].GetProperty("reference").GetString();
        using var content = new StringContent(body.Replace("@number", Number(person), StringComparison.Ordinal).Replace("@id", id.ToString(), StringComparison.Ordinal)[..^1] + $",\"purpose\":\"statistics\",\"case\":\"{file}\"}}",
            System.Text.Encoding.UTF8, "application/json");
        (await Reply.Of(await registrar.Http.PostAsync("/api/v1" + path, content, TestContext.Current.CancellationToken))).Refuses("population.beyond-purpose", HttpStatusCode.Forbidden);
        Assert.Equal(0, await town.Value<long>("select count(*) from journal.disclosure where subject = $1", id));
    }

    [Fact]
    public async Task The_journal_is_read_only_for_a_purpose_that_needs_it()
    {
        await town.Enter(People.Someone());
        await town.Seal();
        using var registrar = await town.As("tinh");
        (await registrar.Post("/journal/feed", new { bodies = true, purpose = Town.Purpose, @case = Town.Case })).Refuses("journal.beyond-purpose", HttpStatusCode.Forbidden);
        (await registrar.Post("/journal/proofs", new { log = "entry", position = 1, purpose = Town.Purpose, @case = Town.Case })).Refuses("journal.beyond-purpose", HttpStatusCode.Forbidden);
        (await registrar.Post("/journal/feed", new { bodies = true, purpose = Town.Inspection, @case = Town.InspectionCase })).Succeeds();
        (await registrar.Post("/journal/feed", new { })).Succeeds();      // without values nothing is read of anybody
    }

    [Fact]
    public async Task A_record_is_shown_as_far_as_the_purpose_goes_and_says_what_is_left_out()
    {
        var home = await town.Household();
        var person = People.Someone().LivingAt(null, "Tổ 1, ấp Mẫu").In(home, "01").With(KinKind.Father, People.Number("089", 1, 1940));
        person = person with { Facts = person.Facts with { Religion = "03", Phone = "0900000001", Marital = 2, Unknown = ["blood"] }, Doubts = [new Doubt("phone", "population.phone-malformed"), new Doubt("born", "population.number-disagrees-birth")] };
        var id = await town.Enter(person);

        using var registrar = await Opens("tinh", "civil-status", "HT-2");
        var civil = (await registrar.Post("/persons/show", new { id, purpose = "civil-status", @case = "HT-2" })).Succeeds();
        Assert.Equal([Contact, "journal", "sensitive"], civil["withheld"].EnumerateArray().Select(w => w.GetString()!).Order(StringComparer.Ordinal));
        var facts = civil["person"].GetProperty("facts");
        Assert.False(facts.TryGetProperty("religion", out _) || facts.TryGetProperty("phone", out _) || facts.TryGetProperty("unknown", out _));
        Assert.Equal(2, facts.GetProperty("marital").GetInt32());
        Assert.Equal(["born"], civil["person"].GetProperty("doubts").EnumerateArray().Select(d => d.GetProperty("field").GetString()!));
        Assert.Equal(0, civil["entries"].GetArrayLength());

        using var issuer = await Opens("tinh", "e-identity", "DD-1");
        var account = (await issuer.Post("/persons/show", new { id, purpose = "e-identity", @case = "DD-1" })).Succeeds();
        Assert.Equal("0900000001", account["person"].GetProperty("facts").GetProperty("phone").GetString());
        Assert.False(account.Body.TryGetProperty("household", out _));
        Assert.Empty(account["person"].GetProperty("memberships").EnumerateArray());

        Assert.Equal(["identity,origin,papers,family,residence,household", "identity,papers,family,residence,contact"],
            await town.Rows("select array_to_string(fields, ',') from journal.disclosure where subject = $1 order by position", r => r.GetString(0), id));
        var whole = (await registrar.Post("/persons/show", new { id, purpose = Town.Inspection, @case = Town.InspectionCase })).Succeeds();
        Assert.False(whole.Body.TryGetProperty("withheld", out _));
        Assert.Equal("03", whole["person"].GetProperty("facts").GetProperty("religion").GetString());
    }

    [Fact]
    public async Task A_purpose_gives_nobody_a_right_that_he_has_not()
    {
        var person = People.Someone();
        var id = await town.Enter(person with { Facts = person.Facts with { Religion = "03" } });
        using var it = await town.As("tinhoc");
        var shown = (await it.Post("/persons/show", new { id, purpose = Town.Inspection, @case = Town.InspectionCase })).Succeeds();
        Assert.Equal(["sensitive"], shown["withheld"].EnumerateArray().Select(w => w.GetString()!));
        Assert.False(shown["person"].GetProperty("facts").TryGetProperty("religion", out _));
    }

    [Fact]
    public void Each_class_that_a_purpose_names_is_one_of_the_register_and_each_field_has_one()
    {
        var named = ReferenceTable.Read(Path.Combine(town.Reference, "purposes.csv")).SelectMany(r => r["classes"].Split(' ', StringSplitOptions.RemoveEmptyEntries)).Distinct().ToList();
        Assert.Equal(FieldClass.All.Order(StringComparer.Ordinal), named.Order(StringComparer.Ordinal));
        Assert.All(LookupField.All.Values, f => Assert.Contains(f.Class, FieldClass.All));
        Assert.Equal("contact", FieldClass.OfField("phone"));
        Assert.Equal("residence", FieldClass.OfField("homeDetail"));
    }

    private async Task<Official> Opens(string signIn, string purpose, string file)
    {
        var official = await town.As(signIn);
        (await official.Post("/cases/open", new { kind = "dossier", reference = file, purpose })).Succeeds();
        return official;
    }

    private static string Number(PersonState person) => person.Facts.Number!.Value.ToString();
}
