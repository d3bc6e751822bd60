using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Population;

namespace SoGoc.Civil.OldBooks;

/// <summary>The old entries in which a person stands, as an official has linked them; on his page.</summary>
internal sealed class OldEntriesOfPerson(Session session, OldShelf shelf, Sentences say) : IPersonNotes
{
    public async Task<IReadOnlyList<PersonNote>> Of(Guid person) => await session.Rows("""
        select b.id, b.area_id, b.office, b.kind, b.number, b.year_from, b.year_to, b.expected, p.role, e.no from civil.old_party p join civil.old_entry e on e.id = p.entry_id join civil.old_book b on b.id = p.book_id
         where p.person_id = $1 and p.state = 'linked' order by b.year_from, p.id
        """, r =>
    {
        var book = OldShelf.Read(r);
        var where = say["civil.old-entry-at", say["civil.old-kind-" + book.KindName], OldShelf.Back(book), shelf.Named(book)];
        return new PersonNote(say["civil.old-entry"], r.Text(9) is { } no ? $"{say["civil.old-entry-no", no]}; {where} ({say["civil.old-role-" + r.GetString(8)]})" : $"{where} ({say["civil.old-role-" + r.GetString(8)]})");
    }, person);
}
