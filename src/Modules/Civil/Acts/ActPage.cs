using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;

namespace SoGoc.Civil.Acts;

/// <summary>All acts of civil status but the birth, at the counter: whom it is about; the form with what the register knows; what is to be looked into; the entry. Each step is a form of its own.</summary>
[Needs(CivilPermission.RegisterCivilStatus)]
internal sealed class ActPage : StepsPage
{
    [BindProperty(SupportsGet = true)]
    public string Act { get; set; } = "";

    [BindProperty]
    public List<string> Confirmed { get; set; } = [];

    public ActForm Form { get; private set; } = null!;

    public FormValues Values { get; private set; } = null!;

    /// <summary>What the register says; null before the first step.</summary>
    public ActChecked? Known { get; private set; }

    /// <summary>Something about the people themselves stands against it: what follows is not asked.</summary>
    public bool Stopped { get; private set; }

    /// <summary>Nothing stands against it any more but what is to be confirmed.</summary>
    public bool Reviewed { get; private set; }

    public ActRegistered? Done { get; private set; }

    public override IEnumerable<(string Name, string? Value)> Carried => Form.Fields.Select(f => (f.Name, Values.Text(f.Name)));

    /// <param name="viec">The case of an act that was begun.</param>
    /// <param name="xong">What was registered, sealed.</param>
    public async Task<IActionResult> OnGetAsync(string? viec, string? xong)
    {
        if (!Find())
        {
            return NotFound();
        }

        await TakeUp(viec);
        Done = Registered<ActRegistered>(xong);
        return Page();
    }

    /// <summary>The first step: whom it is about.</summary>
    public async Task<IActionResult> OnPostLookAsync() => await Step(_ => false);

    /// <summary>The form is filled in: what stands against it, or what has to be looked into.</summary>
    public async Task<IActionResult> OnPostReviewAsync()
    {
        var page = await Step(_ => true);
        Reviewed = Known is { Refusals.Count: 0 } && ModelState.IsValid;
        return page;
    }

    /// <summary>Back to the form.</summary>
    public async Task<IActionResult> OnPostMendAsync() => await Step(_ => false);

    public async Task<IActionResult> OnPostRegisterAsync()
    {
        if (!Find())
        {
            return NotFound();
        }

        if ((await Form.Register(this, Values)).Ok(out var done))
        {
            return Shown($"/ho-tich/{Form.Path}", done);
        }

        await Look();
        Reviewed = Known is { Refusals.Count: 0 };
        return Page();
    }

    /// <summary>Runs a feature for the form of an act.</summary>
    internal Task<Outcome<T>> Run<TFeature, T>(Func<TFeature, Task<Outcome<T>>> run) where TFeature : class => Do(run);

    /// <summary>The value of a field as it is shown for review.</summary>
    public string Shown(ActField field) => Values.Text(field.Name) is not { } value ? "" : field.Ask switch
    {
        Ask.Choice => Say[field.ChoiceCode(value)],
        Ask.Offer => Known?.Offers.GetValueOrDefault(field.Name)?.FirstOrDefault(o => o.Value == value)?.Label ?? value,
        Ask.Yes => Say["civil.yes"],
        _ => value,
    };

    private bool Find()
    {
        if (ActForms.All.FirstOrDefault(f => f.Path == Act) is not { } form)
        {
            return false;
        }

        Form = form;
        Values = new FormValues(form, name => Request.HasFormContentType ? Request.Form[name].FirstOrDefault() : null, Confirmed, Case);
        return true;
    }

    private async Task<IActionResult> Step(Func<Fault, bool> alsoTold)
    {
        if (!Find())
        {
            return NotFound();
        }

        await Look();
        // Who is not competent is told before he fills in the rest, where nothing of the rest could make him so.
        bool OfFirst(Fault r) => Form.First.Any(f => f.Name == r.Field) || (r is { Field: null, Code: "civil.outside-competence" } && !Form.Then.Any(f => f is { Offered: true, Ask: Ask.Yes } && f.IsAsked(Known!.Offers)));
        foreach (var refusal in Known?.Refusals.Where(r => OfFirst(r) || alsoTold(r)) ?? [])
        {
            ModelState.AddModelError(refusal.Field ?? "", refusal.Sentence);
        }

        Stopped = Known is null || Known.Refusals.Any(OfFirst);
        return Page();
    }

    private async Task Look()
    {
        foreach (var (field, value) in Form.Preset)
        {
            Values.Suggest(field, value);
        }

        Known = (await Form.Check(this, Values)).Ok(out var known) ? known : null;
        Case = Known?.Case ?? Case;
        foreach (var field in Form.Then.Where(f => f.Ask == Ask.Offer))
        {
            Values.Suggest(field.Name, Known?.Offers.GetValueOrDefault(field.Name)?.FirstOrDefault()?.Value);
        }

        foreach (var problem in Values.Problems)
        {
            ModelState.AddModelError(problem.Field ?? "", Say.Say(problem));
        }

        await Keep(Known?.People.Select(p => p.FullName) ?? []);
    }
}
