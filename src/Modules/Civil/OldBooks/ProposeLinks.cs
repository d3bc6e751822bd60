using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Population;

namespace SoGoc.Civil.OldBooks;

/// <summary>Somebody an old entry is about, with the entry.</summary>
internal sealed record OldParty(Guid Id, Guid Entry, OldBook Book, string Role, string Name, string State, string? No, IReadOnlyDictionary<string, string> Fields, Guid? Image, Guid? Person)
{
    public OldRole Whose => Book.Kind.Roles.First(r => r.Name == Role);
}

/// <summary>A person of the register whom somebody of an old entry may be.</summary>
/// <param name="Score">0 to 100.</param>
/// <param name="Evidence">Why.</param>
/// <param name="Linked">In how many other old entries of the same kind he stands linked in the same role.</param>
internal sealed record Proposal(Candidate Who, int Score, IReadOnlyList<EvidenceLine> Evidence, int Linked);

/// <summary>Looks for the persons of the register whom somebody of an old entry may be, the likeliest first. Decides nothing.</summary>
internal sealed class Proposals(ICandidates candidates, Session session, Journal journal, CaseBook cases, IPlaces places, TimeProvider clock)
{
    /// <summary>What the books are read for.</summary>
    public const string Purpose = "civil-status";

    private const int Most = 5, MostLooked = 60, Years = 2;

    private static readonly string[] Told = ["identity", "origin", "family", "residence"];

    public async Task<OldParty?> Party(Guid id, bool hold = false) => await session.Row($"""
        select p.id, p.entry_id, p.role, p.name, p.state, e.no, e.fields::text, e.image_id, p.person_id, b.id, b.area_id, b.office, b.kind, b.number, b.year_from, b.year_to, b.expected
          from civil.old_party p join civil.old_entry e on e.id = p.entry_id join civil.old_book b on b.id = p.book_id where p.id = $1{(hold ? " for update of p" : "")}
        """, r => new OldParty(r.GetGuid(0), r.GetGuid(1), new OldBook(r.GetGuid(9), r.GetInt32(10), r.GetString(11), r.GetString(12), r.GetString(13), r.GetInt16(14), r.GetInt16(15), r.GetInt32(16)),
            r.GetString(2), r.GetString(3), r.GetString(4), r.Text(5), OldShelf.Fields(r.GetString(6)), r.Maybe<Guid>(7), r.Maybe<Guid>(8)), id);

    /// <summary>The proposals; that they were read is recorded for the case of the book.</summary>
    public async Task<Outcome<IReadOnlyList<Proposal>>> For(OldParty party)
    {
        var opened = await Case(party.Book);
        if (!opened.Ok(out var file))
        {
            return opened.Problems.ToList();
        }

        var role = party.Whose;
        var born = party.Fields.TryGetValue(OldKind.KeyOf(role.Name, "born"), out var text) && PartialDate.TryParse(text, out var date) && date.Precision != DatePrecision.Unknown ? date : (PartialDate?)null;
        var near = Near(party.Book.Area);
        var looked = (await candidates.Find(party.Name, born, Years, MostLooked))
            .Select(c => (Who: c, Lines: OldEvidence.Of(role, party.Fields, c, near.Contains))).Select(c => new Proposal(c.Who, OldEvidence.Score(c.Lines), c.Lines, 0))
            .Where(p => p.Score >= OldEvidence.Least).OrderByDescending(p => p.Score).ThenByDescending(p => p.Evidence.Sum(l => l.Points)).ThenBy(p => p.Who.Person).Take(Most).ToList();
        Guid[] shown = [.. looked.Select(p => p.Who.Person)];
        var linked = (await session.Rows("select p.person_id, count(*) from civil.old_party p join civil.old_book b on b.id = p.book_id where p.person_id = any($1) and p.role = $2 and b.kind = $3 and p.id <> $4 group by 1",
            r => (r.GetGuid(0), (int)r.GetInt64(1)), shown, party.Role, party.Book.KindName, party.Id)).ToDictionary(l => l.Item1, l => l.Item2);
        await journal.Disclose(shown, Told, Purpose, file.Reference);
        return looked.Select(p => p with { Linked = linked.GetValueOrDefault(p.Who.Person) }).ToList();
    }

