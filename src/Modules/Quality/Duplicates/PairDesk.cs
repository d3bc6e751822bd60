using System.Text.Json;
using NpgsqlTypes;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Population;
using SoGoc.Quality.Rules;

namespace SoGoc.Quality.Duplicates;

/// <summary>Two records on the desk: the case for which they are read names both, so that they are seen wherever they live, and their readings are on record.</summary>
/// <param name="Case">What they are read for.</param>
/// <param name="Records">Both as they are, in the order of the pair.</param>
/// <param name="Version">Position of the newest entry about either of the pair: who decides says which he has seen.</param>
internal sealed record OnDesk(CaseFile Case, IReadOnlyDictionary<Guid, PersonState> Records, long Version);

internal sealed class PairDesk(IPopulation population, CaseBook cases, Journal journal, Session session, FindingBook findings, ICasePersons persons, CurrentActor actor, TimeProvider clock)
{
    /// <summary>At the head of the code of its cases.</summary>
    public const string Letters = "TL";

    public const string Purpose = "reconciliation";

    private static readonly string[] Fields = ["identity", "origin", "papers", "family", "residence", "household", "contact"];

    /// <param name="reference">The case of an earlier look.</param>
    /// <param name="records">Both of the pair first, and others that are laid beside them.</param>
    /// <param name="toAct">Holds the records until the transaction ends.</param>
    public async Task<Outcome<OnDesk>> Lay(string? reference, IReadOnlyList<Guid> records, bool toAct)
    {
        var taken = await cases.GoOn(Letters, Purpose, reference, records);
        if (!taken.Ok(out var file))
        {
            return taken.Problems.ToList();
        }

        var read = new Dictionary<Guid, PersonState>();
        foreach (var id in records.Distinct().Order())
        {
            if (await (toAct ? population.Hold(id) : population.Find(id)) is { } state)
            {
                read[id] = state;
            }
        }

        if (read.Values.Any(s => s.Confidential > 0) && !actor.Value.May(Permission.Of(PopulationPermission.ReadConfidential)))
        {
            return Problem.Forbidden("population.confidential");
        }

        await journal.Disclose([.. read.Keys], Fields, Purpose, file.Reference);
        var version = await session.Value<long>("select coalesce(max(position), 0) from journal.entry where subject = any($1)", (object)records.Take(2).ToArray());
        return new OnDesk(file, read, version);
    }

    /// <summary>Asks again whether these two may be one person, wherever they live: a pair that is decided leaves the work lists and the pages of both at once, and one that is open again stands there at once.</summary>
    public Task Refresh(Guid a, Guid b) => session.BeyondDuty(async () =>
    {
        var rules = (await Rule.All(session)).Where(r => r.Base == Bases.Duplicate).ToList();
        return await findings.Keep(Bases.Duplicate, rules, clock.Today(), clock.GetUtcNow(), [a, b]);
    });

    /// <summary>What of two records is compared, as they are now, by record in the order of <see cref="RegisterRows.Heads"/>; without one that answers with another.</summary>
    public async Task<Dictionary<Guid, string[]>> Compared(Pair pair) =>
        (await session.Rows(RegisterRows.Some, r => (Key: r.GetGuid(0), Cells: RegisterRows.Heads.Select((_, at) => r.GetString(at + 1)).ToArray()), clock.Today(), (Guid[])[pair.A, pair.B])).ToDictionary(r => r.Key, r => r.Cells);

    /// <summary>What a decision on the pair has seen; null: none is kept.</summary>
    public async Task<Dictionary<Guid, string[]>?> Seen(Pair pair) =>
        await session.Value<string>("select seen::text from quality.pair where id = $1", pair.Id) is { } seen ? JsonSerializer.Deserialize<Dictionary<Guid, string[]>>(seen, Journal.Json) : null;

    /// <summary>Keeps who decides, and what he saw: before the act, since it changes both records.</summary>
    public async Task Keep(Pair pair) => await session.Execute("update quality.pair set (decided_name, decided_office, seen) = ($2, $3, $4) where id = $1",
        pair.Id, actor.Value.Name, actor.Value.Office, JsonSerializer.Serialize(await Compared(pair), Journal.Json).As(NpgsqlDbType.Jsonb));

    /// <summary>A record that answers with another is proposed of nobody any more: what was said of it and its likes leaves lists and pages at once.</summary>
    public Task Leave(Guid record) => session.BeyondDuty(() => session.Execute("update quality.finding set gone_at = $1 where rule in (select code from quality.rule where base = $2) and gone_at is null and (person_id = $3 or part = $4)",
        clock.GetUtcNow(), Bases.Duplicate, record, record.ToString()));

    /// <summary>Nobody decides on his own record.</summary>
    public async Task<Problem?> OwnCase(params Guid[] records) =>
        actor.Value.OwnNumber is { } number && (await persons.Find(number)).Ok(out var own) && records.Contains(own) ? Problem.Forbidden("quality.own-record") : null;
}
