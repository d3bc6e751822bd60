using System.Text.Json;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Places;

namespace SoGoc.Staff.Officials;

/// <summary>An official with his posts, absences, open sessions, and what the journal tells of him.</summary>
internal sealed class ShowOfficial(Session session, OfficialRows officials, Journal journal, IPlaces places, Sentences say, TimeProvider clock)
{
    internal sealed record Request(Guid Id);

    internal sealed record AbsenceLine(Guid Id, Period Valid, string? StandIn);

    /// <summary>One act: when, what, by whom, on what ground.</summary>
    internal sealed record Line(DateTimeOffset At, string What, string By, string Ground);

    internal sealed record Shown(Official Official, IReadOnlyList<Post> Posts, IReadOnlyList<AbsenceLine> Absences, int Sessions, IReadOnlyList<Line> History);

    public async Task<Outcome<Shown>> Run(Request r)
    {
        if (await officials.Find(r.Id) is not { } official)
        {
            return Problem.Missing("staff.no-official");
        }

        var absences = await session.Rows("""
            select b.id, b.valid, s.name from staff.absence b left join staff.official s on s.id = b.stand_in_id where b.official_id = $1 and not isempty(b.valid) order by lower(b.valid) desc
            """, x => new AbsenceLine(x.GetGuid(0), Period.Of(x.Get<NpgsqlTypes.NpgsqlRange<DateOnly>>(1)), x.Text(2)), r.Id);
        var sessions = await session.Value<long>("select count(*) from staff.session where official_id = $1 and ended_at is null and expires_at > $2", r.Id, clock.GetUtcNow());
        var entries = await journal.Of(r.Id);
        var names = (await session.Rows("select id, name from staff.official", x => (Id: x.GetGuid(0), Name: x.GetString(1)))).ToDictionary(o => $"{o.Id}", o => o.Name, StringComparer.Ordinal);
        var roles = (await session.Rows("select role, name from staff.role", x => (x.GetString(0), x.GetString(1)))).ToDictionary(x => x.Item1, x => x.Item2, StringComparer.Ordinal);
        return new Shown(official, await officials.Posts(r.Id), absences, (int)sessions, [.. entries.Select(e => Told(e, names, roles)).Reverse()]);
    }

    /// <summary>Who acted, and for whom.</summary>
    private string By(string actor, Dictionary<string, string> names)
    {
        var who = actor.Split(" for ").Select(part => names.GetValueOrDefault(part.Split(':')[^1], part)).ToList();
        return who.Count > 1 ? say["staff.by-for", who[0], who[1]] : who[0];
    }

    private Line Told(EntryRow e, Dictionary<string, string> names, Dictionary<string, string> roles)
    {
        T Read<T>() => JsonSerializer.Deserialize<T>(e.Body, Journal.Json)!;
        string Last(DateOnly? until) => until is { } day ? day.AddDays(-1).Shown() : say["staff.open"];
        string[] data = e.Kind switch
        {
            "staff.official-appointed" => [Read<OfficialAppointed>().SignIn],
            "staff.number-linked" => [Read<NumberLinked>().Number ?? say["staff.number-unknown"]],
            "staff.post-granted" when Read<PostGranted>() is var p => [roles.GetValueOrDefault(p.Role, p.Role), Where(p.Area), p.From.Shown(), Last(p.Until)],
            "staff.post-ended" when Read<PostEnded>() is var p => [roles.GetValueOrDefault(p.Role, p.Role), Where(p.Area), p.Until.Shown()],
            "staff.absence-noted" when Read<AbsenceNoted>() is var a => [a.From.Shown(), Last(a.Until), a.StandIn is { } id ? names.GetValueOrDefault($"{id}", "?") : "–"],
            "staff.absence-ended" => [Read<AbsenceEnded>().Until.Shown()],
            _ => [],
        };
        return new Line(e.At, say["did." + e.Kind.Split('.')[1], data], By(e.Actor, names), e.Ground);
    }

    public string Where(int? area) => area is null ? say["staff.whole-province"] : places.Book[area.Value] is { } unit ? unit.FullName : "?";
}
