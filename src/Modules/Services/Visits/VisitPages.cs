using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;
using SoGoc.Services.Procedures;

namespace SoGoc.Services.Visits;

/// <summary>The days and hours of a counter to choose from, as both pages that book show them.</summary>
/// <param name="Chosen">The day whose hours are shown.</param>
/// <param name="Link">Address of the page with another day at its end.</param>
internal sealed record SlotChoice(IReadOnlyList<SlotDay> Days, DateOnly? Chosen, string Link)
{
    /// <summary>The day that was asked for, else the first on which something is free.</summary>
    public SlotDay? Day => Days.FirstOrDefault(d => d.Day == Chosen) ?? Days.FirstOrDefault(d => d.Slots.Any(s => s.Free > 0));

    public static string Hour(DateTimeOffset at) => OfficeTime.Local(at).ToString("HH:mm", CultureInfo.InvariantCulture);

    public static string Named(DateOnly day) => day.ToString("ddd dd/MM", CultureInfo.CurrentUICulture);

    /// <summary>As forms send an instant.</summary>
    public static string Written(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture);

    public static DateTimeOffset Read(string? text) => DateTimeOffset.TryParseExact(text, "yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal, out var at) ? at : DateTimeOffset.MinValue;
}

/// <summary>A citizen books a time at a counter: service, counter, day and hour; or moves what he has booked.</summary>
[Citizen]
internal sealed class BookPage : CitizensPage
{
    public const string Path = "/dat-lich";

    [BindProperty(SupportsGet = true, Name = "thu-tuc")]
    public string? Code { get; set; }

    [BindProperty(SupportsGet = true, Name = "tim")]
    public string? Words { get; set; }

    [BindProperty(SupportsGet = true, Name = "noi")]
    public string? Counter { get; set; }

    [BindProperty(SupportsGet = true, Name = "ngay")]
    public DateOnly? Day { get; set; }

    /// <summary>The booking that is moved.</summary>
    [BindProperty(SupportsGet = true, Name = "doi")]
    public string? Moving { get; set; }

    [BindProperty]
    public string? At { get; set; }

    public IReadOnlyList<ListProcedures.Line> Found { get; private set; } = [];

    public PrepareVisit.Prepared? Prepared { get; private set; }

    /// <summary>This page with what has been chosen, but the day.</summary>
    public string Here => $"{Path}?thu-tuc={Uri.EscapeDataString(Code ?? "")}&noi={Uri.EscapeDataString(Prepared?.Counter.Code ?? "")}{(Moving is null ? "" : "&doi=" + Uri.EscapeDataString(Moving))}";

    public async Task<IActionResult> OnGetAsync() => await Prepare() ?? Page();

    public async Task<IActionResult> OnPostAsync()
    {
        var code = Moving is { } moving ? (await Do<MoveVisit, MoveVisit.Moved>(f => f.Run(new MoveVisit.Request(moving, SlotChoice.Read(At), Counter)))).Ok(out _) ? moving : null
            : (await Do<BookVisit, Visit>(f => f.Run(new BookVisit.Request(Code, Counter, SlotChoice.Read(At))))).Value?.Code;
        return code is not null ? LocalRedirect($"/cua-toi/lich-hen/{Uri.EscapeDataString(code)}?moi=true") : await Prepare() ?? Page();
    }

    private async Task<IActionResult?> Prepare()
    {
        if (string.IsNullOrEmpty(Code))
        {
            Found = (await Do<ListProcedures, ListProcedures.Listed>(f => f.Run(new ListProcedures.Request(Words)))).Value?.Procedures ?? [];
            return null;
        }

        var prepared = await Do<PrepareVisit, PrepareVisit.Prepared>(f => f.Run(new PrepareVisit.Request(Code, Counter)));
        Prepared = prepared.Value;
        return prepared.IsGood ? null : Refuse(prepared.Problems);
    }
}

/// <summary>A booking: when, where, what to bring; on the day, the number.</summary>
[Citizen]
internal sealed class VisitPage(TimeProvider clock) : CitizensPage
{
    [BindProperty(SupportsGet = true)]
    public string Code { get; set; } = "";

