using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.DependencyInjection;
using SoGoc.Civil.Waiting;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;

namespace SoGoc.Civil.Acts;

/// <summary>A page on which an act is filled in step by step. What was filled in is kept with its case, so that it can go on after an interruption; and what was registered has an address of its own,
/// so that the way back and a second loading of the page register nothing again.</summary>
internal abstract class StepsPage : OfficePage
{
    private static readonly TimeSpan Readable = TimeSpan.FromHours(12);

    /// <summary>The case of the act, from the first look at the register on.</summary>
    [BindProperty]
    public string? Case { get; set; }

    /// <summary>What was filled in of an act that is gone on with.</summary>
    public Draft Begun { get; private set; } = new("", []);

    /// <summary>The fields as they are filled in, by the names of the form.</summary>
    public abstract IEnumerable<(string Name, string? Value)> Carried { get; }

    /// <summary>Takes up the case of an act that was begun.</summary>
    protected async Task TakeUp(string? reference)
    {
        Case = reference;
        Begun = string.IsNullOrWhiteSpace(reference) ? Begun : (await Do<FindDraft, Draft>(f => f.Run(reference))).Value ?? Begun;
    }

    /// <summary>Keeps what is filled in.</summary>
    /// <param name="about">Whom it is about.</param>
    protected async Task Keep(params IEnumerable<string?> about)
    {
        if (!string.IsNullOrWhiteSpace(Case))
        {
            await Do<KeepDraft, Done>(f => f.Run(Case, string.Join(", ", about.OfType<string>().Distinct()), [.. Carried.Where(c => !string.IsNullOrEmpty(c.Value)).Select(c => new DraftField(c.Name, c.Value!))]));
        }
    }

    /// <summary>From what was registered on to the record, or to the entry, without asking what for.</summary>
    /// <param name="entry">Of the act.</param>
    /// <param name="to">entry; otherwise the record.</param>
    public async Task<IActionResult> OnPostAfterAsync(Guid entry, string? to)
    {
        var outcome = await Do<LookAfter, LookAfter.Found>(f => f.Run(entry));
        return !outcome.Ok(out var found) ? Refuse(outcome.Problems) : Redirect(to == "entry" ? $"/so-ho-tich/{entry}" : $"/nguoi/{found.Person}");
    }

    /// <summary>On to the page of what was registered.</summary>
    protected IActionResult Shown<T>(string path, T done) => Redirect($"{path}?xong={Seal.Protect(JsonSerializer.Serialize(done, Journal.Json), Readable)}");

    /// <summary>What was registered, of the address; null for an address that is too old, or another official's.</summary>
    protected T? Registered<T>(string? xong) where T : class
    {
        try
        {
            return string.IsNullOrEmpty(xong) ? null : JsonSerializer.Deserialize<T>(Seal.Unprotect(xong), Journal.Json);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private ITimeLimitedDataProtector Seal => HttpContext.RequestServices.GetRequiredService<IDataProtectionProvider>().CreateProtector("results of civil status", Actor.Reference).ToTimeLimitedDataProtector();
}
