using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;
using SoGoc.Population.Persons;

namespace SoGoc.Population.Papers;

/// <summary>At the counter of the commune police, or at the door: the card that was shown goes into the record.</summary>
[Needs(PopulationPermission.RecordCard)]
internal sealed class RecordCardPage : OfficePage
{
    private const string NewCard = "new";

    /// <summary>Number of the card in the record that is put right, or "new".</summary>
    [BindProperty]
    public string? Which { get; set; }

    /// <summary>As people write dates.</summary>
    [BindProperty]
    public string? Issued { get; set; }

    [BindProperty]
    public string? Place { get; set; }

    [BindProperty]
    public string? Case { get; set; }

    public Guid Id { get; private set; }

    /// <summary>What the record says; null before the first look.</summary>
    public CardsShown? Known { get; private set; }

    public CardRecorded? Recorded { get; private set; }

    /// <summary>Who may not be served here is said at once, before anything is filled in.</summary>
    public async Task<IActionResult> OnGetAsync(Guid id)
    {
        Id = id;
        var outcome = await Do<Served, Done>(f => f.Reach(id));
        return outcome.IsGood ? Page() : Refuse(outcome.Problems);
    }

    public async Task OnPostLookAsync(Guid id)
    {
        await Look(id);
        foreach (var refusal in Known?.Refusals ?? [])
        {
            ModelState.AddModelError("", refusal.Sentence);
        }
    }

    public async Task OnPostRecordAsync(Guid id)
    {
        Id = id;
        var outcome = await Do<RecordCard, CardRecorded>(async f => Asked() is var asked && asked.Ok(out var request) ? await f.Run(request) : asked.Problems.ToList());
        if (outcome.Ok(out var recorded))
        {
            Recorded = recorded;
            return;
        }

        await Look(id);
    }

    /// <summary>The form as a request.</summary>
    private Outcome<CardRequest> Asked()
    {
        int? corrects = int.TryParse(Which, NumberStyles.None, CultureInfo.InvariantCulture, out var no) ? no : null;
        DateOnly? issued = DateWriting.TryRead(Issued ?? "", out var date) && date.Precision == DatePrecision.Day ? date.Earliest : null;
        return corrects is null && Which != NewCard ? Problem.Invalid("which", "population.card-which-missing")
            : issued is null && !string.IsNullOrWhiteSpace(Issued) ? Problem.Invalid("issued", "population.card-day-missing")
            : new CardRequest(Id, corrects, issued, Place, Case);
    }

    private async Task Look(Guid id)
    {
        Id = id;
        var outcome = await Do<ShowCards, CardsShown>(f => f.Run(new ShowCards.Request(Id, Case)));
        Known = outcome.Ok(out var known) ? known : null;
        Case = Known?.Case ?? Case;
    }
}
