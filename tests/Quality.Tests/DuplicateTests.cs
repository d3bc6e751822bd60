using System.Net;
using System.Runtime.Versioning;
using System.Text.Json;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Time;
using SoGoc.Population;
using SoGoc.Testing;

namespace SoGoc.Quality.Tests;

/// <summary>Two records of one person: found by reckoning, decided by people, joined in one act and separated again.</summary>
[SupportedOSPlatform("linux")]
public sealed class DuplicateTests(Town town) : IClassFixture<Town>
{
    private static readonly string[] Mothers = ["Đặng", "Khiếu", "Ưng", "Lục", "Tôn", "Quách", "Bạch", "Tạ"];

    private static int people;

    /// <summary>The same person as another office had her: no number, of the birth the year alone, one mark lost.</summary>
    private static PersonState Again(PersonState p) => (p with { Facts = p.Facts with { Number = null, Born = PartialDate.Of(p.Facts.Born!.Value.Year!.Value, 0, 0) }, Papers = [] }).Named(p.Facts.FullName!.Replace('ẫ', 'â'));

    private async Task<(Guid One, Guid Other, Guid Pair)> Twice(string? phone = "0900123123")
    {
        // Of each test another person, so that those of one are not taken for those of another.
        var n = Interlocked.Increment(ref people);
        var sound = town.Sound(2, $"{1940 + (5 * n)}-0{1 + (n % 9)}-1{n % 9}");
        sound = (sound with
        {
            Facts = sound.Facts with { Phone = phone }, Kin = [new Kin(0, KinKind.Mother, $"{Mothers[n % Mothers.Length]} Thị Xưa")],
        }).Named($"{Mothers[n % Mothers.Length]} Thị Mẫu {sound.Facts.FullName!.Split(' ')[^1]}");
        var (one, _) = await town.Settle(sound);
        var (other, _) = await town.Settle(Again(sound));
        await town.Clean();
        var pair = (await town.Rows("select id from quality.pair where a = least($1, $2) and b = greatest($1, $2)", r => r.GetGuid(0), one, other)).Single();
        return (one, other, pair);
    }

    private static string State(PersonState p) => JsonSerializer.Serialize(p, Journal.Json);

    private static object Same(Guid pair, Guid into, string[]? taken = null, long? seen = null) => new { pair, into, taken, seen, ground = "biên bản xác minh mẫu" };

    [Fact]
    public async Task Records_are_joined_in_one_act_both_numbers_answer_and_apart_again_nothing_is_lost()
    {
        var (one, other, pair) = await Twice();
        var (before, lost) = (State(await town.Record(one)), State(await town.Record(other)));
        using var police = await town.As("congan");
        var shown = (await police.Post("/quality/duplicates/show", new { id = pair })).Succeeds();
        Assert.Equal(one, shown["keep"].GetGuid());
        Assert.Contains("same-letters", shown.Text, StringComparison.Ordinal);

        (await police.Post("/quality/duplicates/join", Same(pair, one, ["fullName", "home"], shown["version"].GetInt64()))).Succeeds();
        var (kept, closed) = (await town.Record(one), await town.Record(other));
        Assert.Equal((PersonStatus.Merged, one), (closed.Status, closed.MergedInto!.Value));
        Assert.Equal((await town.Record(other)).Facts.FullName, kept.Facts.FullName);
        Assert.Single(kept.Memberships, m => m.Until is null);
        Assert.DoesNotContain(closed.Memberships, m => m.Until is null);
        Assert.Empty((await town.Verify()).Differences);
        // The household in which nobody is left, that of the record that stays, is closed with it, and open again when they are apart.
        const string Ended = "select h.closed_on is not null from population.household h join population.member m on m.household_id = h.id where m.person_id = $1 order by m.no limit 1";
        Assert.Equal((true, false), (await town.Value<bool>(Ended, one), await town.Value<bool>(Ended, other)));

        var back = (await police.Post("/quality/duplicates/separate", new { pair, ground = "hai chị em, biên bản mẫu" })).Succeeds();
        Assert.Empty(back["left"].EnumerateArray());
        Assert.Equal((before, lost), (State(await town.Record(one)), State(await town.Record(other))));
        Assert.False(await town.Value<bool>(Ended, one));
        Assert.Empty((await town.Verify()).Differences);

        // The next night does not propose them again.
        await town.Clean();
        Assert.Equal("different", await town.Value<string>("select state from quality.pair where id = $1", pair));
        Assert.DoesNotContain("duplicate", await town.Broken(one));
    }

