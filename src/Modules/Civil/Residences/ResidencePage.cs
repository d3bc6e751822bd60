using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using SoGoc.Civil.Acts;
using SoGoc.Civil.Papers;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;
using SoGoc.Places;
using SoGoc.Population;

namespace SoGoc.Civil.Residences;

/// <summary>At the counter of the commune police: what it is about and the number or card of one of the household; the form with what the register knows; what would follow and what is to be looked into; the decision. Each step is a form of its own.</summary>
[Needs(CivilPermission.RegisterResidence)]
internal sealed class ResidencePage(IPopulation population, ResidenceRules rules, ChangeWords words) : StepsPage
{
    public const string Path = "/cu-tru";

    [BindProperty]
    public string? Act { get; set; }

    [BindProperty]
    public string? Person { get; set; }

    [BindProperty]
    public List<string?> Persons { get; set; } = [];

    [BindProperty]
    public string? Commune { get; set; }

    [BindProperty]
    public string? Detail { get; set; }

    [BindProperty]
    public string? Host { get; set; }

    [BindProperty]
    public string? Basis { get; set; }

    [BindProperty]
    public bool OwnerAgrees { get; set; }

    [BindProperty]
    public bool HeadAgrees { get; set; }

    [BindProperty]
    public bool ParentsAgree { get; set; }

    [BindProperty]
    public bool DwellingChecked { get; set; }

    [BindProperty]
    public string? Floor { get; set; }

    [BindProperty]
    public string? Head { get; set; }

    [BindProperty]
    public string? NewHead { get; set; }

    [BindProperty]
    public List<string?> RelationOf { get; set; } = [];

    /// <summary>One for each of <see cref="RelationOf"/>; empty: what the register makes of it.</summary>
    [BindProperty]
    public List<string?> Relation { get; set; } = [];

    [BindProperty]
    public string? From { get; set; }

    [BindProperty]
    public string? Until { get; set; }

    [BindProperty]
    public string? Reason { get; set; }

    [BindProperty]
    public string? Paper { get; set; }

    [BindProperty]
    public List<string?> Confirmed { get; set; } = [];

    /// <summary>What the register says; null before the first step.</summary>
    public CheckedResidence? Known { get; private set; }

    /// <summary>Nothing stands against it any more but what is to be confirmed.</summary>
    public bool Reviewed { get; private set; }

    public ResidenceDecided? Done { get; private set; }

    /// <summary>The units in which the official decides.</summary>
    public IReadOnlyList<Area> Communes => rules.Mine;

    public IReadOnlyList<(string Code, string Name)> Relations { get; private set; } = [];

    public IReadOnlyList<ResidentSeen> Members => Known?.Household?.Members ?? [];

    /// <summary>Whether the act of this form asks for a thing.</summary>
    public bool Is(params string[] acts) => acts.Contains(Act);

    public bool Regroups => Is(ResidenceRequest.Permanent, ResidenceRequest.Split, ResidenceRequest.Merge, ResidenceRequest.ChangeHead, ResidenceRequest.RemovePermanent);

    /// <summary>What goes on from the review to the decision, by the names of the form.</summary>
    public override IEnumerable<(string Name, string? Value)> Carried =>
    [
        ("Act", Act), ("Person", Person), .. Persons.Select(p => ("Persons", p)), ("Commune", Commune), ("Detail", Detail), ("Host", Host), ("Basis", Basis), ("OwnerAgrees", Yes(OwnerAgrees)), ("HeadAgrees", Yes(HeadAgrees)),
        ("ParentsAgree", Yes(ParentsAgree)), ("DwellingChecked", Yes(DwellingChecked)), ("Floor", Floor), ("Head", Head), ("NewHead", NewHead), .. RelationOf.Select(r => ("RelationOf", r)), .. Relation.Select(r => ("Relation", r)),
        ("From", From), ("Until", Until), ("Reason", Reason), ("Paper", Paper), ("Case", Case),
    ];

    /// <summary>The newest decisions, on the first page; and the one just taken.</summary>
    public IReadOnlyList<ListDecisions.Line> Decisions { get; private set; } = [];

