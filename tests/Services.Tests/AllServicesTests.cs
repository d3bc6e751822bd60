using System.Runtime.Versioning;
using System.Text.Json;
using SoGoc.Testing;

namespace SoGoc.Services.Tests;

/// <summary>The 25 essential services of Đề án 06, each from the counter to the result.</summary>
[SupportedOSPlatform("linux")]
public sealed class AllServicesTests(ServiceTown town) : IClassFixture<ServiceTown>
{
    [Fact]
    public async Task The_list_of_the_plan_has_its_twenty_five_services_and_each_can_be_found()
    {
        using var stranger = town.Stranger();
        var listed = (await stranger.Post("/procedures/list", new { programme = "de-an-06-25" })).Succeeds()["procedures"].EnumerateArray().ToList();
        Assert.Equal(Enumerable.Range(1, 25), listed.Select(p => p.GetProperty("no").GetInt32()));
        Assert.All(listed, p => Assert.NotEmpty(p.GetProperty("desk").GetString()!));
    }

    [Theory]
    [InlineData("lam giay khai sinh", "AG.09")]
    [InlineData("làm giấy khai sinh", "AG.09")]
    [InlineData("mat the can cuoc", "2.001194")]
    [InlineData("bang lai bi mat", "3.000347")]
    [InlineData("sang ten dong ho dien", "AG.23")]
    [InlineData("di lam xa", "1.003677")]
    [InlineData("chuyen ho khau", "1.004222")]
    [InlineData("that nghiep", "AG.25")]
    [InlineData("lam ho chieu", "AG.12")]
    [InlineData("con chết", "AG.10")]
    [InlineData("vo de", "AG.09")]
    [InlineData("sổ hồng", "AG.19")]
    [InlineData("lam giay khai sihn", "AG.09")]
    public async Task Everyday_words_lead_to_the_service(string words, string code)
    {
        using var stranger = town.Stranger();
        var found = (await stranger.Post("/procedures/list", new { words })).Succeeds()["procedures"].EnumerateArray().Select(p => p.GetProperty("code").GetString()).ToList();
        Assert.True(found.IndexOf(code) is >= 0 and < 3, string.Join(' ', found));
    }

    /// <summary>Who has chosen English reads no service half in Vietnamese; laws and names of offices stay as they are.</summary>
    [Fact]
    public async Task Each_service_and_all_that_its_form_asks_is_there_in_English()
    {
        var known = File.ReadLines(Path.Combine(Clone.Root, "src/Modules/Services/Procedures/English.txt")).Select(l => l.Split(" || ")[0]).ToHashSet(StringComparer.Ordinal);
        using var http = new HttpClient { BaseAddress = town.Address, DefaultRequestHeaders = { { "Cookie", ".AspNetCore.Culture=" + Uri.EscapeDataString("c=vi-VN|uic=en-GB") } } };
        foreach (var code in Procedures("act", "partner", "desk", "answer"))
        {
            var p = Procedure(code);
            var asked = p.GetProperty("fields").EnumerateArray().ToList();
            List<string?> onPage = [p.GetProperty("name").GetString(), p.GetProperty("about").GetString(), p.GetProperty("result").GetProperty("name").GetString(),
                .. p.GetProperty("conditions").EnumerateArray().SelectMany(c => new[] { c.GetProperty("ask").GetString(), c.GetProperty("otherwise").GetString() }), .. p.GetProperty("bring").EnumerateArray().Select(b => b.GetString()),
                .. p.GetProperty("papers").EnumerateArray().SelectMany(x => Texts(x, "name", "instead"))];
            var phrases = onPage.Skip(2).Append(p.GetProperty("result").GetProperty("text").GetString()).Concat(asked.SelectMany(f => Texts(f, "hint")))
                .Concat(asked.Where(f => f.TryGetProperty("choices", out _)).SelectMany(f => f.GetProperty("choices").EnumerateArray().Select(c => c.GetProperty("name").GetString())));
            Assert.DoesNotContain(phrases, t => !known.Contains(t!));
            Assert.All(asked, f => Assert.True(f.TryGetProperty("labelEn", out _), $"{code} {f}"));
            var page = System.Net.WebUtility.HtmlDecode(await http.GetStringAsync($"/dich-vu/{code}", TestContext.Current.CancellationToken));
            Assert.All(onPage, t => Assert.DoesNotContain(t!, page, StringComparison.Ordinal));
        }

        Assert.Contains("AG.09", await http.GetStringAsync("/dich-vu?tim=register+a+birth", TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    private static IEnumerable<string?> Texts(JsonElement of, params string[] names) => names.Where(n => of.TryGetProperty(n, out var text) && text.ValueKind == JsonValueKind.String).Select(n => of.GetProperty(n).GetString());

    public static TheoryData<string> ByPartner => [.. Procedures("partner", "desk", "answer")];

    [Theory]
    [MemberData(nameof(ByPartner))]
    public async Task A_service_of_an_agency_goes_from_the_counter_to_the_agencys_answer_and_the_result(string code)
    {
        var clerk = await town.Clerk();
        var (procedure, citizen) = (Procedure(code), await town.Resident());
        var taken = (await clerk.Post("/files/take-in", new { procedure = code, number = citizen.Facts.Number!.Value.ToString(), answers = town.Answers(procedure), once = Guid.NewGuid() })).Succeeds();
        var file = taken["code"].GetString()!;
        await town.Paid(clerk, file);
        using var officer = await town.Officer((await town.DeskOf(file))!);
        (await officer.Post("/files/take", new { code = file })).Succeeds();
        if (procedure.GetProperty("carries").GetProperty("kind").GetString() == "partner")
        {
            (await officer.Post("/files/carry-out", new { code = file })).Succeeds();
        }
        else
        {
            (await officer.Post("/files/decide", new { code = file, resultNo = "XN-01/2026" })).Succeeds();
        }

        await town.Until(file, 9);
        (await officer.Post("/files/return", new { code = file, how = "counter" })).Succeeds();
        var shown = (await officer.Post("/files/show", new { code = file })).Succeeds()["file"];
        Assert.Equal(("returned", false), (shown.GetProperty("status").GetString(), shown.GetProperty("clock").TryGetProperty("due", out _)));
        Assert.Equal(64, (await town.Value<string>("select used_values from services.file where code = $1", file))!.Length);
    }

    internal static JsonElement Procedure(string code) => JsonDocument.Parse(File.ReadAllText(Path.Combine(Folder, code + ".json"))).RootElement;

    private static IEnumerable<string> Procedures(params string[] kinds) => Directory.EnumerateFiles(Folder, "*.json").Select(p => Path.GetFileNameWithoutExtension(p))
        .Where(c => kinds.Contains(Procedure(c).GetProperty("carries").GetProperty("kind").GetString())).Order(StringComparer.Ordinal);

    internal static readonly string Folder = Path.Combine(Clone.Root, "reference/procedures");
}
