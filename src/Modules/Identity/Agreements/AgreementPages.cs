using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using SoGoc.Identity.Clients;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Modules;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;

namespace SoGoc.Identity.Agreements;

/// <summary>An agreement as a page says it.</summary>
internal sealed record AgreementShown(ReadingLine Line, string Purposes, string Classes, string Places);

/// <summary>One system: what it may read by itself, and the proposal that it may.</summary>
[Needs(IdentityPermission.ManageClients)]
internal sealed class AgreementPage(AgreementBook book, Purposes purposes, Reads reads, TimeProvider clock) : OfficePage
{
    public ClientShown System { get; private set; } = null!;

    public IReadOnlyList<AgreementShown> Lines { get; private set; } = [];

    public IReadOnlyList<Purpose> Purposes { get; private set; } = [];

    public IReadOnlyList<string> Classes { get; private set; } = [];

    [BindProperty]
    public ProposeReading.Request? Asked { get; set; }

    public bool MayPropose => !System.Ended && Lines.All(l => l.Line.State != "waiting");

    public Task<IActionResult> OnGetAsync(string id) => Look(id);

    public async Task<IActionResult> OnPostProposeAsync(string id) => (await Do<ProposeReading, ProposeReading.Proposed>(f => f.Run(Asked! with { Client = id }))).IsGood ? Again(id) : await Look(id);

    public async Task<IActionResult> OnPostEndAsync(string id) => (await Do<EndReading, Done>(f => f.Run(new EndReading.Request(id)))).IsGood ? Again(id) : await Look(id);

    private LocalRedirectResult Again(string id) => LocalRedirect($"/he-thong/{Uri.EscapeDataString(id)}");

    private async Task<IActionResult> Look(string id)
    {
        if (await ClientShown.Of(reads, id) is not { } found)
        {
            return Refuse([Problem.Missing("identity.no-client")]);
        }

        System = found;
        Lines = await AgreementPageLines.Of(book, await book.Of(id), clock.Today());
        Purposes = [.. await ProposeReading.Offered(purposes, clock.Today())];
        Classes = ProposeReading.Classes(Purposes);
        return Page();
    }
}

/// <summary>What waits for a second official.</summary>
[Needs(IdentityPermission.ApproveClients)]
internal sealed class ApprovalsPage(AgreementBook book, Reads reads, TimeProvider clock) : OfficePage
{
    public const string Path = "/he-thong-cho-duyet";

    public IReadOnlyList<AgreementShown> Lines { get; private set; } = [];

    public IReadOnlyList<ClientShown> Clients { get; private set; } = [];

    public async Task OnGetAsync()
    {
        Lines = await AgreementPageLines.Of(book, await book.Waiting(), clock.Today());
        Clients = await ClientShown.AllWaiting(reads);
    }

    public Task<IActionResult> OnPostApproveAsync(Guid id) => Decide<DecideReading>(f => f.Run(new DecideReading.Request(id, true)));

    public Task<IActionResult> OnPostRefuseAsync(Guid id) => Decide<DecideReading>(f => f.Run(new DecideReading.Request(id, false)));

    public Task<IActionResult> OnPostApproveClientAsync(string client) => Decide<DecideClient>(f => f.Run(new DecideClient.Request(client, true)));

    public Task<IActionResult> OnPostRefuseClientAsync(string client) => Decide<DecideClient>(f => f.Run(new DecideClient.Request(client, false)));

    private async Task<IActionResult> Decide<TFeature>(Func<TFeature, Task<Outcome<Done>>> run) where TFeature : class
    {
        if ((await Do(run)).IsGood)
        {
            return LocalRedirect(Path);
        }

        await OnGetAsync();
        return Page();
    }
}

/// <summary>Both pages say an agreement in the same words.</summary>
internal static class AgreementPageLines
{
    public static async Task<IReadOnlyList<AgreementShown>> Of(AgreementBook book, IReadOnlyList<ReadingLine> lines, DateOnly day)
    {
        var shown = new List<AgreementShown>();
        foreach (var line in lines)
        {
            shown.Add(new AgreementShown(line, await book.Purposes(line, day), book.Classes(line), book.Places(line)));
        }

        return shown;
    }
}

/// <summary>Systems and agreements that wait for approval, on the first page.</summary>
internal sealed class ApprovalsAtHand(BeyondDuty reads) : IWorkAtHand
{
    public async Task<IReadOnlyList<WorkItem>> For(Actor who)
    {
        if (!who.May(Permission.Of(IdentityPermission.ApproveClients)))
        {
            return [];
        }

        var waiting = (await reads.Rows($"""
            select (select count(*) from identity.reading r join identity.client c on c.id = r.client_id where r.decided_at is null and r.ended_at is null and c.ended_at is null and r.asked_by <> $1)
              + (select count(*) {ClientShown.Waiting} and c.made_by <> $1)
            """, r => r.GetInt64(0), who.Reference)).Single();
        return waiting == 0 ? [] : [new WorkItem("identity.approvals-at-hand", waiting.ToString("N0", CultureInfo.CurrentCulture), ApprovalsPage.Path, Waits: true)];
    }
}
