using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Time;
using SoGoc.Places;

namespace SoGoc.Staff.Officials;

/// <summary>Who of the same agency may do a work, for other modules.</summary>
internal sealed class ColleaguesOfToday(Session session, Reads reads, CurrentActor actor, IPlaces places, TimeProvider clock) : IColleagues
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
        return [.. rows.GroupBy(r => r.Id).Where(g => areas.All(a => g.Any(r => Covers(r.Area, a, today)))).Select(g => new Colleague(Reference(g.Key), g.First().Name, g.First().StandIn))];
    }

    public async Task<IReadOnlyList<Colleague>> Among(IReadOnlyCollection<string> references, Permission work, int? area, string office)
    {
        var able = await Able([.. references.Select(Key).OfType<Guid>()], work, area, office);
        var instead = await Able([.. able.Select(a => a.StandIn).OfType<Guid>()], work, area, office);
        return [.. references.Select(r => able.FirstOrDefault(a => Reference(a.Id) == r)).OfType<AbleRow>().Where(a => !a.Away || a.StandInIsThere)
            .Select(a => new Colleague(Reference(a.Id), a.Name, a.StandInName) { StandInReference = instead.Any(s => s.Id == a.StandIn) ? Reference(a.StandIn!.Value) : null })];
    }

    /// <remarks>Not by the transaction: the first page asks several at once.</remarks>
    public async Task<IReadOnlyList<Colleague>> StoodInFor() => !actor.Value.Reference.StartsWith(Head, StringComparison.Ordinal) ? [] : await reads.Rows("""
        select o.id, o.name from staff.absence b join staff.official o on o.id = b.official_id and o.active where b.stand_in_id = $1 and b.valid @> $2 order by o.name
        """, r => new Colleague(Reference(r.GetGuid(0)), r.GetString(1), actor.Value.Name), Authority.Self(actor.Value), clock.Today());

    public async Task<IReadOnlyDictionary<string, string>> Names(IReadOnlyCollection<string> references) =>
        (await session.Rows("select id, name from staff.official where id = any($1)", r => (Reference(r.GetGuid(0)), r.GetString(1)), (object)references.Select(Key).OfType<Guid>().Distinct().ToArray())).ToDictionary();

    private const string Head = "official:";

    private sealed record AbleRow(Guid Id, string Name, bool Away, Guid? StandIn, string? StandInName, bool StandInIsThere);

    /// <summary>Who of these has a post of today by which he may do the work there.</summary>
    private async Task<List<AbleRow>> Able(Guid[] ids, Permission work, int? area, string office)
    {
        var today = clock.Today();
        var rows = ids.Length == 0 ? [] : await session.Rows("""
            select o.id, o.name, p.area_id, b.id is not null, s.id, s.name, s.id is not null and not exists (select from staff.absence c where c.official_id = s.id and c.valid @> $1)
              from staff.official o
              join staff.post p on p.official_id = o.id and p.valid @> $1
              join staff.role_permission rp on rp.role = p.role and rp.permission = $3 and not rp.only_to_grant
              left join staff.absence b on b.official_id = o.id and b.valid @> $1
              left join staff.official s on s.id = b.stand_in_id and s.active
             where o.active and o.id = any($2) and ($4::integer is not null or staff.agency_name(o.agency_code, $1) = $5)
            """, r => (Row: new AbleRow(r.GetGuid(0), r.GetString(1), r.GetBoolean(3), r.Maybe<Guid>(4), r.Text(5), r.GetBoolean(6)), Area: r.Maybe<int>(2)), today, ids, work.Code, area.As(NpgsqlTypes.NpgsqlDbType.Integer), office);
        return [.. rows.Where(r => area is not { } a || Covers(r.Area, a, today)).Select(r => r.Row).DistinctBy(r => r.Id)];
    }

    private static string Reference(Guid id) => Head + id;

    private static Guid? Key(string reference) => reference.StartsWith(Head, StringComparison.Ordinal) && Guid.TryParse(reference.AsSpan(Head.Length), out var id) ? id : null;

    private bool Covers(int? post, int area, DateOnly day) => post is not { } key || (places.Book[key] is { } duty && places.Book[area] is { } place && places.Book.Covers(duty, place, day));
}
