using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;

namespace SoGoc.Identity.Copies;

/// <summary>Everything that is held about the citizen, to take away.</summary>
[Citizen(2)]
internal sealed class CopyPage : CitizenPage
{
    public bool ForAnother => Own.ActsFor is not null;

    public Task<IActionResult> OnPostJsonAsync() => Take(CopyData.Json);

    public Task<IActionResult> OnPostPdfAsync() => Take(CopyData.Pdf);

    private async Task<IActionResult> Take(string format) =>
        (await Do<CopyData, CopyData.Copied>(c => c.Run(Own, new CopyData.Request(format)))).Ok(out var copy) ? File(copy.Bytes, copy.Type, copy.FileName) : Page();
}
