using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Web;

namespace SoGoc.Civil.OldBooks;

/// <summary>What two typed differently, side by side with the picture; a choice for each field.</summary>
[Needs(CivilPermission.DigitiseBooks)]
internal sealed class CompareTypingsPage(OldDesk desk, OldShelf shelf) : OfficePage
{
    [BindProperty(SupportsGet = true)]
    public Guid Book { get; set; }

    [BindProperty]
    public Guid? Image { get; set; }

    [BindProperty]
    public int Place { get; set; }

    [BindProperty]
    public Dictionary<string, int> Choices { get; set; } = [];

    public CompareTypings.Compared? Compared { get; private set; }

    public OldKind Kind { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync()
    {
        if (await desk.NextToSettle(Book) is { } next)
        {
            (Image, Place) = (next.Item1, next.Item2);
        }

        return await Load();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var settled = await Do<SettleTypings, SettleTypings.Settled>(f => f.Run(new SettleTypings.Request(Image ?? Guid.Empty, Place, Choices)));
        return settled.IsGood ? Redirect($"/so-cu/{Book}/doi-chieu") : await Load();
    }

    private async Task<IActionResult> Load()
    {
        var found = await shelf.Find(Book);
        if (!found.Ok(out var book))
        {
            return Refuse(found.Problems);
        }

        Kind = book.Kind;
        Compared = Image is { } image ? (await Do<CompareTypings, CompareTypings.Compared>(f => f.Run(new CompareTypings.Request(image, Place)))).Value : null;
        return Page();
    }

    public string Label(string key) => Kind.Fields.First(f => f.Key == key) is { Role: { } role } field ? $"{Say["civil.old-part-" + field.Part]} · {Say["civil.old-role-" + role]}" : Say["civil.old-part-" + key];

    /// <summary>A value as people read it: dates and sex in their form.</summary>
    public string Text(string key, string value) => OldText.Of(Kind.Fields.First(f => f.Key == key), value, Say);
}

/// <summary>Values of old entries as people read them.</summary>
internal static class OldText
{
    public static string Of(OldField field, string value, Kernel.Outcomes.Sentences say) => field.Type switch
    {
        OldType.Date when Kernel.Time.PartialDate.TryParse(value, out var date) => date.Shown,
        OldType.Sex when value is "1" or "2" => say["civil.sex-" + value],
        _ => value,
    };
}
