using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Quality.Matching;

/// <summary>A list of an agency.</summary>
/// <param name="Before">The list of the same name before it.</param>
internal sealed record MatchedList(Guid Id, string Name, string Office, string SentBy, DateTimeOffset SentAt, string Case, IReadOnlyList<string> Heads, IReadOnlyList<string> Mapping, string State, string? Refusal, int Rows, DateTimeOffset? MatchedAt, Guid? Before)
{
    public const string Received = "received", Matching = "matching", Matched = "matched", Refused = "refused";
}

/// <summary>Lists of the official's office: another's are not there for him.</summary>
internal sealed class MatchBook(Session session, CurrentActor actor)
{
    private const string Columns = "l.id, l.name, l.office, l.sent_by, l.sent_at, l.case_ref, l.heads, l.mapping, l.state, l.refusal, l.rows, l.matched_at, l.before_id";

    public async Task<Outcome<MatchedList>> Find(Guid id) => await Any(id) is { } list && list.Office == actor.Value.Office ? list : Problem.Missing("quality.no-list");

    /// <summary>Whoever's it is; for the job that compares it.</summary>
    public Task<MatchedList?> Any(Guid id) => session.Row($"select {Columns} from quality.match_list l where l.id = $1", Read, id);

    public Task<List<MatchedList>> Newest(int most) => session.Rows($"select {Columns} from quality.match_list l where l.office = $1 order by l.sent_at desc limit $2", Read, actor.Value.Office, most);

    public async Task<Stream> File(Guid id) => new MemoryStream((await session.Value<byte[]>("select file from quality.match_list where id = $1", id))!, writable: false);

    /// <summary>How many rows came out how.</summary>
    public async Task<Dictionary<string, int>> Counts(Guid id) =>
        (await session.Rows("select outcome, count(*)::integer from quality.match_row where list_id = $1 and outcome is not null group by outcome", r => (r.GetString(0), r.GetInt32(1)), id)).ToDictionary(r => r.Item1, r => r.Item2);

    private static MatchedList Read(Npgsql.NpgsqlDataReader r) => new(r.GetGuid(0), r.GetString(1), r.GetString(2), r.GetString(3), r.Get<DateTimeOffset>(4), r.GetString(5), r.Get<string[]>(6), r.Get<string[]>(7), r.GetString(8), r.Text(9), r.GetInt32(10),
        r.Maybe<DateTimeOffset>(11), r.Maybe<Guid>(12));
}
