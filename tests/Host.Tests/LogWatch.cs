using Microsoft.Extensions.Logging;

namespace SoGoc.Host.Tests;

/// <summary>Tells when a line with certain words has been logged.</summary>
internal sealed class LogWatch(string words, Action? then = null) : ILogger
{
    private readonly TaskCompletionSource seen = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task Seen => seen.Task.WaitAsync(TimeSpan.FromMinutes(1));

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => true;

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!formatter(state, exception).Contains(words, StringComparison.Ordinal)) return;
        seen.TrySetResult();
        then?.Invoke();
    }
}
