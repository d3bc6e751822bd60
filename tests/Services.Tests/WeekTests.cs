using System.Runtime.Versioning;
using System.Text.Json;
using SoGoc.Testing;

namespace SoGoc.Services.Tests;

/// <summary>What the weekly report of officers takes from files.</summary>
[SupportedOSPlatform("linux")]
public sealed class WeekTests(ServiceTown town) : IClassFixture<ServiceTown>
{
    private const string Card = "2.001194", Absence = "1.003677";

    [Fact]
    public async Task Shares_of_files_that_came_online_stand_in_the_weekly_report_of_their_commune()
    {
        var clerk = await town.Clerk();
        var somebody = (await town.Resident()).Facts.Number!.Value.ToString();
        (await clerk.Post("/files/take-in", new { procedure = Card, number = somebody, answers = town.Answers(AllServicesTests.Procedure(Card)), once = Guid.NewGuid() })).Succeeds();
        using var citizen = await town.AtHome(await town.Resident());
        await ServiceTown.HandIn(citizen, Absence, new() { ["from"] = "01/12/2026", ["until"] = "30/12/2027", ["reason"] = "other", ["where"] = "Tỉnh Mẫu", ["phone"] = "0900000456" });
        Assert.Equal((1d, 1d, 0.5, 1d), await Told(town.Commune.Id));
        Assert.Equal((0d, null, null, 0d), await Told(town.Elsewhere.Id));
        Assert.Equal((1d, 1d, 0.5, 1d), await Told(null));
    }

    private async Task<(double? Cards, double? Residence, double? Services, double? Accounts)> Told(int? area)
    {
        using var leader = await town.As("lanhdao");
        var lines = (await leader.Post("/quality/reports/weekly", new { area })).Succeeds()["indicators"].EnumerateArray().ToDictionary(i => i.GetProperty("code").GetString()!);
        double? Of(string line) => lines[line].TryGetProperty("value", out var value) && value.ValueKind == JsonValueKind.Number ? value.GetDouble() : null;
        return (Of("cards-asked"), Of("residence-online"), Of("services-online"), Of("eid-activated"));
    }
}
