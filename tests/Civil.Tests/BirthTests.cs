using System.Globalization;
using System.Net;
using System.Runtime.Versioning;
using SoGoc.Kernel.Data;
using SoGoc.Places;
using SoGoc.Population;
using SoGoc.Testing;

namespace SoGoc.Civil.Tests;

/// <summary>Births, from the counter to the register.</summary>
[SupportedOSPlatform("linux")]
public sealed class BirthTests(Town town) : IClassFixture<Town>
{
    [Fact]
    public async Task A_registered_child_is_found_at_once_with_number_parents_home_and_household()
    {
        using var canbo = await town.As("canbo");
        var couple = await new Couple(town).Enter();
        var done = (await canbo.Post("/births/register", couple.Declared)).Succeeds();
        var number = done["number"].GetString()!;
        Assert.StartsWith("089326", number, StringComparison.Ordinal);
        Assert.Matches("^[0-9]{2,}/2026$", done["entryNo"].GetString());

        var found = (await canbo.Post("/persons/lookup", new { numbers = new[] { number }, fields = new[] { "fullName", "born", "household", "permanentResidence" }, purpose = Town.Purpose, @case = Town.Case })).Succeeds();
        Assert.Contains("Thị Mới", found.Text, StringComparison.Ordinal);
        var child = await Record(Guid.Parse(done["person"].GetString()!));
        Assert.Equal(number, child.Facts.Number.ToString());
        Assert.Equal([(KinKind.Mother, couple.Number), (KinKind.Father, couple.Father.Facts.Number!.Value)], child.Kin.Select(k => (k.Kind, k.Number!.Value)));
        Assert.Equal([(ResidenceKind.Permanent, (int?)town.Commune.Id, "Ấp Mẫu")], child.Residences.Select(r => (r.Kind, r.Area, r.Detail!)));
        Assert.Equal([(couple.Household, "10")], child.Memberships.Select(m => (m.Household, m.Relation)));
        Assert.Equal((town.Commune.Id, "Quê cha", "01"), (child.Facts.BirthRegistered!.Area, child.Facts.Hometown!.Text, child.Facts.Ethnicity));
        foreach (var parent in new[] { couple.MotherKey, couple.FatherKey })
        {
            Assert.Contains((await Record(parent)).Kin, k => k.Kind == KinKind.Child && k.Number.ToString() == number);
        }
    }

    [Fact]
    public async Task Who_lives_by_the_register_in_a_unit_that_is_no_more_has_a_child_that_resides_in_the_unit_of_today_and_so_says_the_paper()
    {
        using var canbo = await town.As("canbo");
        var (now, day) = (town.Commune, new DateOnly(2026, 11, 24));
        var former = town.Places.All.First(a => a.Level == AreaLevel.Commune && !a.Valid.Holds(day) && town.Places.Resolve(a, day).Area?.Id == now.Id);
        var couple = await new Couple(town) { Home = former }.Enter();
        var done = (await canbo.Post("/births/register", couple.Declared)).Succeeds();
        Assert.Equal([(ResidenceKind.Permanent, (int?)now.Id, "Ấp Mẫu")], (await Record(Guid.Parse(done["person"].GetString()!))).Residences.Select(r => (r.Kind, r.Area, r.Detail!)));
        var told = await town.Value<string>("select body->'mother'->>'residence' from journal.entry where subject = $1 and kind = 'civil.birth-registered'", done["entry"].GetGuid());
        Assert.Equal($"Ấp Mẫu, {town.Places.Write(now)}", told);
    }

    [Fact]
    public async Task Before_the_act_the_register_knew_nothing_and_afterwards_the_journal_tells_all_of_it()
    {
        using var canbo = await town.As("canbo");
        using var tinh = await town.As("tinh");
        var couple = await new Couple(town).Enter();
        var done = (await canbo.Post("/births/register", couple.Declared)).Succeeds();
        var history = new { number = done["number"].GetString(), purpose = Town.Inspection, @case = Town.InspectionCase };
        Assert.Contains("Thị Mới", (await tinh.Post("/persons/history", history)).Succeeds()["person"].GetRawText(), StringComparison.Ordinal);
        // Nor did the mother have the child on the day before it was born.
        foreach (var (on, named) in new[] { ("2026-10-31", false), ("2026-11-01", true) })
        {
            var mother = (await tinh.Post("/persons/history", new { number = couple.Number.ToString(), purpose = Town.Inspection, @case = Town.InspectionCase, asOf = on })).Succeeds()["person"].GetRawText();
            Assert.Equal(named, mother.Contains("Thị Mới", StringComparison.Ordinal));
        }

        Assert.False((await tinh.Post("/persons/history", new { history.number, history.purpose, history.@case, knownOn = "2026-11-23" })).Succeeds().Body.TryGetProperty("person", out _));

        var entries = await town.Rows("select kind, ground from journal.entry where subject = $1 order by position", r => (r.GetString(0), r.GetString(1)), Guid.Parse(done["person"].GetString()!));
        Assert.Equal(["population.person-entered", "population.number-allotted"], entries.Select(e => e.Item1));
        Assert.All(entries, e => Assert.StartsWith($"Giấy chứng sinh số {couple.Declared["evidenceNo"]} ngày 02/11/2026; Luật Hộ tịch", e.Item2, StringComparison.Ordinal));
        var verified = await town.Verify();
        Assert.Empty(verified.Differences);
    }

