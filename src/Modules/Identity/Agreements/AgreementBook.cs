using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Places;

namespace SoGoc.Identity.Agreements;

/// <summary>What was agreed about a system's own reading, as pages show it.</summary>
/// <param name="Areas">Keys of units; none: the whole province.</param>
internal sealed record ReadingLine(Guid Id, string Client, string ClientName, string Agency, string Agreement, string[] Purposes, string[] Classes, int[] Areas, DateOnly Until, string AskedBy, string AskedName, DateTimeOffset AskedAt, bool? Approved, DateTimeOffset? EndedAt)
{
    public string State => EndedAt is not null ? Approved == false ? "refused" : "ended" : Approved == true ? "standing" : "waiting";
}

/// <summary>Agreements on own reading, and how they are said to people.</summary>
internal sealed class AgreementBook(Reads reads, IPlaces places, Kernel.Cases.Purposes purposes, Sentences say)
{
    private const string Sql = """
        select r.id, r.client_id, c.name, c.agency, r.agreement, r.purposes, r.classes, r.areas, r.until_on, r.asked_by, r.asked_name, r.asked_at, r.approved, r.ended_at
          from identity.reading r join identity.client c on c.id = r.client_id
        """;

    /// <summary>Of one system, the newest first.</summary>
    public Task<List<ReadingLine>> Of(string client) => reads.Rows($"{Sql} where r.client_id = $1 order by r.asked_at desc limit 50", Read, client);

    /// <summary>Those that nobody has decided on, the oldest first.</summary>
    public Task<List<ReadingLine>> Waiting() => reads.Rows($"{Sql} where r.decided_at is null and r.ended_at is null and c.ended_at is null order by r.asked_at", Read);

    public string Places(ReadingLine line) => line.Areas.Length == 0 ? say["identity.reading-province"] : string.Join("; ", line.Areas.Select(a => places.Book[a]?.FullName ?? "–"));

    public string Classes(ReadingLine line) => string.Join("; ", line.Classes.Select(c => say["population.class-" + c]));

    public async Task<string> Purposes(ReadingLine line, DateOnly day)
    {
        var known = await purposes.On(day);
        return string.Join("; ", line.Purposes.Select(c => known.FirstOrDefault(p => p.Code == c)?.Name ?? c));
    }

    private static ReadingLine Read(Npgsql.NpgsqlDataReader r) => new(r.GetGuid(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4), r.Get<string[]>(5), r.Get<string[]>(6), r.Get<int[]>(7), r.Get<DateOnly>(8),
        r.GetString(9), r.GetString(10), r.Get<DateTimeOffset>(11), r.IsDBNull(12) ? null : r.GetBoolean(12), r.Maybe<DateTimeOffset>(13));
}
