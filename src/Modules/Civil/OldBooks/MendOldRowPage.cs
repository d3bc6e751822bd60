using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Web;

namespace SoGoc.Civil.OldBooks;

/// <summary>One entry that was kept apart: what was given, what is wrong at each field, and the ways out.</summary>
[Needs(CivilPermission.DigitiseBooks)]
internal sealed class MendOldRowPage(OldShelf shelf, Kernel.Data.Session session, OldDesk desk) : OfficePage
{
    [BindProperty(SupportsGet = true)]
    public Guid Row { get; set; }

    [BindProperty]
    public Dictionary<string, string?> Fields { get; set; } = [];

    [BindProperty]
    public bool AsWritten { get; set; }

    public OldBook Book { get; private set; } = null!;

    public OldForm Form { get; private set; } = null!;

    public ShowOldBook.Apart Apart { get; private set; } = null!;

    public Guid? Image { get; private set; }

    public Task<IActionResult> OnGetAsync() => Load();

    public async Task<IActionResult> OnPostAsync()
    {
        var fields = Fields.ToDictionary(f => f.Key, f => f.Value ?? "", StringComparer.Ordinal);
        var mended = await Do<MendOldRow, MendOldRow.Mended>(f => f.Run(new MendOldRow.Request(Row, fields, AsWritten)));
        var book = await session.Value<Guid>("select book_id from civil.old_row where id = $1", Row);
        return mended.IsGood ? Redirect($"/so-cu/{book}") : await Load();
    }

    private async Task<IActionResult> Load()
    {
        var row = await session.Row("select book_id, image_id from civil.old_row where id = $1 and settled_at is null", r => Tuple.Create(r.GetGuid(0), Kernel.Data.Columns.Maybe<Guid>(r, 1)), Row);
        var found = row is null ? Kernel.Outcomes.Problem.Missing("civil.no-old-row") : await shelf.Find(row.Item1);
        if (!found.Ok(out var book))
        {
            return Refuse(found.Problems);
        }

        (Book, Image) = (book, row!.Item2);
        Apart = (await new ShowOldBook(shelf, desk, session, Say).Rows(null, Row)).Single();
        IReadOnlyDictionary<string, string?> values = Fields.Count > 0 ? Fields : Apart.Fields.ToDictionary(f => f.Key, f => (string?)f.Value, StringComparer.Ordinal);
        Form = new OldForm(book.Kind, values, Apart.Faults.Where(f => f.Field is not null).GroupBy(f => f.Field!, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Select(f => f.Sentence).ToArray(), StringComparer.Ordinal));
        return Page();
    }
}
