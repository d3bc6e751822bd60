using System.Net;
using System.Runtime.Versioning;
using SoGoc.Kernel.Time;
using SoGoc.Population;
using SoGoc.Testing;

namespace SoGoc.Civil.Tests;

/// <summary>Residence and households, from the counter of the commune police to the register.</summary>
[SupportedOSPlatform("linux")]
public sealed class ResidenceTests(Town town) : IClassFixture<Town>
{
    private DateOnly Today => town.Clock.Today();

    [Fact]
    public async Task A_household_moves_into_the_commune_as_it_is_and_is_closed_to_the_old_one()
    {
        using var congan = await town.As("congan");
        using var canbo = await town.As("canbo");
        using var there = await town.Official("commune-clerk", Family.Elsewhere(town).Id);
        var family = await new Family(town).Enter();
        var lookup = new { numbers = new[] { Family.Number(family.Son) }, fields = new[] { "permanentResidence", "household" }, purpose = Town.Purpose, @case = Town.Case };
        var before = (await there.Post("/persons/lookup", lookup)).Succeeds()["persons"][0];
        Assert.Equal("found", before.GetProperty("found").GetString());
        Assert.Equal("elsewhere", (await canbo.Post("/persons/lookup", lookup)).Succeeds()["persons"][0].GetProperty("found").GetString());

        var done = (await family.Decide(congan)).Succeeds();
        Assert.Matches("^[0-9]{2,}/2026$", done["decisionNo"].GetString());
        Assert.Equal("elsewhere", (await there.Post("/persons/lookup", lookup)).Succeeds()["persons"][0].GetProperty("found").GetString());
        var after = (await canbo.Post("/persons/lookup", lookup)).Succeeds()["persons"][0].GetProperty("person");
        Assert.StartsWith($"{Family.New}, {town.Commune.FullName}", after.GetProperty("permanentResidence").GetProperty("address").GetString(), StringComparison.Ordinal);
        var moved = after.GetProperty("household").GetProperty("id").GetGuid();

        foreach (var key in family.All)
        {
            Assert.Equal([(family.Area.Id, (DateOnly?)Today), (town.Commune.Id, null)], (await Record(key)).Residences.Select(r => (r.Area!.Value, r.Until)));
        }

        // Everybody is in the new household what he was in the old one, which has ended; of the day before it is told as it was.
        using var tinh = await town.As("tinh");
        foreach (var (household, area, day, members) in new[] { (moved, town.Commune, Today, 4), (family.Household, family.Area, Today, 0), (family.Household, family.Area, Today.AddDays(-1), 4), (moved, town.Commune, Today.AddDays(-1), 0) })
        {
            var home = (await tinh.Post("/households/lookup", new { ids = new[] { household }, asOf = Family.Day(day), purpose = Town.Purpose, @case = Town.Case })).Succeeds()["households"][0];
            Assert.Equal((area.Id, members), (home.GetProperty("area").GetInt32(), home.GetProperty("members").GetArrayLength()));
            Assert.Equal(members == 0 ? [] : ["01", "02", "05", "10"], home.GetProperty("members").EnumerateArray().Select(m => m.GetProperty("relation").GetString()!));
        }

        Assert.Equal(Today, await town.Value<DateOnly>("select closed_on from population.household where id = $1", family.Household));
        await Folds();
    }

