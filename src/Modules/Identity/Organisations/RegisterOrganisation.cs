using System.Text.RegularExpressions;
using SoGoc.Identity.Accounts;
using SoGoc.Identity.Messages;
using SoGoc.Identity.Requests;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;

namespace SoGoc.Identity.Organisations;

/// <summary>The head of an organisation, with an account of level 2, asks for its account, activates it after the office has approved it, and may end it (NĐ 69/2024, articles 7 and 12).</summary>
internal sealed partial class RegisterOrganisation(Session session, Journal journal, Notices notices, TimeProvider clock)
{
    private const int Longest = 300, LongestNumber = 50;

    /// <summary>In the order of the page. Enterprises and cooperatives have a number of their register, the others a decision.</summary>
    public static readonly string[] Kinds = ["enterprise", "cooperative", "agency", "other"];

    internal sealed record Request(string? Name, string? Kind, string? Number, string? Address);

    public async Task<Outcome<Done>> Run(CitizenSession own, Request r)
    {
        var (problems, number) = (new List<Problem>(), Regex.Replace(r.Number ?? "", @"\s", "").ToUpperInvariant());
        foreach (var (field, text) in new[] { ("name", r.Name), ("address", r.Address) })
        {
            if (string.IsNullOrWhiteSpace(text) || text.Length > Longest)
            {
                problems.Add(Problem.Invalid(field, "identity.text-missing"));
            }
        }

        if (!Kinds.Contains(r.Kind))
        {
            problems.Add(Problem.Invalid("kind", "identity.organisation-kind-missing"));
        }

        if (number.Length is 0 or > LongestNumber || (r.Kind is "enterprise" or "cooperative" && !EnterpriseNumber().IsMatch(number)))
        {
            problems.Add(Problem.Invalid("number", "identity.organisation-number"));
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        var (today, law) = (clock.Today(), await LawClock.Read(session));
        var (id, due) = (Guid.CreateVersion7(clock.GetUtcNow()), law.Organisation(today));
        // One that was approved and never activated is asked for anew.
        await session.Execute("update identity.organisation set ended_at = $3, end_reason = 'head' where head_id = $1 and number = $2 and approved and activated_at is null and ended_at is null and decided_at < $4",
            own.Account, number, clock.GetUtcNow(), clock.GetUtcNow() - OrganisationBook.ActivationLasts);
        await session.Execute("insert into identity.organisation (id, name, kind, number, address, head_id, head_name, asked_at, due_on) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            id, r.Name!.Trim(), r.Kind, number, r.Address!.Trim(), own.Account, own.Name, clock.GetUtcNow(), due);
        await journal.Add(own.Account, new OrganisationAsked(id, r.Kind!, number, due), law.OrganisationGround(today));
        return Done.It;
    }

    /// <summary>Within seven days after the office has approved it; from then on the head acts for it.</summary>
    public async Task<Outcome<Done>> Activate(CitizenSession own, Guid id)
    {
        var now = clock.GetUtcNow();
        if (await session.Execute("update identity.organisation set activated_at = $3 where id = $1 and head_id = $2 and approved and activated_at is null and ended_at is null and decided_at >= $4",
            id, own.Account, now, now - OrganisationBook.ActivationLasts) == 0)
        {
            return Problem.Conflict("identity.organisation-not-to-activate");
        }

        await journal.Add(own.Account, new OrganisationActivated(id), (await LawClock.Read(session)).OrganisationGround(clock.Today()));
        await notices.Changed(own.Account, "identity.organisation-activated-short");
        return Done.It;
    }

    public async Task<Outcome<Done>> End(CitizenSession own, Guid id)
    {
        if (await session.Execute("update identity.organisation set ended_at = $3, end_reason = 'head' where id = $1 and head_id = $2 and ended_at is null and approved is not false", id, own.Account, clock.GetUtcNow()) == 0)
        {
            return Problem.Missing("identity.no-organisation");
        }

        await journal.Add(own.Account, new OrganisationEnded(id, "head"), "yêu cầu của người đứng đầu tổ chức");
        return Done.It;
    }

    /// <summary>Ten digits, and three more for a branch (NĐ 168/2025 on the registration of enterprises).</summary>
    [GeneratedRegex("^[0-9]{10}(-?[0-9]{3})?$")]
    private static partial Regex EnterpriseNumber();
}

/// <summary>Ends what has lost its head: nobody has acted for it since.</summary>
internal sealed class EndOrganisations(Session session, Journal journal, TimeProvider clock)
{
    public async Task<Outcome<Done>> Run()
    {
        foreach (var (id, head) in await session.Rows("""
            update identity.organisation o set ended_at = $1, end_reason = 'head-gone' from identity.account h
             where h.id = o.head_id and h.closed_at is not null and o.ended_at is null and o.approved is not false returning o.id, o.head_id
            """, r => (r.GetGuid(0), r.GetGuid(1)), clock.GetUtcNow()))
        {
            await journal.Add(head, new OrganisationEnded(id, "head-gone"), "tài khoản của người đứng đầu đã đóng");
        }

        return Done.It;
    }
}
