using System.ComponentModel.DataAnnotations;
using NpgsqlTypes;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Quality.Rules;

namespace SoGoc.Quality.Work;

/// <summary>What there is to do in the area of the official, by rule and hamlet, and how it goes on. Nobody is named: who takes work reads the records for it.</summary>
internal sealed class ListFindings(Reads reads, CurrentActor actor, TimeProvider clock)
{
    /// <summary>The pace is that of the last days.</summary>
    private const int PaceDays = 28;

    /// <summary>Days beyond which no forecast is told.</summary>
    private const int FarAway = 3650;

    /// <param name="Rule">Only this rule; with it the hamlets are told apart.</param>
    /// <param name="Measure">Only rules of this measure.</param>
    /// <param name="Hamlet">Only this hamlet.</param>
    internal sealed record Request([MaxLength(60)] string? Rule = null, [MaxLength(20)] string? Measure = null, [MaxLength(200)] string? Hamlet = null);

    /// <param name="Hamlet">Null: all, or not known.</param>
    /// <param name="Free">Nobody has taken them.</param>
    /// <param name="Late">Beyond their term.</param>
    /// <param name="Back">Came back after they had gone.</param>
    internal sealed record Group(string Rule, string Says, string Measure, string Severity, string Desk, string Ground, string? Hamlet, long Free, long Taken, long Late, long Back, DateOnly? Due);

    /// <param name="Open">All that is open.</param>
    /// <param name="Mine">Taken by the official and not answered.</param>
    /// <param name="Closed">How many a day have gone lately.</param>
    /// <param name="Through">When nothing is left, at this pace; null: never.</param>
    internal sealed record Shown(IReadOnlyList<Group> Groups, long Open, long Late, long Mine, double Closed, DateOnly? Through);

    public async Task<Outcome<Shown>> Run(Request r)
    {
        var (today, now) = (clock.Today(), clock.GetUtcNow());
        var rule = string.IsNullOrWhiteSpace(r.Rule) ? null : r.Rule;
        var rows = await reads.Rows($"""
            select {Rule.Columns}, case when $1::text is null then null else f.hamlet end as hamlet, count(*) filter (where f.holder is null), count(*) filter (where f.holder is not null), count(*) filter (where f.due_on < $3),
                   count(*) filter (where f.back > 0), min(f.due_on)
              from quality.finding f join quality.rule r on r.code = f.rule
             where f.gone_at is null and f.outcome is null and ($1::text is null or f.rule = $1) and ($2::text is null or r.measure = $2) and ($4::text is null or f.hamlet = $4) and r.base <> 'duplicate' group by r.code, 13 order by 13 nulls last
            """, x => (Rule: Rule.Read(x), Hamlet: x.Text(12), Free: x.GetInt64(13), Taken: x.GetInt64(14), Late: x.GetInt64(15), Back: x.GetInt64(16), Due: x.Maybe<DateOnly>(17)),
            rule.As(NpgsqlDbType.Text), (string.IsNullOrWhiteSpace(r.Measure) ? null : r.Measure).As(NpgsqlDbType.Text), today, (string.IsNullOrWhiteSpace(r.Hamlet) ? null : r.Hamlet).As(NpgsqlDbType.Text));
        var pace = (await reads.Rows("""
            select count(*) filter (where f.gone_at >= $1), count(*) filter (where f.gone_at is null and f.outcome is null), count(*) filter (where f.gone_at is null and f.outcome is null and f.due_on < $2),
                   count(*) filter (where f.gone_at is null and f.outcome is null and f.holder = $3)
              from quality.finding f
            """, x => (Gone: x.GetInt64(0), Open: x.GetInt64(1), Late: x.GetInt64(2), Mine: x.GetInt64(3)), now.AddDays(-PaceDays), today, actor.Value.Holder))[0];
        var closed = (double)pace.Gone / PaceDays;
        DateOnly? through = pace.Open > 0 && closed > 0 && pace.Open / closed < FarAway ? today.AddDays((int)Math.Ceiling(pace.Open / closed)) : null;
        return new Shown([.. rows.OrderBy(x => Array.IndexOf(Rule.Severities, x.Rule.Severity)).ThenByDescending(x => x.Free + x.Taken)
            .Select(x => new Group(x.Rule.Code, x.Rule.Heading, x.Rule.Measure, x.Rule.Severity, x.Rule.Desk, x.Rule.Ground, x.Hamlet, x.Free, x.Taken, x.Late, x.Back, x.Due))],
            pace.Open, pace.Late, pace.Mine, closed, through);
    }
}
