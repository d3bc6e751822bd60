using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Staff.Officials;

namespace SoGoc.Staff.Accounts;

/// <summary>An official's own account: his posts of today, whom he stands in for, and where he is signed in.</summary>
internal sealed class ShowAccount(Session session, OfficialRows officials, CurrentActor actor, TimeProvider clock)
{
    internal sealed record Request(string? Secret);

    /// <param name="Token">A token for scripts, and no browser.</param>
    internal sealed record OpenSession(Guid Id, string Device, DateTimeOffset Since, DateTimeOffset Until, bool Token, bool Mine);

    internal sealed record StandIn(Guid Official, string Name, string Agency, DateOnly? Last);

    internal sealed record Shown(Official Official, IReadOnlyList<Post> Posts, IReadOnlyList<OpenSession> Sessions, IReadOnlyList<StandIn> StandsIn, Guid? ActingFor);

    public async Task<Outcome<Shown>> Run(Request r)
    {
        var (id, now, today) = (Authority.Self(actor.Value), clock.GetUtcNow(), clock.Today());
        var sessions = await session.Rows("""
            select id, device, made_at, expires_at, kind = 'token', hash = $3, acting_for from staff.session where official_id = $1 and ended_at is null and expires_at > $2 order by made_at desc
            """, x => (Open: new OpenSession(x.GetGuid(0), x.GetString(1), x.Get<DateTimeOffset>(2), x.Get<DateTimeOffset>(3), x.GetBoolean(4), x.GetBoolean(5)), For: x.Maybe<Guid>(6)), id, now, Kernel.Access.Secret.Hash(r.Secret));
        var absent = await session.Rows("""
            select o.id, o.name, a.name, b.valid from staff.absence b join staff.official o on o.id = b.official_id and o.active join staff.agency a on a.code = o.agency_code
             where b.stand_in_id = $1 and b.valid @> $2 order by o.name
            """, x => new StandIn(x.GetGuid(0), x.GetString(1), x.GetString(2), Period.Of(x.Get<NpgsqlTypes.NpgsqlRange<DateOnly>>(3)).Until?.AddDays(-1)), id, today);
        var acting = sessions.FirstOrDefault(s => s.Open.Mine).For is { } absentOne && absent.Any(s => s.Official == absentOne) ? absentOne : (Guid?)null;
        return new Shown((await officials.Find(id))!, [.. (await officials.Posts(id)).Where(p => p.Valid.Holds(today))], [.. sessions.Select(s => s.Open)], absent, acting);
    }
}

/// <summary>Ends a session of one's own, or all but the one that asks.</summary>
internal sealed class EndOwnSession(Session session, OfficialRows officials, CurrentActor actor, Journal journal, TimeProvider clock)
{
    /// <param name="Id">Which; null: all but this one.</param>
    /// <param name="Secret">Of the session that asks.</param>
    internal sealed record Request(Guid? Id, string? Secret);

    public async Task<Outcome<Done>> Run(Request r)
    {
        var (id, now) = (Authority.Self(actor.Value), clock.GetUtcNow());
        var ended = r.Id is { } one
            ? await session.Execute("update staff.session set ended_at = $3 where id = $2 and official_id = $1 and ended_at is null", id, one, now)
            : await officials.EndSessions(id, now, Kernel.Access.Secret.Hash(r.Secret));
        if (ended > 0)
        {
            await journal.Add(id, new SessionsEnded(ended), "tự kết thúc trên trang tài khoản");
        }

        return Done.It;
    }
}

/// <summary>From now on this session acts at the posts of somebody who is absent, or again at one's own. What it does is written down as done by the one for the other.</summary>
internal sealed class ActFor(Session session, CurrentActor actor, TimeProvider clock)
{
    /// <param name="Official">Who is absent; null: one's own posts.</param>
    /// <param name="Secret">Of the session.</param>
    internal sealed record Request(Guid? Official, string? Secret);

    public async Task<Outcome<Done>> Run(Request r)
    {
        var id = Authority.Self(actor.Value);
        var may = r.Official is null || await session.Value<bool>("select exists (select from staff.absence where official_id = $1 and stand_in_id = $2 and valid @> $3)", r.Official, id, clock.Today());
        if (!may)
        {
            return Problem.Forbidden("staff.no-absence");
        }

        await session.Execute("update staff.session set acting_for = $3 where hash = $1 and official_id = $2", Kernel.Access.Secret.Hash(r.Secret), id, ((object?)r.Official).As(NpgsqlTypes.NpgsqlDbType.Uuid));
        return Done.It;
    }
}
