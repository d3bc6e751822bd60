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
