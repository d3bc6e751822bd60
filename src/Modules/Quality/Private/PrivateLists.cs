using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Quality.Private;

/// <summary>A list that is compared by keyed digests.</summary>
internal sealed record PrivateList(Guid Id, string Name, string Office, string AskedBy, DateTimeOffset AskedAt, string Case, string? Key, string State, int Rows, DateTimeOffset? MatchedAt)
{
    public const string Asked = "asked", Matching = "matching", Matched = "matched";

    public static readonly string[] States = [Asked, Matching, Matched];

    /// <summary>Purpose of the key's protection.</summary>
    public const string Protection = "digests of lists";
}

/// <summary>Such lists of the official's office: another's are not there for him.</summary>
internal sealed class PrivateLists(Session session, CurrentActor actor)
{
    public static readonly string[] Outcomes = ["matched", "differs", "other-number", "dead", "several", "not-found", "empty"];

    private const string Columns = "l.id, l.name, l.office, l.asked_by, l.asked_at, l.case_ref, l.key, l.state, l.rows, l.matched_at";

    /// <param name="hold">Of two who send at once, the second is told of the first.</param>
    public async Task<Outcome<PrivateList>> Find(Guid id, bool hold = false) => await Any(id, hold) is { } list && list.Office == actor.Value.Office ? list : Problem.Missing("quality.no-list");

    /// <summary>Whoever's it is; for the job that compares it.</summary>
    public Task<PrivateList?> Any(Guid id, bool hold = false) => session.Row($"select {Columns} from quality.private_list l where l.id = $1 {(hold ? "for no key update of l" : "")}", Read, id);

    public Task<List<PrivateList>> Newest(int most) => session.Rows($"select {Columns} from quality.private_list l where l.office = $1 order by l.asked_at desc limit $2", Read, actor.Value.Office, most);

    public async Task<Dictionary<string, int>> Counts(Guid id) =>
        (await session.Rows("select outcome, count(*)::integer from quality.private_row where list_id = $1 group by outcome", r => (r.GetString(0), r.GetInt32(1)), id)).ToDictionary(r => r.Item1, r => r.Item2);

    private static PrivateList Read(Npgsql.NpgsqlDataReader r) =>
        new(r.GetGuid(0), r.GetString(1), r.GetString(2), r.GetString(3), r.Get<DateTimeOffset>(4), r.GetString(5), r.Text(6), r.GetString(7), r.GetInt32(8), r.Maybe<DateTimeOffset>(9));
}