    /// <summary>The case of the office for the book: it names nobody, so that it widens nobody's reach. Where it was closed a new one follows.</summary>
    private async Task<Outcome<CaseFile>> Case(OldBook book)
    {
        for (var no = 1; ; no++)
        {
            var reference = $"SC-{book.Id.ToString("N")[^12..]}-{no}";
            var file = await cases.Find(reference);
            if (file is null)
            {
                var opened = await cases.Open(new NewCase("reconciliation", reference, Purpose));
                return opened.IsGood || await cases.Find(reference) is not { } colleague ? opened : colleague;
            }

            if (file.IsOpen(clock.GetUtcNow()))
            {
                return file;
            }
        }
    }

    /// <summary>All versions of the units in which the book's commune lies today.</summary>
    private HashSet<int> Near(int area)
    {
        var (book, today) = (places.Book, clock.Today());
        return book[area] is not { } then ? [] : [area, .. book.Resolve(then, today).Candidates.SelectMany(c => book.Within(c.Area, today))];
    }
}

/// <summary>The next of a book whose link is to be decided, or a certain one, with the persons he may be. Those put off come last.</summary>
internal sealed class ProposeLinks(OldShelf shelf, Proposals proposals, Session session)
{
    /// <param name="Book">The next one of this book.</param>
    /// <param name="Party">Or this very one.</param>
    internal sealed record Request(Guid? Book = null, Guid? Party = null);

    /// <param name="Party">Null: all are decided.</param>
    /// <param name="Alike">The first two fit alike: look farther.</param>
    /// <param name="Left">How many are still to be decided, this one among them.</param>
    internal sealed record Proposed(Guid Book, Guid? Party, string? Role, string? Name, string? No, string? State, IReadOnlyDictionary<string, string>? Fields, Guid? Image, IReadOnlyList<ProposedPerson> Persons, bool Alike, long Left);

    /// <param name="Number">His number.</param>
    /// <param name="Score">0 to 100; only says who is looked at first.</param>
    /// <param name="Linked">In how many other entries of this kind he stands linked so.</param>
    internal sealed record ProposedPerson(Guid Person, PersonalNumber? Number, string Name, PartialDate? Born, PersonStatus Status, int Score, IReadOnlyList<EvidenceLine> Evidence, int Linked);

    public async Task<Outcome<Proposed>> Run(Request r)
    {
        var party = r.Party is { } id ? await proposals.Party(id) : null;
        if (r.Party is not null && party is null)
        {
            return Problem.Missing("civil.no-old-party");
        }

        var found = await shelf.Find(party?.Book.Id ?? r.Book ?? Guid.Empty);
        if (!found.Ok(out var book))
        {
            return found.Problems.ToList();
        }

        var next = await session.Value<Guid>("select id from civil.old_party where book_id = $1 and state in ('open', 'later') order by state desc, decided_at nulls first, no limit 1", book.Id);
        party ??= next == Guid.Empty ? null : await proposals.Party(next);
        var left = await session.Value<long>("select count(*) from civil.old_party where book_id = $1 and state in ('open', 'later')", book.Id);
        if (party is null)
        {
            return new Proposed(book.Id, null, null, null, null, null, null, null, [], false, left);
        }

        var looked = await proposals.For(party);
        return !looked.Ok(out var persons) ? looked.Problems.ToList() : new Proposed(book.Id, party.Id, party.Role, party.Name, party.No, party.State, party.Fields, party.Image,
            [.. persons.Select(p => new ProposedPerson(p.Who.Person, p.Who.Number, p.Who.Name, p.Who.Born, p.Who.Status, p.Score, p.Evidence, p.Linked))],
            persons is [var first, var second, ..] && first.Evidence.Sum(l => l.Points) - second.Evidence.Sum(l => l.Points) < OldEvidence.Alike, left);
    }
}