    /// <param name="viec">The case of an act that was begun.</param>
    /// <param name="xong">What was decided, sealed.</param>
    public async Task OnGetAsync(string? viec, string? xong)
    {
        await TakeUp(viec);
        if (Registered<Taken>(xong) is { } taken && (await Do<TellDecision, ResidenceDecided>(f => f.Run(taken.Case))).Ok(out var done))
        {
            (Done, Told) = (done, await words.Spoken());
        }

        await List();
    }

    /// <summary>A decision by the case it was taken in.</summary>
    private sealed record Taken(string Case);

    private async Task List() => Decisions = (await Do<ListDecisions, ListDecisions.Listed>(f => f.Run(new ListDecisions.Request()))).Value?.Decisions ?? [];

    /// <summary>The notice, to be looked at and printed in the browser.</summary>
    public async Task<IActionResult> OnPostNoticeAsync(Guid decision)
    {
        var outcome = await Do<IssueNotice, PaperFile>(f => f.Run(new IssueNotice.Request(decision)));
        if (!outcome.Ok(out var file))
        {
            await List();
            return Page();
        }

        return this.Hand(file);
    }

    /// <summary>The first step: what it is about, and who asks.</summary>
    public async Task OnPostLookAsync()
    {
        await Check();
        if (Known is { Person: null })
        {
            (Known, Case) = (null, null);
            ModelState.AddModelError("person", Say["civil.asker-missing"]);
        }

        Persons = Known?.Person is { } asker && Persons.Count == 0 ? [asker.Id.ToString()] : Persons;
        // What the form cannot mend is said before it is filled in.
        Tell(r => r.Field is null or "person" or "commune");
    }

    /// <summary>The form is filled in: what stands against it, or what would follow.</summary>
    public async Task OnPostReviewAsync()
    {
        await Check();
        Tell(_ => true);
        Reviewed = Known is { Refusals.Count: 0 };
    }

    /// <summary>Back to the form.</summary>
    public Task OnPostMendAsync() => Check();

    public async Task<IActionResult> OnPostDecideAsync()
    {
        var outcome = OfHousehold ? await Do<DecideHousehold, ResidenceDecided>(f => f.Run(Asked())) : await Do<DecideResidence, ResidenceDecided>(f => f.Run(Asked()));
        if (outcome.IsGood)
        {
            return string.IsNullOrWhiteSpace(Case) ? Redirect(Path) : Shown(Path, new Taken(Case));
        }

        await Check();
        Reviewed = Known is { Refusals.Count: 0 };
        return Page();
    }

    /// <summary>A change in words.</summary>
    public Func<DecidedChange, string> Told { get; private set; } = _ => "";

    /// <summary>A relation by its name; what is none stays as it is.</summary>
    public string RelationName(string? code) => Relations.FirstOrDefault(r => r.Code == code).Name ?? code ?? "";

    private bool OfHousehold => ResidenceRequest.OfHousehold.Contains(Act);

    private async Task Check()
    {
        var outcome = OfHousehold ? await Do<CheckHousehold, CheckedResidence>(f => f.Run(Asked())) : await Do<CheckResidence, CheckedResidence>(f => f.Run(Asked()));
        Known = outcome.Ok(out var known) ? known : null;
        Case = Known?.Case ?? Case;
        Told = await words.Spoken();
        Relations = await population.Codes("relation");
        await Keep(Known?.Person?.FullName);
    }

    private void Tell(Func<Fault, bool> which)
    {
        foreach (var refusal in Known?.Refusals.Where(which) ?? [])
        {
            ModelState.AddModelError(refusal.Field ?? "", refusal.Sentence);
        }
    }

    private ResidenceRequest Asked() => new(Act, Person, Persons, Commune, Detail, Host, Basis, OwnerAgrees, HeadAgrees, ParentsAgree, DwellingChecked, Metres(Floor), Head, NewHead,
        [.. RelationOf.Zip(Relation).Where(r => !string.IsNullOrEmpty(r.Second)).Select(r => new RelationTold(r.First, r.Second))], Day(From), Day(Until), Reason, Paper, Confirmed, Case);

    private static string Yes(bool yes) => yes ? "true" : "false";

    /// <summary>With a comma or a point.</summary>
    private static decimal? Metres(string? text) => decimal.TryParse(text?.Trim().Replace(',', '.'), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var metres) ? metres : null;

    private static DateOnly? Day(string? text) => DateWriting.TryRead(text ?? "", out var date) && date.Precision == DatePrecision.Day ? date.Earliest : null;
}
