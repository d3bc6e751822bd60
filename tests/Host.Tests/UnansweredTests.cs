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

    [Fact]
    public async Task A_method_that_a_route_does_not_take_is_told_as_such_and_not_as_a_lack_of_rights()
    {
        using var clerk = await town.As("canbo");
        using var reply = await clerk.Http.GetAsync("/api/v1/persons/lookup", TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, reply.StatusCode);
        Assert.Equal(["POST"], reply.Content.Headers.Allow);
    }

    [Theory]
    [InlineData("application/json; charset=foo")]
    [InlineData("text/plain")]
    public async Task A_body_that_is_written_in_no_known_way_is_refused(string type)
    {
        using var clerk = await town.As("canbo");
        using var content = new StringContent("{}");
        content.Headers.Remove("Content-Type");
        content.Headers.TryAddWithoutValidation("Content-Type", type);
        (await Reply.Of(await clerk.Http.PostAsync("/api/v1/persons/search", content, TestContext.Current.CancellationToken))).Refuses("kernel.not-json");
    }

    [Fact]
    public async Task A_ground_as_long_as_a_book_and_a_request_as_large_as_a_list_are_refused()
    {
        using var registrar = await town.As("tinh");
        (await registrar.Post("/persons/correct", new { id = Guid.NewGuid(), after = new { phone = "0900000001" }, ground = new string('a', 1001) })).Refuses("population.ground-too-long");
        (await registrar.Post("/persons/correct", new { id = Guid.NewGuid(), after = new { phone = "0900000001" }, ground = new string('a', 300_000) })).Refuses("kernel.request-too-large", HttpStatusCode.RequestEntityTooLarge);
    }
}
