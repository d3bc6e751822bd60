using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;
using SoGoc.Places;
using SoGoc.Population.Persons;

namespace SoGoc.Population.Numbers;

/// <summary>At the counter of the commune police: somebody of the register who has no number gets one. What the register knows, with what is missing; the number.</summary>
[Needs(PopulationPermission.AllotNumber)]
internal sealed class AllotNumberPage(IPlaces places) : OfficePage
{
    [BindProperty]
    public string? PlaceCode { get; set; }

    [BindProperty]
    public string? Paper { get; set; }

    [BindProperty]
    public List<string?> Confirmed { get; set; } = [];

    /// <summary>What shows that those who are alike are others.</summary>
    [BindProperty]
    public string? NotSame { get; set; }

    [BindProperty]
    public string? Case { get; set; }

    public Guid Id { get; private set; }

    /// <summary>What the register says; null before the first look.</summary>
    public NumberChecked? Known { get; private set; }

    public NumberGiven? Given { get; private set; }

    /// <summary>Nothing stands against it but what the form asks for.</summary>
    public bool Open => Known?.Refusals.All(r => r.Field is not null) == true;

    public IEnumerable<(string Code, string Name)> Codes => places.Book.PlaceCodes.Order(StringComparer.Ordinal).Select(c => (c, places.Book.ProvinceOf(c)!.FullName));

    public string? PlaceName(string code) => places.Book.ProvinceOf(code)?.FullName;

    /// <summary>Who may not be served here is said at once, before anything is filled in.</summary>
    public async Task<IActionResult> OnGetAsync(Guid id)
    {
        Id = id;
        var outcome = await Do<Served, Done>(f => f.Reach(id));
        return outcome.IsGood ? Page() : Refuse(outcome.Problems);
    }

    public async Task OnPostLookAsync(Guid id)
    {
        await Check(id);
        foreach (var refusal in Known?.Refusals.Where(r => r.Field is null) ?? [])
        {
            ModelState.AddModelError("", refusal.Sentence);
        }
    }

    public async Task OnPostDecideAsync(Guid id)
    {
        Id = id;
        var outcome = await Do<AllotNumber, NumberGiven>(f => f.Run(Asked()));
        if (outcome.Ok(out var given))
        {
            Given = given;
            return;
        }

        // Who has a number by now is not looked at again.
        if (outcome.Problems.All(p => p.Field is not null))
        {
            await Check(id);
        }
    }

    private async Task Check(Guid id)
    {
        Id = id;
        var outcome = await Do<CheckNumber, NumberChecked>(f => f.Run(Asked()));
        Known = outcome.Ok(out var known) ? known : null;
        Case = Known?.Case ?? Case;
    }

    private NumberRequest Asked() => new(Id, PlaceCode, Paper, [.. Confirmed.OfType<string>()], Case, NotSame);
}
