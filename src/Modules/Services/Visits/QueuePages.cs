using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Papers;
using SoGoc.Kernel.Web;
using SoGoc.Services.Procedures;

namespace SoGoc.Services.Visits;

/// <summary>The queue at the counter: the number in hand, the next one, those set aside, and who has booked for today.</summary>
[Needs(ServicesPermission.ReceiveFiles)]
internal sealed class QueuePage(PublicAddress address, TimeProvider clock) : OfficePage
{
    public const string Path = "/mot-cua/quay";

    /// <summary>Code of the counter; null: the official's own.</summary>
    [BindProperty(SupportsGet = true, Name = "noi")]
    public string? Counter { get; set; }

    [BindProperty]
    public string? Window { get; set; }

    [BindProperty]
    public Guid Turn { get; set; }

    /// <summary>The number that was given just now.</summary>
    [BindProperty(SupportsGet = true, Name = "da-cap")]
    public int? Given { get; set; }

    /// <summary>Code of a booking that has come.</summary>
    [BindProperty]
    public string? Visit { get; set; }

    public ShowQueue.Shown Shown { get; private set; } = null!;

    public DateOnly Today => Kernel.Time.OfficeTime.DayOf(clock.GetUtcNow());

    public string Here => Counter is null ? Path + "?" : $"{Path}?noi={Uri.EscapeDataString(Counter)}&";

    public async Task<IActionResult> OnGetAsync() => await Find() ?? Page();

    /// <summary>Paper for the door, with the sign that leads to the number.</summary>
    public async Task<IActionResult> OnGetPosterAsync() => await Find() ?? File(new Paper(Say.All["services.take-number"].Vi, "", clock.GetUtcNow())
        .Add(new PaperLine(Shown.Office, 22, Bold: true, Before: 40, Align: PaperAlign.Centre), new PaperLine("LẤY SỐ THỨ TỰ", 30, Bold: true, Before: 30, Align: PaperAlign.Centre))
        .Beside([new PaperLine("Mở máy ảnh của điện thoại, soi vào mã này, rồi bấm «Lấy số».", 18, Before: 30), new PaperLine("Không có điện thoại thì hỏi cán bộ tại quầy.", 18, Before: 12)], [], 0.9f, address.Of($"/quay/{Shown.Counter}")).Draw(), "application/pdf");

    public async Task<IActionResult> OnPostGiveAsync()
    {
        var given = await Do<GiveNumber, GiveNumber.Given>(f => f.Run(new GiveNumber.Request(Counter, Visit)));
        return given.Ok(out var turn) ? LocalRedirect($"{Here}da-cap={turn.No}") : await Find() ?? Page();
    }

    public async Task<IActionResult> OnPostNextAsync() => await Shows(await Do<CallNext, CallNext.Called>(f => f.Run(new CallNext.Request(Window, Counter, Turn == Guid.Empty ? null : Turn))));

    public async Task<IActionResult> OnPostAgainAsync() => await Shows(await Do<CallAgain, Turn>(f => f.Run(new CallAgain.Request(Turn, Window, Counter))));

    public async Task<IActionResult> OnPostAsideAsync() => await Shows(await Do<SetAside, Done>(f => f.Run(new SetAside.Request(Turn, Counter))));

    public async Task<IActionResult> OnPostDoneAsync() => await Shows(await Do<EndTurn, Done>(f => f.Run(new EndTurn.Request(Turn, Counter))));

    private async Task<IActionResult> Shows<T>(Outcome<T> outcome) => outcome.IsGood ? LocalRedirect(Here.TrimEnd('?', '&')) : await Find() ?? Page();

    private async Task<IActionResult?> Find()
    {
        var found = await Do<ShowQueue, ShowQueue.Shown>(f => f.Run(new ShowQueue.Request(Counter)));
        Shown = found.Value!;
        return found.IsGood ? null : Refuse(found.Problems);
    }
}

/// <summary>A clerk books for somebody who telephones, moves or cancels for him.</summary>
[Needs(ServicesPermission.ReceiveFiles)]
internal sealed class DeskVisitsPage : OfficePage
{
    public const string Path = "/mot-cua/dat-lich";

    [BindProperty(SupportsGet = true, Name = "noi")]
    public string? Counter { get; set; }

    [BindProperty(SupportsGet = true, Name = "thu-tuc")]
    public string? Code { get; set; }

    [BindProperty(SupportsGet = true, Name = "ngay")]
    public DateOnly? Day { get; set; }

    [BindProperty]
    public string? At { get; set; }

    [BindProperty]
    public string? Number { get; set; }

    /// <summary>Code of the booking that is cancelled.</summary>
    [BindProperty]
    public string? Visit { get; set; }

    [BindProperty]
    public string? Why { get; set; }

    public ShowQueue.Shown Shown { get; private set; } = null!;

    public IReadOnlyList<ListProcedures.Line> Procedures { get; private set; } = [];

    public ListSlots.Listed? Slots { get; private set; }

    /// <summary>What was booked just now.</summary>
    public BookForVisitor.Booked? Booked { get; private set; }

    public async Task<IActionResult> OnGetAsync() => await Find() ?? Page();

    public async Task<IActionResult> OnPostAsync()
    {
        Booked = (await Do<BookForVisitor, BookForVisitor.Booked>(f => f.Run(new BookForVisitor.Request(Code, SlotChoice.Read(At), Number, Counter)))).Value;
        Number = Booked is null ? Number : null;
        return await Find() ?? Page();
    }

    public async Task<IActionResult> OnPostCancelAsync() => (await Do<CancelVisit, Done>(f => f.Run(new CancelVisit.Request(Visit ?? "", Why)))).IsGood ? LocalRedirect(Counter is null ? Path : $"{Path}?noi={Uri.EscapeDataString(Counter)}") : await Find() ?? Page();

    private async Task<IActionResult?> Find()
    {
        var found = await Do<ShowQueue, ShowQueue.Shown>(f => f.Run(new ShowQueue.Request(Counter)));
        if (!found.Ok(out var shown))
        {
            return Refuse(found.Problems);
        }

        (Shown, Procedures) = (shown, (await Do<ListProcedures, ListProcedures.Listed>(f => f.Run(new ListProcedures.Request()))).Value?.Procedures ?? []);
        Slots = string.IsNullOrEmpty(Code) ? null : (await Do<ListSlots, ListSlots.Listed>(f => f.Run(new ListSlots.Request(Code, shown.Counter)))).Value;
        return null;
    }
}
