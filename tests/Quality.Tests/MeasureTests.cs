using System.Net;
using System.Runtime.Versioning;
using System.Text.Json;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Testing;

namespace SoGoc.Quality.Tests;

/// <summary>The four numbers go down to the hamlet, and say how soon life reaches the register.</summary>
[SupportedOSPlatform("linux")]
public sealed class MeasureTests(Town town) : IClassFixture<Town>
{
    private static int phones = 1000;

    /// <summary>With a telephone that nobody shares, however many people the other tests bring.</summary>
    private async Task<Guid> Lives(string hamlet, bool broken = false)
    {
        var sound = town.Sound();
        var (person, _) = await town.Settle(sound with { Facts = sound.Facts with { Hometown = broken ? null : sound.Facts.Hometown, Phone = $"0900{Interlocked.Increment(ref phones):000000}" }, Residences = [sound.Residences[0] with { Detail = "Số 1, tổ 1, ấp " + hamlet }] });
        return person;
    }

    private static JsonElement Number(JsonElement numbers, string measure) => numbers.EnumerateArray().Single(n => n.GetProperty("measure").GetString() == measure);

    [Fact]
    public async Task A_commune_opens_to_its_hamlets_and_a_hamlet_to_what_was_found_there()
    {
        await Lives("Đo Một");
        await Lives("Đo Một", broken: true);
        await Lives("Đo Hai");
        await town.Clean();
        using var leader = await town.As("lanhdao");
        var commune = (await leader.Post("/quality/measures", new { area = town.Commune.Id })).Succeeds();
        var hamlets = commune["hamlets"].EnumerateArray().ToDictionary(h => h.GetProperty("name").GetString()!);
        Assert.Equal((1, 2), (Number(hamlets["ấp Đo Một"].GetProperty("numbers"), "complete").GetProperty("good").GetInt32(), hamlets["ấp Đo Một"].GetProperty("persons").GetInt32()));
        Assert.Equal(1, Number(hamlets["ấp Đo Hai"].GetProperty("numbers"), "complete").GetProperty("good").GetInt32());
        // The hamlets are the commune, those without one with them.
        Assert.Equal(Number(commune["numbers"], "complete").GetProperty("good").GetInt64(), hamlets.Values.Sum(h => Number(h.GetProperty("numbers"), "complete").GetProperty("good").GetInt64()));

        var hamlet = (await leader.Post("/quality/measures", new { area = town.Commune.Id, hamlet = "ấp Đo Một" })).Succeeds();
        Assert.Equal(2, hamlet["numbers"][0].GetProperty("persons").GetInt32());
        Assert.Equal(1, hamlet["findings"].EnumerateArray().Single(f => f.GetProperty("rule").GetString() == "hometown-missing").GetProperty("open").GetInt64());
        (await leader.Post("/quality/measures", new { area = town.Commune.Id, hamlet = "ấp Không Có" })).Refuses("quality.no-hamlet-there", HttpStatusCode.NotFound);

        using var police = await town.As("congan");
        var work = (await police.Post("/quality/findings/list", new { hamlet = "ấp Đo Một" })).Succeeds();
        Assert.Equal(["hometown-missing"], work["groups"].EnumerateArray().Select(g => g.GetProperty("rule").GetString()));
        using var desk = town.Sit();
        await desk.SignIn("congan");
        Assert.Contains("/lam-sach?quyTac=hometown-missing&ap=", (await desk.Get($"/chat-luong?xa={town.Commune.Id}&ap={Uri.EscapeDataString("ấp Đo Một")}")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Hours_run_from_the_end_of_the_day_on_which_it_happened()
    {
        await Lives("Đo Sáu");
        using var clerk = await town.As("canbo");
        foreach (var died in (string[])["2026-11-20", "2026-11-22"])
        {
            var sound = town.Sound();
            await town.Settle(sound);
            (await clerk.Post("/deaths/register", new
            {
                kind = "ordinary", deceased = sound.Facts.Number!.Value.ToString(), died, diedAt = "14:30", place = "Nhà riêng", cause = "Bệnh", evidence = "notice", evidenceNo = "01/GBT", evidenceOn = "2026-11-23", evidenceBy = "UBND xã Mẫu",
                declarant = "child",
            })).Succeeds();
        }

        await town.Clean();
        using var leader = await town.As("lanhdao");
        foreach (var asked in (object[])[new { area = town.Commune.Id }, new { }])
        {
            var live = (await leader.Post("/quality/measures", asked)).Succeeds()["live"];
            var took = live.GetProperty("times").EnumerateArray().Single(t => t.GetProperty("kind").GetString() == "death");
            // Registered on the 24th about eight: 80 hours after the end of the 20th, 32 after that of the 22nd.
            Assert.Equal(2, took.GetProperty("events").GetInt32());
            Assert.InRange(took.GetProperty("median").GetDouble(), 56, 56.5);
            Assert.InRange(took.GetProperty("most").GetDouble(), 75.2, 75.7);
        }
    }

    [Fact]
    public async Task A_record_is_fresh_by_a_card_a_residence_or_a_visit()
    {
        await Lives("Đo Bốn");
        await town.Clean();
        var before = await Recent();
        // Neither an old residence nor one whose beginning nobody knows makes a record fresh.
        foreach (var since in (DateOnly?[])[new DateOnly(2016, 1, 1), null])
        {
            var stale = town.Sound();
            await town.Settle(stale with { Papers = [], Residences = [stale.Residences[0] with { From = since }] });
        }

        await town.Clean();
        Assert.Equal(before, await Recent());
        var old = town.Sound();
        var card = old.Papers[0];
        var carded = town.Sound();
        await town.Settle(carded with { Papers = [card with { Number = carded.Facts.Number!.Value.ToString(), Issued = Kernel.Time.PartialDate.Of(2026, 5, 4) }] });
        var moved = town.Sound();
        await town.Settle(moved with { Residences = [moved.Residences[0] with { From = new DateOnly(2026, 6, 1) }] });
        await town.Clean();
        Assert.Equal(before + 2, await Recent());
    }

    private Task<int> Recent() => town.Value<int>("select recent from quality.freshness where area_id = $1", town.Commune.Id);

    /// <summary>The page, the papers, the sheet and the command all say it so.</summary>
    [Theory]
    [InlineData(0.99999999, "0.9999")]
    [InlineData(0.5735, "0.5735")]
    [InlineData(0.29, "0.2900")]
    [InlineData(0.87359, "0.8735")]
    [InlineData(1, "1.0000")]
    public void A_share_is_cut_off_and_what_is_not_whole_is_never_said_to_be(double share, string told) => Assert.Equal(told, Share.Cut(share).ToString("F4", System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public async Task The_numbers_are_kept_over_time_and_the_page_draws_them()
    {
        var person = await Lives("Đo Ba", broken: true);
        await town.Clean();
        await town.Do<Session, Done>(async s =>
        {
            await s.Execute("update quality.measure set day = day - 30, good = good - 1 where area_id = $1 and measure = 'correct'", town.Commune.Id);
            await s.Execute("insert into quality.measure select day - 30, area_id, measure, good, persons from quality.measure where area_id = $1 and measure <> 'correct'", town.Commune.Id);
            return Done.It;
        });
        await town.Clean();
        using var desk = town.Sit();
        await desk.SignIn("lanhdao");
        var page = (await desk.Get($"/chat-luong?xa={town.Commune.Id}")).Text;
        Assert.Contains("<polyline", page, StringComparison.Ordinal);
        Assert.Contains("▲", page, StringComparison.Ordinal);
        Assert.DoesNotContain((await town.Record(person)).Facts.FullName!, page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_act_that_was_begun_waits_by_its_unit_until_it_is_left_and_is_late_after_its_term()
    {
        var sound = town.Sound(1, "1970-02-03");
        await town.Settle(sound);
        await town.Clean();
        var before = await Begun();
        using var clerk = await town.As("canbo");
        var begun = (await clerk.Post("/deaths/check", new { kind = "ordinary", deceased = sound.Facts.Number!.Value.ToString(), died = "2026-11-20" })).Succeeds()["case"].GetString();
        await town.Clean();
        Assert.Equal((before.Waits + 1, before.Late), await Begun());
        await town.Execute("update civil.draft set due_at = due_at - interval '30 days' where case_id = (select id from journal.case_file where reference = $1)", begun);
        await town.Clean();
        Assert.Equal((before.Waits + 1, before.Late + 1), await Begun());
        using var leader = await town.As("lanhdao");
        Assert.Contains((await leader.Post("/quality/measures", new { })).Succeeds()["live"].GetProperty("waits").EnumerateArray(), w => w.GetProperty("kind").GetString() == "begun");
        using var desk = town.Sit();
        await desk.SignIn("lanhdao");
        (await desk.Get($"/chat-luong?xa={town.Commune.Id}")).Says("đã bắt đầu mà chưa đăng ký");
        (await clerk.Post("/civil/leave", new { @case = begun })).Succeeds();
        await town.Clean();
        Assert.Equal(before, await Begun());
    }

    private async Task<(int Waits, int Late)> Begun() => (await town.Rows("select waits, late from quality.waiting where area_id = $1 and kind = 'begun' and day = $2", r => (r.GetInt32(0), r.GetInt32(1)), town.Commune.Id, town.Clock.Today())) is [var one] ? one : (0, 0);

    [Fact]
    public async Task Communes_are_shown_ten_at_a_time_and_found_by_name()
    {
        await Lives("Đo Năm");
        foreach (var area in town.Places.Children(town.Places.Home(Cleaning.Today)!, Cleaning.Today).Where(a => a.Id != town.Commune.Id).Take(12))
        {
            await town.Enter((town.Sound() with { Residences = [] }).LivingAt(area.Id, "ấp Mẫu", "2016-01-01"));
        }

        await town.Clean();
        using var desk = town.Sit();
        await desk.SignIn("lanhdao");
        var first = (await desk.Get("/chat-luong")).Text;
        Assert.Equal(10, first.Split("<th scope=\"row\">").Length - 1);
        Assert.Contains("/chat-luong?trang=2", first, StringComparison.Ordinal);
        Assert.InRange((await desk.Get("/chat-luong?trang=2")).Text.Split("<th scope=\"row\">").Length - 1, 3, 10);
        var found = (await desk.Get("/chat-luong?tim=" + Uri.EscapeDataString(town.Commune.Name))).Text;
        Assert.Contains($"/chat-luong?xa={town.Commune.Id}\"", found, StringComparison.Ordinal);
        Assert.Contains("Không có tên này", (await desk.Get("/chat-luong?tim=xyzxyz")).Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_works_for_one_commune_sees_its_numbers_first_and_those_of_the_province_behind_them()
    {
        await Lives("Đo Sáu");
        await town.Clean();
        using var desk = town.Sit();
        await desk.SignIn("congan");
        var own = (await desk.Get("/chat-luong")).Succeeds();
        Assert.Contains(town.Commune.FullName, own.Says("/chat-luong?tinh=true").Text, StringComparison.Ordinal);
        Assert.EndsWith($"xa={town.Commune.Id}", own.Address, StringComparison.Ordinal);
        Assert.DoesNotContain("<h1>" + town.Commune.FullName, (await desk.Get("/chat-luong?tinh=true")).Succeeds().Text, StringComparison.Ordinal);
    }
}
