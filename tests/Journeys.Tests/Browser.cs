using Microsoft.Playwright;

namespace SoGoc.Journeys.Tests;

/// <summary>The Chromium of this machine; each journey gets a window without memory of the one before.</summary>
public sealed class Browser : IAsyncLifetime
{
    private static readonly string[] Programs = ["/usr/bin/chromium-headless-shell", "/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];
    private IPlaywright? playwright;
    private IBrowser? chromium;

    public async ValueTask InitializeAsync()
    {
        Assertions.SetDefaultExpectTimeout(60_000);
        playwright = await Playwright.CreateAsync();
        chromium = await Launch();
    }

    public async ValueTask DisposeAsync()
    {
        await chromium!.DisposeAsync();
        playwright!.Dispose();
    }

    internal async Task<Visit> Open(Town town, int width = 1366, int height = 768, bool script = true)
    {
        // A Chromium that has crashed fails the journey it crashed in, and no other.
        chromium = chromium!.IsConnected ? chromium : await Launch();
        var context = await chromium.NewContextAsync(new()
        {
            BaseURL = town.Address, ViewportSize = new() { Width = width, Height = height }, JavaScriptEnabled = script, Locale = "en-US", AcceptDownloads = true,
            HasTouch = width < 700, IsMobile = width < 700, ReducedMotion = ReducedMotion.Reduce,
        });
        return await Visit.Begin(context, script);
    }

    private Task<IBrowser> Launch() => playwright!.Chromium.LaunchAsync(new()
    {
        ExecutablePath = Programs.FirstOrDefault(File.Exists),
        Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-dev-shm-usage", "--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"],
    });
}
