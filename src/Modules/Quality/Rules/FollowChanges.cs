using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Sealing;
using SoGoc.Kernel.Time;

namespace SoGoc.Quality.Rules;

/// <summary>Asks the rules again about records that the journal says have changed, so that a mended fault leaves the work list at once. Cursor and findings are one transaction.</summary>
internal sealed class FollowChanges(Session session, FindingBook findings, TimeProvider clock)
{
    private const int Most = 500;

    /// <summary>Behind by more than this, as after a founding, the next run over the whole register is quicker.</summary>
    private const int TooFar = 20_000;

    internal sealed record Followed(bool More);

    public async Task<Outcome<Followed>> Run()
    {
        var places = await session.Rows("select place from quality.cursor for update skip locked", r => r.GetInt64(0));
        var size = await Feed.Size(session);
        if (places is not [var after] || after >= size)
        {
            return new Followed(false);
        }

        var ran = await session.Value<bool>("select exists (select from quality.run where kind = 'rules' and ended_at is not null)");
        if (!ran || size - after > TooFar)
        {
            // Nobody waits for what no run has looked at yet.
            await session.Execute("update quality.cursor set place = $1", size);
            return new Followed(false);
        }

        var until = Math.Min(size, after + Most);
        var changed = await Feed.Subjects(session, after, until, "population");
        if (changed.Length > 0)
        {
            await Look(changed);
        }

        await session.Execute("update quality.cursor set place = $1", until);
        return new Followed(until < size);
    }

    /// <summary>Asks all rules that can be asked about some.</summary>
    /// <param name="changed">Records of persons or households.</param>
    public async Task Look(Guid[] changed)
    {
        var (persons, households) = await findings.Around(changed);
        var (rules, day, now) = (await Rule.All(session), clock.Today(), clock.GetUtcNow());
        foreach (var of in Bases.OfSome)
        {
            await findings.Keep(of, [.. rules.Where(r => r.Base == of)], day, now, of == Bases.Household ? [.. households.Union(changed)] : persons);
        }
    }
}
