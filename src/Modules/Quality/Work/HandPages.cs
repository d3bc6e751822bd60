using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;

namespace SoGoc.Quality.Work;

/// <summary>Gives work of the area to a colleague of the office.</summary>
[Needs(QualityPermission.AssignWork)]
internal sealed class HandPage : OfficePage
{
    public const string Path = "/lam-sach/giao", GivenPath = "/lam-sach/da-giao";

    [BindProperty(SupportsGet = true)]
    public string? QuyTac { get; set; }

    /// <summary>Only this hamlet.</summary>
    [BindProperty(SupportsGet = true)]
    public string? Ap { get; set; }

    /// <summary>What was given once.</summary>
    [BindProperty(SupportsGet = true)]
    public Guid? Luot { get; set; }

    [BindProperty]
    public List<Guid> Findings { get; set; } = [];

    [BindProperty]
    public string? To { get; set; }

    [BindProperty]
    public string? Until { get; set; }

    [BindProperty]
    public string? Note { get; set; }

    public ListToHand.Shown? Shown { get; private set; }

    /// <summary>Something was chosen of which the findings are shown one by one.</summary>
    public bool IsScoped => Luot is not null || !string.IsNullOrEmpty(Ap) || !string.IsNullOrEmpty(QuyTac);

    /// <summary>The address of this choice.</summary>
    public string Here => Luot is { } handing ? $"{Path}?luot={handing}" : Where(QuyTac, Ap);

    /// <summary>All is chosen until he chooses.</summary>
    public bool IsChosen(Guid id) => Request.Method != "POST" || Findings.Contains(id);

    public static string Where(string? rule, string? hamlet) => $"{Path}?quyTac={Uri.EscapeDataString(rule ?? "")}&ap={Uri.EscapeDataString(hamlet ?? "")}";

    public Task<IActionResult> OnGetAsync() => Load();

    public async Task<IActionResult> OnPostAsync()
    {
        DateOnly? until = DateWriting.TryRead(Until ?? "", out var day) && day.Precision == DatePrecision.Day ? day.Earliest : null;
        return (await Do<HandFindings, HandFindings.Handed>(f => f.Run(new HandFindings.Request(To, until, Findings, Note: Note)))).IsGood ? Redirect(GivenPath) : await Load();
    }

    private async Task<IActionResult> Load()
    {
        Shown = (await Do<ListToHand, ListToHand.Shown>(f => f.Run(new ListToHand.Request(QuyTac, Ap, Luot)))).Value;
        return Page();
    }
}

/// <summary>What the official has given to others, and how it stands.</summary>
[Needs(QualityPermission.AssignWork)]
internal sealed class GivenPage : OfficePage
{
    public GivenWork.Shown Shown { get; private set; } = new([], []);

    public async Task OnGetAsync() => Shown = (await Do<GivenWork, GivenWork.Shown>(f => f.Run(new GivenWork.Request()))).Value ?? Shown;
}
