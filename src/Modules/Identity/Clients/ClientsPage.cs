using Microsoft.AspNetCore.Mvc;
using OpenIddict.Abstractions;
using SoGoc.Identity.OpenId;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;

namespace SoGoc.Identity.Clients;

/// <summary>Ends a system: it signs nobody in any more, and its tokens are worth nothing.</summary>
internal sealed class EndClient(Session session, IOpenIddictApplicationManager applications, IOpenIddictTokenManager tokens, Journal journal, TimeProvider clock)
{
    public async Task<Outcome<Done>> Run(string id)
    {
        if (await session.Execute("update identity.client set ended_at = $2 where id = $1 and ended_at is null", id, clock.GetUtcNow()) == 0)
        {
            return Problem.Missing("identity.no-client");
        }

        await journal.Add(Guid.CreateVersion7(clock.GetUtcNow()), new ClientEnded(id), "kết thúc thỏa thuận chia sẻ");
        if (await applications.FindByClientIdAsync(id) is { } application)
        {
            await tokens.RevokeByApplicationIdAsync((await applications.GetIdAsync(application))!);
        }

        return Done.It;
    }
}

/// <summary>Systems of agencies that sign citizens in: those that are, and one more.</summary>
[Needs(IdentityPermission.ManageClients)]
internal sealed class ClientsPage(Reads reads, IAgencies agencies) : OfficePage
{
    internal sealed record Line(string Id, string Name, string Agency, string Agreement, string[] Fields, bool Sandbox, DateTimeOffset MadeAt, DateTimeOffset? EndedAt, bool Waits, bool Refused);

    public IReadOnlyList<Line> Lines { get; private set; } = [];

    public IReadOnlyList<string> Agencies { get; private set; } = [];

    [BindProperty]
    public RegisterClient.Request? Asked { get; set; }

    public RegisterClient.Registered? Registered { get; private set; }

    public static IReadOnlyList<string> Fields => [.. PersonClaim.All.Select(c => c.Name)];

    /// <summary>Where the provider tells about itself.</summary>
    public string Discovery => $"{Request.Scheme}://{Request.Host}/.well-known/openid-configuration";

    public Task OnGetAsync() => Look();

    public async Task OnPostRegisterAsync()
    {
        var outcome = await Do<RegisterClient, RegisterClient.Registered>(f => f.Run(Asked!));
        Registered = outcome.Ok(out var registered) ? registered : null;
        await Look();
    }

    public async Task<IActionResult> OnPostEndAsync(string id)
    {
        if ((await Do<EndClient, Done>(f => f.Run(id))).IsGood)
        {
            return LocalRedirect("/he-thong");
        }

        await Look();
        return Page();
    }

    private async Task Look()
    {
        Agencies = [.. (await agencies.OfToday()).Select(a => a.Name)];
        var waiting = (await ClientShown.AllWaiting(reads)).Select(w => w.Id).ToHashSet();
        Lines = await reads.Rows("select id, name, agency, agreement, fields, sandbox, made_at, ended_at, approved is false from identity.client order by ended_at is not null, made_at desc",
            r => new Line(r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3), r.Get<string[]>(4), r.GetBoolean(5), r.Get<DateTimeOffset>(6), r.Maybe<DateTimeOffset>(7), waiting.Contains(r.GetString(0)), r.GetBoolean(8)));
    }
}
