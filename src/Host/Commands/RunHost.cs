using System.Net.NetworkInformation;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using SoGoc.Host.Demo;
using SoGoc.Kernel.Journaling;

namespace SoGoc.Host.Commands;

/// <summary>`sogoc run`: the server, until Ctrl-C. With --demo it founds an invented province first and writes demo.json.</summary>
internal static class RunHost
{
    public static async Task<int> Run(Settings settings, bool demo, CancellationToken stop)
    {
        RefuseTakenPorts(settings.Urls);
        RefuseClosedToken(settings.Signer);
        using var logging = LoggerFactory.Create(b => b.AddSimpleConsole(o => o.SingleLine = true).SetMinimumLevel(LogLevel.Information));
        await using var storage = await Storage.Open(settings, share: false, logging.CreateLogger("SoGoc.Host"), stop);
        await Platform.Found(storage.Database, settings, stop);
        var app = WebHost.Build(storage.Database, settings, demo);
        if (demo)
        {
            await Demonstration.Prepare(app.Services, storage.Database, settings, stop);
        }

        await app.StartAsync(stop);
        Console.WriteLine($"Sổ Gốc: {string.Join(' ', app.Urls)}");
        await using var partners = demo ? await DemonstrationPartners.Start(app.Services, settings, app.Urls.First()) : null;
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var registration = app.Lifetime.ApplicationStopping.Register(ended.Cancel);
        await Task.WhenAny(storage.Ended, Task.Delay(Timeout.Infinite, ended.Token));
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
        return 0;
    }

    /// <summary>A register that is to be signed by a token does not begin without it.</summary>
    private static void RefuseClosedToken(TokenSettings? token)
    {
        using var signer = token is null ? null : new TokenSigner(token);
        _ = signer?.KeyId;
    }

    /// <summary>Before anything is founded: a demonstration that stands at somebody else's address leads its users astray.</summary>
    private static void RefuseTakenPorts(string urls)
    {
        var listening = IPGlobalProperties.GetIPGlobalProperties().GetActiveTcpListeners().Select(l => l.Port).ToHashSet();
        foreach (var url in urls.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))
        {
            if (!BindingAddress.Parse(url).IsUnixPipe && BindingAddress.Parse(url).Port is > 0 and var port && listening.Contains(port))
            {
                throw new UsageException($"Cổng {port} đã có chương trình khác dùng: hãy dừng chương trình đó, hoặc đặt SOGOC_URLS sang cổng khác. / Port {port} is in use: stop that program, or set SOGOC_URLS to another port.");
            }
        }
    }
}
