using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Staff.Accounts;

namespace SoGoc.Staff.Officials;

/// <summary>The official signs in no more, and his open sessions end at once. His record stays: the journal speaks of him.</summary>
internal sealed class DismissOfficial(Session session, OfficialRows officials, CurrentActor actor, Journal journal, TimeProvider clock)
{
    internal sealed record Request(Guid Official, string? Ground);

    public async Task<Outcome<Done>> Run(Request r)
    {
        var managed = await Managed(officials, r.Official, r.Ground);
        if (!managed.Ok(out var official))
        {
            return managed.Problems.ToList();
        }

        if (official.Id == Authority.Self(actor.Value))
        {
            return Problem.Conflict("staff.not-oneself");
        }

        await session.Execute("update staff.official set active = false where id = $1", official.Id);
        await journal.Add(official.Id, new OfficialDismissed(await officials.EndSessions(official.Id, clock.GetUtcNow())), r.Ground!);
        return Done.It;
    }

    /// <summary>The official, if he may be managed and there is a ground.</summary>
    internal static async Task<Outcome<Official>> Managed(OfficialRows officials, Guid id, string? ground)
    {
        var problems = new List<Problem>();
        FormText.Ground(ground, problems);
        return problems.Count > 0 ? problems : await officials.ToManage(id);
    }
}

/// <summary>The official may sign in again, with the posts that he still has: to let them live again is to grant them.</summary>
internal sealed class ReinstateOfficial(Session session, OfficialRows officials, Authority authority, Journal journal, TimeProvider clock)
{
    internal sealed record Request(Guid Official, string? Ground);

    public async Task<Outcome<Done>> Run(Request r)
    {
        var managed = await DismissOfficial.Managed(officials, r.Official, r.Ground);
        if (!managed.Ok(out var official))
        {
            return managed.Problems.ToList();
        }

        var today = Kernel.Time.OfficeTime.Today(clock);
        foreach (var post in (await officials.Posts(official.Id)).Where(p => p.Valid.Until is null || p.Valid.Until > today))
        {
            if (await authority.ToGrant(official.Id, post.Role, post.Area) is { } refused)
            {
                return refused;
            }
        }

        await session.Execute("update staff.official set active = true where id = $1", official.Id);
        await journal.Add(official.Id, new OfficialReinstated(official.SignIn), r.Ground!);
        return Done.It;
    }
}

/// <summary>A new first password for who has lost his, told once; his open sessions end. Whoever knows it could act at the official's posts, so he has to hold what they give.</summary>
internal sealed class RenewPassword(Session session, OfficialRows officials, Journal journal, TimeProvider clock)
{
    internal sealed record Request(Guid Official, string? Ground);

    internal sealed record Renewed(string Password);

    public async Task<Outcome<Renewed>> Run(Request r)
    {
        var managed = await DismissOfficial.Managed(officials, r.Official, r.Ground);
        if (!managed.Ok(out var official))
        {
            return managed.Problems.ToList();
        }

        if (await officials.ToHold(official) is { } refused)
        {
            return refused;
        }

        var password = AppointOfficial.FirstPassword();
        await session.Execute("update staff.official set password_hash = $2, must_change = true where id = $1", official.Id, SignIns.HashPassword(password));
        await journal.Add(official.Id, new PasswordRenewed(await officials.EndSessions(official.Id, clock.GetUtcNow())), r.Ground!);
        return new Renewed(password);
    }
}

/// <summary>Ends all open sessions of an official; he may sign in again.</summary>
internal sealed class EndSessions(OfficialRows officials, Journal journal, TimeProvider clock)
{
    internal sealed record Request(Guid Official, string? Ground);

    public async Task<Outcome<Done>> Run(Request r)
    {
        var managed = await DismissOfficial.Managed(officials, r.Official, r.Ground);
        if (!managed.Ok(out var official))
        {
            return managed.Problems.ToList();
        }

        await journal.Add(official.Id, new SessionsEnded(await officials.EndSessions(official.Id, clock.GetUtcNow())), r.Ground!);
        return Done.It;
    }
}
