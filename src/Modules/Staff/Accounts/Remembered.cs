using System.Collections.Concurrent;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Time;

namespace SoGoc.Staff.Accounts;

/// <summary>Who is behind a secret. A script's token is remembered for a few seconds, so that one which asks a thousand times a second is looked up once: what
/// happens to its official is seen when the memory fades. The session of a page is looked up each time, and ends at once.</summary>
internal sealed class Remembered(Reads reads, TimeProvider clock)
{
    private const int Most = 20_000;
    private static readonly TimeSpan Fades = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, (Actor Who, long Since)> tokens = new(StringComparer.Ordinal);

    public async ValueTask<Actor?> Who(string secret, bool token)
    {
        if (!token)
        {
            return await Ask(secret, token);
        }

        if (tokens.TryGetValue(secret, out var entry) && clock.GetElapsedTime(entry.Since) < Fades)
        {
            return entry.Who;
        }

        tokens.TryRemove(secret, out _);
        if (await Ask(secret, token) is not { } who)
        {
            return null;
        }

        if (tokens.Count >= Most)
        {
            tokens.Clear();
        }

        tokens[secret] = (who, clock.GetTimestamp());
        return who;
    }

    /// <summary>The official behind a secret, with what his posts of today let him do.</summary>
    private async Task<Actor?> Ask(string secret, bool token)
    {
        var rows = await reads.Rows("""
            select o.id, o.name, a.name, p.role, p.area_id, coalesce(array_agg(rp.permission) filter (where rp.permission is not null), '{}')
              from staff.session s join staff.official o on o.id = s.official_id and o.active join staff.agency a on a.code = o.agency_code
              left join staff.post p on p.official_id = o.id and p.valid @> $3
              left join staff.role_permission rp on rp.role = p.role
             where s.hash = $1 and s.kind = $2 and s.ended_at is null and s.expires_at > $4
             group by 1, 2, 3, 4, 5
            """, r => (Id: r.GetGuid(0), Name: r.GetString(1), Office: r.GetString(2), Role: r.Text(3), Area: r.Maybe<int>(4), May: r.Get<string[]>(5)),
            SignIns.Hash(secret), token ? "token" : "page", clock.Today(), clock.GetUtcNow());
        return rows.Count == 0 ? null : new Actor($"official:{rows[0].Id}", rows[0].Name, rows[0].Office, rows.SelectMany(r => r.May).ToHashSet(),
            [.. rows.Where(r => r.Area is not null).Select(r => r.Area!.Value)], rows.Any(r => r.Role is not null && r.Area is null));
    }
}
