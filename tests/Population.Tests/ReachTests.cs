using System.Net;
using System.Text.Json;
using Npgsql;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Testing;

namespace SoGoc.Population.Tests;

/// <summary>A clerk of a commune sees the people of her commune: by route, by page and by SQL. Of others she hears that they live elsewhere, and no more.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class ReachTests(Town town) : IClassFixture<Town>
{
    private static readonly string[] Fields = ["fullName"];

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Area There => town.Places.All.First(a => a.Level == AreaLevel.Commune && a.Valid.Holds(town.Clock.Today()) && a.Id != town.Commune.Id && town.Places.Province(a)?.Id == town.Places.Province(town.Commune)?.Id);

    [Fact]
    public async Task Of_somebody_of_another_commune_no_route_tells_more_than_that_he_lives_elsewhere()
    {
        var home = await town.Household(new HouseholdState("HS-XA-KHAC", There.Id, "Ấp Khác", null));
        var person = (People.Someone().Named("Lê Thị Xa Xôi") is var p ? p with { Facts = p.Facts with { OldIds = ["351234567"] } } : p).LivingAt(There.Id, "Ấp Khác").In(home, "01");
        var (id, number) = (await town.Enter(person), person.Facts.Number!.Value.ToString());
        using var clerk = await town.As("canbo");
        var replies = new List<Reply>
        {
            await Ask(clerk, "/persons/search", new { text = number }), await Ask(clerk, "/persons/search", new { text = "351234567" }), await Ask(clerk, "/persons/search", new { text = "le thi xa xoi" }),
            await Ask(clerk, "/persons/search", new { text = "", household = "HS-XA-KHAC" }), await Ask(clerk, "/persons/lookup", new { numbers = new[] { number, "089199999999" }, fields = Fields }),
            await Ask(clerk, "/persons/show", new { id }), await Ask(clerk, "/households/lookup", new { members = new[] { number } }), await Ask(clerk, "/households/lookup", new { fileNumbers = new[] { "HS-XA-KHAC" } }),
            await Ask(clerk, "/households/lookup", new { ids = new[] { home } }), await Ask(clerk, "/places/residents", new { area = There.Code }), await Ask(clerk, "/places/residents", new { area = "91" }),
        };
        Assert.Equal([true, true, false, false], replies.Take(4).Select(r => r.Succeeds()["elsewhere"].GetBoolean()));
        Assert.All(replies.Take(4), r => Assert.Equal(0, r["persons"].GetArrayLength()));
        Assert.Equal(["elsewhere", "unknown"], replies[4].Succeeds()["persons"].EnumerateArray().Select(a => a.GetProperty("found").GetString()));
        Assert.All(replies.Skip(5), r => r.Refuses("population.outside-duty"));
        Assert.All(replies, r =>
        {
            Assert.DoesNotContain("Xa Xôi", r.Text, StringComparison.Ordinal);
            Assert.DoesNotContain(There.Name, r.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("Ấp Khác", r.Text, StringComparison.Ordinal);
        });
        Assert.Equal(0, await town.Value<long>("select count(*) from journal.disclosure where subject = $1", id));
        // Whether what somebody claims is so is said of everybody.
        Assert.Equal("match", (await Ask(clerk, "/persons/verify", new { number, claims = new { fullName = "Lê Thị Xa Xôi" } })).Succeeds()["fields"].GetProperty("fullName").GetString());
    }

    [Fact]
    public async Task Yes_or_no_is_not_said_so_often_that_a_value_can_be_guessed()
    {
        var person = People.Someone().Named("Lê Thị Khó Đoán").LivingAt(There.Id, "Ấp Khác");
        await town.Enter(person);
        var number = person.Facts.Number!.Value.ToString();
        using var clerk = await town.As("canbo");
        for (var day = 1; day <= 5; day++)
        {
            (await Ask(clerk, "/persons/verify", new { number, claims = new { born = $"{day}/3/1901" } })).Succeeds();
            (await Ask(clerk, "/persons/ask", new { number, question = "under-age", years = day })).Succeeds();
        }

        (await Ask(clerk, "/persons/verify", new { number, claims = new { born = "6/3/1901" } })).Refuses("kernel.too-often");
        (await Ask(clerk, "/persons/ask", new { number, question = "living" })).Refuses("kernel.too-often");
        // About somebody else, and by who may read the province, it may be asked.
        (await Ask(clerk, "/persons/ask", new { number = "089199999999", question = "living" })).Succeeds();
        using var registrar = await town.As("tinh");
        (await Ask(registrar, "/persons/ask", new { number, question = "living" })).Succeeds();
    }

    [Fact]
    public async Task A_page_about_somebody_of_another_commune_says_so_and_shows_nothing()
    {
        var person = People.Someone().Named("Phạm Thị Ngoài Xã").LivingAt(There.Id, "Ấp Khác");
        var id = await town.Enter(person);
        await town.TakeUp("canbo");
        using var clerk = town.Sit();
        await clerk.SignIn("canbo");
        var page = await clerk.Get($"/nguoi/{id}");
        page.Refuses("population.outside-duty");
        Assert.Equal(HttpStatusCode.Forbidden, page.Status);
        Assert.DoesNotContain("Ngoài Xã", page.Text, StringComparison.Ordinal);
        // The search by her number says where she is not, and nothing else.
        var found = await clerk.Send("/tra-cuu", ("text", person.Facts.Number!.Value.ToString()));
        found.Succeeds().Says("cư trú ở xã khác");
        Assert.DoesNotContain("Ngoài Xã", found.Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task By_sql_a_desk_sees_the_rows_of_its_area_alone_and_without_an_area_none()
    {
        var (mine, other) = (await Full(town.Commune), await Full(There));
        foreach (var (table, column) in await Walled())
        {
            Assert.True(await town.Value<long>($"select count(*) from {table} where {column} = $1", other) > 0, $"{table} has no row of the other person to hide.");
            foreach (var (areas, sees) in new[] { ($"{town.Commune.Id}", true), ("", false), (null, false) })
            {
                Assert.Equal((table, sees, false), (table, await Desk(areas, table, column, mine) > 0, await Desk(areas, table, column, other) > 0));
            }
        }

        // Nor does a desk change what it does not see.
        await using var connection = await town.Database.Desk.OpenConnectionAsync(Stop);
        await using var transaction = await connection.BeginTransactionAsync(Stop);
        await using var command = connection.CreateCommand("with a as (select set_config('sogoc.areas', $1, true)) update population.person set phone = '0' from a where population.person.id = $2", $"{town.Commune.Id}", other);
        Assert.Equal(0, await command.ExecuteNonQueryAsync(Stop));
    }

    [Fact]
    public async Task Who_has_moved_away_is_seen_where_he_lives_now_and_the_dead_where_they_lived_last()
    {
        var moved = People.Someone().LivingAt(town.Commune.Id, "Ấp Cũ", "2000-01-01");
        var (id, dead) = (await town.Enter(moved), await town.Enter(People.Someone().LivingAt(town.Commune.Id, "Ấp Cũ", "2000-01-01")));
        using var clerk = await town.As("canbo");
        using var other = await town.Official("commune-clerk", There.Id);
        await town.Act(dead, new StatusChanged(PersonStatus.Dead, Kernel.Time.PartialDate.Of(new DateOnly(2025, 1, 1))));
        (await Ask(clerk, "/persons/show", new { id = dead })).Succeeds();
        (await Ask(other, "/persons/show", new { id = dead })).Refuses("population.outside-duty");
        await town.Act(id, new ResidenceBegan(ResidenceKind.Permanent, There.Id, "Ấp Mới", new DateOnly(2026, 1, 1)));
        (await Ask(clerk, "/persons/show", new { id })).Refuses("population.outside-duty");
        (await Ask(other, "/persons/show", new { id })).Succeeds();
        // Somebody who stays for a while is seen from both.
        await town.Act(id, new ResidenceBegan(ResidenceKind.Temporary, town.Commune.Id, "Nhà trọ", new DateOnly(2026, 2, 1)));
        (await Ask(clerk, "/persons/show", new { id })).Succeeds();
    }

    [Fact]
    public async Task A_person_without_a_residence_is_seen_by_the_province_alone()
    {
        var id = await town.Enter(People.Someone());
        using var clerk = await town.As("canbo");
        using var registrar = await town.As("tinh");
        (await Ask(clerk, "/persons/show", new { id })).Refuses("population.outside-duty");
        (await Ask(registrar, "/persons/show", new { id })).Succeeds();
        (await Ask(clerk, "/persons/show", new { id = Guid.NewGuid() })).Refuses("population.no-person");
    }

    [Fact]
    public async Task A_citizen_sees_his_own_record_and_no_other_not_even_his_family_s()
    {
        var home = await town.Household();
        var (me, mother) = (await town.Enter(People.Someone().LivingAt(town.Commune.Id, "Ấp Mẫu").In(home, "99")), await town.Enter(People.Someone().LivingAt(town.Commune.Id, "Ấp Mẫu").In(home, "01")));
        var citizen = Kernel.Access.Actor.Citizen(Guid.NewGuid(), "Nguyễn Thị Mẫu", me, 1);
        foreach (var (person, sees) in new[] { (me, true), (mother, false) })
        {
            Assert.Equal(sees, await town.Do<IPopulation, bool>(async p => await p.Find(person) is not null, citizen));
            Assert.Equal(sees, await town.Do<Session, bool>(async s => await s.Value<long>("select count(*) from population.member where person_id = $1", person) == 1, citizen));
            Assert.Equal(sees, await town.Do<Session, bool>(async s => await s.Value<long>("select count(*) from journal.entry where subject = $1", person) == 1, citizen));
        }
    }

    [Fact]
    public async Task Many_who_ask_the_same_at_once_are_each_answered_within_their_own_reach()
    {
        var (mine, other) = (People.Someone().LivingAt(town.Commune.Id, "Ấp Mẫu"), People.Someone().LivingAt(There.Id, "Ấp Mẫu"));
        await town.Enter(mine);
        await town.Enter(other);
        string[] numbers = [mine.Facts.Number!.Value.ToString(), other.Facts.Number!.Value.ToString()];
        using var clerk = await town.As("canbo");
        using var neighbour = await town.Official("commune-clerk", There.Id);
        using var registrar = await town.As("tinh");
        var told = await Task.WhenAll(Enumerable.Range(0, 150).Select(async n =>
        {
            var reply = await Ask(new[] { clerk, neighbour, registrar }[n % 3], "/persons/lookup", new { numbers, fields = Fields });
            return (n % 3, Told: string.Join(',', reply.Succeeds()["persons"].EnumerateArray().Select(p => p.GetProperty("found").GetString())));
        }));
        Assert.Equal([(0, "found,elsewhere"), (1, "elsewhere,found"), (2, "found,found")], told.Distinct().Order());
    }

    [Fact]
    public async Task The_reach_of_rows_and_the_duty_in_an_area_agree_on_every_unit_of_the_country()
    {
        var today = town.Clock.Today();
        var duties = town.Places.All.Where(a => a.Level == AreaLevel.Commune && town.Places.Province(a)?.Name is "An Giang" or "Kiên Giang").Where((_, n) => n % 40 == 0)
            .Append(town.Places.Home(today)!).Append(town.Places.All.First(a => a.Level == AreaLevel.District && town.Places.Province(a)?.Code == "89")).ToList();
        Assert.True(duties.Count > 5);
        foreach (var duty in duties)
        {
            var reach = town.Reach(duty.Id).Split(',', StringSplitOptions.RemoveEmptyEntries).Select(int.Parse).Order();
            Assert.Equal(town.Places.All.Where(a => town.Places.Covers(duty, a, today)).Select(a => a.Id).Order(), reach);
        }
    }

    [Fact]
    public async Task A_registrar_of_one_commune_corrects_there_and_the_rules_of_the_whole_register_hold()
    {
        var (mine, other) = (await town.Enter(People.Someone().LivingAt(town.Commune.Id, "Ấp Mẫu")), await town.Enter(People.Someone().LivingAt(There.Id, "Ấp Mẫu")));
        using var registrar = await town.Official("province-registrar", town.Commune.Id);
        (await registrar.Post("/persons/correct", new { id = mine, after = new { phone = "0900000001" }, ground = "giấy mẫu" })).Succeeds();
        (await registrar.Post("/persons/correct", new { id = other, after = new { phone = "0900000001" }, ground = "giấy mẫu" })).Refuses("population.outside-duty");
        Assert.Equal(2, (await Ask(registrar, "/persons/history", new { id = mine })).Succeeds()["entries"].GetArrayLength());
        (await Ask(registrar, "/persons/history", new { id = other })).Refuses("population.outside-duty");
        Assert.Empty((await town.Verify()).Differences);
    }

    private static Task<Reply> Ask(Official who, string route, object body)
    {
        var asked = JsonSerializer.SerializeToElement(body).EnumerateObject().ToDictionary(p => p.Name, p => (object)p.Value);
        (asked["purpose"], asked["case"]) = route == "/persons/history" ? (Town.Inspection, Town.InspectionCase) : (Town.Purpose, Town.Case);
        return who.Post(route, asked);
    }

    /// <summary>A person who has a row in every table.</summary>
    private async Task<Guid> Full(Area area)
    {
        var home = await town.Household(new HouseholdState($"HS-{Guid.NewGuid():N}", area.Id, "Nhà mẫu", null));
        var person = People.Someone().LivingAt(area.Id, "Ấp Mẫu").In(home, "01") with { Papers = [new IdPaper(0, PaperKind.Cccd, "1", null, null, null)] };
        var id = await town.Enter(person.With(KinKind.Mother, People.Number("089", 2, 1940)));
        await town.Act(id, new DoubtRaised(new Doubt("born", "population.number-disagrees-birth")));
        await town.Act(id, new NumberReplaced(person.Facts.Number!.Value, People.Number("089", 2, 1962), "xác định lại giới tính"));
        await town.Execute("insert into population.allotted_number values ($2, $1, now())", id, People.Number("089", 2, 1962).ToString());
        await town.Execute("insert into population.provenance values ($1, 'born', 'root', now())", id);
        await town.Execute("insert into population.correction_request values (gen_random_uuid(), $1, '{}', 'giấy mẫu', now(), 'official:thu')", id);
        using var registrar = await town.As("tinh");
        (await Ask(registrar, "/persons/show", new { id })).Succeeds();
        return id;
    }

    /// <summary>The tables behind the wall, with the column that says whose row it is.</summary>
    private async Task<List<(string Table, string Column)>> Walled()
    {
        var tables = await town.Rows("select p.polrelid::regclass::text from pg_policy p where p.polname = 'within_duty' order by 1", r => r.GetString(0));
        Assert.Equal(13, tables.Count);
        return [.. tables.Where(t => t != "population.household").Select(t => (t, t == "population.person" ? "id" : t.StartsWith("journal.", StringComparison.Ordinal) ? "subject" : "person_id"))];
    }

    private async Task<long> Desk(string? areas, string table, string column, Guid person)
    {
        await using var connection = await town.Database.Desk.OpenConnectionAsync(Stop);
        await using var transaction = await connection.BeginTransactionAsync(Stop);
        if (areas is not null)
        {
            await using var name = connection.CreateCommand("select set_config('sogoc.areas', $1, true)", areas);
            await name.ExecuteNonQueryAsync(Stop);
        }

        await using var count = connection.CreateCommand($"select count(*) from {table} where {column} = $1", person);
        return (long)(await count.ExecuteScalarAsync(Stop))!;
    }
}

/// <summary>When communes are merged, duty and sight follow.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class ReachAfterMergerTests(Town town) : IClassFixture<Town>
{
    [Fact]
    public async Task After_the_merger_of_July_2025_a_clerk_sees_the_people_of_all_communes_that_hers_became_part_of()
    {
        var (before, after) = (new DateOnly(2025, 6, 30), new DateOnly(2025, 7, 1));
        var joined = town.Places.All.Where(a => a.Level == AreaLevel.Commune && a.Valid.Holds(before) && town.Places.Province(a)?.Code == "89" && town.Places.Resolve(a, after).Certain)
            .GroupBy(a => town.Places.Resolve(a, after).Area!.Id).First(g => g.Count() > 1).Take(2).ToArray();
        var (mine, next) = (await town.Enter(People.Someone().LivingAt(joined[0].Id, "Ấp Mẫu")), await town.Enter(People.Someone().LivingAt(joined[1].Id, "Ấp Mẫu")));
        town.Clock.MoveTo(before);
        using var clerk = await town.Official("commune-clerk", joined[0].Id);
        async Task<Reply> Show(Guid id) => await clerk.Post("/persons/show", new { id, purpose = Town.Purpose, @case = Town.Case });
        (await Show(mine)).Succeeds();
        (await Show(next)).Refuses("population.outside-duty");
        town.Clock.MoveTo(after);
        (await Show(mine)).Succeeds();
        (await Show(next)).Succeeds();
    }
}