    [Fact]
    public async Task The_feed_tells_of_the_birth()
    {
        using var canbo = await town.As("canbo");
        using var tinh = await town.As("tinh");
        var couple = await new Couple(town).Enter();
        var done = (await canbo.Post("/births/register", couple.Declared)).Succeeds();
        await town.Seal();
        var (told, after) = ("", 0L);
        for (var last = -1L; after != last && !told.Contains(done["number"].GetString()!, StringComparison.Ordinal);)
        {
            last = after;
            var page = (await tinh.Post("/journal/feed", new { after, most = 1000, kinds = new[] { "civil.birth-registered" }, bodies = true, purpose = Town.Inspection, @case = Town.InspectionCase })).Succeeds();
            (told, after) = (page.Text, page["next"].GetInt64());
        }

        Assert.Contains(done["number"].GetString()!, told, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_entered_in_the_book_is_what_the_journal_has_and_the_case_is_closed()
    {
        using var canbo = await town.As("canbo");
        var couple = await new Couple(town).Enter();
        var check = (await canbo.Post("/births/check", couple.Declared)).Succeeds();
        Assert.Equal(couple.Father.Facts.FullName, check["father"].GetProperty("fullName").GetString());
        Assert.Empty(check["refusals"].EnumerateArray());
        Assert.Empty(check["warnings"].EnumerateArray());
        var done = (await canbo.Post("/births/register", couple.With("case", check["case"].GetString()).Declared)).Succeeds();
        var (id, body, by) = (await town.Rows("select id, body::text, decided_by from civil.entry where person_id = $1", r => (r.GetGuid(0), r.GetString(1), r.GetString(2)), Guid.Parse(done["person"].GetString()!))).Single();
        Assert.Equal([("civil.birth-registered", body, by)], await town.Rows("select kind, body::text, actor from journal.entry where subject = $1", r => (r.GetString(0), r.GetString(1), r.GetString(2)), id));
        Assert.True(await town.Value<bool>("select closed_at is not null from journal.case_file where reference = $1", check["case"].GetString()));
        Assert.Contains("Ấp Mẫu", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_check_changes_nothing_of_anybody()
    {
        using var canbo = await town.As("canbo");
        var couple = await new Couple(town).Enter();
        var before = await Acts();
        (await canbo.Post("/births/check", couple.Declared)).Succeeds();
        (await canbo.Post("/births/check", new { kind = "both-parents", mother = couple.Number.ToString() })).Succeeds();
        Assert.Equal(before, await Acts());
    }

    [Fact]
    public async Task The_same_request_again_has_the_same_answer_and_one_child()
    {
        using var canbo = await town.As("canbo");
        var couple = await new Couple(town).Enter();
        canbo.Http.DefaultRequestHeaders.Add("Idempotency-Key", "khai-sinh-1");
        var first = (await canbo.Post("/births/register", couple.Declared)).Succeeds();
        Assert.Equal(first.Text, (await canbo.Post("/births/register", couple.Declared)).Succeeds().Text);
        Assert.Equal(1, await town.Value<long>("select count(*) from population.kin where number = $1 and kind = 'mother'", couple.Number.ToString()));
    }

    [Fact]
    public async Task A_notification_serves_once_in_all_communes()
    {
        using var canbo = await town.As("canbo");
        var couple = await new Couple(town).Enter();
        (await canbo.Post("/births/register", couple.With("evidenceNo", "2026.mau 7").Declared)).Succeeds();
        var elsewhere = town.Places.Children(town.Places.Home(couple.Today)!, couple.Today).First(a => a.Id != town.Commune.Id);
        using var other = await town.Official("commune-clerk", elsewhere.Id);
        var others = await new Couple(town) { Home = elsewhere }.With("evidenceNo", "2026.MAU7").Enter();
        (await other.Post("/births/register", others.Declared)).Refuses("civil.notification-used", HttpStatusCode.Conflict);
        // Past the rule, the database has it too.
        Assert.Equal("civil.notification-used", (await Assert.ThrowsAsync<Npgsql.PostgresException>(() => town.Execute("""
            insert into civil.entry (id, book_id, no, registered_on, decided_by, person_id, notification, body)
            select gen_random_uuid(), e.book_id, b.last_no + 1, e.registered_on, e.decided_by, e.person_id, e.notification, e.body from civil.entry e join civil.book b on b.id = e.book_id where e.notification = '2026.MAU7'
            """))).ConstraintName);
    }

    [Fact]
    public async Task Twins_are_registered_with_a_notification_each_after_the_official_has_looked()
    {
        using var canbo = await town.As("canbo");
        var couple = await new Couple(town).Enter();
        var surname = couple.Father.Facts.Surname;
        (await canbo.Post("/births/register", couple.With("fullName", $"{surname} Thị Hoa").Declared)).Succeeds();
        couple.With("fullName", $"{surname} Thị Hoà").With("evidenceNo", couple.Declared["evidenceNo"] + "-B");
        (await canbo.Post("/births/register", couple.Declared)).Refuses("civil.perhaps-registered", HttpStatusCode.Conflict);
        (await canbo.Post("/births/register", couple.With("confirmed", new[] { "civil.perhaps-registered" }).Declared)).Succeeds();
        Assert.Equal(2, (await Record(couple.MotherKey)).Kin.Count(k => k.Kind == KinKind.Child));
    }

    [Fact]
    public async Task Twins_registered_at_once_are_both_named_in_their_parents_records()
    {
        using var canbo = await town.As("canbo");
        var couple = await new Couple(town).Enter();
        var surname = couple.Father.Facts.Surname;
        var bodies = new[] { "Thị Một", "Thị Hai" }.Select((name, no) => new Dictionary<string, object?>(couple.Declared)
        {
            ["fullName"] = $"{surname} {name}", ["evidenceNo"] = $"{couple.Declared["evidenceNo"]}-{no}", ["confirmed"] = new[] { "civil.twins" },
        });
        Assert.All(await Task.WhenAll(bodies.Select(b => canbo.Post("/births/register", b))), r => r.Succeeds());
        Assert.Equal(2, await town.Value<long>("select count(*) from population.kin where person_id = $1 and kind = 'child'", couple.FatherKey));
    }

    [Fact]
    public async Task The_father_s_commune_registers_too_and_the_mother_s_home_is_the_child_s()
    {
        using var canbo = await town.As("canbo");
        var couple = new Couple(town);
        var elsewhere = town.Places.Children(town.Places.Home(couple.Today)!, couple.Today).First(a => a.Id != town.Commune.Id);
        await couple.Enter();
        await town.Act(couple.MotherKey, new ResidenceBegan(ResidenceKind.Permanent, elsewhere.Id, "Ấp Ví Dụ", new DateOnly(2020, 1, 1)));
        var done = (await canbo.Post("/births/register", couple.Declared)).Succeeds();
        Assert.Equal(elsewhere.Id, (await Record(Guid.Parse(done["person"].GetString()!))).Residences.Single().Area);
        Assert.Equal(town.Commune.Id, await town.Value<int>("select b.area_id from civil.entry e join civil.book b on b.id = e.book_id where e.person_id = $1", Guid.Parse(done["person"].GetString()!)));
    }

    [Fact]
    public async Task Another_commune_is_refused_with_the_one_that_is_competent_unless_the_child_lives_there()
    {
        var couple = await new Couple(town).Enter();
        var elsewhere = town.Places.Children(town.Places.Home(couple.Today)!, couple.Today).First(a => a.Id != town.Commune.Id);
        using var other = await town.Official("commune-clerk", elsewhere.Id);
        var refused = await other.Post("/births/register", couple.Declared);
        refused.Refuses("civil.outside-competence", HttpStatusCode.Forbidden);
        Assert.Contains(town.Commune.FullName, refused.Text, StringComparison.Ordinal);
        var done = (await other.Post("/births/register", couple.With("livesAt", "Nhà bà ngoại, ấp Mẫu").Declared)).Succeeds();
        Assert.Equal(elsewhere.FullName, done["office"].GetString());
        using var registrar = await town.As("tinh");
        (await registrar.Post("/births/register", couple.Declared)).Refuses("kernel.not-permitted", HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task An_abandoned_child_is_entered_without_parents_and_lives_where_it_is_cared_for()
    {
        using var canbo = await town.As("canbo");
        var couple = new Couple(town);
        couple.With("kind", "abandoned").With("fullName", "Lâm Thị Rằm").With("mother", null).With("evidence", "found-record").With("evidenceOn", couple.Ago(8)).With("declarant", "carer").With("livesAt", "Mái ấm Mẫu");
        var done = (await canbo.Post("/births/register", couple.Declared)).Succeeds();
        var child = await Record(Guid.Parse(done["person"].GetString()!));
        Assert.Empty(child.Kin);
        Assert.Null(child.Facts.Ethnicity);
        Assert.Equal((ResidenceKind.Current, "Mái ấm Mẫu"), (child.Residences.Single().Kind, child.Residences.Single().Detail));
        (await canbo.Post("/persons/lookup", new { numbers = new[] { done["number"].GetString() }, fields = new[] { "fullName" }, purpose = Town.Purpose, @case = Town.Case })).Succeeds();
    }

    [Fact]
    public async Task A_late_birth_is_registered_and_marked()
    {
        using var canbo = await town.As("canbo");
        var couple = await new Couple(town).Enter();
        Assert.True((await canbo.Post("/births/register", couple.With("born", couple.Ago(61)).Declared)).Succeeds()["late"].GetBoolean());
        var other = await new Couple(town).Enter();
        Assert.False((await canbo.Post("/births/register", other.With("born", other.Ago(60)).Declared)).Succeeds()["late"].GetBoolean());
    }

    [Fact]
    public async Task The_card_s_code_fills_the_number_and_has_to_agree_with_the_register()
    {
        using var canbo = await town.As("canbo");
        var couple = await new Couple(town).Enter();
        (await canbo.Post("/births/register", couple.With("mother", $"{couple.Number}||{couple.Mother.Facts.FullName}|03021995|Nữ|Ấp Mẫu|01012022").Declared)).Refuses("civil.card-differs");
        (await canbo.Post("/births/register", couple.With("mother", $"{couple.Number}||{couple.Mother.Facts.FullName!.ToUpper(CultureInfo.GetCultureInfo("vi-VN"))}|02031995|Nữ|Ấp Mẫu|01012022").Declared)).Succeeds();
    }

    [Fact]
    public async Task A_confidential_parent_is_not_shown_to_a_clerk_by_way_of_a_birth()
    {
        using var canbo = await town.As("canbo");
        foreach (var hidden in new Func<Couple, Guid>[] { c => c.MotherKey, c => c.FatherKey })
        {
            var couple = await new Couple(town).Enter();
            await town.Act(hidden(couple), new ConfidentialitySet(1));
            (await canbo.Post("/births/check", couple.Declared)).Refuses("population.confidential", HttpStatusCode.Forbidden);
            (await canbo.Post("/births/register", couple.Declared)).Refuses("population.confidential", HttpStatusCode.Forbidden);
        }
    }

    [Fact]
    public async Task A_case_of_another_purpose_or_one_that_is_closed_reads_no_parents()
    {
        using var canbo = await town.As("canbo");
        var couple = await new Couple(town).Enter();
        (await canbo.Post("/births/check", couple.With("case", Town.Case).Declared)).Refuses("journal.case-other-purpose", HttpStatusCode.Conflict);
        var opened = (await canbo.Post("/births/check", couple.With("case", null).Declared)).Succeeds()["case"].GetString();
        Assert.Equal("civil-status", await town.Value<string>("select purpose from journal.disclosure where subject = $1 and case_ref = $2", couple.MotherKey, opened));
        (await canbo.Post("/cases/close", new { reference = opened })).Succeeds();
        (await canbo.Post("/births/register", couple.With("case", opened).Declared)).Refuses("journal.case-closed", HttpStatusCode.Conflict);
    }

    [Fact]
    public async Task An_entry_is_seen_by_the_office_whose_book_it_is_and_by_who_sees_the_child()
    {
        using var canbo = await town.As("canbo");
        var couple = await new Couple(town).Enter();
        Area[] others = [.. town.Places.Children(town.Places.Home(couple.Today)!, couple.Today).Where(a => a.Id != town.Commune.Id).Take(2)];
        await town.Act(couple.MotherKey, new ResidenceBegan(ResidenceKind.Permanent, others[0].Id, "Ấp Ví Dụ", new DateOnly(2020, 1, 1)));
        var child = Guid.Parse((await canbo.Post("/births/register", couple.Declared)).Succeeds()["person"].GetString()!);
        Assert.Equal((1, 1, 0), (await Seen(town.Commune, child), await Seen(others[0], child), await Seen(others[1], child)));
    }

    /// <summary>How many entries of a person the database shows to an official of that commune.</summary>
    private async Task<int> Seen(Area commune, Guid person)
    {
        await using var connection = await town.Database.Desk.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
        await using var name = connection.CreateCommand("select set_config('sogoc.areas', $1, true)", town.Reach(commune.Id));
        await name.ExecuteNonQueryAsync(TestContext.Current.CancellationToken);
        await using var count = connection.CreateCommand("select count(*)::integer from civil.entry where person_id = $1", person);
        return (int)(await count.ExecuteScalarAsync(TestContext.Current.CancellationToken))!;
    }

    private Task<long> Acts() => town.Value<long>("select count(*) from journal.entry where kind not like 'kernel.case-%'");

    private Task<PersonState> Record(Guid id) => town.Do<IPopulation, PersonState>(async p => (await p.Find(id))!);
}
