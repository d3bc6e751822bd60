using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Time;
using SoGoc.Places;

namespace SoGoc.Staff.Officials;

/// <summary>Who of the same agency may do a work, for other modules.</summary>
internal sealed class ColleaguesOfToday(Session session, CurrentActor actor, IPlaces places, TimeProvider clock) : IColleagues
{
    private sealed record Row(Guid Id, string Name, string? StandIn, int? Area);

    public async Task<IReadOnlyList<Colleague>> WhoMay(Permission work, IReadOnlyCollection<int> areas)
    {
        var (who, today) = (actor.Value, clock.Today());
        var rows = await session.Rows("""
            select o.id, o.name, s.name, p.area_id
              from staff.official o
              join staff.post p on p.official_id = o.id and p.valid @> $1
              join staff.role_permission rp on rp.role = p.role and rp.permission = $3 and not rp.only_to_grant
              left join staff.absence b on b.official_id = o.id and b.valid @> $1
              left join staff.official s on s.id = b.stand_in_id and s.active
             where o.active and staff.agency_name(o.agency_code, $1) = $2 and not o.id = any($4) and (b.id is null or (s.id is not null and not s.id = any($4)))
             order by o.name, o.id
            """, r => new Row(r.GetGuid(0), r.GetString(1), r.Text(2), r.Maybe<int>(3)), today, who.Office, work.Code, Authority.Himself(who));
        return [.. rows.GroupBy(r => r.Id).Where(g => areas.All(a => g.Any(r => Covers(r.Area, a, today)))).Select(g => new Colleague($"official:{g.Key}", g.First().Name, g.First().StandIn))];
    }

    private bool Covers(int? post, int area, DateOnly day) => post is not { } key || (places.Book[key] is { } duty && places.Book[area] is { } place && places.Book.Covers(duty, place, day));
}
