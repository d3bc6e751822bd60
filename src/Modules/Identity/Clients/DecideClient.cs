using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Identity.Clients;

/// <summary>A second official has approved it: the system signs citizens in from now.</summary>
internal sealed record ClientApproved(string Client) : IEntry
{
    public static string Kind => "identity.client-approved";
}

internal sealed record ClientRefused(string Client) : IEntry
{
    public static string Kind => "identity.client-refused";
}

/// <summary>A second official approves that a system signs citizens in, or refuses it: not the one who registered it (the database refuses him), and only one whose duty is the whole province,
/// because any citizen may sign in there. What is refused is ended.</summary>
internal sealed class DecideClient(Session session, Journal journal, CurrentActor actor, TimeProvider clock)
{
    /// <param name="Id">client_id.</param>
    internal sealed record Request(string? Id, bool Approve);

    public async Task<Outcome<Done>> Run(Request r)
    {
        if (!actor.Value.WholeProvince)
        {
            return Problem.Forbidden("identity.reading-outside-duty");
        }

        var (id, now) = (r.Id ?? "", clock.GetUtcNow());
        var agreement = (await session.Rows("""
            update identity.client set decided_by = $2, decided_at = $3, approved = $4, ended_at = case when $4 then null else $3 end
             where id = $1 and not sandbox and decided_at is null and ended_at is null returning agreement
            """, x => x.GetString(0), id, actor.Value.Reference, now, r.Approve)).FirstOrDefault();
        if (agreement is null)
        {
            return Problem.Missing("identity.no-client");
        }

        var (subject, ground) = (Guid.CreateVersion7(now), Agreements.ProposeReading.Ground(agreement));
        await (r.Approve ? journal.Add(subject, new ClientApproved(id), ground) : journal.Add(subject, new ClientRefused(id), ground));
        return Done.It;
    }
}
