using Microsoft.Extensions.DependencyInjection;
using SoGoc.Host.Demo;
using SoGoc.Kernel.Time;
using SoGoc.Population;
using SoGoc.Testing;

[assembly: AssemblyFixture(typeof(SoGoc.Journeys.Tests.Town))]
[assembly: AssemblyFixture(typeof(SoGoc.Journeys.Tests.Browser))]
[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]
[assembly: CollectionBehavior(CollectionBehavior.CollectionPerAssembly)]

namespace SoGoc.Journeys.Tests;

/// <summary>The town of all journeys: two thousand invented people, and one family that the journeys know by name.</summary>
public sealed partial class Town : IAsyncLifetime
{
    private const int People = 2000;
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50);
    private readonly Testing.Town town = new();

    /// <summary>By name: a browser makes no passkey for a bare address.</summary>
    internal string Address => town.Address.ToString().TrimEnd('/').Replace("127.0.0.1", "localhost", StringComparison.Ordinal);

    /// <summary>How far the clock of the town is ahead of that of the machine, in seconds.</summary>
    internal int Ahead => (int)Math.Round((town.Clock.GetUtcNow() - TimeProvider.System.GetUtcNow()).TotalSeconds);

    /// <summary>The partners of the town, played by a program of their own.</summary>
    internal PartnerProgram Partners { get; private set; } = null!;

    /// <summary>All parts of a linked filing but that of the police are settled.</summary>
    internal async Task PartnersHaveAnswered(string filing)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (await town.Value<long>("select count(*) from civil.filing_part p join civil.filing f on f.id = p.filing_id where f.code = $1 and p.holder = 'partner' and p.state = 'open'", filing) > 0)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromMinutes(2), "The partners have not answered.");
            await Task.Delay(Glance);
        }
    }

    /// <summary>An account of level 2 for one of the family, with a password.</summary>
    internal async Task OpenAccount(string number, string password)
    {
        await town.Execute("delete from kernel.rate");
        await town.Execute("update identity.account set closed_at = $2, close_reason = 'holder' where closed_at is null and person_id = (select id from population.person where number = $1)", number, town.Clock.GetUtcNow());
        await town.Execute("insert into identity.account (id, person_id, level, phone, password_hash, opened_at) select gen_random_uuid(), id, 2, phone, $2, $3 from population.person where number = $1",
            number, new Microsoft.AspNetCore.Identity.PasswordHasher<string>().HashPassword("", password), town.Clock.GetUtcNow());
    }

    /// <summary>A child of that age with a card, whose mother is the one of the family; its name and number.</summary>
    internal async Task<(string Name, string Number)> ChildOfTheFamily(int age)
    {
        var child = Someone(2, $"{town.Clock.Today().Year - age - 1}-11-01").With(KinKind.Mother, Testing.People.Number(Family.MotherNumber));
        await town.Enter(child with { Papers = [new IdPaper(0, PaperKind.CanCuoc, child.Facts.Number!.Value.ToString(), null, "Bộ Công an", town.Clock.Today().AddYears(5))] });
        return (child.Facts.FullName!, child.Facts.Number.Value.ToString());
    }

    /// <summary>Somebody whose name does not begin like that of the family, which journeys find by its name.</summary>
    private static PersonState Someone(short sex, string born) => Testing.People.Someone(sex, born) is var p ? p.Named($"Kim {p.Facts.FullName!.Split(' ', 2)[1]}") : p;

    /// <summary>A married couple in the clerk's commune, who have a child in their old age, or when they say; the mother's number, and the father's surname.</summary>
    internal async Task<(string Mother, string Surname)> Couple(string his = "1963-05-06", string hers = "1964-07-08")
    {
        var area = await town.Value<int>("select area_id from staff.post where official_id = (select id from staff.official where sign_in = 'canbo')");
        var (father, mother, household) = (Someone(1, his), Someone(2, hers), await town.Household());
        await town.Enter(father.With(KinKind.Spouse, mother.Facts.Number!.Value).LivingAt(area, "Ấp Mẫu", "1990-01-01").In(household, "01"));
        await town.Enter(mother.With(KinKind.Spouse, father.Facts.Number!.Value).LivingAt(area, "Ấp Mẫu", "1990-01-01").In(household, "02"));
        return (mother.Facts.Number.Value.ToString(), father.Facts.Surname!);
    }

    /// <summary>A woman and a man of the clerk's commune who are not married; her number, his, and his surname.</summary>
    internal async Task<(string Mother, string Father, string Surname)> Unmarried()
    {
        var area = await town.Value<int>("select area_id from staff.post where official_id = (select id from staff.official where sign_in = 'canbo')");
        var (father, mother) = (Someone(1, "1994-05-06"), Someone(2, "1996-07-08"));
        foreach (var one in new[] { father, mother })
        {
            await town.Enter(one.LivingAt(area, "Ấp Mẫu", "2000-01-01").In(await town.Household(), "01"));
        }

        return (mother.Facts.Number!.Value.ToString(), father.Facts.Number!.Value.ToString(), father.Facts.Surname!);
    }

    /// <summary>A man of the clerk's commune who has married abroad; his number and surname.</summary>
    internal async Task<(string Father, string Surname)> HusbandOfForeigner()
    {
        var area = await town.Value<int>("select area_id from staff.post where official_id = (select id from staff.official where sign_in = 'canbo')");
        var father = Someone(1, "1994-05-06");
        await town.Enter((father with { Kin = [new Kin(0, KinKind.Spouse, "Mau Thu Minh Hoa", Nationality: "KR")] }).LivingAt(area, "Ấp Mẫu", "2000-01-01").In(await town.Household(), "01"));
        return (father.Facts.Number!.Value.ToString(), father.Facts.Surname!);
    }

    /// <summary>A household of three (he is head, she, their boy), in the police's commune or elsewhere; their numbers.</summary>
    internal async Task<(string Father, string Mother, string Son, string FatherName, string MotherName, string SonName)> Household(bool here)
    {
        var own = await town.Value<int>("select area_id from staff.post where official_id = (select id from staff.official where sign_in = 'congan')");
        var today = town.Clock.Today();
        var area = here ? own : town.Places.Children(town.Places.Home(today)!, today).First(a => a.Id != own).Id;
        var (father, mother, household) = (Someone(1, "1980-05-06"), Someone(2, "1982-07-08"), await town.Household(new HouseholdState($"HT-{Guid.NewGuid():N}"[..12], area, "Số 9, ấp Cũ", new DateOnly(2015, 1, 1))));
        var (his, hers) = (father.Facts.Number!.Value, mother.Facts.Number!.Value);
        var son = Someone(1, "2016-09-10").With(KinKind.Father, his).With(KinKind.Mother, hers);
        await town.Enter(father.With(KinKind.Spouse, hers).LivingAt(area, "Số 9, ấp Cũ", "2015-01-01").In(household, "01", "2015-01-01"));
        await town.Enter(mother.With(KinKind.Spouse, his).LivingAt(area, "Số 9, ấp Cũ", "2015-01-01").In(household, "02", "2015-01-01"));
        await town.Enter(son.LivingAt(area, "Số 9, ấp Cũ", "2016-09-10").In(household, "10", "2016-09-10"));
        return (his.ToString(), hers.ToString(), son.Facts.Number!.Value.ToString(), father.Facts.FullName!, mother.Facts.FullName!, son.Facts.FullName!);
    }

    /// <summary>A man and a woman in the clerk's commune, who marry; his number and name, hers, and what both would tell.</summary>
    internal async Task<(string Man, string Woman, string ManName, string WomanName)> Pair()
    {
        var area = await town.Value<int>("select area_id from staff.post where official_id = (select id from staff.official where sign_in = 'canbo')");
        var (man, woman) = (Someone(1, "1993-08-09"), Someone(2, "1995-03-02"));
        foreach (var (who, relation) in new[] { (man, "01"), (woman, "10") })
        {
            await town.Enter((who with { Facts = who.Facts with { Marital = 1 } }).LivingAt(area, relation == "01" ? "Ấp Mẫu" : "Ấp Thử", "2015-01-01").In(await town.Household(), relation, "2015-01-01"));
        }

        return (man.Facts.Number!.Value.ToString(), woman.Facts.Number!.Value.ToString(), man.Facts.FullName!, woman.Facts.FullName!);
    }

    /// <summary>A woman in the police's commune who has no number, and a namesake of the same birth elsewhere who has one; her record and name.</summary>
    internal async Task<(Guid Id, string Name)> Numberless()
    {
        var area = await town.Value<int>("select area_id from staff.post where official_id = (select id from staff.official where sign_in = 'congan')");
        var namesake = Someone(2, "1962-07-05");
        await town.Enter(namesake);
        return (await town.Enter((namesake with { Facts = namesake.Facts with { Number = null } }).LivingAt(area, "Ấp Mẫu", "1990-01-01")), namesake.Facts.FullName!);
    }

    /// <summary>So many numbers of a prefix were given, as many on each of the last days.</summary>
    internal Task NumbersGiven(string prefix, int numbers, int days) => town.Execute($"""
        begin; set local session_replication_role = replica;
        insert into population.allotted_number select '{prefix}' || to_char(n, 'FM000000'), (select id from population.person limit 1), '{town.Clock.GetUtcNow():O}'::timestamptz - (n % {days}) * interval '1 day'
          from generate_series(0, {numbers} - 1) n on conflict do nothing;
        commit
        """);

    /// <summary>What the register knows of a number now, or as it knew it so many days ago.</summary>
    internal Task<PersonState> Person(string number) => town.Do<IPopulation, PersonState>(async p =>
        PersonalNumber.TryParse(number, out var told) && await p.Answering(told) is { } key && await p.Find(key) is { } state ? state : throw new InvalidOperationException(number));

    internal async Task<IReadOnlyList<string>> Differences() => (await town.Verify()).Differences;

    /// <summary>People born in 1987 as the register has them; and as an old book of births has them, a row each: the same, misspelt, with day and month the wrong way round, and namesakes.</summary>
    internal async Task<IReadOnlyList<string>> BornIn1987()
    {
        var area = await town.Value<int>("select area_id from staff.post where official_id = (select id from staff.official where sign_in = 'canbo')");
        foreach (var (name, born, no) in new[] { ("Khổng Thị Chính", "1987-03-05", 1), ("Khổng Thị Sảy", "1987-04-06", 2), ("Khổng Thị Đảo", "1987-05-07", 3), ("Khổng Thị Trùng", "1987", 4), ("Khổng Thị Trùng", "1987", 5) })
        {
            await town.Enter(Someone(2, born).Named(name).LivingAt(area, $"Ấp Sổ Cũ {no}", "1990-01-01"));
        }

        return ["Khổng Thị Chính,5/3/1987,Nữ,,", "Khổng Thị Sáy,6/4/1987,Nữ,,", "Khổng Thị Đảo,5/7/1987,Nữ,Khổng Văn Cha,", "Khổng Thị Trùng,1987,Nữ,,"];
    }

    public async ValueTask InitializeAsync()
    {
        await town.InitializeAsync();
        var people = new InventedPeople(town.Places, town.Reference, People, 7, new DateOnly(2026, 11, 24));
        await town.Services.GetRequiredService<IFounding>().Load(people.Households(), "tỉnh minh họa", null, CancellationToken.None);
        await Family.MoveIn(town);
        // The family's commune is the clerk's.
        var commune = town.Places.All.First(a => a.FullName == Family.CommuneToday && a.Valid.Holds(new DateOnly(2026, 11, 24)) && town.Places.Province(a)?.Id == town.Places.Home(new DateOnly(2026, 11, 24))?.Id);
        await town.Execute("update staff.post set area_id = $1 where official_id in (select id from staff.official where sign_in in ('canbo', 'congan'))", commune.Id);
        // What they are working on; who inspects sees the history of a record too.
        await town.TakeUp("canbo");
        await town.TakeUp("congan");
        await town.TakeUp("tinhoc");
        await town.TakeUp("tinh", Testing.Town.InspectionCase);
        Partners = await PartnerProgram.Start(town);
    }

    public async ValueTask DisposeAsync()
    {
        await (Partners?.DisposeAsync() ?? ValueTask.CompletedTask);
        await town.DisposeAsync();
    }

    /// <summary>A colleague of the clerk canbo, with the password of the demonstration.</summary>
    internal Task MakeClerk(string account) => town.Execute("""
        with o as (insert into staff.official (id, name, sign_in, password_hash, agency_code) select gen_random_uuid(), 'Vũ Thị Bịa', $1, password_hash, agency_code from staff.official where sign_in = 'canbo' returning id)
        insert into staff.post (official_id, role, area_id, valid) select o.id, p.role, p.area_id, p.valid from o, staff.post p where p.official_id = (select id from staff.official where sign_in = 'canbo')
        """, account);

    /// <summary>A birth that is registered: its entry, and the child's name.</summary>
    internal async Task<(Guid Entry, string Name)> Birth()
    {
        var (mother, surname) = await Couple();
        using var clerk = await town.As("canbo");
        var done = (await clerk.Post("/births/register", new
        {
            kind = "both-parents", mother, fullName = $"{surname} Văn Mới", sex = 1, born = "2026-11-01", birthPlace = "Bệnh viện Mẫu", evidence = "notification", evidenceNo = $"SINH-{mother}", declarant = "father",
            confirmed = new[] { "civil.mother-age", "civil.father-age" },
        })).Succeeds();
        return (done["entry"].GetGuid(), done["fullName"].GetString()!);
    }

    /// <summary>The certificate of an entry: its number, and what its QR code says.</summary>
    internal async Task<(string No, string Address)> Certificate(Guid entry, string kind = "certificate")
    {
        using var clerk = await town.As("canbo");
        var made = (await clerk.Post("/civil/papers/issue", new { entry, kind })).Succeeds();
        return (made["no"].GetString()!, made["address"].GetString()!);
    }

    /// <summary>The certificate of a birth that was corrected, and the number of the extract that is in its place.</summary>
    internal async Task<((string No, string Address) Old, string Successor)> ReplacedPaper()
    {
        var (entry, name) = await Birth();
        using var clerk = await town.As("canbo");
        var old = await Certificate(entry);
        var child = await town.Value<string>("select p.number from population.person p join civil.entry e on e.person_id = p.id where e.id = $1", entry);
        (await clerk.Post("/changes/register", new { person = child, what = "correction", birthPlace = $"Trạm y tế nơi sinh {name}", evidence = "Giấy chứng sinh" })).Succeeds();
        return (old, (await Certificate(entry, "extract")).No);
    }

    /// <summary>The paper that was made for a child of this name, as the child's family holds it.</summary>
    internal async Task<(Guid Entry, string Code, string No, string Token)> PaperOf(string name) => (await town.Rows(
        "select p.entry_id, p.code, p.shown_no, p.token from civil.paper p join civil.entry e on e.id = p.entry_id where e.body->'facts'->>'fullName' = $1",
        r => (r.GetGuid(0), r.GetString(1), r.GetString(2), r.GetString(3)), name)).Single();

    /// <summary>All officials' sessions end, as at the end of a day.</summary>
    internal Task EndAllSessions() => town.Execute("update staff.session set ended_at = made_at where kind = 'page' and ended_at is null");

    internal Task EndSessionsOf(string account) => town.Execute("update staff.session set ended_at = made_at where ended_at is null and official_id = (select id from staff.official where sign_in = $1)", account);

    /// <summary>The proof, as a script gets it, that the entry by which a person came in is in a signed head.</summary>
    internal async Task<string> ProofOf(string number)
    {
        await town.Seal();
        var position = await town.Value<long>("select min(e.position) from journal.entry e join population.person p on p.id = e.subject where p.number = $1", number);
        using var registrar = await town.As("tinh");
        return (await registrar.Post("/journal/proofs", new { log = "entry", position, purpose = Testing.Town.Inspection, @case = Testing.Town.InspectionCase })).Succeeds().Text;
    }

    /// <summary>The official has said of no work that he does it, and has none open: as on his first day.</summary>
    internal async Task BeginAnew(string signIn)
    {
        await town.LayDown(signIn);
        await town.Execute("update journal.case_file set closed_at = opened_at, closed_by = opened_by where closed_at is null and holder = (select 'official:' || id from staff.official where sign_in = $1)", signIn);
    }

    internal Task TakeUp(string signIn) => town.TakeUp(signIn);

    /// <summary>For which purpose and case a person's record was read last.</summary>
    internal async Task<(string Purpose, string Case)> LastReason(string number) => (await town.Rows(
        "select d.purpose, d.case_ref from journal.disclosure d join population.person p on p.id = d.subject where p.number = $1 order by d.position desc limit 1", r => (r.GetString(0), r.GetString(1)), number)).Single();

    /// <summary>How often a person's record was read: each reading is written down with its reason.</summary>
    internal Task<long> Readings(string number) =>
        town.Value<long>("select count(*) from journal.disclosure d join population.person p on p.id = d.subject where p.number = $1", number);

    /// <summary>Which field a head of a column meant, so that the next journey begins like the first.</summary>
    internal Task Forget(string head) => town.Execute("delete from population.known_head where head = $1", Kernel.Text.NameKey.Of(head));

    /// <summary>No list is checked until the hold is let go, so that a journey sees the work under way.</summary>
    internal async Task<IAsyncDisposable> HoldTheWorker()
    {
        var connection = await town.Database.Owner.OpenConnectionAsync();
        var transaction = await connection.BeginTransactionAsync();
        await using var command = new Npgsql.NpgsqlCommand("lock table population.list_key in exclusive mode", connection, transaction);
        await command.ExecuteNonQueryAsync();
        return new Hold(connection, transaction);
    }

    private sealed class Hold(Npgsql.NpgsqlConnection connection, Npgsql.NpgsqlTransaction transaction) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            await transaction.DisposeAsync();
            await connection.DisposeAsync();
        }
    }
}
