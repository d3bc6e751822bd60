using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using SoGoc.Invented;
using SoGoc.Kernel.Data;
using SoGoc.Lists;
using SoGoc.Places;
using SoGoc.Testing;

namespace SoGoc.Host.Tests;

/// <summary>The register through the door: lists, search, places, pages.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class RegisterTests(Town town) : IClassFixture<Town>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task The_planted_faults_are_found_exactly_and_the_same_list_twice_changes_nothing()
    {
        var folder = Directory.CreateTempSubdirectory("sogoc-lists").FullName;
        InventedLists.Write(new InventedProvince(new InventedSettings(3000, 11, new DateOnly(2026, 11, 24), town.Reference)), new ListSettings(folder, 0.05, ListFormat.Csv, VietnameseEncoding.Tcvn3, true));
        var list = await File.ReadAllBytesAsync(Path.Combine(folder, "danh-sach.csv"), Stop);
        using var tinh = await town.As("tinh");
        var first = (await tinh.Enter("danh-sach.csv", list)).Succeeds();

        var planted = ReferenceTable.Read(Path.Combine(folder, "truth.csv")).Where(r => r["visible"] == "1").Select(r => $"{r["row"]} {r["code"]}").Order(StringComparer.Ordinal).ToList();
        var found = await town.Rows("select row_no || ' ' || code from population.list_fault where list_id = $1", r => r.GetString(0), first["list"].GetProperty("id").GetGuid());

        Assert.Equal(planted, found.Order(StringComparer.Ordinal));
        var again = (await tinh.Enter("danh-sach.csv", list)).Succeeds();
        Assert.Equal(0, again["list"].GetProperty("entered").GetInt64());
        Assert.Equal(0, again["list"].GetProperty("completed").GetInt64());
        Directory.Delete(folder, recursive: true);

        var verified = await town.Verify();
        Assert.Empty(verified.Differences);
        Assert.True(verified.Persons > 2500);
    }

    [Fact]
    public async Task A_person_is_found_without_accents_and_in_any_order_and_the_reading_is_recorded()
    {
        using var tinh = await town.As("tinh");
        (await tinh.Enter("mot.csv", "Họ và tên,Ngày sinh,Giới tính,Số định danh cá nhân\nNguyễn Thị Thử Nghiệm,5/7/1962,Nữ,089162000123\n"u8.ToArray())).Succeeds();
        var found = (await tinh.Post("/persons/search", new { text = "nghiem thu NGUYEN", purpose = Town.Purpose, @case = Town.Case })).Succeeds()["persons"][0];
        Assert.Equal("089162000123", found.GetProperty("number").GetString());
        Assert.Equal(1, await town.Value<long>("select count(*) from journal.disclosure where subject = $1", found.GetProperty("id").GetGuid()));
    }

    [Fact]
    public async Task A_stranger_gets_no_data()
    {
        using var stranger = town.Stranger();
        (await stranger.Post("/persons/search", new { text = "nguyen" })).Refuses("kernel.not-signed-in", HttpStatusCode.Unauthorized);
    }

    [Theory]
    [InlineData("lists.not-a-list", "\0\u0001\u0002ngẫu nhiên")]
    [InlineData("lists.broken-quote", "Họ và tên,Ngày sinh,Giới tính\n\"Nguyễn Văn Mẫu,1962,Nam\nTrần Thị Thử,1970,Nữ\n")]
    public async Task A_file_that_is_no_list_is_refused_with_its_code(string code, string text)
    {
        using var tinh = await town.As("tinh");
        (await tinh.Send("x.csv", Encoding.UTF8.GetBytes(text))).Refuses(code, HttpStatusCode.UnprocessableEntity);
    }

    [Fact]
    public async Task A_divided_commune_leaves_the_choice_open()
    {
        using var tinh = await town.As("tinh");
        var resolved = (await tinh.Post("/places/resolve", new { code = "30334", day = "2022-04-12" })).Succeeds();
        Assert.False(resolved["certain"].GetBoolean());
        Assert.Equal(2, resolved["candidates"].GetArrayLength());
    }

    [Fact]
    public void The_counts_of_units_are_those_of_the_law_on_each_day()
    {
        var book = town.Places;
        int Count(AreaLevel level, DateOnly on, bool home) => book.All.Count(a => a.Level == level && a.Valid.Holds(on) && (!home || book.Province(a)?.Id == book.Home(on)!.Id));
        var (then, now) = (new DateOnly(2022, 4, 12), new DateOnly(2026, 11, 24));
        Assert.Equal((63, 11, 156), (Count(AreaLevel.Province, then, false), Count(AreaLevel.District, then, true), Count(AreaLevel.Commune, then, true)));
        Assert.Equal((34, 0, 102), (Count(AreaLevel.Province, now, false), Count(AreaLevel.District, now, true), Count(AreaLevel.Commune, now, true)));
    }

    [Fact]
    public async Task The_journal_cannot_be_changed_even_by_the_owner()
    {
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => town.Execute("update journal.entry set actor = 'nobody'"));
    }

    [Theory]
    [InlineData("/dang-nhap")]
    [InlineData("/sogoc.css")]
    [InlineData("/lib/bootstrap.min.css")]
    [InlineData("/openapi/v1.json")]
    public async Task A_public_page_has_content(string path)
    {
        using var stranger = town.Stranger();
        Assert.True((await stranger.Get(path)).Succeeds().Text.Length > 500);
    }
}
