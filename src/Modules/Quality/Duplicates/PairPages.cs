using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;
using SoGoc.Linkage;
using SoGoc.Population;

namespace SoGoc.Quality.Duplicates;

/// <summary>Records that may be of one person: what waits to be decided.</summary>
[Needs(QualityPermission.JudgeDuplicates)]
internal sealed class PairsPage : OfficePage
{
    /// <summary>open, asked, same, different; null: what waits.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Loc { get; set; }

    /// <summary>Where the page before ended.</summary>
    [BindProperty(SupportsGet = true)]
    public float? Nang { get; set; }

    [BindProperty(SupportsGet = true)]
    public Guid? Sau { get; set; }

    public ListPairs.Page? Found { get; private set; }

    public async Task OnGetAsync()
    {
        Loc = Pair.States.Contains(Loc) ? Loc : null;
        var after = Nang is { } weight && Sau is { } id ? new ListPairs.Request.Place(weight, id) : null;
        Found = (await Do<ListPairs, ListPairs.Page>(f => f.Run(new ListPairs.Request(Loc, null, after)))).Value;
    }

    /// <summary>Names of the fields that are the same.</summary>
    public string Alike(ListPairs.Row row) => string.Join(", ", row.Alike.Select(f => Say["quality.field-" + f].ToLower(System.Globalization.CultureInfo.CurrentCulture)));
}

/// <summary>Two records side by side with the evidence, and the decision: one person, two, or somebody is asked to find out.</summary>
[Needs(QualityPermission.JudgeDuplicates)]
internal sealed class PairPage : OfficePage
{
    [BindProperty(SupportsGet = true)]
    public Guid Id { get; set; }

    /// <summary>The record that is to stay.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Giu { get; set; }

    [BindProperty]
    public List<string> Taken { get; set; } = [];

    [BindProperty]
    public string? Ground { get; set; }

    [BindProperty]
    public long? Seen { get; set; }

    [BindProperty]
    public string? Case { get; set; }

    public ShowPair.Shown Shown { get; private set; } = null!;

    public ShowPair.Laid Stays => Shown.Records.First(r => r.Person == Shown.Keep);

    public ShowPair.Laid Goes => Shown.Records.First(r => r.Person != Shown.Keep && (r.Person == Shown.Pair.A || r.Person == Shown.Pair.B));

    /// <summary>Both records are there and stand by themselves.</summary>
    public bool CanDecide => Shown.Pair.Waits && Shown.Records.Count(r => r.State.Status is not (PersonStatus.Merged or PersonStatus.Cancelled) && (r.Person == Shown.Pair.A || r.Person == Shown.Pair.B)) == 2;

    public Task<IActionResult> OnGetAsync() => Load();

    public Task<IActionResult> OnPostSameAsync() => After(Do<JoinRecords, JoinRecords.Joined>(f => f.Run(new JoinRecords.Request(Id, Giu ?? Guid.Empty, Taken, Ground, Seen, Case))));

    public Task<IActionResult> OnPostDifferentAsync() => Judge(Pair.Different);

    public Task<IActionResult> OnPostAskAsync() => Judge(Pair.Asked);

    public Task<IActionResult> OnPostAgainAsync() => Judge(Pair.Open);

    public Task<IActionResult> OnPostSeparateAsync() => After(Do<SeparateRecords, SeparateRecords.Separated>(f => f.Run(new SeparateRecords.Request(Id, Ground, Case))));

    /// <summary>Lines of all records under each other: head, label, text of each record.</summary>
    public IEnumerable<(string Head, IReadOnlyList<(string Label, string[] Texts, bool Differs)> Lines)> Table()
    {
        foreach (var head in Shown.Records.SelectMany(r => r.Parts.Select(p => p.Head)).Distinct())
        {
            var parts = Shown.Records.Select(r => r.Parts.FirstOrDefault(p => p.Head == head)?.Lines ?? []).ToList();
            yield return (head, [.. parts.SelectMany(p => p.Select(l => l.Label)).Distinct().Select(label => (label, Texts(parts, label))).Select(l => (l.label, l.Item2, Differ(l.Item2)))]);
        }
    }

