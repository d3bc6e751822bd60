using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Pages;

namespace SoGoc.Identity.Messages;

/// <summary>What the demonstration would have sent to telephones and mailboxes. There is no such page where people are real.</summary>
[Public]
[Citizen(0)]
internal sealed class OutboxPage(Installation installation, Reads reads) : CitizenPage
{
    internal sealed record Line(string Channel, string Target, string Body, DateTimeOffset At);

    public IReadOnlyList<Line> Lines { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync()
    {
        if (!installation.Demonstration)
        {
            return NotFound();
        }

        Lines = await reads.Rows("select channel, target, body, made_at from identity.message where body <> '' order by made_at desc, id desc limit 50",
            r => new Line(r.GetString(0), r.GetString(1), r.GetString(2), r.Get<DateTimeOffset>(3)));
        return Page();
    }
}
