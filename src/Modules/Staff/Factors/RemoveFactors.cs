using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Staff.Officials;

namespace SoGoc.Staff.Factors;

/// <summary>Takes the factors of an official away who has lost them: he makes new ones when he signs in next, within the days for it, and his open sessions end. Nobody does it for himself, and
/// whoever does could act at the official's posts, so he has to hold what they give.</summary>
internal sealed class RemoveFactors(Session session, OfficialRows officials, Journal journal, TimeProvider clock)
{
    internal sealed record Request(Guid Official, string? Ground);

    public async Task<Outcome<Done>> Run(Request r)
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

        await session.Execute("update staff.official set totp_key = null, totp_step = null, second_since = null where id = $1", official.Id);
        await session.Execute("delete from staff.passkey where official_id = $1", official.Id);
        await journal.Add(official.Id, new FactorsTaken(await officials.EndSessions(official.Id, clock.GetUtcNow())), r.Ground!);
        return Done.It;
    }
}
