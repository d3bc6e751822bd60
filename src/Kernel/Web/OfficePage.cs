using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.Extensions.DependencyInjection;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Pages;

namespace SoGoc.Kernel.Web;

/// <summary>Base of the pages: runs features and puts their problems beside the fields of the form.</summary>
public abstract class OfficePage : PageModel
{
    public Sentences Say => HttpContext.RequestServices.GetRequiredService<Sentences>();

    public Actor Actor => HttpContext.RequestServices.GetRequiredService<CurrentActor>().Value;

    /// <summary>Runs a feature; problems go into the model state under their field, so that the page shows them where they belong.</summary>
    protected async Task<Outcome<T>> Do<TFeature, T>(Func<TFeature, Task<Outcome<T>>> run) where TFeature : class
    {
        var outcome = await HttpContext.RequestServices.GetRequiredService<Runner>().Run(run);
        foreach (var problem in outcome.Problems)
        {
            var said = Say.Say(problem);
            ModelState.AddModelError(problem.Field ?? "", said);
            ProblemsTag.Told(HttpContext).Add(said);
            Response.StatusCode = problem.Status;
        }

        return outcome;
    }

    /// <summary>A whole page of refusal (no such record, not permitted), with its sentence.</summary>
    protected IActionResult Refuse(IReadOnlyList<Problem> problems)
    {
        HttpContext.Items[nameof(Faults)] = problems.Select(Say.Say).ToList();
        return StatusCode(problems[0].Status);
    }
}
