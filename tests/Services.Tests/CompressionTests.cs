using System.Runtime.Versioning;

namespace SoGoc.Services.Tests;

/// <summary>Pages come compressed, but where another site could measure them.</summary>
[SupportedOSPlatform("linux")]
public sealed class CompressionTests(StoreTown town) : IClassFixture<StoreTown>
{
    [Theory]
    [InlineData(null, "cross-site", true)]
    [InlineData("sogoc-cd=x", "same-origin", true)]
    [InlineData("sogoc-cd=x", "none", true)]
    [InlineData("sogoc-cd=x", "cross-site", false)]
    [InlineData("sogoc-cd=x", null, false)]
    public async Task A_page_is_compressed_unless_another_site_asks_for_it_in_somebodys_name(string? cookie, string? site, bool compressed)
    {
        using var http = new HttpClient(new HttpClientHandler { UseCookies = false }) { BaseAddress = town.Address };
        using var request = new HttpRequestMessage(HttpMethod.Get, "/dich-vu");
        foreach (var (name, value) in new[] { ("Accept-Encoding", "br"), ("Cookie", cookie), ("Sec-Fetch-Site", site) }.Where(h => h.Item2 is not null))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }

        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);
        Assert.Equal(compressed, answer.Content.Headers.ContentEncoding.Contains("br"));
    }
}
