using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Web;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;

namespace SoGoc.Kernel.Cases;

/// <summary>What the official of this request is working on; looked up once a request. Nothing where it has ended.</summary>
public sealed class CurrentCase(Reads reads, Purposes purposes, CurrentActor actor, TimeProvider clock)
{
    private (CaseFile File, string PurposeName)? found;
    private bool asked;

    public async ValueTask<(CaseFile File, string PurposeName)?> Find()
    {
        if (!asked && actor.IsKnown)
        {
            asked = true;
            var now = clock.GetUtcNow();
            var files = await reads.Rows($"""
                select {CaseFile.Columns} from journal.case_current n join journal.case_file c on c.id = n.case_id
                 where n.actor = $1 and c.closed_at is null and {CaseFile.IsHis}
                """, CaseFile.Read, actor.Value.Reference, actor.Value.Desk);
            // A purpose that has gone out of force leaves its cases without a ground.
            found = files.FirstOrDefault(f => f.IsOpen(now)) is { } file && (await purposes.Find(file.Purpose, Time.OfficeTime.DayOf(now))).Purpose is { } purpose ? (file, purpose.Name) : null;
        }

        return found;
    }
}

/// <summary>Base of the pages that read persons: they read for what the official is working on, and ask for it where he has not said.</summary>
public abstract class CasePage : OfficePage
{
    protected async ValueTask<CaseFile?> Work() => (await HttpContext.RequestServices.GetRequiredService<CurrentCase>().Find())?.File;

    /// <summary>To the page that asks, which leads back here.</summary>
    protected IActionResult AskForWork() => Redirect($"{TakeUpCasePage.Path}?ve={Uri.EscapeDataString(Request.Path + Request.QueryString)}");
}
