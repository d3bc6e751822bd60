using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;

namespace SoGoc.Staff.Officials;

/// <summary>An official, and his agency with the area it serves.</summary>
internal sealed record Official(Guid Id, string Name, string SignIn, string AgencyCode, string Agency, int? AgencyArea, bool Active, bool MustChange, bool HasSecond, string? Number);

internal sealed record Post(Guid Id, string Role, string RoleName, int? Area, Period Valid);

/// <summary>Reads officials, and holds the one that is to be changed.</summary>
internal sealed class OfficialRows(Session session, Authority authority, CurrentActor actor, TimeProvider clock)
{
    /// <summary>$2 is the day.</summary>
    public const string Select = """
        select o.id, o.name, o.sign_in, o.agency_code, staff.agency_name(o.agency_code, $2), a.area_id, o.active, o.must_change, o.totp_key is not null or exists (select from staff.passkey k where k.official_id = o.id), o.person_number from staff.official o join staff.agency a on a.code = o.agency_code
        """;

    public static Official Read(Npgsql.NpgsqlDataReader r) => new(r.GetGuid(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4), r.Maybe<int>(5), r.GetBoolean(6), r.GetBoolean(7), r.GetBoolean(8), r.Text(9));

    public Task<Official?> Find(Guid id) => session.Row($"{Select} where o.id = $1", Read, id, clock.Today());

    /// <summary>Holds the official until the transaction ends, if the actor may manage him.</summary>
    public async Task<Outcome<Official>> ToManage(Guid id)
    {
        if (await session.Row($"{Select} where o.id = $1 for update of o", Read, id, clock.Today()) is not { } official)
        {
            return Problem.Missing("staff.no-official");
        }

        return await authority.Over(official.AgencyArea) is { } outside ? outside : official;
    }

    /// <summary>Why the actor does not hold himself what an official's posts of today give; null if he does.</summary>
    public async Task<Problem?> ToHold(Official official)
    {
        foreach (var post in (await Posts(official.Id)).Where(p => p.Valid.Holds(clock.Today())))
        {
            if (await authority.ToGrant(official.Id, post.Role, post.Area) is { } refused)
            {
                return refused;
            }
        }

        return official.Id == Authority.Self(actor.Value) ? Problem.Forbidden("staff.not-to-oneself") : null;
    }

    public Task<List<Post>> Posts(Guid official) => session.Rows("""
        select p.id, p.role, r.name, p.area_id, p.valid from staff.post p join staff.role r on r.role = p.role where p.official_id = $1 and not isempty(p.valid) order by upper(p.valid) desc, lower(p.valid), p.id
        """, r => new Post(r.GetGuid(0), r.GetString(1), r.GetString(2), r.Maybe<int>(3), Period.Of(r.Get<NpgsqlTypes.NpgsqlRange<DateOnly>>(4))), official);

    public Task<int> EndSessions(Guid official, DateTimeOffset now, byte[]? but = null) =>
        session.Execute("update staff.session set ended_at = $2 where official_id = $1 and ended_at is null and expires_at > $2 and hash is distinct from $3", official, now, ((object?)but).As(NpgsqlTypes.NpgsqlDbType.Bytea));
}
