using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace SoGoc.Testing;

/// <summary>Exceptions of the servers of this run, for who has to say why a page failed.</summary>
public sealed class ServerFaults : ILoggerProvider
{
    private const int Most = 3;

    private static readonly ConcurrentQueue<string> Kept = new();

    /// <summary>The last ones.</summary>
    public static string Told => string.Join('\n', Kept);

    public ILogger CreateLogger(string categoryName) => new Listener();

    public void Dispose()
    {
    }

    private sealed class Listener : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            if (exception is not null && IsEnabled(logLevel))
            {
                Kept.Enqueue($"{exception}");
                while (Kept.Count > Most && Kept.TryDequeue(out _))
                {
                }
            }
        }
    }
}
