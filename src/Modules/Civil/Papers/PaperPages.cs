using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.RazorPages;
using SoGoc.Civil.Signatures;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Web;

namespace SoGoc.Civil.Papers;

/// <summary>Where the QR code of a paper leads: whether it is valid. What the code holds behind # stays with the reader, and is checked and shown by his browser; without a script, number and date of birth are typed.</summary>
[Public]
internal sealed class PaperPage : OfficePage
{
    [BindProperty(SupportsGet = true)]
    public string Code { get; set; } = "";

    [BindProperty]
    public string? No { get; set; }

    [BindProperty]
    public string? Born { get; set; }

    public VerifyPaper.Answer? Answer { get; private set; }

    public Task<IActionResult> OnGetAsync() => Ask(new VerifyPaper.Request(Code));

    public async Task<IActionResult> OnPostAsync()
    {
        var proved = await Do<VerifyPaper, VerifyPaper.Answer>(f => f.Run(new VerifyPaper.Request(Code, No ?? "", Born ?? "")));
        if (!proved.IsGood)
        {
            return await Ask(new VerifyPaper.Request(Code));
        }

        Answer = proved.Value;
        return Page();
    }

    private async Task<IActionResult> Ask(VerifyPaper.Request r)
    {
        Answer = (await Do<VerifyPaper, VerifyPaper.Answer>(f => f.Run(r))).Value;
        return Page();
    }
}

/// <summary>Checks what was scanned from a paper, without asking anybody: once it is loaded it needs no network. And leads to a paper by its code.</summary>
[Public]
internal sealed class CheckPaperPage : OfficePage
{
    public void OnGet()
    {
    }

    public IActionResult OnPost(string? code) => VerifyPaper.Plain(code) is { Length: > 0 and <= 60 } plain ? LocalRedirect($"/giay/{plain}") : Page();
}

/// <summary>The register's public keys, as the page gives them to its script.</summary>
internal sealed class PaperKeys(PublicKeys keys)
{
    public async Task<string> Text() => JsonSerializer.Serialize((await keys.OfRegister()).Keys, Journal.Json);
}

internal static class Handing
{
    /// <summary>A paper, to be looked at and printed in the browser; kept by nobody on the way.</summary>
    public static FileContentResult Hand(this PageModel page, PaperFile file)
    {
        page.Response.Headers.ContentDisposition = $"inline; filename=\"{file.FileName}\"";
        page.Response.Headers.CacheControl = "no-store";
        return page.File(file.Pdf, "application/pdf");
    }
}
