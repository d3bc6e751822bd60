using System.Net;
using System.Text.RegularExpressions;
using SoGoc.Population;

namespace SoGoc.Identity.Tests;

/// <summary>A citizen at a browser without scripts: keeps cookies, reads pages, sends forms.</summary>
internal sealed partial class Citizen : IDisposable
{
    private readonly HttpClientHandler handler = new() { AllowAutoRedirect = false, CookieContainer = new CookieContainer() };
    private readonly Province province;

    public Citizen(Province province, Uri address, Guid account, Guid person, PersonState? state)
    {
        this.province = province;
        (Account, Person, State) = (account, person, state);
        Http = new HttpClient(handler) { BaseAddress = address };
        Http.DefaultRequestHeaders.Accept.ParseAdd("text/html");
        Http.DefaultRequestHeaders.UserAgent.ParseAdd("Mozilla/5.0 (Linux; Android 9) Chrome/120");
    }

    public HttpClient Http { get; }

    public CookieContainer Cookies => handler.CookieContainer;

    public Guid Account { get; }

    public Guid Person { get; }

    public PersonState? State { get; }

    public string Number => State!.Facts.Number!.Value.ToString();

    public string Phone => State!.Facts.Phone!;

    public string? Cookie(string name) => Cookies.GetCookies(Http.BaseAddress!)[name]?.Value;

    public async Task<Seen> Go(string path) => await Seen.Of(await Http.GetAsync(path));

    /// <summary>Sends the form of a page: its hidden fields, and those given.</summary>
    public async Task<Seen> Send(Seen page, string path, params (string Name, string? Value)[] fields)
    {
        var all = page.Hidden.Where(h => fields.All(f => f.Name != h.Name)).Concat(fields.Select(f => (f.Name, Value: f.Value ?? ""))).Select(f => KeyValuePair.Create(f.Item1, f.Item2));
        using var form = new FormUrlEncodedContent(all);
        return await Seen.Of(await Http.PostAsync(path, form));
    }

    public async Task<Seen> SignIn(string? password = Province.Password, string? number = null) =>
        await Send(await Go("/vao"), "/vao?handler=Password", ("number", number ?? Number), ("password", password));

    public async Task<Seen> AskForCode(string? number = null) => await Send(await Go("/vao"), "/vao?handler=Send", ("number", number ?? Number));

    public async Task<Seen> SignInByCode()
    {
        var page = await AskForCode();
        return await Send(page, "/vao?handler=Code", ("code", await province.CodeSentTo(Phone)));
    }

    public void Dispose()
    {
        Http.Dispose();
        handler.Dispose();
    }

    internal sealed partial record Seen(HttpStatusCode Status, string Text, Uri? To, HttpResponseMessage Answer)
    {
        public IReadOnlyList<(string Name, string Value)> Hidden { get; } =
        [
            .. HiddenInput().Matches(Text).Select(m => (Name: Attribute("name", m.Value), Value: Attribute("value", m.Value))).Where(f => f.Name is not null).Select(f => (f.Name!, f.Value ?? "")).DistinctBy(f => f.Item1),
        ];

        public static async Task<Seen> Of(HttpResponseMessage answer) => new(answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer.Headers.Location, answer);

        public void Shows(string text) => Assert.Contains(text, Text, StringComparison.Ordinal);

        public void LeadsTo(string path)
        {
            Assert.True(To is not null, $"{(int)Status}: {Plain()}");
            Assert.StartsWith(path, To.OriginalString, StringComparison.Ordinal);
        }

        public string Plain() => Regex.Replace(Regex.Replace(Text, "(?s)<(script|style|head).*?</\\1>", ""), "(?s)<[^>]+>|\\s+", " ");

        private static string? Attribute(string name, string tag) => Regex.Match(tag, $"\\b{name}=\"([^\"]*)\"") is { Success: true } m ? WebUtility.HtmlDecode(m.Groups[1].Value) : null;

        [GeneratedRegex("<input[^>]*type=\"hidden\"[^>]*>")]
        private static partial Regex HiddenInput();
    }
}
