using System.Net;
using System.Net.Http.Json;
using System.Text.Json;

namespace SoGoc.Testing;

/// <summary>Somebody who asks the platform over HTTP.</summary>
public sealed class Official : IDisposable
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    internal Official(Uri address, string? token)
    {
        Http = new HttpClient { BaseAddress = address };
        if (token is not null)
        {
            Http.DefaultRequestHeaders.Authorization = new("Bearer", token);
        }
    }

    public HttpClient Http { get; }

    /// <summary>The API as programs see it.</summary>
    public Client.SoGocClient Api => new(Http);

    /// <summary>A request of the API.</summary>
    /// <param name="path">Below /api/v1.</param>
    /// <param name="body">Written as JSON.</param>
    public async Task<Reply> Post(string path, object body) => await Reply.Of(await Http.PostAsJsonAsync("/api/v1" + path, body));

    public async Task<Reply> Get(string path) => await Reply.Of(await Http.GetAsync(path));

    /// <summary>Sends a list and waits for the dry run, or gets its refusal.</summary>
    public async Task<Reply> Send(string name, byte[] list)
    {
        using var content = new ByteArrayContent(list);
        var sent = await Reply.Of(await Http.PostAsync("/api/v1/lists?name=" + Uri.EscapeDataString(name), content));
        return sent.IsGood ? await Until(sent["id"].GetString()!, "checked") : sent;
    }

    /// <summary>Sends a list, waits for the dry run, enters it, and waits again.</summary>
    public async Task<Reply> Enter(string name, byte[] list)
    {
        var sent = await Send(name, list);
        return sent.IsGood ? await Enter(sent["list"].GetProperty("id").GetString()!) : sent;
    }

    /// <summary>Enters the sound rows of a list that was sent.</summary>
    public async Task<Reply> Enter(string list)
    {
        var asked = await Post("/lists/enter", new { id = list });
        return asked.IsGood ? await Until(list, "done") : asked;
    }

    public void Dispose() => Http.Dispose();

    private async Task<Reply> Until(string id, string state)
    {
        while (true)
        {
            var shown = await Post("/lists/show", new { id });
            shown.Succeeds();
            var now = shown["list"].GetProperty("state").GetString();
            if (now == state)
            {
                return shown;
            }

            Assert.DoesNotContain(now, new[] { "refused", "cancelled" });
            Assert.NotEqual("failed", shown["job"].GetProperty("state").GetString());
            await Task.Delay(Glance);
        }
    }
}

/// <summary>An answer, with what a test says about it.</summary>
public sealed record Reply(HttpStatusCode Status, string Text)
{
    private static readonly JsonElement Nothing = JsonSerializer.SerializeToElement<object?>(null);

    public bool IsGood => (int)Status is >= 200 and < 300;

    public JsonElement Body { get; } = Text.StartsWith('{') || Text.StartsWith('[') ? JsonDocument.Parse(Text).RootElement.Clone() : Nothing;

    public JsonElement this[string property] => Body.GetProperty(property);

    public static async Task<Reply> Of(HttpResponseMessage answer)
    {
        using (answer)
        {
            return new Reply(answer.StatusCode, await answer.Content.ReadAsStringAsync());
        }
    }

    /// <summary>The request was done; otherwise the test ends with what was answered.</summary>
    public Reply Succeeds()
    {
        Assert.True(IsGood, $"{(int)Status}: {Text}");
        return this;
    }

    /// <summary>The request was refused with this code, in a sentence people can read.</summary>
    public void Refuses(string code, HttpStatusCode? status = null)
    {
        Assert.False(IsGood, $"Was not refused: {Text}");
        Assert.True(Body.ValueKind == JsonValueKind.Object, $"{(int)Status}: {Text}");
        var faults = this["faults"].EnumerateArray().DistinctBy(f => f.GetProperty("code").GetString()).ToDictionary(f => f.GetProperty("code").GetString()!, f => f.GetProperty("sentence").GetString()!);
        Assert.Contains(code, faults.Keys);
        Assert.NotEqual(code, faults[code]);
        if (status is { } s)
        {
            Assert.Equal(s, Status);
        }
    }
}
