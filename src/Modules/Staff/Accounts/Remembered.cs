using System.Collections.Concurrent;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Time;

namespace SoGoc.Staff.Accounts;

/// <summary>Who is behind a secret. A script's token is remembered for a few seconds, so that one which asks a thousand times a second is looked up once: what
/// happens to its official is seen when the memory fades. The session of a page is looked up each time, and ends at once.</summary>
internal sealed class Remembered(BeyondDuty reads, TimeProvider clock)
{
    private const int Most = 20_000;
    private static readonly TimeSpan Fades = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<string, (Known Who, long Since)> tokens = new(StringComparer.Ordinal);

    public async ValueTask<Known?> Who(string secret, bool token)
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

    /// <summary>The official behind a secret, with what his posts of today let him do, or the posts of the absent one for whom he acts. Nobody, where there is no post.</summary>
    private async Task<Known?> Ask(string secret, bool token)
    {
        var rows = await reads.Rows("""
            with who as (
              select o.id, o.name, o.person_number, o.must_change, s.owes, a.id as for_id, a.name as for_name, coalesce(a.agency_code, o.agency_code) as agency
                from staff.session s join staff.official o on o.id = s.official_id and o.active
                left join staff.absence b on b.official_id = s.acting_for and b.stand_in_id = o.id and b.valid @> $3
                left join staff.official a on a.id = b.official_id and a.active
               where s.hash = $1 and s.kind = $2 and s.ended_at is null and s.expires_at > $4)
            select w.id, w.name, w.must_change, w.for_id, w.for_name, staff.agency_name(w.agency, $3), p.area_id,
                   coalesce(array_agg(rp.permission) filter (where not rp.only_to_grant), '{}'), w.owes, p.role, w.person_number
              from who w
              join staff.post p on p.official_id = coalesce(w.for_id, w.id) and p.valid @> $3
              left join staff.role_permission rp on rp.role = p.role
             where w.for_id is not null or not exists (select from staff.absence b where b.official_id = w.id and b.stand_in_id is not null and b.valid @> $3)
             group by w.id, w.name, w.person_number, w.must_change, w.owes, w.for_id, w.for_name, w.agency, p.id, p.area_id, p.role
            """, r => (Id: r.GetGuid(0), Name: r.GetString(1), MustChange: r.GetBoolean(2), For: r.Maybe<Guid>(3), ForName: r.Text(4), Office: r.GetString(5), Area: r.Maybe<int>(6), May: r.Get<string[]>(7), Owes: r.GetBoolean(8), Role: r.GetString(9), Number: r.Text(10)),
            Kernel.Access.Secret.Hash(secret), token ? "token" : "page", clock.Today(), clock.GetUtcNow());
        if (rows.Count == 0)
        {
            return null;
        }

        var who = rows[0];
        return new Known(new Actor(who.For is { } absent ? $"official:{who.Id} for official:{absent}" : $"official:{who.Id}", who.ForName is { } other ? $"{who.Name} (thay {other})" : who.Name, who.Office,
            rows.SelectMany(r => r.May).ToHashSet(), [.. rows.Where(r => r.Area is not null).Select(r => r.Area!.Value)], rows.Any(r => r.Area is null)) 
            {
                OwnNumber = who.Number,
                StandsInFor = who.For is { } away ? $"official:{away}" : null,
                Posts = string.Join(',', rows.Select(r => r.Role).Distinct().Order(StringComparer.Ordinal)),
            }, who.MustChange, who.Owes);
    }
}

/// <summary>Who asks.</summary>
/// <param name="MustChange">Somebody else has seen his password: he has to choose another first.</param>
/// <param name="Owes">The second factor of this session is still to be shown.</param>
internal sealed record Known(Actor Who, bool MustChange, bool Owes);
