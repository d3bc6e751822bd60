using System.Text.Json;
using SoGoc.Host.Demo;
using SoGoc.Kernel.Journaling;

namespace SoGoc.Host.Commands;

/// <summary>`sogoc run`: the server, until Ctrl-C. With --demo it founds an invented province first and writes demo.json.</summary>
internal static class RunHost
{
    public static async Task<int> Run(Settings settings, bool demo, CancellationToken stop)
    {
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
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stop);
        using var registration = app.Lifetime.ApplicationStopping.Register(ended.Cancel);
        await Task.WhenAny(storage.Ended, Task.Delay(Timeout.Infinite, ended.Token));
        await app.StopAsync(CancellationToken.None);
        await app.DisposeAsync();
        return 0;
    }
}
