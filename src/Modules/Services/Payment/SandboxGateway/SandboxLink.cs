using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Pages;
using SoGoc.Kernel.Web;

namespace SoGoc.Services.Payment.SandboxGateway;

/// <summary>Whether the gateway is played here: in the demonstration, or where SOGOC_PAYMENT says so.</summary>
internal sealed class SandboxSwitch(PaymentSettings settings, Installation here)
{
    public bool IsOn => settings.Sandbox || here.Demonstration;
}

/// <summary>Where this Host listens, for one server to speak to the other when both are this one.</summary>
internal sealed class OwnAddress(IServer server)
{
    public string Of(string path)
    {
        var first = server.Features.Get<IServerAddressesFeature>()?.Addresses.FirstOrDefault() ?? throw new InvalidOperationException("The Host does not listen yet.");
        return first.Replace("://+", "://127.0.0.1", StringComparison.Ordinal).Replace("://*", "://127.0.0.1", StringComparison.Ordinal).Replace("://0.0.0.0", "://127.0.0.1", StringComparison.Ordinal).Replace("://[::]", "://[::1]", StringComparison.Ordinal).TrimEnd('/') + path;
    }
}

/// <summary>Speaks to a gateway's server: no redirection, no proxy, no cookies, twenty seconds.</summary>
internal sealed class GatewayHttp : IDisposable
{
    private readonly HttpClient client = new(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(10), PooledConnectionLifetime = TimeSpan.FromMinutes(5) }) { Timeout = TimeSpan.FromSeconds(20) };

    /// <param name="kind">Of the message.</param>
    /// <param name="at">Seconds of Unix time.</param>
    public async Task<HttpResponseMessage> Send(string url, string kind, byte[] body, PaymentKey key, long at, CancellationToken stop)
    {
        using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
        request.Headers.TryAddWithoutValidation(Signed.TimeHeader, at.ToString(System.Globalization.CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation(Signed.SignatureHeader, key.Sign(kind, at, body));
        return await client.SendAsync(request, stop);
    }

    public void Dispose() => client.Dispose();
}

/// <summary>The gateway that is played, as the platform speaks to it: by its page, and by HTTP between servers, as to a real one.</summary>
internal sealed class SandboxLink(SandboxSwitch here, PaymentKeys keys, PublicAddress address, OwnAddress own, GatewayHttp http, TimeProvider clock) : IPaymentGateway
{
    public bool IsThere => here.IsOn;

    public async Task<string> PageOf(PaymentOrder order, string fileCode, string back) =>
        address.Of($"{SandboxPage.Path}?{OrderAddress.Write(new GatewayOrder(order.No, order.Amount, fileCode, order.ValidUntil, address.Of(back), own.Of("/api/v1/payments/callback")), await keys.Current())}");

    public async Task<RefundAnswer> Refund(RefundRequest refund, CancellationToken stop)
    {
        try
        {
            using var answer = await http.Send(own.Of(SandboxRoutes.RefundPath), SandboxRefund.Kind, JsonSerializer.SerializeToUtf8Bytes(refund, Journal.Json), await keys.Current(), clock.GetUtcNow().ToUnixTimeSeconds(), stop);
            return answer.IsSuccessStatusCode ? await answer.Content.ReadFromJsonAsync<RefundAnswer>(Journal.Json, stop) ?? new RefundAnswer(null, "empty") : new RefundAnswer(null, $"HTTP {(int)answer.StatusCode}");
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or JsonException && !stop.IsCancellationRequested)
        {
            return new RefundAnswer(null, e.GetType().Name);
        }
    }

    public async Task<Outcome<string>> Statement(DateOnly day)
    {
        try
        {
            using var answer = await http.Send(own.Of(SandboxRoutes.StatementPath), SandboxStatement.Kind, JsonSerializer.SerializeToUtf8Bytes(new SandboxStatement.Request(day), Journal.Json), await keys.Current(), clock.GetUtcNow().ToUnixTimeSeconds(), CancellationToken.None);
            var body = await answer.Content.ReadAsByteArrayAsync();
            string? Header(string name) => answer.Headers.TryGetValues(name, out var values) ? values.First() : null;
            return !answer.IsSuccessStatusCode ? new Problem(ProblemKind.Unavailable, "services.no-statement")
                : await keys.IsGood(SandboxStatement.Kind, new Signed(Header(Signed.TimeHeader), Header(Signed.SignatureHeader), body)) ? Encoding.UTF8.GetString(body) : Problem.Conflict("services.statement-unsigned");
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException)
        {
            return new Problem(ProblemKind.Unavailable, "services.no-statement");
        }
    }
}
