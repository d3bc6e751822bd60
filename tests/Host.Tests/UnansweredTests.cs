using System.Net;
using System.Text;
using SoGoc.Testing;

namespace SoGoc.Host.Tests;

/// <summary>A script gets problems in JSON also for what never reached a feature, and no page.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class UnansweredTests(Town town) : IClassFixture<Town>
{
    [Theory]
    [InlineData("{ \"text\": ")]
    [InlineData("[]")]
    [InlineData("nguyen")]
    public async Task What_is_no_json_is_refused_as_such(string body)
    {
        using var tinh = await town.As("tinh");
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        (await Reply.Of(await tinh.Http.PostAsync("/api/v1/persons/search", content, TestContext.Current.CancellationToken))).Refuses("kernel.not-json");
    }

    [Fact]
    public async Task A_route_that_does_not_exist_is_not_found()
    {
        using var tinh = await town.As("tinh");
        (await tinh.Post("/no/such/route", new { })).Refuses("kernel.not-found", HttpStatusCode.NotFound);
    }
}