    [Fact]
    public async Task After_a_joining_the_page_still_shows_what_was_compared_and_who_decided()
    {
        var (one, other, pair) = await Twice("0900123141");
        var names = new[] { (await town.Record(one)).Facts.FullName!, (await town.Record(other)).Facts.FullName! };
        using var police = await town.As("congan");
        Assert.NotEqual(names[0], names[1]);
        (await police.Post("/quality/duplicates/join", Same(pair, one, ["fullName"]))).Succeeds();
        var shown = (await police.Post("/quality/duplicates/show", new { id = pair })).Succeeds();
        var line = shown["lines"].EnumerateArray().SelectMany(l => l.GetProperty("fields").EnumerateArray()).Single(f => f.GetProperty("field").GetString() == "name");
        Assert.Equal(names.Order(StringComparer.Ordinal), new[] { line.GetProperty("a").GetString()!, line.GetProperty("b").GetString()! }.Order(StringComparer.Ordinal));
        using var desk = town.Sit();
        await desk.SignIn("congan");
        var page = System.Net.WebUtility.HtmlDecode((await desk.Get($"/trung-lap/{pair}")).Text);
        var official = (await town.Rows("select name from staff.official where sign_in = 'congan'", r => r.GetString(0))).Single();
        Assert.Contains($"Người quyết định: {official}, ", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_chance_on_the_page_follows_from_the_sum_that_is_shown()
    {
        var (_, _, pair) = await Twice("0900123142");
        using var desk = town.Sit();
        await desk.SignIn("congan");
        var page = System.Net.WebUtility.HtmlDecode((await desk.Get($"/trung-lap/{pair}")).Text);
        double Told(string label)
        {
            var at = page.IndexOf(label, page.IndexOf("id=\"evidence\"", StringComparison.Ordinal), StringComparison.Ordinal);
            var cell = page[(page.IndexOf("<dd>", at, StringComparison.Ordinal) + 4)..page.IndexOf("</dd>", at, StringComparison.Ordinal)];
            return double.Parse(cell.Replace("<strong>", "", StringComparison.Ordinal).Replace("</strong>", "", StringComparison.Ordinal).Replace("%", "", StringComparison.Ordinal).Replace('−', '-').Replace(',', '.').Trim(), System.Globalization.CultureInfo.InvariantCulture);
        }

        var (start, pieces, all, toned) = (Told("Khởi điểm"), Told("Các chứng cứ trên"), Told("Tổng cộng"), Told("Tổng đã giảm"));
        var correction = page.Contains("Trừ phần tính trùng", StringComparison.Ordinal) ? Told("Trừ phần tính trùng") : Told("Cộng thêm");
        Assert.Equal(all, start + pieces + correction, 6);
        Assert.Equal((0.75 * all) - 0.5, toned, 0.051);
        Assert.Equal(100 / (1 + Math.Pow(2, -toned)), Told("Khả năng là một người"), 0.4);
    }

    [Fact]
    public async Task What_has_changed_after_the_joining_stays_when_they_are_separated()
    {
        var (one, _, pair) = await Twice("0900123124");
        using var police = await town.As("congan");
        (await police.Post("/quality/duplicates/join", Same(pair, one, ["fullName"]))).Succeeds();
        var joined = (await town.Record(one)).Facts.FullName;
        await town.Act(one, new PersonCorrected(new PersonFacts { FullName = joined }, new PersonFacts { FullName = "Đặng Thị Mới" }));
        var back = (await police.Post("/quality/duplicates/separate", new { pair, ground = "hai người" })).Succeeds();
        Assert.Contains("fullName", back["left"].EnumerateArray().Select(l => l.GetProperty("field").GetString()));
        Assert.Equal("Đặng Thị Mới", (await town.Record(one)).Facts.FullName);
    }

    [Fact]
    public async Task Different_is_said_once_and_a_record_that_has_changed_meanwhile_is_looked_at_again()
    {
        var (one, _, pair) = await Twice("0900123125");
        using var police = await town.As("congan");
        var seen = (await police.Post("/quality/duplicates/show", new { id = pair })).Succeeds()["version"].GetInt64();
        await town.Act(one, new PersonCompleted(new PersonFacts { Email = "mau@example.vn" }));
        (await police.Post("/quality/duplicates/join", Same(pair, one, null, seen))).Refuses("quality.changed-since");
        (await police.Post("/quality/duplicates/judge", new { pair, decision = "different", ground = "" })).Refuses("quality.ground-missing");
        Assert.Contains("duplicate", await town.Broken(one));
        (await police.Post("/quality/duplicates/judge", new { pair, decision = "different", ground = "chị em sinh đôi" })).Succeeds();
        Assert.DoesNotContain("duplicate", await town.Broken(one));
        (await police.Post("/quality/duplicates/judge", new { pair, decision = "different", ground = "lần nữa" })).Refuses("quality.decided-before");
        (await police.Post("/quality/duplicates/join", Same(pair, one))).Refuses("quality.decided-before");
        await town.Clean();
        Assert.Equal("different", await town.Value<string>("select state from quality.pair where id = $1", pair));
    }

    [Fact]
    public async Task A_pair_that_is_opened_again_stands_in_the_lists_of_both_at_once()
    {
        var (one, other, pair) = await Twice("0900123135");
        using var police = await town.As("congan");
        (await police.Post("/quality/duplicates/judge", new { pair, decision = "different", ground = "chị em sinh đôi" })).Succeeds();
        Assert.DoesNotContain("duplicate", (await town.Broken(one)).Concat(await town.Broken(other)));
        (await police.Post("/quality/duplicates/judge", new { pair, decision = "open", ground = "giấy khai sinh là giả" })).Succeeds();
        Assert.Contains("duplicate", await town.Broken(one));
        Assert.Contains("duplicate", await town.Broken(other));
        Assert.Equal([1, 1], await town.Rows("select back from quality.finding where rule = 'duplicate' and ((person_id = $1 and part = $2) or (person_id = $3 and part = $4)) order by id", r => (int)r.GetInt16(0), one, other.ToString(), other, one.ToString()));
    }

    [Fact]
    public async Task Who_is_told_apart_at_the_counter_is_never_proposed_again_and_the_pair_says_where_and_why()
    {
        var (one, other, pair) = await Twice("0900123136");
        Assert.Contains("duplicate", await town.Broken(one));
        using var police = await town.As("congan");
        object Asks(string? notSame) => new { person = other, placeCode = "089", paper = "Giấy khai sinh mẫu", confirmed = new[] { "population.perhaps-twice" }, notSame };
        (await police.Post("/numbers/allot", Asks(null))).Refuses("population.not-same-missing");
        Assert.Equal("open", await town.Value<string>("select state from quality.pair where id = $1", pair));
        var before = await town.Record(other);
        await town.Act(other, new PersonCorrected(new PersonFacts { Born = before.Facts.Born }, new PersonFacts { Born = (await town.Record(one)).Facts.Born }));
        var allotted = await police.Post("/numbers/allot", Asks("hai giấy khai sinh mẫu, hai mẹ"));
        allotted.Succeeds();
        Assert.Equal(("different", "number", "hai giấy khai sinh mẫu, hai mẹ"), (await town.Rows("select state, counter, ground from quality.pair where id = $1", r => (r.GetString(0), r.GetString(1), r.GetString(2)), pair)).Single());
        Assert.DoesNotContain("duplicate", (await town.Broken(one)).Concat(await town.Broken(other)));
        Assert.Equal(1, await town.Value<long>("select count(*) from journal.entry where subject = $1 and kind = 'quality.pair-judged' and body ->> 'counter' = 'number' and ground = 'hai giấy khai sinh mẫu, hai mẹ'", pair));
        await town.Clean();
        Assert.Equal("different", await town.Value<string>("select state from quality.pair where id = $1", pair));
        Assert.DoesNotContain("duplicate", await town.Broken(one));
        using var desk = town.Sit();
        await desk.SignIn("congan");
        (await desk.Get($"/trung-lap/{pair}")).Succeeds().Says("hai giấy khai sinh mẫu, hai mẹ", "Xác định khi cấp số định danh tại Công an");
    }

    [Fact]
    public async Task What_is_taken_has_to_fit_the_number_that_stays()
    {
        var (one, other, pair) = await Twice("0900123129");
        await town.Act(other, new PersonCorrected(new PersonFacts { Sex = 2 }, new PersonFacts { Sex = 1 }));
        using var police = await town.As("congan");
        (await police.Post("/quality/duplicates/join", Same(pair, one, ["sex"]))).Refuses("quality.number-would-contradict");
        Assert.Equal(PersonStatus.Living, (await town.Record(other)).Status);
    }

    [Fact]
    public async Task Of_two_who_join_at_once_one_is_told()
    {
        var (one, other, pair) = await Twice("0900123126");
        using var police = await town.As("congan");
        var answers = await Task.WhenAll(police.Post("/quality/duplicates/join", Same(pair, one)), police.Post("/quality/duplicates/join", Same(pair, other)));
        Assert.Single(answers, a => a.IsGood);
        Assert.Contains(answers, a => a.Text.Contains("quality.decided-before", StringComparison.Ordinal));
        Assert.Empty((await town.Verify()).Differences);
    }

    [Fact]
    public async Task Who_marries_while_his_records_are_joined_is_married_in_the_record_that_stays_or_refused()
    {
        var (one, other, pair) = await Twice("0900123130");
        using var police = await town.As("congan");
        var marries = town.Do<IPopulation, PersonState>(p => p.Act(other, new KinNamed(new Kin(5, KinKind.Spouse, "Hà Văn Bạn Đời")), "kết hôn mẫu"));
        var joins = police.Post("/quality/duplicates/join", Same(pair, one));
        var married = await Xunit.Record.ExceptionAsync(() => marries) is null;
        (await joins).Succeeds();
        Assert.Equal(married, (await town.Record(one)).Kin.Any(k => k.Name == "Hà Văn Bạn Đời"));
        Assert.Equal(PersonStatus.Merged, (await town.Record(other)).Status);
        Assert.Empty((await town.Verify()).Differences);
    }

    [Fact]
    public async Task A_record_is_not_joined_with_itself_nor_with_one_that_is_not_of_the_pair()
    {
        var (one, _, pair) = await Twice("0900123131");
        using var police = await town.As("congan");
        (await police.Post("/quality/duplicates/join", Same(pair, Guid.NewGuid()))).Refuses("quality.into-neither");
        Assert.NotNull(await Xunit.Record.ExceptionAsync(() => town.Act(one, new PersonMerged(one, PersonStatus.Living))));
        Assert.NotNull(await Xunit.Record.ExceptionAsync(() => town.Execute("insert into quality.pair (a, b, weight, probability, band, prior, evidence, found_at) values ($1, $1, 1, 1, 'look', 0, '[]', now())", one)));
        Assert.Equal(PersonStatus.Living, (await town.Record(one)).Status);
    }

    [Fact]
    public async Task Before_a_number_is_given_whoever_may_be_the_same_person_is_laid_beside_him()
    {
        var (one, other, _) = await Twice("0900123132");
        using var police = await town.As("congan");
        var seen = (await police.Post("/numbers/check", new { person = other, paper = "giấy mẫu" })).Succeeds();
        var alike = Assert.Single(seen["alike"].EnumerateArray(), a => a.GetProperty("person").GetGuid() == one);
        Assert.InRange(alike.GetProperty("chance").GetDouble(), 0.9, 1);
        var lines = alike.GetProperty("lines").EnumerateArray().ToDictionary(l => l.GetProperty("field").GetString()!, l => l.GetProperty("level").GetString());
        Assert.Equal("chỉ khác dấu", lines["Họ tên"]);
        Assert.Equal("giống", lines["Họ tên mẹ"]);
        Assert.DoesNotContain("Điện thoại", lines.Keys);
        Assert.True(await town.Value<long>("select count(*) from journal.disclosure where subject = $1 and purpose = 'personal-number'", one) > 0, "Who was shown does not hear of it.");
        // The weight is the night's.
        var night = await town.Value<float>("select probability from quality.pair where least(a, b) = least($1, $2) and greatest(a, b) = greatest($1, $2)", one, other);
        Assert.Equal(night, alike.GetProperty("chance").GetDouble(), 0.02);
    }

    [Fact]
    public async Task What_is_shown_adds_up_with_both_values_and_mother_telephone_and_address_in_one()
    {
        var (one, _, pair) = await Twice("0900123133");
        using var police = await town.As("congan");
        var shown = (await police.Post("/quality/duplicates/show", new { id = pair })).Succeeds();
        var lines = shown["lines"].EnumerateArray().ToList();
        var told = shown["pair"];
        Assert.Equal(told.GetProperty("weight").GetDouble(), told.GetProperty("prior").GetDouble() + lines.Sum(l => l.GetProperty("weight").GetDouble()) + told.GetProperty("correction").GetDouble(), 0.01);
        Assert.Equal(["address", "mother", "phone"], Assert.Single(lines, l => l.GetProperty("fields").GetArrayLength() > 1).GetProperty("fields").EnumerateArray().Select(f => f.GetProperty("field").GetString()!).Order());
        var born = lines.SelectMany(l => l.GetProperty("fields").EnumerateArray()).Single(f => f.GetProperty("field").GetString() == "born");
        Assert.Contains((await town.Record(one)).Facts.Born!.Value.Year!.Value.ToString(System.Globalization.CultureInfo.InvariantCulture), born.GetProperty("a").GetString(), StringComparison.Ordinal);
        Assert.NotEqual(born.GetProperty("a").GetString(), born.GetProperty("b").GetString());
    }

    [Fact]
    public async Task Two_who_have_numbers_are_proposed_only_where_nine_in_ten_are_one_person()
    {
        await Twice("0900123134");
        Assert.Equal(0, await town.Value<long>("select count(*) from quality.pair d join population.person a on a.id = d.a join population.person b on b.id = d.b where d.state = 'open' and (d.probability < 0.5 or (a.number is not null and b.number is not null and d.probability < 0.9))"));
        using var police = await town.As("congan");
        Assert.True((await police.Post("/quality/duplicates/list", new { })).Succeeds()["weaker"].GetInt64() >= 0);
    }

    [Fact]
    public async Task Nobody_joins_his_own_record_and_who_works_elsewhere_does_not_see_the_pair()
    {
        var (one, _, pair) = await Twice("0900123127");
        using var himself = await town.Official("commune-police", town.Commune.Id, (await town.Record(one)).Facts.Number!.Value.ToString());
        (await himself.Post("/quality/duplicates/join", Same(pair, one))).Refuses("quality.own-record", HttpStatusCode.Forbidden);
        var elsewhere = town.Places.Children(town.Places.Home(new DateOnly(2026, 11, 24))!, new DateOnly(2026, 11, 24)).First(a => a.Id != town.Commune.Id);
        using var other = await town.Official("commune-police", elsewhere.Id);
        (await other.Post("/quality/duplicates/show", new { id = pair })).Refuses("quality.no-pair", HttpStatusCode.NotFound);
        (await other.Post("/quality/duplicates/join", Same(pair, one))).Refuses("quality.no-pair", HttpStatusCode.NotFound);
        using var clerk = await town.As("canbo");
        Assert.Equal(403, (int)(await clerk.Post("/quality/duplicates/show", new { id = pair })).Status);
    }

    [Fact]
    public async Task Reading_a_pair_is_on_record_for_both()
    {
        var (one, other, pair) = await Twice("0900123128");
        using var police = await town.As("congan");
        (await police.Post("/quality/duplicates/show", new { id = pair })).Succeeds();
        Assert.Equal(2, await town.Value<long>("select count(distinct subject) from journal.disclosure where subject = any($1) and purpose = 'reconciliation'", (object)new[] { one, other }));
    }
}
