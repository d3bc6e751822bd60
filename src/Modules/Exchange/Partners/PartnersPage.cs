using Microsoft.AspNetCore.Mvc;
using SoGoc.Exchange.Events;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;

namespace SoGoc.Exchange.Partners;

/// <summary>Who is told, where, and whether it takes what it is sent.</summary>
[Needs(ExchangePermission.ManagePartners)]
internal sealed class PartnersPage(Reads reads) : OfficePage
{
    /// <param name="Waiting">Not taken yet.</param>
    /// <param name="Dead">Given up.</param>
    /// <param name="Fault">Of the last attempt that failed.</param>
    internal sealed record Line(Guid Id, string Code, string Kind, string Name, string Url, string Contact, DateTimeOffset? StoppedAt, bool Gone, int Failures, long Waiting, long Dead, string? Fault);

    public IReadOnlyList<Line> Lines { get; private set; } = [];

    /// <summary>Kinds that somebody has to be told of, and there is nobody.</summary>
    public IReadOnlyList<(string Kind, long Count)> Missing { get; private set; } = [];

    [BindProperty]
    public RegisterPartner.Request? Asked { get; set; }

    public RegisterPartner.Registered? Made { get; private set; }

    public Task OnGetAsync() => Look();

    public async Task OnPostRegisterAsync()
    {
        Made = (await Do<RegisterPartner, RegisterPartner.Registered>(f => f.Run(Asked!))).Ok(out var made) ? made : null;
        await Look();
    }

    public async Task OnPostSecretAsync(Guid id)
    {
        Made = (await Do<RenewSecret, RegisterPartner.Registered>(f => f.Run(id))).Ok(out var made) ? made : null;
        await Look();
    }

    public Task<IActionResult> OnPostChangeAsync(ChangePartner.Request changed) => Then<ChangePartner, Done>(f => f.Run(changed));

    public Task<IActionResult> OnPostStopAsync(Guid id, bool stop) => Then<StopPartner, Done>(f => f.Run(new StopPartner.Request(id, stop)));

    public Task<IActionResult> OnPostAgainAsync(string code) => Then<SendAgain, SendAgain.Sent>(f => f.Run(new SendAgain.Request(null, code)));

    private async Task<IActionResult> Then<TFeature, T>(Func<TFeature, Task<Outcome<T>>> run) where TFeature : class
    {
        if ((await Do(run)).IsGood)
        {
            return LocalRedirect("/doi-tac");
        }

        await Look();
        return Page();
    }

    private async Task Look()
    {
        Lines = await reads.Rows("""
            select p.id, p.code, p.kind, p.name, p.url, p.contact, p.stopped_at, coalesce(p.stopped_why = 'gone', false), p.failures, count(o.id) filter (where o.dead_at is null), count(o.id) filter (where o.dead_at is not null),
                   (array_agg(o.fault order by o.next_at desc) filter (where o.fault is not null))[1]
              from exchange.partner p left join exchange.obligation o on o.partner_id = p.id and o.delivered_at is null group by p.id order by p.stopped_at is not null, p.name
            """, r => new Line(r.GetGuid(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetString(5), r.Maybe<DateTimeOffset>(6), r.GetBoolean(7), r.GetInt32(8), r.GetInt64(9), r.GetInt64(10), r.Text(11)));
        Missing = await reads.Rows("select partner_kind, count(*) from exchange.obligation where partner_id is null group by 1 order by 1", r => (r.GetString(0), r.GetInt64(1)));
    }
}
