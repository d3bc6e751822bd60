using System.Globalization;
using System.IO.Compression;
using System.Runtime.Versioning;
using System.Xml.Linq;
using SoGoc.Kernel.Time;
using SoGoc.Testing;

namespace SoGoc.Quality.Tests;

/// <summary>The weekly report, as officers file it.</summary>
[SupportedOSPlatform("linux")]
public sealed class ReportTests(Town town) : IClassFixture<Town>
{
    [Fact]
    public async Task The_week_is_told_as_numbers_and_as_papers()
    {
        var sound = town.Sound();
        var (broken, _) = await town.Settle(sound with { Facts = sound.Facts with { Hometown = null }, Residences = [sound.Residences[0] with { Detail = "Số 1, tổ 1, ấp Mẫu Sáu" }] });
        await town.Look(broken);
        await town.Clean();
        using var police = await town.As("congan");
        (await police.Post("/cards/record", new { person = broken, issued = "2026-11-20" })).Succeeds();
        using var leader = await town.As("lanhdao");
        var told = (await leader.Post("/quality/reports/weekly", new { area = town.Commune.Id })).Succeeds();
        var complete = told["measures"].EnumerateArray().Single(m => m.GetProperty("measure").GetString() == "complete");
        var left = await town.Value<long>("select count(*) from quality.finding f join quality.rule r on r.code = f.rule where r.measure = 'complete' and r.severity <> 'notice' and f.gone_at is null and f.outcome is distinct from 'confirmed' and f.area_id = $1", town.Commune.Id);
        Assert.Equal(left, complete.GetProperty("left").GetInt64());
        Assert.True(complete.GetProperty("found").GetInt64() >= left);
        // The lines by kind make the sums by measure, and none is a sentence with a hole in it.
        var rules = told["rules"].EnumerateArray().ToList();
        Assert.Equal(told["measures"].EnumerateArray().Sum(m => m.GetProperty("left").GetInt64()), rules.Where(r => !r.GetProperty("isNotice").GetBoolean()).Sum(r => r.GetProperty("left").GetInt64()));
        Assert.DoesNotContain(rules, r => r.GetProperty("says").GetString()!.Contains('…', StringComparison.Ordinal));
        Assert.Equal(0, await town.Value<long>("select count(*) from quality.rule where (sentence_vi like '%{0}%' and heading_vi in ('', sentence_vi)) or (sentence_en like '%{0}%' and heading_en in ('', sentence_en)) or heading_vi || heading_en like '%{0}%'"));
        Assert.Equal(await town.Value<int>("select persons from quality.measure where area_id = $1 and measure = 'live' and day = $2", town.Commune.Id, town.Clock.Today()), told["persons"].GetInt64());

        var lines = told["indicators"].EnumerateArray().ToDictionary(i => i.GetProperty("code").GetString()!, i => i.TryGetProperty("value", out var v) && v.ValueKind == System.Text.Json.JsonValueKind.Number ? v.GetDouble() : (double?)null);
        Assert.Equal(told["persons"].GetInt64(), lines["persons"]);
        // Other modules tell what they know of it; what nobody knows has no figure, and no nought either. Whose rows a list has no commune is told.
        Assert.Equal(1, lines["cards-made"]);
        Assert.Equal(0, lines["eid-activated"]);
        Assert.Equal(0, lines["stays-notified"]);
        Assert.Null(lines["health-by-card"]);
        Assert.Null(lines["services-online"]);
        Assert.DoesNotContain("lists-sent", lines.Keys);
        Assert.Contains("lists-sent", (await leader.Post("/quality/reports/weekly", new { })).Succeeds().Text, StringComparison.Ordinal);
        var elsewhere = town.Places.Children(town.Places.Home(new DateOnly(2026, 11, 24))!, new DateOnly(2026, 11, 24)).First(a => a.Id != town.Commune.Id);
        Assert.Contains("\"code\":\"cards-made\",\"value\":0", (await leader.Post("/quality/reports/weekly", new { area = elsewhere.Id })).Succeeds().Text, StringComparison.Ordinal);
        Assert.NotNull(lines["without-number"]);

        (await leader.Post("/quality/reports/weekly", new { until = "9999-12-31" })).Refuses("quality.no-such-week");
        (await leader.Post("/quality/reports/weekly", new { until = "0001-01-01" })).Refuses("quality.no-such-week");
        using var desk = town.Sit();
        await desk.SignIn("lanhdao");
        Assert.StartsWith("%PDF", (await desk.Get($"/chat-luong?handler=Report&xa={town.Commune.Id}")).Text, StringComparison.Ordinal);
        Assert.StartsWith("PK", (await desk.Get("/chat-luong?handler=Report&dang=xlsx")).Text, StringComparison.Ordinal);
        var file = await desk.Bytes($"/chat-luong?handler=Report&dang=xlsx&xa={town.Commune.Id}");
        using var book = new ZipArchive(new MemoryStream(file));
        await using var sheet = await book.GetEntry("xl/worksheets/sheet1.xml")!.OpenAsync();
        var cells = XDocument.Load(sheet).Descendants().Where(e => e.Name.LocalName == "c").ToList();
        // The week's first day is a day, the persons are a number, what is not known is said in words.
        Assert.Contains(cells, c => (string?)c.Attribute("s") == "6" && c.Value == "46344");
        Assert.Contains(cells, c => (string?)c.Attribute("t") is null && c.Value == told["persons"].GetInt64().ToString(CultureInfo.InvariantCulture));
        Assert.Contains(cells, c => c.Value == "chưa có số liệu");
    }
}
