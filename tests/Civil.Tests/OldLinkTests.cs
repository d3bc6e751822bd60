using System.Globalization;
using System.Net;
using System.Runtime.Versioning;
using System.Text.Json;
using SoGoc.Kernel.Time;
using SoGoc.Population;
using SoGoc.Testing;

namespace SoGoc.Civil.Tests;

/// <summary>Who somebody of an old entry is in the register: proposed with reasons, decided by an official.</summary>
[SupportedOSPlatform("linux")]
public sealed class OldLinkTests(OldLinkTests.Province town) : IClassFixture<OldLinkTests.Province>
{
    /// <summary>Where the syllables of the names have been in use for a while: what a slip can mean is remembered for half a minute.</summary>
    public sealed class Province : Town
    {
        public override async ValueTask InitializeAsync()
        {
            await base.InitializeAsync();
            await Enter(People.Someone(1, "1930-01-01").Named("Phan Văn Lạn"));
        }
    }

    private const string Head = "Ngày đăng ký,Họ và tên,Ngày sinh,Giới tính,Họ tên cha,Họ tên mẹ,Nơi sinh";

    private static int people;

    [Fact]
    public async Task The_right_person_is_proposed_first_with_the_reasons_whatever_the_slip()
    {
        using var canbo = await town.As("canbo");
        var (exact, misspelt, swapped, unmarked, elsewhere) = (await Enter("Phan Thị Đúng"), await Enter("Phan Văn Lạn", sex: 1), await Enter("Phan Thị Ngược", "1987-05-03"), await Enter("Phạm Thị Dấu", "1987"), await Enter("Đoàn Thị Xứ", away: true));
        var book = await OldBook.Open(town, canbo);
        (await book.Send(Head, Row("Phan Thị Đúng"), Row("Phan Văn Lặng", sex: "Nam"), Row("Phan Thị Ngược", "5/3/1987"), Row("Phạm Thi Dáu", "2/1987"), Row("Đoàn Thị Xứ"), Row("Ưng Thị Chưa Có", "9/9/1987"))).Succeeds();
        foreach (var (name, person, least, verdicts) in new[]
        {
            ("Phan Thị Đúng", exact, 95, "same same same same same same"), ("Phan Văn Lặng", misspelt, 85, "near same same same same same"), ("Phan Thị Ngược", swapped, 90, "same near same same same same"),
            ("Phạm Thi Dáu", unmarked, 80, "near near same same same same"), ("Đoàn Thị Xứ", elsewhere, 95, "same same same same same"),
        })
        {
            var first = (await book.Proposed(name))["persons"][0];
            Assert.Equal(person, first.GetProperty("person").GetGuid());
            Assert.True(first.GetProperty("score").GetInt32() >= least, $"{name}: {first.GetRawText()}");
            Assert.StartsWith(verdicts, string.Join(' ', first.GetProperty("evidence").EnumerateArray().Select(e => e.GetProperty("verdict").GetString())), StringComparison.Ordinal);
        }

        Assert.Empty((await book.Proposed("Ưng Thị Chưa Có"))["persons"].EnumerateArray());
        // Looking links nobody, and each who was shown can see that he was.
        Assert.Equal(6, await town.Value<long>("select count(*) from civil.old_party where book_id = $1 and state = 'open' and person_id is null", book.Id));
        Assert.Equal("civil-status", (await town.Rows("select purpose from journal.disclosure where subject = $1 order by position desc limit 1", r => r.GetString(0), elsewhere)).Single());
    }

