using System.Net;
using System.Runtime.Versioning;
using System.Text;
using SoGoc.Kernel.Time;
using SoGoc.Population;
using SoGoc.Testing;

namespace SoGoc.Quality.Tests;

/// <summary>An agency's list is compared with the register: each row says whom it is about, and what is otherwise.</summary>
[SupportedOSPlatform("linux")]
public sealed class MatchTests(Town town) : IClassFixture<Town>
{
    private static int people;

    private async Task<(PersonState State, Guid Key)> Person(Func<PersonState, PersonState>? change = null)
    {
        var n = Interlocked.Increment(ref people);
        var sound = town.Sound(2, $"{1950 + (3 * n)}-0{1 + (n % 9)}-1{n % 9}");
        sound = sound with { Facts = sound.Facts with { Phone = $"09001{n:00000}" }, Kin = [new Kin(0, KinKind.Mother, $"Lương Thị Nguyệt {sound.Facts.FullName!.Split(' ')[^1]}")] };
        sound = (change ?? (p => p))(sound);
        return (sound, (await town.Settle(sound)).Person);
    }

    private static async Task<Reply> Send(Official who, string name, string text) => await Send(who, name, Encoding.UTF8.GetBytes(text));

    private static async Task<Reply> Send(Official who, string name, byte[] bytes)
    {
        using var content = new ByteArrayContent(bytes);
        var sent = await Reply.Of(await who.Http.PostAsync("/api/v1/quality/lists?name=" + Uri.EscapeDataString(name), content));
        return sent.IsGood && sent["ready"].GetBoolean() ? await Until(who, sent["id"].GetGuid()) : sent;
    }

    private static async Task<Reply> Until(Official who, Guid id)
    {
        while (true)
        {
            var shown = await who.Post("/quality/lists/show", new { id });
            if (!shown.IsGood || shown["state"].GetString() != "matching")
            {
                return shown;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);
        }
    }

    private const string Heads = "STT,Số CCCD,Họ và tên,Ngày sinh,Giới tính,Họ tên mẹ,Điện thoại\n";

    private static string Line(PersonState p, string? number = null, string? name = null, string? born = null, string? sex = "Nữ") =>
        $"1,{number ?? p.Number()},{name ?? p.Facts.FullName},{born ?? p.Facts.Born!.Value.Shown},{sex},{p.Kin[0].Name},{p.Facts.Phone}\n";

    [Fact]
    public async Task Each_row_says_whom_it_is_about_and_what_is_otherwise()
    {
        var (same, _) = await Person();
        var (other, otherKey) = await Person();
        var (numberless, numberlessKey) = await Person();
        var (dead, deadKey) = await Person();
        var (old, oldKey) = await Person(p => p with { Facts = p.Facts with { OldIds = ["351999001"] } });
        await town.Act(deadKey, new StatusChanged(PersonStatus.Dead, PartialDate.Of(2026, 10, 1)));
        var list = Heads + Line(same) + Line(other, name: other.Facts.FullName!.Replace('ẫ', 'a').Replace('ị', 'i'), born: "01/01/" + other.Facts.Born!.Value.Year) + Line(numberless, number: "") + Line(dead) + Line(old, number: "351999001")
            + "6,,Công ty TNHH Mẫu,,,,\n7,089199888777,Phan Văn Không Có,01/02/1999,Nam,,\n";
        using var it = await town.As("tinhoc");
        var shown = (await Send(it, "hoc-sinh.csv", list)).Succeeds();
        var id = shown["id"].GetGuid();
        Assert.Equal("matched", shown["state"].GetString());
        var rows = await town.Rows("select row_no, outcome, person_id, differs, looks from quality.match_row where list_id = $1 order by row_no",
            r => (Outcome: r.GetString(1), Person: r.IsDBNull(2) ? (Guid?)null : r.GetGuid(2), Differs: string.Join(' ', r.GetFieldValue<string[]>(3)), Looks: string.Join(' ', r.GetFieldValue<string[]>(4))), id);
        Assert.Equal(["matched", "differs", "matched", "dead", "matched", "not-a-person", "not-found"], rows.Select(r => r.Outcome));
        Assert.Equal((otherKey, "name born", "register register"), (rows[1].Person, rows[1].Differs, rows[1].Looks));
        Assert.Equal((numberlessKey, oldKey), (rows[2].Person, rows[4].Person));
        // Whoever was found is on the record of readings, in the name of who sent the list.
        Assert.Equal(5, await town.Value<long>("select count(distinct subject) from journal.disclosure where case_ref = $1 and actor like 'official:%'", shown["case"].GetString()!));
    }

