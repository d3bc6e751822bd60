using System.Net;
using System.Net.Http.Headers;
using System.Net.Sockets;
using SoGoc.Exchange.Partners;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Pages;

namespace SoGoc.Exchange.Deliveries;

/// <summary>How an attempt ended.</summary>
/// <param name="Fault">null: taken; otherwise why not, in a word for those who look after it.</param>
/// <param name="Gone">The partner wants to be told nothing any more (410).</param>
/// <param name="Overburdened">It cannot be reached, or asks for rest (429, 5xx): nothing else is sent for a while.</param>
/// <param name="RetryAfter">How long it asks for.</param>
internal sealed record Attempt(string? Fault, bool Gone = false, bool Overburdened = false, TimeSpan? RetryAfter = null)
{
    public const string Timeout = "timeout", Unreachable = "unreachable", NotAllowed = "not-allowed";

    /// <summary>Faults that are no status of HTTP.</summary>
    public static readonly string[] Faults = [Timeout, Unreachable, NotAllowed];

    /// <summary>A fault in words.</summary>
    public static string Said(Sentences say, string? fault) => Faults.Contains(fault) ? say["exchange.fault-" + fault] : fault ?? "";
}

/// <summary>Calls partners: follows no redirection, uses no proxy and no cookies, connects only to addresses that may be called, and waits for twenty seconds.</summary>
internal sealed class PartnerHttp : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20), MostRest = TimeSpan.FromHours(1);
    private readonly HttpClient client;

    public PartnerHttp(PartnerNetworks networks, Installation here)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false, UseCookies = false, UseProxy = false, ConnectTimeout = TimeSpan.FromSeconds(10), PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectCallback = (context, stop) => Connect(context.DnsEndPoint, networks, here, stop),
        };
        client = new HttpClient(handler) { Timeout = Patience };
    }

    /// <summary>An address is looked up once and judged as it is used, so that a name cannot mean something else a moment later.</summary>
    private static async ValueTask<Stream> Connect(DnsEndPoint to, PartnerNetworks networks, Installation here, CancellationToken stop)
    {
        var addresses = (await Dns.GetHostAddressesAsync(to.Host, stop)).Where(a => PartnerAddress.MayBeCalled(a, networks, here)).ToArray();
        if (addresses.Length == 0)
        {
            throw new HttpRequestException(HttpRequestError.ConnectionError, Attempt.NotAllowed);
        }

        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        try
        {
            await socket.ConnectAsync(addresses, to.Port, stop);
            return new NetworkStream(socket, ownsSocket: true);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <param name="url">Where to.</param>
    /// <param name="id">Under which id.</param>
    /// <param name="secrets">By which it is signed; during a change of secrets by both.</param>
    /// <param name="at">The time of the attempt.</param>
    /// <param name="body">A CloudEvent.</param>
    /// <param name="stop">The program ends.</param>
    public async Task<Attempt> Send(string url, string id, IEnumerable<string> secrets, DateTimeOffset at, byte[] body, CancellationToken stop)
    {
        using var content = new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue("application/cloudevents+json", "utf-8") } };
        using var request = new HttpRequestMessage(HttpMethod.Post, url) { Content = content };
        request.Headers.TryAddWithoutValidation(WebhookSignature.IdHeader, id);
        request.Headers.TryAddWithoutValidation(WebhookSignature.TimeHeader, at.ToUnixTimeSeconds().ToString(System.Globalization.CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation(WebhookSignature.SignatureHeader, string.Join(' ', secrets.Select(s => WebhookSignature.Sign(s, id, at, body))));
        try
        {
            using var answer = await client.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, stop);
            var status = (int)answer.StatusCode;
            var after = answer.Headers.RetryAfter is { } wish ? wish.Delta ?? wish.Date - at : null;
            return status is >= 200 and < 300 ? new Attempt(null)
                : new Attempt($"HTTP {status}", Gone: status == 410, Overburdened: status is 429 or >= 500, RetryAfter: after is { Ticks: > 0 } rest ? (rest < MostRest ? rest : MostRest) : null);
        }
        catch (TaskCanceledException) when (!stop.IsCancellationRequested)
        {
            return new Attempt(Attempt.Timeout, Overburdened: true);
        }
        catch (HttpRequestException e)
        {
            return new Attempt(e.Message == Attempt.NotAllowed || e.InnerException?.Message == Attempt.NotAllowed ? Attempt.NotAllowed : Attempt.Unreachable, Overburdened: true);
        }
    }

    public void Dispose() => client.Dispose();
}
