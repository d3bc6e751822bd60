using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Kernel.Access;

/// <summary>How often something may be asked: so many at once, and one more after each interval. Counted in the database and outside of the request's transaction, so that
/// neither a restart nor a refusal forgets it. What was not let through costs nothing, so nobody can keep another out by asking on and on.</summary>
public sealed class RateLimit(Database database, TimeProvider clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromDays(1);

    /// <summary>Null if it may go on; otherwise the problem, which says how many seconds to wait.</summary>
    /// <param name="what">What is counted: an account, a client, an address; only its hash is kept.</param>
    /// <param name="burst">How many at once.</param>
    /// <param name="interval">One more after each.</param>
    public async Task<Problem?> Take(string what, int burst, TimeSpan interval)
    {
        var (passed, left) = (await database.RowsAlone("""
            insert into kernel.rate as r (key, tokens, at, passed) values ($1, $2::float8 - 1, $3, true)
            on conflict (key) do update set (tokens, at, passed) = (
              select now_has - (now_has >= 1)::int, $3, now_has >= 1
                from (select least($2, r.tokens + greatest(extract(epoch from $3 - r.at), 0) / $4)) as n(now_has))
            returning passed, tokens
            """, r => (r.GetBoolean(0), r.GetDouble(1)), Key(what), (double)burst, clock.GetUtcNow(), interval.TotalSeconds))[0];
        return passed ? null : new Problem(ProblemKind.TooMany, "kernel.too-often", null, Math.Max(1, (int)Math.Ceiling((1 - left) * interval.TotalSeconds)).ToString(CultureInfo.InvariantCulture));
    }

    /// <summary>What was asked was right: it is measured anew.</summary>
    public Task Forget(string what) => database.ExecuteAlone("delete from kernel.rate where key = $1", Key(what));

    /// <summary>Forgets what has filled up again long ago.</summary>
    public Task Tidy() => database.ExecuteAlone("delete from kernel.rate where at < $1", clock.GetUtcNow() - Kept);

    private static string Key(string what) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(what)).AsSpan(0, 16));
}
