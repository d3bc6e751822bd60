using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;
using SoGoc.Population;
using SoGoc.Quality.Rules;

namespace SoGoc.Quality.Work;

/// <summary>What there is to clean in the official's area, and how to take some of it.</summary>
[Needs(QualityPermission.WorkFindings)]
internal sealed class WorkPage : OfficePage
{
    [BindProperty(SupportsGet = true)]
    public string? QuyTac { get; set; }

    [BindProperty(SupportsGet = true)]
    public string? So { get; set; }

    /// <summary>Only this hamlet.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Ap { get; set; }

    [BindProperty]
    public string? Hamlet { get; set; }

    [BindProperty]
    public string? Rule { get; set; }

    public ListFindings.Shown? Shown { get; private set; }

    public bool OneRule => !string.IsNullOrEmpty(QuyTac);

    public bool MayHand => Actor.May(Permission.Of(QualityPermission.AssignWork));

    public static IReadOnlyList<string> Measures => Rules.Rule.Measures;

    public Task<IActionResult> OnGetAsync() => Load();

    public async Task<IActionResult> OnPostAsync() =>
        (await Do<TakeFindings, TakeFindings.Taken>(f => f.Run(new TakeFindings.Request(Rule, Hamlet)))).IsGood ? Redirect(MyWorkPage.Path) : await Load();

    private async Task<IActionResult> Load()
    {
        Shown = (await Do<ListFindings, ListFindings.Shown>(f => f.Run(new ListFindings.Request(QuyTac, So, Ap)))).Value;
        return Page();
    }
}

/// <summary>What the official has taken, door by door.</summary>
[Needs(QualityPermission.WorkFindings)]
internal sealed class MyWorkPage : OfficePage
{
    public const string Path = "/lam-sach/cua-toi";

    /// <summary>So many have their forms open: more would make the page of a full day too long for a phone.</summary>
    public const int FewItems = 3;

    [BindProperty]
    public Guid Id { get; set; }

    [BindProperty]
    public string? Outcome { get; set; }

    [BindProperty]
    public string? Text { get; set; }

    /// <summary>The right telephone number.</summary>
    [BindProperty]
    public string? Phone { get; set; }

    public bool MayWritePhone => Actor.May(Permission.Of(PopulationPermission.CorrectContact));

    /// <summary>Why it is given back.</summary>
    [BindProperty]
    public string? Reason { get; set; }

    public IReadOnlyList<MyFindings.Item> Items { get; private set; } = [];

    /// <summary>What was just answered, and where it is mended.</summary>
    public AnswerFinding.Answered? Answered { get; private set; }

    public bool Marks(Guid id) => Id == id && !ModelState.IsValid;

    public Task<IActionResult> OnGetAsync() => Load();

    public async Task<IActionResult> OnPostAsync()
    {
        Answered = (await Do<AnswerFinding, AnswerFinding.Answered>(f => f.Run(new AnswerFinding.Request(Id, Outcome, Text)))).Value;
        return await Load();
    }

    public async Task<IActionResult> OnPostPhoneAsync()
    {
        if (string.IsNullOrWhiteSpace(Phone))
        {
            ModelState.AddModelError("phone", Say["population.contact-missing"]);
            return await Load();
        }

        Answered = (await Do<AnswerFinding, AnswerFinding.Answered>(f => f.Run(new AnswerFinding.Request(Id, AnswerFinding.ToCorrect, Text, Phone)))).Value;
        return await Load();
    }

    public async Task<IActionResult> OnPostBackAsync()
    {
        await Do<GiveBackFinding, Done>(f => f.Run(new GiveBackFinding.Request(Id, Reason)));
        return await Load();
    }

    public async Task<IActionResult> OnGetFormAsync(Guid id) =>
        (await Do<DoorForm, DoorForm.Form>(f => f.Run(new DoorForm.Request(id)))) is var made && made.Ok(out var form) ? File(form.Pdf, "application/pdf", form.Name) : Refuse(made.Problems);

    private async Task<IActionResult> Load()
    {
        Items = (await Do<MyFindings, MyFindings.Shown>(f => f.Run(new MyFindings.Request()))).Value?.Items ?? [];
        return Page();
    }
}
