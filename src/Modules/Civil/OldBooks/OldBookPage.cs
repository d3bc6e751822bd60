using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Web;

namespace SoGoc.Civil.OldBooks;

/// <summary>One old book: what came in, what was kept apart, and where to go on.</summary>
[Needs(CivilPermission.DigitiseBooks)]
[RequestFormLimits(MultipartBodyLengthLimit = MostBytes)]
[RequestSizeLimit(MostBytes)]
internal sealed class OldBookPage : OfficePage
{
    /// <summary>Ten pictures, or the largest file, with what the form adds around them.</summary>
    private const long MostBytes = (10L * SendOldImage.MostBytes) + (1 << 20);

    [BindProperty(SupportsGet = true)]
    public Guid Book { get; set; }

    public ShowOldBook.Shown Shown { get; private set; } = null!;

    public ShowCoverage.BookCovered Covered { get; private set; } = null!;

    /// <summary>What the file that was just sent came to.</summary>
    public SendOldBatch.Sent? Sent { get; private set; }

    public Task<IActionResult> OnGetAsync() => Load();

    public async Task<IActionResult> OnPostBatchAsync(IFormFile? file)
    {
        if (file is null)
        {
            ModelState.AddModelError("file", Say["kernel.required"]);
            return await Load();
        }

        await using var stream = file.OpenReadStream();
        Sent = (await Do<SendOldBatch, SendOldBatch.Sent>(f => f.Run(new SendOldBatch.Request(stream, file.FileName, Book)))).Value;
        return await Load();
    }

    /// <summary>Each picture by itself: one that is none stops none of the others.</summary>
    public async Task<IActionResult> OnPostImagesAsync(List<IFormFile> images, int? entries)
    {
        foreach (var image in images.OrderBy(i => i.FileName, StringComparer.OrdinalIgnoreCase))
        {
            await using var stream = image.OpenReadStream();
            await Do<SendOldImage, SendOldImage.Sent>(f => f.Run(new SendOldImage.Request(stream, image.FileName, Book, entries ?? 1)));
        }

        return images.Count > 0 && ModelState.IsValid ? Redirect($"/so-cu/{Book}") : await Load();
    }

    private async Task<IActionResult> Load()
    {
        var outcome = await Do<ShowOldBook, ShowOldBook.Shown>(f => f.Run(new ShowOldBook.Request(Book)));
        var covered = await Do<ShowCoverage, ShowCoverage.Coverage>(f => f.Run(new ShowCoverage.Request(Book)));
        if (!outcome.Ok(out var shown) || !covered.Ok(out var coverage))
        {
            return Refuse([.. outcome.Problems, .. covered.Problems]);
        }

        (Shown, Covered) = (shown, coverage.Books[0]);
        return Page();
    }
}
