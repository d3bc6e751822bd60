using System.Net;
using System.Net.Http.Json;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;

namespace SoGoc.Testing;

/// <summary>Somebody who uses the pages as a browser without scripts does: with cookies, and forms that carry their mark.</summary>
[SupportedOSPlatform("linux")]
public sealed partial class Sitting : IDisposable
{
    private readonly Town town;
    private readonly HttpClient http;

    internal Sitting(Town town)
    {
        this.town = town;
        http = new HttpClient(new HttpClientHandler { UseCookies = true }) { BaseAddress = town.Address };
        http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        http.DefaultRequestHeaders.UserAgent.ParseAdd("Thu-Nghiem/1.0");
    }

    /// <summary>Signs in; the page that this leads to.</summary>
    public Task<SeenPage> SignIn(string account, string password = "minh-hoa-2026") => Send("/dang-nhap", ("account", account), ("password", password));

    public async Task<SeenPage> Get(string path) => await Seen(await http.GetAsync(path));

    /// <summary>A file as it comes.</summary>
    public Task<byte[]> Bytes(string path) => http.GetByteArrayAsync(path);

    /// <summary>Fills in a form of a page and sends it.</summary>
    /// <param name="path">The page, and the handler of the form: /can-bo/…?handler=Grant.</param>
    /// <param name="fields">What is filled in.</param>
    public async Task<SeenPage> Send(string path, params (string Name, string? Value)[] fields)
    {
        var page = await http.GetStringAsync(path.Split('?')[0]);
        var mark = Mark().Match(page).Groups[1].Value;
        using var form = new FormUrlEncodedContent([.. fields.Select(f => new KeyValuePair<string, string>(f.Name, f.Value ?? "")), new("__RequestVerificationToken", mark)]);
        return await Seen(await http.PostAsync(path, form));
    }

    /// <summary>The same for a form that brings files.</summary>
    /// <param name="path">The page, and the handler of the form.</param>
    /// <param name="fields">What is filled in.</param>
    /// <param name="files">Field, name and content of each.</param>
    public async Task<SeenPage> Bring(string path, (string Name, string? Value)[] fields, params (string Field, string Name, byte[] Content)[] files)
    {
        using var form = new MultipartFormDataContent { { new StringContent(Mark().Match(await http.GetStringAsync(path.Split('?')[0])).Groups[1].Value), "__RequestVerificationToken" } };
        foreach (var (name, value) in fields)
        {
            form.Add(new StringContent(value ?? ""), name);
        }

        foreach (var (field, name, content) in files)
        {
            form.Add(new ByteArrayContent(content), field, name);
        }

        return await Seen(await http.PostAsync(path, form));
    }

    /// <summary>Sends a body as it is, and hears the answer as soon as there is one.</summary>
    public async Task<HttpResponseMessage> Push(string path, HttpContent body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, path) { Content = body };
        request.Headers.ExpectContinue = true;
        return await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
    }

    /// <summary>A request of the API, in the same session.</summary>
    public async Task<Reply> Post(string route, object body) => await Reply.Of(await http.PostAsJsonAsync("/api/v1" + route, body));

    public void Dispose() => http.Dispose();

    private async Task<SeenPage> Seen(HttpResponseMessage answer)
    {
        using (answer)
        {
            return new SeenPage(town, answer.StatusCode, answer.RequestMessage!.RequestUri!.AbsolutePath, WebUtility.HtmlDecode(await answer.Content.ReadAsStringAsync()));
        }
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex Mark();
}

/// <summary>A page as it came, and where it was.</summary>
[SupportedOSPlatform("linux")]
public sealed record SeenPage(Town Town, HttpStatusCode Status, string Path, string Text)
{
    /// <summary>It was done.</summary>
    public SeenPage Succeeds()
    {
        Assert.True((int)Status is >= 200 and < 300, $"{(int)Status} {Path}: {Alerts()}");
        return this;
    }

    /// <summary>It was refused with the sentence of this code.</summary>
    public void Refuses(string code)
    {
        Assert.False((int)Status is >= 200 and < 300, $"Was not refused: {Path}");
        var said = Town.Sentence(code)!.Value.Vi.Split('{')[0].TrimEnd();
        Assert.True(Text.Contains(said, StringComparison.Ordinal), $"{(int)Status} {Path} does not say «{said}»: {Alerts()}");
    }

    public SeenPage Says(params string[] texts)
    {
        Assert.All(texts, t => Assert.Contains(t, Text, StringComparison.Ordinal));
        return this;
    }

    /// <summary>What it says is wrong.</summary>
    public string Alerts() => string.Join(" | ", Regex.Matches(Text, "role=\"alert\".*?</div>|so-fault-why.*?</p>", RegexOptions.Singleline).Select(m => m.Value));
}
