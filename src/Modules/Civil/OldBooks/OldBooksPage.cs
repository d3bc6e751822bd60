using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;
using SoGoc.Places;

namespace SoGoc.Civil.OldBooks;

/// <summary>How far the old books are, how fast it goes and who has done how much; and the form that begins another book.</summary>
[Needs(CivilPermission.DigitiseBooks)]
internal sealed class OldBooksPage(IPlaces places, TimeProvider clock) : OfficePage
{
    public ShowCoverage.Coverage Coverage { get; private set; } = null!;

    [BindProperty]
    public int? Area { get; set; }

    [BindProperty]
    public string? Kind { get; set; }

    [BindProperty]
    public int? YearFrom { get; set; }

    [BindProperty]
    public int? YearTo { get; set; }

    [BindProperty]
    public string? Number { get; set; }

    [BindProperty]
    public string? Office { get; set; }

    [BindProperty]
    public int? Expected { get; set; }

    /// <summary>The communes, of any time, whose books are with this official's office.</summary>
    public IEnumerable<(int Id, string Text)> Communes
    {
        get
        {
            var (book, today) = (places.Book, clock.Today());
            IEnumerable<Area> duties = Actor.WholeProvince ? book.Home(today) is { } home ? [home] : [] : Actor.Areas.Select(a => book[a]).OfType<Area>();
            return duties.SelectMany(d => book.Within(book.Resolve(d, today).Area ?? d, today)).Distinct().Select(a => book[a]).OfType<Area>().Where(a => a.Level == AreaLevel.Commune)
                .OrderBy(a => a.FullName, StringComparer.CurrentCulture).ThenBy(a => a.Valid.From).Select(a => (a.Id, $"{book.Write(a)}{Times(a)}"));
        }
    }

    public async Task<IActionResult> OnGetAsync() => await Load();

    public async Task<IActionResult> OnPostAsync()
    {
        var opened = await Do<OpenOldBook, OpenOldBook.Opened>(f => f.Run(new OpenOldBook.Request(Area ?? 0, Kind, YearFrom ?? 0, Expected ?? 0, YearTo, Number, Office)));
        return opened.Ok(out var done) ? Redirect($"/so-cu/{done.Book}") : await Load();
    }

    private async Task<IActionResult> Load()
    {
        var outcome = await Do<ShowCoverage, ShowCoverage.Coverage>(f => f.Run(new ShowCoverage.Request()));
        if (!outcome.Ok(out var coverage))
        {
            return Refuse(outcome.Problems);
        }

        Coverage = coverage;
        return Page();
    }

    /// <summary>Since when and until when the unit was so, where that is not always.</summary>
    private string Times(Area a) => (a.Valid.From, a.Valid.Until) switch
    {
        (null, null) => "", ({ } from, null) => $" ({Say["civil.old-since", from.Shown()]})", (null, { } until) => $" ({Say["civil.old-until", until.AddDays(-1).Shown()]})",
        ({ } from, { } until) => $" ({from.Shown()} – {until.AddDays(-1).Shown()})",
    };
}
