using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;
using SoGoc.Lists;
using SoGoc.Places;

namespace SoGoc.Population.Persons;

/// <summary>The search page. What is asked is sent by POST and goes on in the address sealed, readable by this register for this official alone: names and
/// numbers never stand in an address, and yet the way back from a record, and a page loaded again, show the same people.</summary>
[Needs(PopulationPermission.ReadPerson)]
internal sealed class FindPersonsPage(IPlaces places, IDataProtectionProvider seals, TimeProvider clock) : CasePage
{
    private sealed record Asked(string? Text, string? Born, short? Sex, string? Area, string? Household, string? Address, bool Few = false);

    /// <summary>Who is still typing is shown no more people than help him go on.</summary>
    private const int WhileTyping = 5;

    /// <summary>Commune, district, province: the levels of a unit that is no more.</summary>
    private const int Levels = 3;

    private static readonly string[] Columns = ["number", "fullName", "born", "sex", "home"];

    private static readonly TimeSpan Readable = TimeSpan.FromHours(12);

    [BindProperty]
    public string? Text { get; set; }

    [BindProperty]
    public string? Born { get; set; }

    [BindProperty]
    public short? Sex { get; set; }

    [BindProperty]
    public string? Area { get; set; }

    [BindProperty]
    public string? Household { get; set; }

    [BindProperty]
    public string? Address { get; set; }

    /// <summary>The question was sent by the script while the official was typing.</summary>
    [BindProperty]
    public bool Few { get; set; }

    public FindPersons.Found? Found { get; private set; }

    /// <summary>Code of the work at hand.</summary>
    public string? WorkReference { get; private set; }

    /// <summary>By a personal number, the work at hand can name whom it is about.</summary>
    public bool MayName => PersonalNumber.TryParse(Text, out _, out _) && Actor.Permissions.Contains("journal.open-case");

    public DateOnly Today => clock.Today();

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

    /// <summary>An address without the province that all of them share.</summary>
    public string? Here(string? address) =>
        address is not null && places.Book.Home(Today) is { } home && address.EndsWith(", " + home.FullName, StringComparison.Ordinal) ? address[..^(home.FullName.Length + 2)] : address;

    /// <summary>The units that an address was written with, where they are others today.</summary>
    public static string? Before(FindPersons.Person p)
    {
        if (p is not { Home: { } written, HomeToday: { } today })
        {
            return null;
        }

        var (then, now) = (written.Split(", "), today.Split(", "));
        var same = then.Zip(now).TakeWhile(pair => pair.First == pair.Second).Count();
        return string.Join(", ", then.Skip(Math.Min(same, then.Length - Levels)));
    }

    private ITimeLimitedDataProtector Seal => seals.CreateProtector("population.search", Actor.Reference).ToTimeLimitedDataProtector();

    public async Task<IActionResult> OnGetAsync(string? hoi)
    {
        if (await Work() is not { } work)
        {
            return AskForWork();
        }

        if (string.IsNullOrEmpty(hoi) || Open(hoi) is not { } asked)
        {
            return Page();
        }

        (Text, Born, Sex, Area, Household, Address, Few) = asked;
        WorkReference = work.Reference;
        var outcome = await Do<FindPersons, FindPersons.Found>(f => f.Run(For(work, asked, Few ? WhileTyping : FindPersons.Usual)));
        Found = outcome.Value;
        return Page();
    }

    private static FindPersons.Request For(CaseFile work, Asked asked, int most) =>
        new(asked.Text, asked.Born, asked.Area, asked.Sex, work.Purpose, work.Reference, asked.Household, asked.Address, most);

    /// <summary>The people found, as a file; the reading is recorded for each of them.</summary>
    /// <param name="hoi">What was asked, sealed.</param>
    /// <param name="dang">csv or xlsx.</param>
    public async Task<IActionResult> OnGetFileAsync(string? hoi, string? dang)
    {
        if (string.IsNullOrEmpty(hoi) || Open(hoi) is not { } asked)
        {
            return Redirect("/tra-cuu");
        }

        if (await Work() is not { } work)
        {
            return AskForWork();
        }

        var outcome = await Do<FindPersons, FindPersons.Found>(f => f.AsFile(For(work, asked, FindPersons.Largest)));
        if (!outcome.Ok(out var found))
        {
            return Refuse(outcome.Problems);
        }

        var (xlsx, file) = (dang == "xlsx", new MemoryStream());
        using (var writer = xlsx ? ListWriter.Xlsx(file) : ListWriter.Csv(file))
        {
            writer.Row([.. Columns.Select(f => Say["field." + f]), Say["population.home-today"], Say["population.status-head"]]);
            foreach (var p in found.Persons)
            {
                writer.Row([p.Number ?? "", p.FullName, PartialDate.TryParse(p.Born, out var born) ? born.Shown : "", p.Sex is 1 ? Say["population.male"] : p.Sex is 2 ? Say["population.female"] : "",
                    p.Home ?? "", p.HomeToday ?? p.Home ?? "", Say["status." + p.Status]]);
            }
        }

        return File(file.ToArray(), xlsx ? ListWriter.SpreadsheetType : "text/csv; charset=utf-8", xlsx ? "tra-cuu.xlsx" : "tra-cuu.csv");
    }

    /// <summary>What was asked, as it stands sealed in the address.</summary>
    public string? Sealed => Request.Query["hoi"];

    public IActionResult OnPost() => Redirect($"/tra-cuu?hoi={Seal.Protect(JsonSerializer.Serialize(new Asked(Text, Born, Sex, Area, Household, Address, Few)), Readable)}");

    /// <summary>Null for a seal that is too old, or another official's: the form is empty then.</summary>
    private Asked? Open(string seal)
    {
        try
        {
            return JsonSerializer.Deserialize<Asked>(Seal.Unprotect(seal));
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
