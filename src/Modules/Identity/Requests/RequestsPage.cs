using Microsoft.AspNetCore.Mvc;
using SoGoc.Identity.Acting;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Identity.Requests;

/// <summary>What a citizen wants done with his data, with the law's clock, and what the office has answered.</summary>
[Citizen]
internal sealed class RequestsPage(RequestBook book, ActFor acting) : CitizenPage
{
    public IReadOnlyList<RequestRow> Rows { get; private set; } = [];

    public bool ForAnother => Own.ActsFor is not null;

    [BindProperty]
    public string? Kind { get; set; }

    [BindProperty]
    public string? Field { get; set; }

    [BindProperty]
    public string? Wanted { get; set; }

    [BindProperty]
    public string? Why { get; set; }

    public async Task<IActionResult> OnGetAsync()
    {
        var outcome = await acting.Record(Own);
        if (!outcome.Ok(out var person))
        {
            return Refuse(outcome.Problems);
        }

        Rows = await book.Of(Own, person);
        return Page();
    }

    public async Task<IActionResult> OnPostAsync() =>
        (await Do<MakeRequest, MakeRequest.Made>(m => m.Run(Own, new MakeRequest.Request(Kind, Field, Wanted, Why)))).IsGood ? LocalRedirect("/cua-toi/yeu-cau") : await OnGetAsync();
}
