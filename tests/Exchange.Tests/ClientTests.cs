using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using SoGoc.Exchange.Partners;
using SoGoc.Testing;

namespace SoGoc.Exchange.Tests;

/// <summary>Libraries of others read our events and are read by us.</summary>
[SupportedOSPlatform("linux")]
public sealed class ClientTests(Town town) : IClassFixture<Town>
{
    [Fact]
    public async Task The_npm_libraries_of_cloudevents_and_standard_webhooks_check_and_read_an_event_and_their_answer_is_taken()
    {
        var port = FreePort();
        var partner = await town.Do<RegisterPartner, RegisterPartner.Registered>(f => f.Run(new RegisterPartner.Request("npm", "tax", "Thuế (npm)", $"http://127.0.0.1:{port}/", "không ai")));
        using var served = await NpmClient.Serve("partner.mjs", new { port, secret = partner.Secret, answer = new Uri(town.Address, "/api/v1/exchange/acknowledgements"), now = town.Clock.GetUtcNow() });
        using var tinh = await town.As("tinh");
        var someone = People.Someone(1, "1980-01-02").LivingAt(town.Commune.Id, "Ấp Mẫu");
        var person = await town.Enter(someone);
        (await tinh.Post("/persons/correct", new { id = person, after = new { fullName = "Nguyễn Văn Sửa" }, ground = "QĐ mẫu" })).Succeeds();
        var told = await Courtyard.Until(tinh, person, e => Courtyard.Of(e, "tax").TryGetProperty("answer", out _) || Courtyard.Of(e, "tax").TryGetProperty("fault", out _));
        Assert.Equal(("done", $"population.person-corrected {someone.Facts.Number}"), (Courtyard.Text(told, "tax", "answer"), Courtyard.Text(told, "tax", "reference")));
    }

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
