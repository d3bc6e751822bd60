using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SoGoc.Kernel.Journaling;
using SoGoc.Services.Payment;
using SoGoc.Testing;

namespace SoGoc.Services.Tests;

/// <summary>Files with fees, and what the gateway tells of them.</summary>
public sealed partial class PaymentTests
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50), Patience = TimeSpan.FromSeconds(60);

    /// <summary>A file that a resident has handed in at home.</summary>
    private async Task<(Sitting Citizen, string Code)> Submitted(string procedure)
    {
        var citizen = await town.AtHome(await town.Resident());
        var fields = town.Answers(AllServicesTests.Procedure(procedure)).Select(a => ("answers." + a.Key, (string?)a.Value)).Append(("Once", Guid.NewGuid().ToString())).ToArray();
        var sent = (await citizen.Send($"/dich-vu/{procedure}/nop", fields)).Succeeds();
        Assert.StartsWith("/cua-toi/ho-so/", sent.Path, StringComparison.Ordinal);
        return (citizen, sent.Path["/cua-toi/ho-so/".Length..]);
    }

    /// <summary>An official of the desk that has the file.</summary>
    private async Task<Official> CounterOf(string code) => await town.Officer((await town.DeskOf(code))!);

    /// <summary>An order, as the counter shows it to be scanned.</summary>
    private async Task<string> Offered(string code, long amount)
    {
        using var counter = await CounterOf(code);
        return (await counter.Post("/payments/offer", new { code, amount })).Succeeds()["order"].GetString()!;
    }

    private Task<string> State(string order) => town.Value<string>("select state from services.payment_order where no = $1", order);

    private async Task Until(string order, string state)
    {
        for (var begun = TimeProvider.System.GetTimestamp(); await State(order) is var now && now != state;)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Patience, $"{order} stays {now}.");
            await Task.Delay(Glance);
        }
    }

    /// <summary>How far the gateway is with telling.</summary>
    private async Task Told(string order, string how)
    {
        for (var begun = TimeProvider.System.GetTimestamp(); !await town.Value<bool>($"select {how} from services.sandbox_payment where order_no = $1", order);)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Patience, $"{order} is not told so.");
            await Task.Delay(Glance);
        }
    }

    /// <summary>What the gateway tells, or who pretends to be it.</summary>
    private async Task<HttpStatusCode> Tell(string order, long amount, string state, string? transaction, bool forged = false, TimeSpan late = default)
    {
        await using var scope = town.Services.CreateAsyncScope();
        var key = await scope.ServiceProvider.GetRequiredService<PaymentKeys>().Current();
        key = forged ? key with { Secret = new byte[32] } : key;
        var (body, at) = (JsonSerializer.SerializeToUtf8Bytes(new TakeCallback.Request(order, amount, state, transaction, town.Clock.GetUtcNow()), Journal.Json), (town.Clock.GetUtcNow() - late).ToUnixTimeSeconds());
        using var stranger = town.Stranger();
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/v1/payments/callback") { Content = new ByteArrayContent(body) { Headers = { ContentType = new("application/json") } } };
        request.Headers.Add(Signed.TimeHeader, at.ToString(System.Globalization.CultureInfo.InvariantCulture));
        request.Headers.Add(Signed.SignatureHeader, key.Sign(TakeCallback.Kind, at, body));
        using var answer = await stranger.Http.SendAsync(request);
        return answer.StatusCode;
    }
}
