using System.Text.RegularExpressions;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Pages;

namespace SoGoc.Exchange.Partners;

/// <summary>Registers a partner. It takes over at once what waits for a partner of its kind.</summary>
internal sealed partial class RegisterPartner(Session session, PartnerSecrets secrets, Journal journal, CurrentActor actor, Installation here, TimeProvider clock)
{
    /// <param name="Code">Short name: letters a to z, digits and dashes.</param>
    /// <param name="Kind">What it is told.</param>
    /// <param name="Contact">Whom to call.</param>
    internal sealed record Request(string? Code, string? Kind, string? Name, string? Url, string? Contact);

    /// <param name="Secret">Shown once; handed over to the partner.</param>
    internal sealed record Registered(string Code, string Secret);

    public static readonly string[] Kinds = ["police", "health-insurance", "social-insurance", "social-protection", "tax", "health", "education", "traffic-police", "immigration", "seal-office", "land-office", "power-company", "job-centre", "criminal-records", "treasury"];

    public async Task<Outcome<Registered>> Run(Request r)
    {
        var problems = Texts(r.Name, r.Url, r.Contact, here);
        if (!Code().IsMatch(r.Code ?? ""))
        {
            problems.Add(Problem.Invalid("code", "exchange.code-malformed"));
        }

        if (!Kinds.Contains(r.Kind))
        {
            problems.Add(Problem.Invalid("kind", "exchange.kind-unknown"));
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        var (now, secret) = (clock.GetUtcNow(), PartnerSecrets.Make());
        var id = Guid.CreateVersion7(now);
        await session.Execute("insert into exchange.partner (id, code, kind, name, url, contact, secret, made_by, made_at) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            id, r.Code!, r.Kind!, r.Name!.Trim(), r.Url!.Trim(), r.Contact!.Trim(), secrets.Protect(secret), actor.Value.Reference, now);
        await session.Execute("update exchange.obligation set partner_id = $1, next_at = $3 where partner_kind = $2 and partner_id is null", id, r.Kind!, now);
        await journal.Add(id, new PartnerRegistered(r.Code!, r.Kind!, r.Name.Trim(), r.Url.Trim()), "kết nối, chia sẻ dữ liệu theo NĐ 278/2025/NĐ-CP");
        return new Registered(r.Code!, secret);
    }

    internal static List<Problem> Texts(string? name, string? url, string? contact, Installation here)
    {
        var problems = new List<Problem>();
        foreach (var (field, text) in new[] { ("name", name), ("contact", contact) })
        {
            if (string.IsNullOrWhiteSpace(text) || text.Length > PartnerAddress.Longest)
            {
                problems.Add(Problem.Invalid(field, "exchange.text-missing"));
            }
        }

        if (!PartnerAddress.IsTaken(url?.Trim(), here))
        {
            problems.Add(Problem.Invalid("url", "exchange.address-not-taken"));
        }

        return problems;
    }

    [GeneratedRegex("^[a-z][a-z0-9-]{1,39}$")]
    private static partial Regex Code();
}

/// <summary>Changes where a partner is told and whom to call.</summary>
internal sealed class ChangePartner(Session session, Journal journal, Installation here, TimeProvider clock)
{
    internal sealed record Request(Guid Id, string? Name, string? Url, string? Contact);

    public async Task<Outcome<Done>> Run(Request r)
    {
        if (RegisterPartner.Texts(r.Name, r.Url, r.Contact, here) is { Count: > 0 } problems)
        {
            return problems;
        }

        // What failed at the old address is tried at the new one at once.
        var codes = await session.Rows("update exchange.partner set name = $2, url = $3, contact = $4, failures = 0, rest_until = null where id = $1 returning code", x => x.GetString(0), r.Id, r.Name!.Trim(), r.Url!.Trim(), r.Contact!.Trim());
        if (codes is not [var code])
        {
            return Problem.Missing("exchange.no-partner");
        }

        await session.Execute("update exchange.obligation set next_at = least(next_at, $2) where partner_id = $1 and delivered_at is null and dead_at is null", r.Id, clock.GetUtcNow());
        await journal.Add(r.Id, new PartnerChanged(code, r.Name.Trim(), r.Url.Trim()), "kết nối, chia sẻ dữ liệu theo NĐ 278/2025/NĐ-CP");
        return Done.It;
    }
}

/// <summary>Gives a partner a new secret; the one before counts for a day, so that nothing is refused while it changes over.</summary>
internal sealed class RenewSecret(Session session, PartnerSecrets secrets, Journal journal, TimeProvider clock)
{
    private static readonly TimeSpan ChangeOver = TimeSpan.FromDays(1);

    public async Task<Outcome<RegisterPartner.Registered>> Run(Guid id)
    {
        var secret = PartnerSecrets.Make();
        var codes = await session.Rows("update exchange.partner set former_secret = secret, former_until = $2, secret = $3 where id = $1 returning code", r => r.GetString(0), id, clock.GetUtcNow() + ChangeOver, secrets.Protect(secret));
        if (codes is not [var code])
        {
            return Problem.Missing("exchange.no-partner");
        }

        await journal.Add(id, new PartnerSecretMade(code), "đổi khóa kết nối");
        return new RegisterPartner.Registered(code, secret);
    }
}

/// <summary>Stops telling a partner, or begins again; what has waited meanwhile is then delivered.</summary>
internal sealed class StopPartner(Session session, Journal journal, TimeProvider clock)
{
    internal sealed record Request(Guid Id, bool Stop);

    public async Task<Outcome<Done>> Run(Request r)
    {
        var now = clock.GetUtcNow();
        var codes = await session.Rows("""
            update exchange.partner set stopped_at = case when $2 then $3 end, stopped_why = case when $2 then 'official' end, failures = 0, rest_until = null where id = $1 and (stopped_at is null) = $2 returning code
            """, x => x.GetString(0), r.Id, r.Stop, now);
        if (codes is not [var code])
        {
            return Problem.Missing("exchange.no-partner");
        }

        await session.Execute("update exchange.obligation set next_at = $2 where partner_id = $1 and delivered_at is null and dead_at is null", r.Id, now);
        await journal.Add(r.Id, new PartnerStopped(code, r.Stop), r.Stop ? "ngừng kết nối" : "kết nối lại");
        return Done.It;
    }
}
