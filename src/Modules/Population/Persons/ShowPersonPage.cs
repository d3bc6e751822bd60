using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;
using SoGoc.Places;
using SoGoc.Population.Codes;
using SoGoc.Population.Imports;
using SoGoc.Population.Lookups;

namespace SoGoc.Population.Persons;

/// <summary>A person's page: who it is, household, kin, residence over time, papers, and the journal as a story.</summary>
[Needs(PopulationPermission.ReadPerson)]
internal sealed class ShowPersonPage(IPlaces places, Codes.Codes codes, ListBook lists, IEnumerable<IPersonNotes> notes, TimeProvider clock) : CasePage
{
    /// <summary>Beside number, birth, sex and home, which stand at the head of the page.</summary>
    private static readonly string[] Fields =
        ["otherNames", "ethnicity", "religion", "nationality", "birthPlace", "birthRegistered", "hometown", "marital", "blood", "oldIds", "phone", "email", "other", "unknown"];

    /// <summary>Not missed where they are not recorded.</summary>
    private static readonly string[] Seldom = ["other", "unknown"];

    private readonly Dictionary<Guid, string> listNames = [];

    public ShowPerson.Shown Shown { get; private set; } = null!;

    public CodeBook Codes { get; private set; } = null!;

    public IReadOnlyList<StoryLine> Story { get; private set; } = [];

    public IReadOnlyList<(string Field, string Text)> Known { get; private set; } = [];

    public IReadOnlyList<string> Absent { get; private set; } = [];

    /// <summary>What other modules keep about this person.</summary>
    public IReadOnlyList<PersonNote> Notes { get; private set; } = [];

    public PersonFacts Facts => Shown.Person.Facts;

    /// <summary>Whether the work at hand lets this class of fields be seen.</summary>
    public bool Sees(string fieldClass) => Shown.Withheld?.Contains(fieldClass) != true;

    public bool IsGone => Shown.Person.Status is PersonStatus.Dead or PersonStatus.Merged or PersonStatus.Cancelled;

    /// <summary>Who lives and has no number can be given one by the police.</summary>
    public bool MayAllot => Facts.Number is null && !IsGone && !Turned && Actor.May(Permission.Of(PopulationPermission.AllotNumber));

    /// <summary>A card that was issued or seen is entered by the police.</summary>
    public bool MayRecordCard => Facts.Number is not null && !IsGone && !Turned && Actor.May(Permission.Of(PopulationPermission.RecordCard));

    /// <summary>How old, of those who live.</summary>
    public string? HowOld => IsGone ? null : Age.Of(Facts.Born, AsOf, Say);

    /// <summary>Where the person lives, or last lived.</summary>
    public Residence? Home => Shown.Person.Residences.Where(r => r.Kind == ResidenceKind.Permanent && (r.Until is null || IsGone || Turned)).MaxBy(r => r.Until ?? DateOnly.MaxValue);

    /// <summary>Those that last first, then back in time.</summary>
    public IEnumerable<Residence> Residences => Shown.Person.Residences.OrderByDescending(r => r.Until is null).ThenBy(r => r.Until is null ? r.Kind : default).ThenByDescending(r => r.From);

    /// <summary>"ngay": the day whose life is shown, as people write dates.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Ngay { get; set; }

    /// <summary>"biet": only what the office knew at the end of this day.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Biet { get; set; }

    public DateOnly AsOf { get; private set; }

    public DateOnly KnownOn { get; private set; }

    /// <summary>The page shows another day, or what was known on one.</summary>
    public bool Turned { get; private set; }

    /// <summary>A date of the form that cannot be read; the page shows today.</summary>
    public bool Unreadable { get; private set; }

    public IEnumerable<ShowPerson.KinLine> Kin(params KinKind[] kinds) => Shown.Kin.Where(k => kinds.Contains(k.Kind));

    public async Task<IActionResult> OnGetAsync(Guid id)
    {
        if (await Work() is not { } work)
        {
            return AskForWork();
        }

        var (on, known) = (DayOf(Ngay), DayOf(Biet));
        (Turned, AsOf, KnownOn) = (on is not null || known is not null, on ?? clock.Today(), known ?? clock.Today());
        var outcome = await Do<ShowPerson, ShowPerson.Shown>(f => f.Run(new ShowPerson.Request(id, work.Purpose, work.Reference, on, known)));
        if (!outcome.Ok(out var shown))
        {
            return Refuse(outcome.Problems);
        }

        Shown = shown;
        Codes = await codes.Book();
        Story = new Story(Say, places.Book, Codes).Tell(shown.Entries);
        foreach (var list in Story.Select(l => l.List).OfType<Guid>().Distinct())
        {
            listNames[list] = (await lists.Find(list))?.Name ?? list.ToString();
        }

        var text = new FactText(Say, places.Book, Codes);
        var all = Fields.Select(f => (Field: f, Text: text.Of(f, Facts))).ToList();
        Known = [.. all.Where(f => f.Text is not null).Select(f => (f.Field, f.Text!))];
        Absent = [.. all.Where(f => f.Text is null && !Seldom.Contains(f.Field) && Sees(FieldClass.OfField(f.Field))).Select(f => f.Field)];
        foreach (var source in Sees(FieldClass.Origin) ? notes : [])
        {
            Notes = [.. Notes, .. await source.Of(shown.Id)];
        }

        return Page();
    }

    private DateOnly? DayOf(string? text)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        var read = DateWriting.TryRead(text, out var date) && date.Precision == DatePrecision.Day;
        Unreadable |= !read;
        return read ? date.Earliest : null;
    }

    public (string? Written, string? Today) Address(Residence at) => AddressLine.Of(places.Book, at.Area, at.Detail, clock.Today());

    public IEnumerable<Doubt> DoubtsOf(string field) => Shown.Person.Doubts.Where(d => d.Field == field);

    /// <summary>What stood in the list, where it says more than the record.</summary>
    public string? NoteOf(Doubt doubt) => doubt.Note is { Length: > 0 } note && note != Facts.Number?.ToString() ? note : null;

    public string? ListName(StoryLine line) => line.List is { } list ? listNames[list] : null;

    public bool MayOpenLists => Actor.May(Permission.Of(PopulationPermission.ImportList));

    /// <summary>A spouse is a wife or a husband; the law knows which (Luật Hôn nhân và gia đình 2014, article 8).</summary>
    public string Kinship(KinKind kind) => Say[(kind, Facts.Sex) switch
    {
        (KinKind.Spouse, 1) => "kin.wife",
        (KinKind.Spouse, 2) => "kin.husband",
        _ => "kin." + Word.Write(kind),
    }];
}
