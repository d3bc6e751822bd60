using System.Collections.Concurrent;
using Microsoft.Extensions.DependencyInjection;
using SoGoc.Kernel.Access;

namespace SoGoc.Staff.Accounts;

/// <summary>Remembers for a few seconds who is behind a secret, so that a script which asks a thousand times a second is looked up once. Signing out here is
/// forgotten at once; what happened on another Host, or to a post, is seen when the memory fades.</summary>
internal sealed class Remembered(TimeProvider clock)
{
    private const int Most = 20_000;
    private static readonly TimeSpan Fades = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<(string Secret, bool Token), (Actor Who, long Since)> known = new();

    public async ValueTask<Actor?> Who(string secret, bool token, IServiceProvider services)
    {
        if (known.TryGetValue((secret, token), out var entry) && clock.GetElapsedTime(entry.Since) < Fades)
        {
            return entry.Who;
        }

        known.TryRemove((secret, token), out _);
        if (await services.GetRequiredService<SignIns>().Who(secret, token) is not { } who)
        {
            return null;
        }

        if (known.Count >= Most)
        {
            known.Clear();
        }

        known[(secret, token)] = (who, clock.GetTimestamp());
        return who;
    }

    public void Forget(string secret) => known.TryRemove((secret, false), out _);
}
