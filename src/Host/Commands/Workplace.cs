using SoGoc.Kernel.Access;

namespace SoGoc.Host.Commands;

/// <summary>What every command begins with: the database, founded, and the services, acting in the name of the command line.</summary>
internal sealed class Workplace(Storage storage, ServiceProvider services) : IAsyncDisposable
{
    public Storage Storage => storage;

    public static async Task<Workplace> Open(Settings settings, CancellationToken stop)
    {
        using var logging = LoggerFactory.Create(b => b.AddSimpleConsole(o => o.SingleLine = true).SetMinimumLevel(LogLevel.Warning));
        var storage = await Storage.Open(settings, share: true, logging.CreateLogger("SoGoc.Host"), stop);
        await Platform.Found(storage.Database, settings, stop);
        var services = new ServiceCollection().AddLogging(b => b.AddSimpleConsole(o => o.SingleLine = true).SetMinimumLevel(LogLevel.Warning)).AddPlatform(storage.Database, settings);
        return new Workplace(storage, services.BuildServiceProvider());
    }

    /// <summary>One act, with a session and an actor of its own.</summary>
    public async Task<T> Do<TService, T>(Func<TService, Task<T>> act) where TService : notnull
    {
        await using var scope = services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<CurrentActor>().Set(Actor.System("command-line"));
        return await act(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public T Get<T>() where T : notnull => services.GetRequiredService<T>();

    public async ValueTask DisposeAsync()
    {
        await services.DisposeAsync();
        await storage.DisposeAsync();
    }
}
