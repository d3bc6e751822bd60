using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Web;

namespace SoGoc.Civil.OldBooks;

/// <summary>The form of an old entry: its fields, what stands in them, and what is wrong with each.</summary>
internal sealed record OldForm(OldKind Kind, IReadOnlyDictionary<string, string?> Values, IReadOnlyDictionary<string, string[]> Faults);

/// <summary>The picture of a page and, beside it, the form of one entry. What another has typed is not shown.</summary>
[Needs(CivilPermission.DigitiseBooks)]
internal sealed class TypeOldEntryPage(OldDesk desk, OldShelf shelf) : OfficePage
{
    [BindProperty(SupportsGet = true)]
    public Guid Book { get; set; }

    [BindProperty]
    public Guid? Image { get; set; }

    [BindProperty]
    public int Place { get; set; }

    [BindProperty]
    public Dictionary<string, string?> Fields { get; set; } = [];

    /// <summary>Null: nothing waits for this official.</summary>
    public OldPage? Typed { get; private set; }

    public OldForm Form { get; private set; } = null!;

    /// <summary>What became of the entry before: typed first, agreed, or different from what the other typed.</summary>
    public string? Before { get; private set; }

    [BindProperty(SupportsGet = true)]
    public int? Xong { get; set; }

    public async Task<IActionResult> OnGetAsync()
    {
        var found = await shelf.Find(Book);
        if (!found.IsGood)
        {
            return Refuse(found.Problems);
        }

        Before = Xong switch { 1 => Say["civil.old-typed-first"], 2 => Say["civil.old-typed-agreed"], 3 => Say["civil.old-typed-differs"], _ => null };
        if (await desk.Next(Book) is { } next)
        {
            (Image, Place) = (next.Item1, next.Item2);
        }

        return await Load();
    }

    public async Task<IActionResult> OnPostAsync()
    {
        var fields = Fields.Where(f => f.Value is not null).ToDictionary(f => f.Key, f => f.Value!, StringComparer.Ordinal);
        var typed = await Do<TypeOldEntry, TypeOldEntry.Typed>(f => f.Run(new TypeOldEntry.Request(Image ?? Guid.Empty, Place, fields)));
        return typed.Ok(out var done) ? Redirect($"/so-cu/{Book}/go?xong={done.Agreed switch { null => 1, true => 2, false => 3 }}") : await Load();
    }

    private async Task<IActionResult> Load()
    {
        if (Image is { } image)
        {
            var found = await desk.Page(image, Place);
            if (!found.Ok(out var page) || page.Book.Id != Book)
            {
                return Refuse(found.Problems is { Count: > 0 } problems ? problems : [Kernel.Outcomes.Problem.Missing("civil.no-old-page")]);
            }

            Typed = page;
            Form = new OldForm(page.Book.Kind, Fields, new Dictionary<string, string[]>());
        }

        return Page();
    }
}