    /// <summary>It was booked or moved just now.</summary>
    [BindProperty(SupportsGet = true, Name = "moi")]
    public bool New { get; set; }

    public ShowVisit.Shown Shown { get; private set; } = null!;

    public bool IsToday => OfficeTime.DayOf(Shown.Visit.At) == clock.Today();

    public async Task<IActionResult> OnGetAsync() => await Find() ?? Page();

    public async Task<IActionResult> OnPostCancelAsync() => await Shows((await Do<CancelVisit, Done>(f => f.Run(new CancelVisit.Request(Code)))).IsGood);

    /// <summary>He is there.</summary>
    public async Task<IActionResult> OnPostComeAsync() => await Shows((await Do<ComeToVisit, Turn>(f => f.Run(new ComeToVisit.Request(Code)))).IsGood);

    private async Task<IActionResult> Shows(bool done) => done ? LocalRedirect($"/cua-toi/lich-hen/{Uri.EscapeDataString(Code)}") : await Find() ?? Page();

    private async Task<IActionResult?> Find()
    {
        var found = await Do<ShowVisit, ShowVisit.Shown>(f => f.Run(new ShowVisit.Request(Code)));
        Shown = found.Value!;
        return found.IsGood ? null : Refuse(found.Problems);
    }
}

/// <summary>The door of a counter: how long the queue is, and a number for who stands there. Nobody is asked who he is.</summary>
[Public]
internal sealed class DoorPage : CitizensPage
{
    private const string Keeps = "so-thu-tu";

    [BindProperty(SupportsGet = true)]
    public string Code { get; set; } = "";

    public ShowBoard.Board Board { get; private set; } = null!;

    private Guid? Has => Guid.TryParse(Request.Cookies[Keeps], out var id) ? id : null;

    public async Task<IActionResult> OnGetAsync() => await Find() ?? Page();

    public async Task<IActionResult> OnPostAsync()
    {
        var taken = await Do<TakeOwnNumber, Turn>(f => f.Run(new TakeOwnNumber.Request(Code, HttpContext.Connection.RemoteIpAddress?.ToString() ?? "", Has)));
        if (!taken.Ok(out var turn))
        {
            return await Find() ?? Page();
        }

        Response.Cookies.Append(Keeps, turn.Id.ToString(), new() { HttpOnly = true, SameSite = Microsoft.AspNetCore.Http.SameSiteMode.Lax, Secure = Request.IsHttps, Path = "/quay", MaxAge = TimeSpan.FromDays(1) });
        return LocalRedirect($"/quay/{Uri.EscapeDataString(Code)}");
    }

    private async Task<IActionResult?> Find()
    {
        var found = await Do<ShowBoard, ShowBoard.Board>(f => f.Run(new ShowBoard.Request(Code, Has)));
        Board = found.Value!;
        return found.IsGood ? null : Refuse(found.Problems);
    }
}

/// <summary>The display of the waiting room.</summary>
[Public]
internal sealed class BoardPage : CitizensPage
{
    [BindProperty(SupportsGet = true)]
    public string Code { get; set; } = "";

    public ShowBoard.Board Board { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync()
    {
        var found = await Do<ShowBoard, ShowBoard.Board>(f => f.Run(new ShowBoard.Request(Code)));
        Board = found.Value!;
        return found.IsGood ? Page() : Refuse(found.Problems);
    }

    /// <summary>How long one waits, in words: nothing is said that cannot be known yet.</summary>
    public static string Wait(Sentences say, int? minutes) => minutes switch { null => say["services.wait-unknown"], 0 => say["services.wait-none"], var m => say["services.wait-about", m.Value.ToString(CultureInfo.CurrentCulture)] };
}
