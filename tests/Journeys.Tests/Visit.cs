using System.Collections.Concurrent;
using System.Reflection;
using Deque.AxeCore.Commons;
using Microsoft.Playwright;
using Xunit.v3;

namespace SoGoc.Journeys.Tests;

/// <summary>One official at one screen. At the end, nothing may have been said on the console, and no part of a page may have failed to come.</summary>
internal sealed class Visit : IAsyncDisposable
{
    private static readonly Lazy<string> Axe = new(() => new BundledAxeScriptProvider().GetScript());

    private readonly IBrowserContext context;
    private readonly ConcurrentQueue<string> complaints = new();

    private Visit(IBrowserContext context, IPage page, bool script) => (this.context, Page, Script) = (context, page, script);

    public bool Script { get; }

    public IPage Page { get; }

    public static async Task<Visit> Begin(IBrowserContext context, bool script)
    {
        context.SetDefaultTimeout(60_000);
        var visit = new Visit(context, await context.NewPageAsync(), script);
        // A refusal (403, 404, 422) is an answer, which Chromium reports on the console all the same; a part of a page that did not come is not.
        visit.Page.Console += (_, m) =>
        {
            if (m.Type is "error" or "warning" && !m.Text.Contains("the server responded with a status of 4", StringComparison.Ordinal)) visit.complaints.Enqueue($"console: {m.Text}");
        };
        visit.Page.PageError += (_, e) => visit.complaints.Enqueue($"script: {e}");
        visit.Page.Response += (_, r) =>
        {
            if (r.Status >= 500 || (r.Status >= 400 && r.Request.ResourceType != "document")) visit.complaints.Enqueue($"{r.Status} {r.Url}");
        };
        return visit;
    }

    public Task Go(string path) => Page.GotoAsync(path);

    public async Task SignIn(string account, string password = "minh-hoa-2026")
    {
        if (!Page.Url.Contains("/dang-nhap", StringComparison.Ordinal)) await Go("/dang-nhap");
        await Page.Locator("#account").FillAsync(account);
        await Page.Locator("#password").FillAsync(password);
        await Page.Locator("#password").PressAsync("Enter");
    }

    /// <summary>Searches as clerks do: types and presses Enter.</summary>
    public async Task Ask(string text)
    {
        await Go("/tra-cuu");
        await Page.Locator("#text").FillAsync(text);
        await Page.Locator("#text").PressAsync("Enter");
    }

    public async Task Send(string name, byte[] file)
    {
        await Go("/nhap");
        await Page.Locator("#file").SetInputFilesAsync(new FilePayload { Name = name, MimeType = "text/csv", Buffer = file });
        await Press("Gửi và kiểm tra");
    }

    public Task Press(string button) => Page.GetByRole(AriaRole.Button, new() { Name = button, Exact = true }).ClickAsync();

    /// <summary>Presses a button that opens a paper beside the page, and waits for it.</summary>
    public async Task Print(string button)
    {
        var handed = new TaskCompletionSource<IResponse>();
        void Hear(object? _, IResponse answer)
        {
            if (answer.Request.Method == "POST" && answer.Url.Contains("handler=", StringComparison.Ordinal)) handed.TrySetResult(answer);
        }

        Page.Context.Response += Hear;
        await Press(button);
        var file = await handed.Task.WaitAsync(TimeSpan.FromSeconds(60));
        Page.Context.Response -= Hear;
        Assert.Equal((200, "application/pdf"), (file.Status, await file.HeaderValueAsync("content-type")));
    }

    /// <summary>The part of the page with this head.</summary>
    public ILocator Part(string head) => Page.GetByRole(AriaRole.Region, new() { Name = head, Exact = true });

    public Task Figure(string name, string number) =>
        Assertions.Expect(Page.Locator(".so-figures > div").Filter(new() { HasText = name }).Locator("dd")).ToHaveTextAsync(number);

    public async Task Sees(params string[] texts)
    {
        foreach (var text in texts) await Assertions.Expect(Page.Locator("main")).ToContainTextAsync(text);
    }

    /// <summary>The page may be as long as it likes, but never wider than the screen: at its own width and at 320 pixels, the width WCAG asks for.</summary>
    public async Task FitsTheScreen()
    {
        await Whole();
        var size = Page.ViewportSize!;
        foreach (var width in new[] { size.Width, 320 })
        {
            await Page.SetViewportSizeAsync(width, size.Height);
            var wide = await Page.EvaluateAsync<string>("""
                () => { const has = document.documentElement.clientWidth;
                  return document.documentElement.scrollWidth <= has ? '' : [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > has + 0.5 && !e.closest('.so-pan'))
                    .map(e => `${e.outerHTML.slice(0, 80)} ends at ${e.getBoundingClientRect().right}`).join('\n') || 'something'; }
                """);
            Assert.True(wide.Length == 0, $"{Page.Url} is wider than {width} pixels:\n{wide}");
        }

        await Page.SetViewportSizeAsync(size.Width, size.Height);
    }

    /// <summary>What axe finds against WCAG 2.2 AA: in dark on a phone, in light on a desk, so that each page is seen in both; in both where no phone with a script comes by. Axe is a script: where none runs, the same page was looked at by a visit that has them.</summary>
    public async Task IsOpenToEverybody()
    {
        if (!Script) return;
        await Whole();
        var chosen = await Page.EvaluateAsync<string?>("() => document.documentElement.dataset.bsTheme ?? null");
        // Asked in the page itself, of which no part stands in a frame: the package's own way opens another page for its sums, which takes ten times as long.
        await Page.EvaluateAsync(Axe.Value);
        foreach (var theme in (string[])(Page.ViewportSize!.Width < 700 ? ["dark"] : AtDesksAlone ? ["light", "dark"] : ["light"]))
        {
            await Page.EvaluateAsync("t => document.documentElement.dataset.bsTheme = t", theme);
            var found = await Page.EvaluateAsync<string[]>("""
                () => axe.run(document, { resultTypes: ['violations'], runOnly: { type: 'tag', values: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] } })
                  .then(r => r.violations.flatMap(v => v.nodes.map(n => `${v.id}: ${n.html} (${n.any.map(c => c.message).join('; ')})`)))
                """);
            Assert.True(found.Length == 0, $"{Page.Url} in {theme}\n{string.Join('\n', found)}");
        }

        await Page.EvaluateAsync("t => t ? document.documentElement.dataset.bsTheme = t : delete document.documentElement.dataset.bsTheme", chosen);
    }

    private static bool AtDesksAlone => TestContext.Current.TestMethod is IXunitTestMethod { Method: var method } && method.GetCustomAttributes<ClassDataAttribute>().Any(a => a.Class == typeof(Desks));

    /// <summary>Waits for the whole page. It is measured when its style has come too: what is asked of it before that is answered without. Asked from outside, again and again: where no script runs, a page can't wait by itself.</summary>
    public Task Whole() => Assertions.Expect(Page.Locator("html")).ToHaveJSPropertyAsync("ownerDocument.readyState", "complete", new() { Timeout = 60_000 });

    public async ValueTask DisposeAsync()
    {
        await context.DisposeAsync();
        Assert.True(complaints.IsEmpty, string.Join('\n', complaints.Append(Testing.ServerFaults.Told)));
    }
}

internal static class Finding
{
    public static ILocator Link(this IPage page, string name) => page.GetByRole(AriaRole.Link, new() { Name = name });

    public static ILocator Link(this ILocator part, string name) => part.GetByRole(AriaRole.Link, new() { Name = name });
}
