using System.Text.Json;
using SoGoc.Partners;

// Plays the partners of a demonstration or a test. It prints where it listens, reads one line of JSON, {"answer": "http://…/acknowledgements", "partners": {"code": "whsec_…"}}, and ends when its input does:
// whoever started it takes it along when he goes.
var builder = WebApplication.CreateSlimBuilder(args);
builder.Logging.ClearProviders();
builder.WebHost.UseUrls("http://127.0.0.1:0");
await using var app = builder.Build();
using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
var partners = new Dictionary<string, Partner>(StringComparer.Ordinal);

app.MapPost("/{code}/events", (string code, HttpContext call) => partners.TryGetValue(code, out var partner) ? partner.Hear(call) : Task.FromResult(Results.NotFound()));
app.MapPost("/{code}/behave", (string code, Behaviour behaviour) =>
{
    partners[code].Behaviour = behaviour;
    return Results.NoContent();
});
app.MapGet("/{code}/received", (string code) => partners[code].Received);
app.MapPost("/{code}/answer", (string code, Wish wish) => partners[code].Answer(wish));

await app.StartAsync();
Console.WriteLine(app.Urls.First());
if (await Console.In.ReadLineAsync() is { } line)
{
    var told = JsonElement.Parse(line);
    foreach (var partner in told.GetProperty("partners").EnumerateObject())
    {
        partners[partner.Name] = new Partner(http, new Uri(told.GetProperty("answer").GetString()!), partner.Value.GetString()!);
    }

    Console.WriteLine("ready");
    while (await Console.In.ReadLineAsync() is not null)
    {
    }
}

await app.StopAsync();
