using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;
using SoGoc.Places;

namespace SoGoc.Population.Persons;

/// <summary>The search page. The form is sent by POST: names and numbers never stand in an address.</summary>
[Needs(PopulationPermission.ReadPerson)]
internal sealed class FindPersonsPage(IPlaces places, TimeProvider clock) : OfficePage
{
    [BindProperty]
    public string? Text { get; set; }

    [BindProperty]
    public string? Born { get; set; }

    [BindProperty]
    public short? Sex { get; set; }

    [BindProperty]
    public string? Area { get; set; }

    public FindPersons.Found? Found { get; private set; }

    /// <summary>The communes of today, by name.</summary>
    public IEnumerable<Area> Areas
    {
        get
        {
            var (book, today) = (places.Book, clock.Today());
            return book.Home(today) is { } home
                ? book.All.Where(a => a.Level == AreaLevel.Commune && a.Valid.Holds(today) && book.Province(a)?.Id == home.Id).OrderBy(a => a.Name, StringComparer.CurrentCulture)
                : [];
        }
    }

    public void OnGet()
    {
    }

    public async Task OnPostAsync()
    {
        var outcome = await Do<FindPersons, FindPersons.Found>(f => f.Run(new FindPersons.Request(Text, Born, Area, Sex)));
        Found = outcome.Value;
    }
}