    [Fact]
    public async Task The_register_of_the_day_before_still_tells_where_they_lived()
    {
        using var congan = await town.As("congan");
        using var tinh = await town.As("tinh");
        var family = await new Family(town).Enter();
        (await family.Decide(congan)).Succeeds();
        async Task<string> On(DateOnly day) => (await tinh.Post("/persons/show", new { id = family.SonKey, asOf = Family.Day(day), purpose = Town.Purpose, @case = Town.Case })).Succeeds().Body.GetRawText();
        Assert.Contains(Family.Old, await On(Today.AddDays(-1)), StringComparison.Ordinal);
        Assert.DoesNotContain(Family.New, await On(Today.AddDays(-1)), StringComparison.Ordinal);
        Assert.Contains(Family.New, await On(Today), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_decision_is_written_down_as_the_journal_has_it_with_ground_people_and_changes_and_its_case_is_closed()
    {
        using var congan = await town.As("congan");
        var family = await new Family(town).With("paper", "Giấy chứng nhận quyền sử dụng đất số M-1").Enter();
        var check = (await family.Check(congan)).Succeeds();
        Assert.Equal((20000, 7), (check["fee"].GetInt32(), check["days"].GetInt32()));
        var changes = Changes(check);
        var done = (await family.With("case", check["case"].GetString()).Decide(congan)).Succeeds();
        Assert.Equal(changes, Changes(done));
        var (id, body, by) = (await town.Rows("select id, body::text, decided_by from civil.residence_decision where case_ref = $1", r => (r.GetGuid(0), r.GetString(1), r.GetString(2)), check["case"].GetString())).Single();
        var entry = (await town.Rows("select kind, body::text, actor, ground from journal.entry where subject = $1", r => (r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3)), id)).Single();
        Assert.Equal(("civil.residence-decided", body, by), (entry.Item1, entry.Item2, entry.Item3));
        var ground = $"Đăng ký thường trú số {done["decisionNo"].GetString()}, Công an {town.Commune.FullName}, ngày 24/11/2026; tờ khai CT01; Giấy chứng nhận quyền sử dụng đất số M-1; Luật Cư trú 68/2020/QH14, điều 20, 22";
        Assert.Equal(ground, entry.Item4);
        Assert.Equal([ground], await town.Rows("select distinct ground from journal.entry where subject = any($1) and kind = 'population.residence-began'", r => r.GetString(0), (object)family.All));
        Assert.True(await town.Value<bool>("select closed_at is not null from journal.case_file where reference = $1", check["case"].GetString()));
    }

    [Fact]
    public async Task Numbers_of_decisions_have_no_gap_although_some_are_refused_and_many_come_at_once()
    {
        await using var alone = new Town();
        await alone.InitializeAsync();
        using var congan = await alone.As("congan");
        var families = new List<Family>();
        for (var i = 0; i < 6; i++)
        {
            families.Add(await new Family(alone).Enter());
        }

        var replies = await Task.WhenAll(families.Select((f, no) => (no % 3 == 0 ? f.With("floor", 1).With("basis", "rented") : f).Decide(congan)));
        Assert.Equal(["01/2026", "02/2026", "03/2026", "04/2026"], replies.Where(r => r.IsGood).Select(r => r["decisionNo"].GetString()!).Order());
        Assert.Equal("civil.decision-out-of-order", Assert.Single((await Assert.ThrowsAsync<Npgsql.PostgresException>(() => alone.Execute("""
            insert into civil.residence_decision select gen_random_uuid(), area_id, office, kind, year, 7, decided_on, decided_by, 'khac', asked_by, persons, left_areas, body from civil.residence_decision limit 1
            """))).MessageText.Split(':')[..1]));
        Assert.Empty((await alone.Verify()).Differences);
    }

    [Fact]
    public async Task Of_two_officials_who_decide_on_one_person_at_once_one_wins_and_the_other_is_told()
    {
        using var here = await town.As("congan");
        using var there = await town.Official("commune-police", Family.Elsewhere(town).Id);
        for (var i = 0; i < 4; i++)
        {
            var family = await new Family(town) { Area = town.Places.Children(town.Places.Home(Today)!, Today).Last() }.Enter();
            var replies = await Task.WhenAll(family.Decide(here), there.Post("/residences/decide", new Dictionary<string, object?>(family.Asked) { ["detail"] = "Số 7, ấp Khác" }));
            var lost = Assert.Single(replies, r => !r.IsGood);
            Assert.Equal(HttpStatusCode.Conflict, lost.Status);
            Assert.Contains(lost["faults"].EnumerateArray().Select(f => f.GetProperty("code").GetString()), c => c is "civil.decided-today" or "civil.household-changed");
            Assert.Equal(1, await town.Value<long>("select count(*) from civil.residence_decision where persons @> array[$1]", family.SonKey));
            Assert.Single((await Record(family.SonKey)).Residences, r => r.Until is null);
        }

        await Folds();
    }

    [Fact]
    public async Task The_same_request_again_has_the_same_decision_by_its_key_and_by_its_case()
    {
        using var congan = await town.As("congan");
        var family = await new Family(town).Enter();
        family.With("case", (await family.Check(congan)).Succeeds()["case"].GetString());
        congan.Http.DefaultRequestHeaders.Add("Idempotency-Key", "cu-tru-1");
        var first = (await family.Decide(congan)).Succeeds();
        Assert.Equal(first.Text, (await family.Decide(congan)).Succeeds().Text);
        congan.Http.DefaultRequestHeaders.Remove("Idempotency-Key");
        Assert.Equal(first.Text, (await family.Decide(congan)).Succeeds().Text);
        Assert.Equal(1, await town.Value<long>("select count(*) from civil.residence_decision where persons @> array[$1]", family.SonKey));
    }

    [Fact]
    public async Task A_check_changes_nothing_of_anybody()
    {
        using var congan = await town.As("congan");
        var family = await new Family(town).Enter();
        const string acts = "select concat_ws(' ', (select count(*) from journal.entry where kind not like 'kernel.%'), (select count(*) from civil.residence_decision), (select count(*) from population.household))";
        var before = await town.Value<string>(acts);
        (await family.Check(congan)).Succeeds();
        (await congan.Post("/residences/check", new { act = "permanent", person = Family.Number(family.Father) })).Succeeds();
        Assert.Equal(before, await town.Value<string>(acts));
    }

    [Fact]
    public async Task Part_of_a_household_moves_into_one_of_its_own_and_those_who_stay_get_a_head()
    {
        using var congan = await town.As("congan");
        var family = await new Family(town).Enter();
        (await family.For(family.FatherKey, family.SonKey).Decide(congan)).Refuses("civil.head-missing", HttpStatusCode.Conflict);
        (await family.With("newHead", family.MotherKey.ToString()).Decide(congan)).Succeeds();
        Assert.Equal([("01", true), ("10", true), ("01", false), ("07", false)], await Memberships(family, family.FatherKey, family.SonKey, family.MotherKey, family.GrandmotherKey));
        var opened = (await Record(family.SonKey)).Memberships.Single(m => m.Until is null).Household;
        Assert.StartsWith($"{town.Commune.Code}-TT", await town.Value<string>("select file_number from population.household where id = $1", opened), StringComparison.Ordinal);
        await Folds();
    }

    [Fact]
    public async Task A_household_that_joins_another_is_closed_and_all_are_told_what_they_are_to_its_head()
    {
        using var congan = await town.As("congan");
        var family = await new Family(town).Enter();
        var host = await family.Host(kin: true);
        (await family.With("host", host.Number).With("basis", "family").Decide(congan)).Refuses("civil.not-kin", HttpStatusCode.Conflict);
        (await family.With("confirmed", new[] { "civil.not-kin" }).Decide(congan)).Refuses("civil.relation-missing", HttpStatusCode.Conflict);
        (await family.With("relations", new[] { new { person = family.MotherKey.ToString(), relation = "18" } }).Decide(congan)).Succeeds();
        Assert.Equal(["16", "18", "25", "05"], await Task.WhenAll(family.All.Select(async k => (await Record(k)).Memberships.Single(m => m is { Until: null } && m.Household == host.Household).Relation)));
        Assert.Equal(Today, await town.Value<DateOnly>("select closed_on from population.household where id = $1", family.Household));
        await Folds();
    }

    [Fact]
    public async Task A_temporary_residence_is_seen_until_its_end_and_goes_on_from_there_when_it_is_renewed()
    {
        using var congan = await town.As("congan");
        using var canbo = await town.As("canbo");
        var family = await new Family(town).Enter();
        var end = Today.AddDays(40);
        (await family.With("act", "temporary").With("until", Family.Day(end)).For(family.FatherKey).Decide(congan)).Succeeds();
        var lookup = new { numbers = new[] { Family.Number(family.Father) }, fields = new[] { "temporaryResidence", "permanentResidence" }, purpose = Town.Purpose, @case = Town.Case };
        async Task<string> Seen() => (await canbo.Post("/persons/lookup", lookup)).Succeeds().Text;
        Assert.Contains(Family.New, await Seen(), StringComparison.Ordinal);
        Assert.Contains(Family.Old, await Seen(), StringComparison.Ordinal);
        family.With("act", "renewal").With("until", Family.Day(end.AddYears(2)));
        (await family.Decide(congan)).Refuses("civil.renewal-too-early", HttpStatusCode.Conflict);
        var begun = Today;
        try
        {
            town.Clock.MoveTo(begun.AddDays(30));
            (await family.Decide(congan)).Succeeds();
            Assert.Contains(Family.New, await Seen(), StringComparison.Ordinal);
            town.Clock.MoveTo(begun.AddDays(50));
            Assert.Contains(Family.New, await Seen(), StringComparison.Ordinal);
        }
        finally
        {
            town.Clock.MoveTo(begun);
        }

        Assert.Equal([(Today, end), (end, end.AddYears(2))], (await Record(family.FatherKey)).Residences.Where(r => r.Kind == ResidenceKind.Temporary).Select(r => (r.From!.Value, r.Until!.Value)));
        await Folds();
    }

    [Fact]
    public async Task Permanent_residence_ends_a_temporary_one_in_the_same_commune_and_the_absence()
    {
        using var congan = await town.As("congan");
        var family = await new Family(town).Enter();
        await town.Act(family.FatherKey, new ResidenceBegan(ResidenceKind.Temporary, town.Commune.Id, "Số 3, ấp Mẫu", Today.AddDays(-10), Today.AddYears(1)));
        await town.Act(family.FatherKey, new ResidenceBegan(ResidenceKind.Absence, null, "Thành phố", Today.AddDays(-10), Today.AddYears(2)));
        (await family.Decide(congan)).Succeeds();
        Assert.Equal([(ResidenceKind.Permanent, (DateOnly?)null)], (await Record(family.FatherKey)).Residences.Where(r => r.Until is null || r.Until > Today).Select(r => (r.Kind, r.Until)));
    }

    [Fact]
    public async Task A_household_is_split_gets_another_head_and_is_merged_again()
    {
        using var congan = await town.As("congan");
        var family = await new Family(town, here: true).With("act", "split").Enter();
        (await family.With("person", Family.Number(family.Mother)).For(family.MotherKey, family.SonKey).Decide(congan)).Succeeds();
        Assert.Equal([("01", false), ("01", true), ("10", true), ("05", false)], await Memberships(family, family.All));
        family.With("act", "head").With("person", Family.Number(family.Grandmother)).With("head", family.GrandmotherKey.ToString());
        family.Asked.Remove("persons");
        (await family.Decide(congan)).Succeeds();
        Assert.Equal([("10", false), ("01", false)], await Memberships(family, family.FatherKey, family.GrandmotherKey));
        family.With("act", "merge").With("host", Family.Number(family.Father)).With("person", Family.Number(family.Mother)).With("head", null).For(family.MotherKey, family.SonKey);
        (await family.Decide(congan)).Refuses("civil.decided-today", HttpStatusCode.Conflict);
        (await family.With("confirmed", new[] { "civil.decided-today" }).Decide(congan)).Succeeds();
        Assert.Equal([("10", false), ("13", false), ("21", false), ("01", false)], await Memberships(family, family.All));
        await Folds();
    }

    [Fact]
    public async Task Who_is_removed_leaves_his_household_and_the_last_one_closes_it()
    {
        using var congan = await town.As("congan");
        var family = await new Family(town, here: true).With("act", "remove-permanent").With("reason", "emigrated").Enter();
        (await family.For(family.FatherKey).Decide(congan)).Refuses("civil.head-missing", HttpStatusCode.Conflict);
        (await family.With("newHead", family.MotherKey.ToString()).Decide(congan)).Succeeds();
        Assert.DoesNotContain((await Record(family.FatherKey)).Residences, r => r.Until is null);
        (await family.With("person", Family.Number(family.Mother)).With("newHead", null).For(family.MotherKey, family.SonKey, family.GrandmotherKey).With("confirmed", new[] { "civil.decided-today" }).Decide(congan)).Succeeds();
        Assert.Equal(Today, await town.Value<DateOnly>("select closed_on from population.household where id = $1", family.Household));
        await Folds();
    }

    [Fact]
    public async Task A_dead_head_leaves_when_another_becomes_head()
    {
        using var congan = await town.As("congan");
        var family = await new Family(town, here: true).With("act", "head").Enter();
        await town.Act(family.FatherKey, new StatusChanged(PersonStatus.Dead, PartialDate.Of(Today.AddDays(-3))));
        family.With("person", Family.Number(family.Mother)).With("head", family.MotherKey.ToString()).With("headAgrees", false).Asked.Remove("persons");
        (await family.Decide(congan)).Succeeds();
        Assert.Equal([("01", false), ("10", false), ("07", false)], await Memberships(family, family.MotherKey, family.SonKey, family.GrandmotherKey));
        Assert.DoesNotContain((await Record(family.FatherKey)).Memberships, m => m.Until is null);
        await Folds();
    }

    /// <summary>What is changed of whom; a household that is not there yet has no key.</summary>
    private static string[] Changes(Reply reply) => [.. reply["changes"].EnumerateArray().Select(c => string.Join(' ', c.EnumerateObject().Where(p => p.Name != "subject" || c.GetProperty("what").GetString() != "opens").Select(p => p.Value)))];

    private async Task<(string Relation, bool Elsewhere)[]> Memberships(Family family, params Guid[] people) =>
        await Task.WhenAll(people.Select(async k => (await Record(k)).Memberships.Single(m => m.Until is null) is var m ? (m.Relation, m.Household != family.Household) : default));

    private async Task<PersonState> Record(Guid key) => (await town.Do<IPopulation, PersonState>(async p => (await p.Find(key))!));

    /// <summary>The register folds, and nobody lives in an open household that has not exactly one head.</summary>
    private async Task Folds()
    {
        Assert.Empty((await town.Verify()).Differences);
        Assert.Empty(await town.Rows("""
            select h.id from population.household h join population.member m on m.household_id = h.id and upper_inf(m.valid) where h.area_id is not null
             group by h.id, h.closed_on having count(*) filter (where m.relation = '01') <> 1 or h.closed_on is not null
            """, r => r.GetGuid(0)));
    }
}