    /// <summary>An agency has numbers of its own, and calls the personal number as it likes.</summary>
    [Theory]
    [InlineData("Mã số BHXH,Họ và tên,Ngày sinh,Giới tính,Số CCCD,Điện thoại,Ghi chú", 4)]
    [InlineData("Số CCCD,Họ và tên,Ngày sinh,Giới tính,Mã hội viên,CCCD của mẹ,Ghi chú", 4)]
    [InlineData("Mã số thuế,Họ và tên,Ngày sinh,Giới tính,Số định danh,CCCD chủ hộ,Ghi chú", 4)]
    public async Task The_personal_number_is_the_column_that_holds_it_and_the_page_says_which_was_taken(string heads, int column)
    {
        var ((one, oneKey), (two, twoKey), (mother, _)) = (await Person(), await Person(), await Person());
        string Row(int no, PersonState p) => $"{no},Người Khác Hẳn,,,{p.Number()},{mother.Number()},\n";
        using var it = await town.As("tinhoc");
        var shown = (await Send(it, $"bhxh-{column}-{heads.Length}.csv", heads + "\n" + Row(1, one) + Row(2, two))).Succeeds();
        Assert.Equal("number", shown["mapping"][column].GetString());
        Assert.Equal("name", shown["mapping"][1].GetString());
        Assert.Equal("", shown["mapping"][0].GetString());
        var id = shown["id"].GetGuid();
        Assert.Equal([oneKey, twoKey], await town.Rows("select person_id from quality.match_row where list_id = $1 order by row_no", r => r.GetGuid(0), id));
        using var desk = town.Sit();
        await desk.SignIn("tinhoc");
        var page = (await desk.Get($"/doi-soat/{id}")).Text;
        Assert.Contains($"<dd>{heads.Split(',')[column]}</dd>", System.Net.WebUtility.HtmlDecode(page), StringComparison.Ordinal);
        Assert.Contains($"/doi-soat/{id}?cot=true#columns", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_whose_columns_are_to_be_told_says_how_many_rows_it_has_and_a_row_of_one_two_three_is_one()
    {
        using var it = await town.As("tinhoc");
        Assert.Equal(3, (await it.Post("/quality/lists/show", new { id = (await Send(it, "ba-dong.csv", "a,b,c\n1,2,4\n4,5,6\n7,8,x\n")).Succeeds()["id"].GetGuid() })).Succeeds()["rows"].GetInt32());
        Assert.Equal(1, (await it.Post("/quality/lists/show", new { id = (await Send(it, "mot-dong.csv", "a,b,c\n1,2,3\n")).Succeeds()["id"].GetGuid() })).Succeeds()["rows"].GetInt32());
        (await Send(it, "so-cot.csv", "Họ tên,Ngày sinh,Giới tính\n(1),(2),(3)\n")).Refuses("lists.no-rows");
    }

    /// <summary>What schools and associations have: no mother, no telephone, no commune.</summary>
    [Fact]
    public async Task Name_and_birth_alone_find_a_person()
    {
        var (person, key) = await Person();
        using var it = await town.As("tinhoc");
        var id = (await Send(it, "doan-vien.csv", $"Họ và tên,Ngày sinh\n{person.Facts.FullName!.Normalize(NormalizationForm.FormD)},{person.Facts.Born!.Value.Shown}\nPhan Thị Không Ai Có,01/02/1999\n")).Succeeds()["id"].GetGuid();
        Assert.Equal(key, await town.Value<Guid>("select person_id from quality.match_row where list_id = $1 and row_no = 2", id));
        Assert.Equal("not-found", await town.Value<string>("select outcome from quality.match_row where list_id = $1 and row_no = 3", id));
    }

    [Fact]
    public async Task What_looks_wrong_in_the_register_becomes_a_doubt_and_nothing_is_overwritten()
    {
        var (person, key) = await Person();
        using var it = await town.As("tinhoc");
        var id = (await Send(it, "thue.csv", Heads + Line(person, born: "02/02/1933"))).Succeeds()["id"].GetGuid();
        var page = (await it.Post("/quality/lists/show", new { id, outcome = "differs" })).Succeeds();
        Assert.Equal("register", page["page"][0].GetProperty("differs").GetProperty("born").GetString());
        (await it.Post("/quality/lists/decide", new { list = id, row = 2, decision = "chosen", person = key })).Refuses("quality.not-so-decided");
        (await it.Post("/quality/lists/decide", new { list = id, row = 2, decision = "register-wrong" })).Succeeds();
        var now = await town.Record(key);
        Assert.Equal(person.Facts.Born, now.Facts.Born);
        Assert.Contains(now.Doubts, d => d is { Field: "born", Code: "quality.list-says-otherwise" });
        await town.Look(key);
        Assert.Contains("doubt-open", await town.Broken(key));
        Assert.Empty((await town.Verify()).Differences);
    }

    [Fact]
    public async Task Of_two_who_may_be_meant_an_official_says_which_and_the_list_is_compared_with_the_last_one()
    {
        var (one, oneKey) = await Person();
        var (_, twinKey) = await Person(p => p.Named(one.Facts.FullName!) with { Facts = p.Named(one.Facts.FullName!).Facts with { Born = one.Facts.Born, Phone = one.Facts.Phone, Number = People.Number("089", 2, one.Facts.Born!.Value.Year!.Value) }, Kin = one.Kin });
        using var it = await town.As("tinhoc");
        var id = (await Send(it, "chinh-sach.csv", Heads + Line(one, number: ""))).Succeeds()["id"].GetGuid();
        var row = (await it.Post("/quality/lists/show", new { id, outcome = "several" })).Succeeds()["page"][0];
        Assert.Equal(new[] { oneKey, twinKey }.Order(), row.GetProperty("others").EnumerateArray().Select(o => o.GetProperty("person").GetGuid()).Order());
        (await it.Post("/quality/lists/decide", new { list = id, row = 2, decision = "chosen", person = Guid.NewGuid() })).Refuses("quality.not-among-them");
        Assert.Equal("matched", (await it.Post("/quality/lists/decide", new { list = id, row = 2, decision = "chosen", person = twinKey })).Succeeds()["outcome"].GetString());
        var again = (await Send(it, "chinh-sach.csv", Heads + Line(one))).Succeeds();
        Assert.Equal(1, again["before"].GetProperty("matched").GetInt32());
        var file = await it.Http.GetAsync($"/api/v1/quality/lists/{id}/matched.csv", TestContext.Current.CancellationToken);
        Assert.Contains("Khớp", await file.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_name_alone_that_many_bear_is_not_said_to_be_unknown_but_to_need_more()
    {
        for (var n = 0; n < 8; n++)
        {
            await town.Settle(town.Sound(2, $"{1960 + n}-03-04").Named("Trần Thị Trùng Tên"));
        }

        using var it = await town.As("tinhoc");
        var id = (await Send(it, "ten-khong.csv", "Họ và tên,Năm sinh\nTRẦN THỊ TRÙNG TÊN,\nTrần Thị Trùng Tên,1899\nTrần Thị Trùng Tên,25/11/1995\n")).Succeeds()["id"].GetGuid();
        var row = (await it.Post("/quality/lists/show", new { id, outcome = "several" })).Succeeds()["page"].EnumerateArray().Single();
        Assert.Equal((2, 8, 0), (row.GetProperty("no").GetInt32(), row.GetProperty("namesakes").GetInt32(), row.GetProperty("others").GetArrayLength()));
        Assert.Equal(2, (await it.Post("/quality/lists/show", new { id })).Succeeds()["counts"].GetProperty("not-found").GetInt32());
        (await it.Post("/quality/lists/decide", new { list = id, row = 2, decision = "nobody" })).Succeeds();
        Assert.Equal(3, (await it.Post("/quality/lists/show", new { id })).Succeeds()["counts"].GetProperty("not-found").GetInt32());
    }

    [Fact]
    public async Task The_number_of_a_stranger_does_not_make_the_row_his_and_more_words_in_a_head_do_not_hide_the_name()
    {
        var (meant, meantKey) = await Person();
        var (stranger, strangerKey) = await Person(p => p.Named("Khổng Văn Lạ") with { Facts = p.Named("Khổng Văn Lạ").Facts with { Born = PartialDate.Of(1999, 9, 9), Number = People.Number("089", 1, 1999), Sex = 1 } });
        using var it = await town.As("tinhoc");
        var id = (await Send(it, "so-lech.csv", Heads.Replace("Họ và tên", "Họ và tên NLĐ", StringComparison.Ordinal) + Line(meant, number: stranger.Number()))).Succeeds()["id"].GetGuid();
        var row = (await it.Post("/quality/lists/show", new { id, outcome = "several" })).Succeeds()["page"][0];
        Assert.Equal(new[] { meantKey, strangerKey }, row.GetProperty("others").EnumerateArray().Select(o => o.GetProperty("person").GetGuid()));
        Assert.Equal(town.Commune.FullName, row.GetProperty("others")[0].GetProperty("home").GetString());
        (await it.Post("/quality/lists/decide", new { list = id, row = 2, decision = "nobody" })).Succeeds();
        Assert.Equal(1, (await it.Post("/quality/lists/show", new { id })).Succeeds()["counts"].GetProperty("not-found").GetInt32());
    }

    [Fact]
    public async Task A_list_without_a_usable_column_waits_to_be_told_and_what_is_no_list_is_refused()
    {
        var (person, _) = await Person();
        using var it = await town.As("tinhoc");
        var sent = (await Send(it, "la.csv", $"A,B\nsố {person.Number()},x\n")).Succeeds();
        Assert.False(sent["ready"].GetBoolean());
        var id = sent["id"].GetGuid();
        (await it.Post("/quality/lists/map", new { id, mapping = new[] { "", "" } })).Refuses("quality.mapping-not-enough");
        (await it.Post("/quality/lists/map", new { id, mapping = new[] { "number", "number" } })).Refuses("quality.mapping-wrong");
        (await it.Post("/quality/lists/map", new { id, mapping = new[] { "number", "" } })).Succeeds();
        Assert.Equal(1, (await Until(it, id))["counts"].GetProperty("matched").GetInt32());
        Assert.False((await Send(it, "hong.xlsx", [0x50, 0x4B, 3, 4, 0, 0, 0, 0, 1, 2, 3])).IsGood);
        (await Send(it, "rong.csv", "")).Refuses("quality.list-empty");
        (await Send(it, "rong.csv", " \r\n\r\n")).Refuses("quality.list-empty");
        (await Send(it, "trung.csv", $"Họ tên,Số định danh,Ngày sinh,Họ tên\nNguyễn Thị Mẫu,{person.Number()},01/02/1960,x\n")).Refuses("quality.list-same-heads");
        (await Send(it, "trung.csv", "Họ tên,Họ tên,Ngày sinh\nNguyễn Thị Mẫu,Trần Văn Mẫu,01/02/1960\n")).Refuses("quality.list-same-heads-row");
        (await Send(it, "dau.csv", "Họ tên,Số định danh,Ngày sinh\n")).Refuses("lists.no-rows");
    }

    [Fact]
    public async Task Another_office_does_not_have_the_list_and_a_clerk_compares_none()
    {
        var (person, _) = await Person();
        using var it = await town.As("tinhoc");
        var id = (await Send(it, "rieng.csv", Heads + Line(person))).Succeeds()["id"].GetGuid();
        using var registrar = await town.As("tinh");
        var other = await registrar.Post("/quality/lists/show", new { id });
        var sameOffice = await town.Value<bool>("select count(distinct agency_code) = 1 from staff.official where sign_in in ('tinh', 'tinhoc')");
        Assert.Equal(sameOffice ? HttpStatusCode.OK : HttpStatusCode.NotFound, other.Status);
        using var clerk = await town.As("canbo");
        Assert.Equal(HttpStatusCode.Forbidden, (await Send(clerk, "x.csv", Heads + Line(person))).Status);
    }

    [Fact]
    public async Task A_list_of_many_identical_rows_ends_in_bounded_time()
    {
        var (person, _) = await Person();
        using var it = await town.As("tinhoc");
        var shown = (await Send(it, "lap.csv", Heads + string.Concat(Enumerable.Repeat(Line(person, number: ""), 20_000)))).Succeeds();
        Assert.Equal(20_000, shown["counts"].EnumerateObject().Sum(c => c.Value.GetInt32()));
    }
}

internal static class Numbers
{
    public static string Number(this PersonState p) => p.Facts.Number!.Value.ToString();
}
