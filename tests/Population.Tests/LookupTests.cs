using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using SoGoc.Places;
using SoGoc.Testing;

namespace SoGoc.Population.Tests;

/// <summary>What offices ask of the register, by number: values, comparisons, histories, households, residents, counts.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class LookupTests(Town town) : IClassFixture<Town>
{
    private static readonly string[] Basic = ["fullName", "born"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_look_up_gives_the_fields_asked_for_and_no_others_and_the_disclosure_names_them()
    {
        var person = People.Someone(sex: 1, born: "1975-03").LivingAt(town.Commune.Id, "Tổ 1, ấp Mẫu", "2010-01-01");
        var id = await Enter(person);
        using var clerk = await town.As("canbo");
        (await clerk.Post("/cases/open", new { kind = "dossier", reference = "HS-77", purpose = Town.Purpose })).Succeeds();
        var found = (await clerk.Post("/persons/lookup", new { numbers = new[] { Number(person), "089199999999" }, fields = Basic, purpose = Town.Purpose, @case = "HS-77" })).Succeeds()["persons"];
        var told = found[0].GetProperty("person");
        Assert.Equal(person.Facts.FullName, told.GetProperty("fullName").GetString());
        Assert.Equal("1975-03", told.GetProperty("born").GetString());
        Assert.Equal(["born", "fullName", "id", "number"], told.EnumerateObject().Select(p => p.Name).Order(StringComparer.Ordinal));
        Assert.Equal("unknown", found[1].GetProperty("found").GetString());
        Assert.Equal([(id, "born,fullName", Town.Purpose)], await town.Rows("select subject, array_to_string(fields, ','), purpose from journal.disclosure where case_ref = 'HS-77'",
            r => (r.GetGuid(0), r.GetString(1), r.GetString(2))));
    }

    [Fact]
    public async Task Many_who_ask_at_the_same_moment_each_get_their_own_persons_and_fields()
    {
        var people = Enumerable.Range(0, 12).Select(_ => People.Someone()).ToArray();
        foreach (var person in people)
        {
            await Enter(person);
        }

        using var clerk = await town.As("canbo");
        (await clerk.Post("/cases/open", new { kind = "work-item", reference = "many", purpose = Town.Purpose })).Succeeds();
        // Each number is asked for several times at once, with two sets of fields, alone and with another, and beside numbers of nobody.
        var answers = await Task.WhenAll(Enumerable.Range(0, 240).Select(async n =>
        {
            var (first, second) = (people[n % 12], people[n * 5 % 12]);
            var named = n % 3 == 0;
            var reply = await clerk.Post("/persons/lookup", new { numbers = new[] { Number(first), "089199999999", Number(second) }, fields = named ? Basic : ["sex"], purpose = Town.Purpose, @case = "many" });
            return (First: first, Second: second, Named: named, Told: reply.Succeeds()["persons"]);
        }));
        foreach (var (first, second, named, told) in answers)
        {
            Assert.Equal(["found", "unknown", "found"], told.EnumerateArray().Select(t => t.GetProperty("found").GetString()));
            foreach (var (person, at) in new[] { (first, 0), (second, 2) })
            {
                var answer = told[at].GetProperty("person");
                Assert.Equal(Number(person), answer.GetProperty("number").GetString());
                Assert.Equal(named ? person.Facts.FullName : null, answer.TryGetProperty("fullName", out var name) ? name.GetString() : null);
                Assert.Equal(!named, answer.TryGetProperty("sex", out _));
            }
        }

        Assert.Equal(answers.Sum(a => a.First == a.Second ? 1 : 2), await town.Value<long>("select count(*) from journal.disclosure where case_ref = 'many'"));
    }

    [Fact]
    public async Task All_faults_of_a_look_up_are_told_at_once_and_nothing_is_disclosed()
    {
        using var clerk = await town.As("canbo");
        var before = await town.Value<long>("select count(*) from journal.disclosure");
        var reply = await clerk.Post("/persons/lookup", new { numbers = new[] { "12" }, fields = new[] { "fullName", "salary" } });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, reply.Status);
        Assert.Equal(["journal.case-missing", "journal.purpose-missing", "population.no-field", "population.number-length"],
            reply["faults"].EnumerateArray().Select(f => f.GetProperty("code").GetString()!).Order(StringComparer.Ordinal));
        Assert.Equal(before, await town.Value<long>("select count(*) from journal.disclosure"));
    }

    [Fact]
    public async Task Sensitive_fields_need_a_right_of_their_own()
    {
        var person = People.Someone();
        await town.Enter(person);
        using var it = await town.As("tinhoc");
        (await it.Post("/persons/lookup", new { numbers = new[] { Number(person) }, fields = new[] { "religion" }, purpose = Town.Purpose, @case = Town.Case })).Refuses("population.field-not-permitted", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_number_that_was_given_up_or_merged_answers_with_the_present_one()
    {
        var (old, kept) = (People.Someone(), People.Someone());
        var (first, second) = (await Enter(old), await Enter(kept));
        await town.Act(first, new PersonMerged(second, PersonStatus.Living));
        var replaced = People.Someone();
        var third = await Enter(replaced);
        await town.Act(third, new NumberReplaced(replaced.Facts.Number!.Value, People.Number("089", 2, 1962), "xác định lại giới tính"));
        using var clerk = await town.As("canbo");
        var found = (await clerk.Post("/persons/lookup", new { numbers = new[] { Number(old), Number(replaced) }, fields = Basic, purpose = Town.Purpose, @case = Town.Case })).Succeeds()["persons"];
        Assert.Equal([("moved", second), ("moved", third)], found.EnumerateArray().Select(f => (f.GetProperty("found").GetString()!, f.GetProperty("person").GetProperty("id").GetGuid())));
    }

    [Fact]
    public async Task A_doubt_travels_with_the_field_it_hangs_on_and_not_with_others()
    {
        var person = People.Someone();
        var id = await Enter(person);
        await town.Act(id, new DoubtRaised(new Doubt("born", "population.number-disagrees-birth")));
        using var clerk = await town.As("canbo");
        async Task<JsonElement> Ask(string field) => (await clerk.Post("/persons/lookup", new { numbers = new[] { Number(person) }, fields = new[] { field }, purpose = Town.Purpose, @case = Town.Case })).Succeeds()["persons"][0].GetProperty("person");
        Assert.Equal("population.number-disagrees-birth", (await Ask("born")).GetProperty("doubts")[0].GetProperty("code").GetString());
        Assert.False((await Ask("fullName")).TryGetProperty("doubts", out _));
    }

    [Theory]
    [InlineData("fullName", "NGUYỄN   THỊ HÒA", "match")]
    [InlineData("fullName", "Nguyễn Thị Hoà", "match")]
    [InlineData("fullName", "Nguyễn Thị Hoa", "mismatch")]
    [InlineData("born", "05/07/1962", "match")]
    [InlineData("born", "1962", "unknown")]
    [InlineData("born", "1963", "mismatch")]
    [InlineData("sex", "2", "match")]
    [InlineData("sex", "1", "mismatch")]
    [InlineData("phone", "0900000001", "unknown")]
    public async Task A_comparison_says_match_mismatch_or_unknown_and_no_value(string field, string claim, string verdict)
    {
        var person = People.Someone().Named("Nguyễn Thị Hòa");
        await Enter(person);
        using var clerk = await town.As("canbo");
        var reply = (await clerk.Post("/persons/verify", new { number = Number(person), claims = new Dictionary<string, string> { [field] = claim }, purpose = Town.Purpose, @case = Town.Case })).Succeeds();
        Assert.Equal("{\"fields\":{\"" + field + "\":\"" + verdict + "\"}}", reply.Text);
    }

    [Fact]
    public async Task Who_compares_cannot_tell_a_number_of_nobody_from_a_hidden_one()
    {
        var hidden = People.Someone();
        await town.Act(await Enter(hidden), new ConfidentialitySet(1));
        using var clerk = await town.As("canbo");
        async Task<string> Ask(string number) => (await clerk.Post("/persons/verify", new { number, claims = new { sex = "2" }, purpose = Town.Purpose, @case = Town.Case })).Succeeds().Text;
        Assert.Equal(await Ask("089199999998"), await Ask(Number(hidden)));
    }

    [Fact]
    public async Task History_shows_a_day_of_life_as_known_on_a_day_of_the_register()
    {
        var person = People.Someone(born: "1980-01-01").LivingAt(null, "Tổ 1, ấp Mẫu", "1990-01-01");
        var id = await town.Enter(person);
        await town.Act(id, new ResidenceBegan(ResidenceKind.Permanent, null, "Tổ 2, ấp Mẫu", new DateOnly(2020, 6, 1)));
        await town.Act(id, new PersonCorrected(new PersonFacts { Ethnicity = null }, new PersonFacts { Ethnicity = "01" }));
        await town.Act(id, new PersonChanged(new PersonFacts(), new PersonFacts { Phone = "0900000001" }, On: new DateOnly(2022, 1, 1)));
        await town.Act(id, new StatusChanged(PersonStatus.Dead, Kernel.Time.PartialDate.Of(new DateOnly(2025, 1, 1))));
        using var registrar = await town.As("tinh");
        async Task<JsonElement> On(string day) => (await registrar.Post("/persons/history", new { number = Number(person), asOf = day, purpose = Town.Inspection, @case = Town.InspectionCase })).Succeeds()["person"];

        var then = await On("2019-12-31");
        Assert.Equal(["Tổ 1, ấp Mẫu"], then.GetProperty("residences").EnumerateArray().Select(r => r.GetProperty("detail").GetString()!));
        Assert.Equal("living", then.GetProperty("status").GetString());
        Assert.Equal("01", then.GetProperty("facts").GetProperty("ethnicity").GetString());      // a correction says what was so all along
        Assert.False(then.GetProperty("facts").TryGetProperty("phone", out _));                   // a change only since its day
        Assert.Equal("0900000001", (await On("2023-01-01")).GetProperty("facts").GetProperty("phone").GetString());
        Assert.Equal("dead", (await On("2026-01-01")).GetProperty("status").GetString());
        var unknown = (await registrar.Post("/persons/history", new { id, knownOn = "2020-01-01", purpose = Town.Inspection, @case = Town.InspectionCase })).Succeeds();
        Assert.False(unknown.Body.TryGetProperty("person", out _));
        Assert.Equal(0, unknown["entries"].GetArrayLength());
    }

    [Fact]
    public async Task Residents_of_a_unit_come_page_by_page_with_those_of_its_predecessors_and_are_counted()
    {
        var unit = town.Places.All.First(a => a.Level == AreaLevel.Commune && a.Valid.From == new DateOnly(2025, 7, 1) && town.Places.Province(a)?.Code == "91" && a.Id != town.Commune.Id);
        var old = town.Places.Resolve(unit, new DateOnly(2022, 4, 12)).Candidates[0].Area;
        for (var n = 0; n < 5; n++)
        {
            await town.Enter(People.Someone(sex: (short)((n % 2) + 1), born: "2000-01-01").LivingAt(old.Id, $"Số {n}, ấp Đông Thành", "2015-01-01"));
        }

        await town.Enter(People.Someone().LivingAt(unit.Id, "Ấp Tây", "2026-01-01"));
        using var clerk = await town.Official("commune-clerk", unit.Id);
        var seen = new List<Guid>();
        for (string? after = ""; after is not null;)
        {
            var page = (await clerk.Post("/places/residents", new { area = unit.Code, address = "dong thanh", after, most = 2, purpose = Town.Purpose, @case = Town.Case })).Succeeds();
            seen.AddRange(page["residents"].EnumerateArray().Select(r => r.GetProperty("id").GetGuid()));
            after = page.Body.TryGetProperty("next", out var next) ? next.GetString() : null;
        }

        Assert.Equal(5, seen.Count);
        Assert.Equal(5, seen.Distinct().Count());
        var counted = (await clerk.Post("/places/population", new { area = unit.Code })).Succeeds();
        Assert.Equal(6, counted["persons"].GetInt64());
        var twenties = counted["groups"].EnumerateArray().Single(g => g.GetProperty("age").GetInt32() == 25);
        Assert.Equal((3, 2), (twenties.GetProperty("men").GetInt32(), twenties.GetProperty("women").GetInt32()));
        Assert.Equal(5, (await clerk.Post("/places/population", new { area = old.Code, day = "2020-01-01" })).Succeeds()["persons"].GetInt64());
    }

    [Fact]
    public async Task A_household_is_found_by_a_members_number_with_those_who_belonged_to_it_on_the_day()
    {
        var home = await town.Household();
        var (head, child) = (People.Someone(sex: 1), People.Someone(born: "2010-02-03"));
        await Enter(head.In(home, "01", "2000-01-01"));
        await Enter(child.In(home, "99", "2010-02-03"));
        using var clerk = await town.As("canbo");
        async Task<int> Members(string day) => (await clerk.Post("/households/lookup", new { members = new[] { Number(head) }, asOf = day, purpose = Town.Purpose, @case = Town.Case })).Succeeds()["households"][0].GetProperty("members").GetArrayLength();
        Assert.Equal((1, 2), (await Members("2005-01-01"), await Members("2015-01-01")));
        (await clerk.Post("/households/lookup", new { purpose = Town.Purpose, @case = Town.Case })).Refuses("population.lookup-households");
    }

    [Fact]
    public async Task A_correction_sent_twice_with_one_key_is_done_once_and_answered_alike()
    {
        var id = await town.Enter(People.Someone());
        using var registrar = await town.As("tinh");
        var (first, second) = (await Correct(registrar, id, "0900000002", key: "khoa-1"), await Correct(registrar, id, "0900000002", key: "khoa-1"));
        Assert.Equal(HttpStatusCode.OK, first.Status);
        Assert.Equal((first.Status, first.Text), (second.Status, second.Text));
        Assert.Equal(1, await town.Value<long>("select count(*) from journal.entry where subject = $1 and kind = 'population.person-corrected'", id));
        (await Correct(registrar, id, "0900000003", key: "khoa-1")).Refuses("kernel.key-reused", HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task A_refused_correction_can_be_mended_and_sent_with_the_same_key()
    {
        var id = await town.Enter(People.Someone());
        using var registrar = await town.As("tinh");
        (await Correct(registrar, id, "090000000", key: "khoa-2")).Refuses("population.phone-malformed");
        (await Correct(registrar, id, "0900000004", key: "khoa-2")).Succeeds();
    }

    [Fact]
    public async Task A_correction_thought_for_an_older_version_is_refused()
    {
        var id = await town.Enter(People.Someone());
        using var registrar = await town.As("tinh");
        using var shown = await registrar.Http.PostAsJsonAsync("/api/v1/persons/show", new { id, purpose = Town.Purpose, @case = Town.Case }, Stop);
        var version = shown.Headers.ETag!.ToString();
        await town.Act(id, new PersonChanged(new PersonFacts(), new PersonFacts { Email = "mau@vidu.vn" }));
        (await Correct(registrar, id, "0900000005", version: version)).Refuses("kernel.changed-since", HttpStatusCode.PreconditionFailed);
        using var again = await registrar.Http.PostAsJsonAsync("/api/v1/persons/show", new { id, purpose = Town.Purpose, @case = Town.Case }, Stop);
        (await Correct(registrar, id, "0900000005", version: again.Headers.ETag!.ToString())).Succeeds();
    }

    [Theory]
    [InlineData("tran van tuan thu", false)]
    [InlineData("THỬ trần văn tuấn", false)]
    [InlineData("tan van tuan thu", true)]      // a letter is missing
    [InlineData("trna van tuan thu", true)]     // two changed about
    [InlineData("chan van tuan thu", true)]     // heard so in the North
    [InlineData("tran dan tuang thu", true)]    // and so in the South
    public async Task A_name_is_found_with_slips_of_typing_and_hearing(string typed, bool near)
    {
        var person = People.Someone(sex: 1).Named("Trần Văn Tuấn Thử");
        await Enter(person);
        using var clerk = await town.As("canbo");
        var found = (await clerk.Post("/persons/search", new { text = typed, purpose = Town.Purpose, @case = Town.Case })).Succeeds();
        Assert.Contains(Number(person), found["persons"].EnumerateArray().Select(p => p.GetProperty("number").GetString()));
        Assert.Equal(near, found["near"].GetBoolean());
    }

    /// <summary>In the commune of the clerk who asks.</summary>
    private Task<Guid> Enter(PersonState person) => town.Enter(person.Residences.Count > 0 ? person : person.LivingAt(town.Commune.Id, "Ấp Mẫu", "2000-01-01"));

    private static string Number(PersonState person) => person.Facts.Number!.Value.ToString();

    private static async Task<Reply> Correct(Official registrar, Guid id, string phone, string? key = null, string? version = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/persons/correct") { Content = JsonContent.Create(new { id, after = new { phone }, ground = "đơn đề nghị mẫu" }) };
        if (key is not null)
        {
            request.Headers.Add("Idempotency-Key", key);
        }

        if (version is not null)
        {
            request.Headers.TryAddWithoutValidation("If-Match", version);
        }

        return await Reply.Of(await registrar.Http.SendAsync(request, Stop));
    }
}
