using System.Collections.Concurrent;
using System.Globalization;
using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SoGoc.Partners;

/// <summary>How a partner behaves.</summary>
/// <param name="Mode">done: takes the event and answers that it has caught up; refuse: answers that it will not; silent: takes it and never answers; down: 503; gone: 410; broken: 400;
/// lost: takes it in and breaks the connection off, so that the sender does not know; elsewhere: sends the sender somewhere else; twice: answers twice.</param>
/// <param name="DelayMs">How long it takes until it answers; for down the time until it says so.</param>
/// <param name="Reason">Why it refuses.</param>
internal sealed record Behaviour(string Mode, int DelayMs = 0, string? Reason = null);

/// <summary>An event that was taken in: once for each id.</summary>
internal sealed record Event(string Id, string Type, string Sequence, JsonElement Data, int Times);

/// <summary>An answer that a test wants to be sent, rightly signed or not.</summary>
/// <param name="Secret">Instead of the partner's own.</param>
/// <param name="AgeSeconds">How old the signature pretends to be.</param>
internal sealed record Wish(string Event, string State, string? Reason = null, string? Reference = null, string? Secret = null, int AgeSeconds = 0);

/// <summary>A partner with data of its own: it checks signatures, drops what it has seen, and answers when it has caught up.</summary>
internal sealed class Partner(HttpClient http, Uri answers, string secret)
{
    private readonly ConcurrentDictionary<string, Event> events = new(StringComparer.Ordinal);
    private TimeSpan ahead;
    private int cards;

    public Behaviour Behaviour { get; set; } = new("done");

    public IReadOnlyList<Event> Received => [.. events.Values.OrderBy(e => e.Sequence, StringComparer.Ordinal)];

    public async Task<IResult> Hear(HttpContext call)
    {
        var behaviour = Behaviour;
        using var body = new MemoryStream();
        await call.Request.Body.CopyToAsync(body);
        if (behaviour.Mode is "down" or "gone" or "broken")
        {
            await Task.Delay(behaviour.DelayMs, call.RequestAborted);
            return Results.StatusCode(behaviour.Mode switch { "down" => 503, "gone" => 410, _ => 400 });
        }

        if (behaviour.Mode == "elsewhere")
        {
            return Results.Redirect("/cong-an/events", preserveMethod: true);
        }

        var (id, time) = (call.Request.Headers["webhook-id"].ToString(), long.Parse(call.Request.Headers["webhook-timestamp"].ToString(), CultureInfo.InvariantCulture));
        var wanted = Sign(secret, id, time, body.ToArray());
        if (call.Request.ContentType?.StartsWith("application/cloudevents+json", StringComparison.Ordinal) != true || !call.Request.Headers["webhook-signature"].ToString().Split(' ').Contains(wanted))
        {
            return Results.Unauthorized();
        }

        // The demonstration may live on another day; from then on this partner's clock goes with it.
        ahead = DateTimeOffset.FromUnixTimeSeconds(time) - TimeProvider.System.GetUtcNow();
        var told = JsonElement.Parse(body.ToArray());
        var first = !events.ContainsKey(id);
        events.AddOrUpdate(id, _ => new Event(id, told.GetProperty("type").GetString()!, told.GetProperty("sequence").GetString()!, told.GetProperty("data"), 1), (_, e) => e with { Times = e.Times + 1 });
        if (behaviour.Mode == "lost" && first)
        {
            call.Abort();
            return Results.Empty;
        }

        if (first || behaviour.Mode is "twice" or "lost")
        {
            _ = CatchUp(id, behaviour);
        }

        return Results.Accepted();
    }

    public async Task<int> Answer(Wish wish)
    {
        var body = new JsonObject { ["event"] = wish.Event, ["state"] = wish.State };
        if (wish.Reason is not null)
        {
            body["reason"] = wish.Reason;
        }

        if (wish.Reference is not null)
        {
            body["reference"] = wish.Reference;
        }

        var bytes = JsonSerializer.SerializeToUtf8Bytes(body);
        var (id, time) = ($"tl_{Guid.NewGuid():N}", (TimeProvider.System.GetUtcNow() + ahead).ToUnixTimeSeconds() - wish.AgeSeconds);
        using var content = new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
        using var request = new HttpRequestMessage(HttpMethod.Post, answers) { Content = content };
        request.Headers.Add("webhook-id", id);
        request.Headers.Add("webhook-timestamp", time.ToString(CultureInfo.InvariantCulture));
        request.Headers.Add("webhook-signature", Sign(wish.Secret ?? secret, id, time, bytes));
        using var answer = await http.SendAsync(request);
        return (int)answer.StatusCode;
    }

    private async Task CatchUp(string id, Behaviour behaviour)
    {
        if (behaviour.Mode == "silent")
        {
            return;
        }

        await Task.Delay(behaviour.DelayMs);
        var refuses = behaviour.Mode == "refuse";
        var wish = new Wish(id, refuses ? "refused" : "done", refuses ? behaviour.Reason ?? "Trùng hồ sơ đã có" : null, refuses ? null : $"DT-{Interlocked.Increment(ref cards):D6}");
        for (var times = behaviour.Mode == "twice" ? 2 : 1; times > 0; times--)
        {
            for (var tries = 0; tries < 5 && !await Sent(wish); tries++)
            {
                await Task.Delay(TimeSpan.FromSeconds(1 << tries));
            }
        }
    }

    private async Task<bool> Sent(Wish wish)
    {
        try
        {
            return await Answer(wish) < 500;
        }
        catch (HttpRequestException)
        {
            return false;
        }
    }

    private static string Sign(string secret, string id, long time, byte[] body) => "v1," + Convert.ToBase64String(HMACSHA256.HashData(Convert.FromBase64String(secret["whsec_".Length..]),
        (byte[])[.. Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{id}.{time}.")), .. body]));
}
