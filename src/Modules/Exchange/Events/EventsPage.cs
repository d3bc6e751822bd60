using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Web;

namespace SoGoc.Exchange.Events;

/// <summary>Time to truth, on a page: which partners have caught up with what happened.</summary>
[Needs(ExchangePermission.ReadEvents)]
internal sealed class EventsPage : OfficePage
{
    /// <summary>open, late, refused, stuck or all.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Loc { get; set; }

    /// <summary>Code of a partner.</summary>
    [BindProperty(SupportsGet = true)]
    public string? DoiTac { get; set; }

    /// <summary>The act.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Viec { get; set; }

    /// <summary>The record of a person.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Nguoi { get; set; }

    [BindProperty(SupportsGet = true)]
    public long? Truoc { get; set; }

    public ListEvents.Page? Found { get; private set; }

    /// <summary>The events of one act or person, without what is told of all.</summary>
    public bool Single => Viec is not null || Nguoi is not null;

    public async Task OnGetAsync()
    {
        Loc = ListEvents.States.Contains(Loc) ? Loc : ListEvents.All;
        Found = (await Do<ListEvents, ListEvents.Page>(f => f.Run(new ListEvents.Request(Loc, string.IsNullOrEmpty(DoiTac) ? null : DoiTac, Viec, Nguoi, Truoc)))).Ok(out var page) ? page : null;
    }

    /// <summary>Hours as people read them: minutes, hours, or days.</summary>
    public string Span(double? hours) => hours switch
    {
        null => "–",
        < 1 => Say["exchange.minutes", Math.Max(1, Math.Ceiling(hours.Value * 60)).ToString("N0")],
        < 48 => Say["exchange.hours", hours.Value.ToString("0.#")],
        _ => Say["exchange.days", (hours.Value / 24).ToString("0.#")],
    };
}