    [Fact]
    public async Task Namesakes_are_said_to_be_alike_and_a_confidential_person_is_not_shown_to_a_clerk()
    {
        using var canbo = await town.As("canbo");
        using var tinh = await town.As("tinh");
        await Enter("Mạc Thị Trùng", "1987");
        await Enter("Mạc Thị Trùng", "1987");
        var hidden = await Enter("Mạc Thị Khuất");
        await town.Act(hidden, new ConfidentialitySet(1));
        var book = await OldBook.Open(town, canbo);
        (await book.Send(Head, Row("Mạc Thị Trùng", "1987"), Row("Mạc Thị Khuất"))).Succeeds();
        var alike = await book.Proposed("Mạc Thị Trùng");
        Assert.True(alike["alike"].GetBoolean());
        Assert.Equal(2, alike["persons"].GetArrayLength());
        Assert.DoesNotContain(hidden.ToString(), (await book.Proposed("Mạc Thị Khuất")).Text, StringComparison.Ordinal);
        var party = await town.Value<Guid>("select id from civil.old_party where book_id = $1 and name = 'Mạc Thị Khuất'", book.Id);
        (await canbo.Post("/old-books/decide", new { party, decision = "linked", person = hidden })).Refuses("civil.old-not-proposed");
        Assert.Contains(hidden.ToString(), (await tinh.Post("/old-books/proposals", new { party })).Succeeds().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_link_is_decided_told_in_the_journal_shown_on_the_person_s_page_and_can_be_taken_back()
    {
        using var canbo = await town.As("canbo");
        var person = await Enter("Kiều Thị Nối");
        var book = await OldBook.Open(town, canbo);
        (await book.Send(Head, Row("Kiều Thị Nối"), Row("Kiều Thị Không"), Row("Kiều Thị Sau"))).Succeeds();
        var parties = (await town.Rows("select name, id from civil.old_party where book_id = $1", r => (r.GetString(0), r.GetGuid(1)), book.Id)).ToDictionary(p => p.Item1, p => p.Item2);
        async Task<Reply> Decide(string name, string decision, Guid? whom = null, string? number = null) => await canbo.Post("/old-books/decide", new { party = parties[name], decision, person = whom, number });

        (await Decide("Kiều Thị Nối", "undone")).Refuses("civil.old-nothing-to-undo");
        (await Decide("Kiều Thị Nối", "maybe")).Refuses("civil.old-decision-unknown");
        (await Decide("Kiều Thị Nối", "linked", number: "089187999990")).Refuses("population.no-person");
        (await Decide("Kiều Thị Nối", "linked", person)).Succeeds();
        (await Decide("Kiều Thị Nối", "nobody")).Refuses("civil.old-decided-before");
        (await Decide("Kiều Thị Không", "nobody")).Succeeds();
        (await Decide("Kiều Thị Sau", "later")).Succeeds();
        var next = (await canbo.Post("/old-books/proposals", new { book = book.Id })).Succeeds();
        Assert.Equal(("Kiều Thị Sau", "later", 1L), (next["name"].GetString(), next["state"].GetString(), next["left"].GetInt64()));
        Assert.Equal(2, (await book.Covered()).GetProperty("linked").GetInt64());

        using var clerk = town.Sit();
        await clerk.SignIn("canbo");
        await town.TakeUp("canbo");
        (await clerk.Get($"/nguoi/{person}")).Says("Trong sổ cũ", "Sổ khai sinh", "(cũ), nay UBND");
        Assert.Equal(["linked"], await Told(parties["Kiều Thị Nối"]));
        (await Decide("Kiều Thị Nối", "undone")).Succeeds();
        Assert.Equal(["linked", "undone"], await Told(parties["Kiều Thị Nối"]));
        Assert.DoesNotContain("Trong sổ cũ", (await clerk.Get($"/nguoi/{person}")).Text, StringComparison.Ordinal);
        Assert.Equal(1, (await book.Covered()).GetProperty("linked").GetInt64());
        var number = await town.Value<string>("select number::text from population.person where id = $1", person);
        (await Decide("Kiều Thị Nối", "linked", number: number)).Succeeds();
        Assert.Empty((await town.Verify()).Differences);
    }

    [Fact]
    public async Task What_the_book_knows_and_the_record_lacks_is_completed_only_where_it_was_chosen()
    {
        using var canbo = await town.As("canbo");
        var person = await Enter("Tống Thị Thiếu", parents: false, away: true);
        var book = await OldBook.Open(town, canbo);
        (await book.Send(Head, Row("Tống Thị Thiếu"))).Succeeds();
        var party = await town.Value<Guid>("select id from civil.old_party where book_id = $1", book.Id);
        (await canbo.Post("/old-books/complete", new { party, fields = new[] { "father" } })).Refuses("civil.old-not-linked");
        var decided = (await canbo.Post("/old-books/decide", new { party, decision = "linked", person })).Succeeds();
        Assert.Equal(["father", "mother", "birthPlace", "birthRegistered"], decided["offers"].EnumerateArray().Select(o => o.GetString()));
        Assert.Empty((await Record(person)).Kin);

        (await canbo.Post("/old-books/complete", new { party, fields = new[] { "father", "sex" } })).Refuses("civil.old-not-offered");
        (await canbo.Post("/old-books/complete", new { party, fields = new[] { "father", "birthRegistered" } })).Succeeds();
        var record = await Record(person);
        Assert.Equal([(KinKind.Father, "Nguyễn Văn Cha")], record.Kin.Select(k => (k.Kind, k.Name!)));
        Assert.Equal((OldBook.Then(town, 1987).Id, null), (record.Facts.BirthRegistered!.Area, record.Facts.BirthPlace));
        (await canbo.Post("/old-books/complete", new { party, fields = new[] { "father" } })).Refuses("civil.old-not-offered");
        var (kind, ground) = (await town.Rows("select kind, ground from journal.entry where subject = $1 order by position desc limit 1", r => (r.GetString(0), r.GetString(1)), person)).Single();
        Assert.Equal("population.person-completed", kind);
        Assert.StartsWith("Sổ khai sinh, quyển", ground, StringComparison.Ordinal);
        // The case that named him is closed: he is not within the clerk's reach any more.
        Assert.Equal(0, await town.Value<long>("select count(*) from journal.case_person p join journal.case_file c on c.id = p.case_id where p.person_id = $1 and c.closed_at is null", person));
        Assert.Empty((await town.Verify()).Differences);
    }

    [Fact]
    public async Task Coverage_tells_the_pace_when_it_will_be_done_and_who_did_how_much()
    {
        using var clerk = await town.Official("commune-clerk", town.Commune.Id);
        var book = await OldBook.Open(town, clerk, expected: 58);
        var before = town.Clock.Today();
        (await book.Send([Head, .. Enumerable.Range(1, 28).Select(i => Row($"Lưu Thị Chậm {(char)('A' + i)}"))])).Succeeds();
        var covered = (await clerk.Post("/old-books/coverage", new { book = book.Id })).Succeeds();
        var pace = covered["paces"].EnumerateArray().First(p => p.GetProperty("step").GetString() == "checked");
        Assert.Equal((28L, 28L, 30L), (pace.GetProperty("last14").GetInt64(), pace.GetProperty("last30").GetInt64(), pace.GetProperty("left").GetInt64()));
        // 28 in 14 days are two a day: 30 take 15 days.
        Assert.Equal(before.AddDays(15).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), pace.GetProperty("doneOn").GetString());
        Assert.Equal("2027-12-31", covered["deadline"].GetString());
        Assert.Equal([("Đỗ Thị Thử", 28L, 28L, 0L)], covered["workers"].EnumerateArray().Select(w => (w.GetProperty("name").GetString()!, w.GetProperty("keyed").GetInt64(), w.GetProperty("checked").GetInt64(), w.GetProperty("linked").GetInt64())));
        Assert.Equal(JsonValueKind.Undefined, covered["paces"].EnumerateArray().First(p => p.GetProperty("step").GetString() == "linked").TryGetProperty("doneOn", out var none) ? none.ValueKind : JsonValueKind.Undefined);
    }

    private static string Row(string name, string born = "3/5/1987", string sex = "Nữ") => $"20/12/1987,{name},{born},{sex},Nguyễn Văn Cha,Trần Thị Mẹ,Trạm y tế xã";

    private Task<Guid> Enter(string name, string born = "1987-05-03", short sex = 2, bool parents = true, bool away = false)
    {
        Interlocked.Increment(ref people);
        var area = away ? town.Places.Children(town.Places.Home(town.Clock.Today())!, town.Clock.Today()).First(a => a.Id != town.Commune.Id) : town.Commune;
        var person = People.Someone(sex, born).Named(name).LivingAt(area.Id, $"Ấp {people}", "1990-01-01");
        return town.Enter(parents ? person with { Kin = [new Kin(0, KinKind.Father, "Nguyễn Văn Cha"), new Kin(1, KinKind.Mother, "Trần Thị Mẹ")] } : person);
    }

    private async Task<PersonState> Record(Guid person) => await town.Do<IPopulation, PersonState>(async p => (await p.Find(person))!);

    private Task<List<string>> Told(Guid party) => town.Rows("select body->>'decision' from journal.entry where kind = 'civil.old-entry-decided' and body->>'party' = $1 order by position", r => r.GetString(0), party.ToString());
}