    /// <summary>A chance, never as more than it is: what is not certain is not said to be.</summary>
    public static string Chance(double chance) => Share.Cut(chance, 3).ToString("P1", System.Globalization.CultureInfo.CurrentCulture);

    /// <summary>In words how likely it is that they are one person.</summary>
    public static string Likely(double chance) => Likelihoods[chance switch { >= 0.999 => 0, >= 0.95 => 1, >= 0.75 => 2, >= 0.5 => 3, _ => 4 }];

    public static readonly string[] Likelihoods = ["nearly-certain", "very-likely", "likely", "rather", "hardly"];

    /// <summary>The sum as it is shown, line by line, so that whoever adds it up comes to it: lines are rounded, and what rounding leaves is in the correction.</summary>
    public (double Start, double Pieces, double Correction, double All, double Toned) Sum
    {
        get
        {
            static double Tenths(double bits) => Math.Round(bits, 1);
            var (start, pieces, all) = (Tenths(Shown.Pair.Prior), Tenths(Shown.Pair.Evidence.Sum(e => Tenths(e.Weight))), Tenths(Shown.Pair.Weight));
            return (start, pieces, Tenths(all - start - pieces), all, LinkPair.Tone(all));
        }
    }

    public static string Bits(double bits) => bits.ToString("+0.0;−0.0;0", System.Globalization.CultureInfo.CurrentCulture);

    /// <summary>In words, for who does not reckon in bits.</summary>
    public static string Strength(double bits) => bits switch { >= 8 => "strongly-for", >= 2 => "for", > 0.05 => "weakly-for", <= -8 => "strongly-against", <= -2 => "against", < -0.05 => "weakly-against", _ => "nothing" };

    /// <summary>Choices that differ, with both texts.</summary>
    public IEnumerable<(string Field, string? Stays, string? Goes)> Choices => Choice.All.Where(c => c.Get(Goes.State.Facts) is not null && !Equals(c.Get(Stays.State.Facts), c.Get(Goes.State.Facts)))
        .Select(c => (c.Field, Text(Stays, Say["field." + c.Field]), Text(Goes, Say["field." + c.Field])))
        .Concat(Place(Goes) is { } goes && goes != Place(Stays) ? [(Choice.Home, Home(Stays), Home(Goes))] : []);

    /// <summary>Where a record has its residence; of two at one place none is taken for the other, since a household would lose a member by it.</summary>
    private static (int?, string?)? Place(ShowPair.Laid record) => record.State.Residences.FirstOrDefault(r => r is { Kind: ResidenceKind.Permanent, Until: null }) is { } home ? (home.Area, home.Detail) : null;

    public bool IsTaken(string field) => Request.Method == "POST" ? Taken.Contains(field) : Shown.Offered.Contains(field);

    private static string? Text(ShowPair.Laid record, string label) => record.Parts.SelectMany(p => p.Lines).FirstOrDefault(l => l.Label == label).Text;

    private static string? Home(ShowPair.Laid record) => record.State.Residences.FirstOrDefault(r => r is { Kind: ResidenceKind.Permanent, Until: null })?.Detail ?? record.State.Residences.FirstOrDefault(r => r.Until is null)?.Detail;

    private static string[] Texts(IEnumerable<IReadOnlyList<(string Label, string Text)>> parts, string label) => [.. parts.Select(p => string.Join("; ", p.Where(l => l.Label == label).Select(l => l.Text)))];

    private static bool Differ(string[] texts) => texts.Take(2).Where(t => t.Length > 0).Distinct().Count() > 1;

    private Task<IActionResult> Judge(string decision) => After(Do<JudgePair, JudgePair.Judged>(f => f.Run(new JudgePair.Request(Id, decision, Ground, Case))));

    private async Task<IActionResult> After<T>(Task<Outcome<T>> doing) => (await doing).IsGood ? Redirect($"/trung-lap/{Id}") : await Load();

    private async Task<IActionResult> Load()
    {
        var outcome = await Do<ShowPair, ShowPair.Shown>(f => f.Run(new ShowPair.Request(Id, null, Giu)));
        if (!outcome.Ok(out var shown))
        {
            return Refuse(outcome.Problems);
        }

        Shown = shown;
        return Shown.Records.Count < 2 ? NotFound() : Page();
    }
}
