using System.Text;
using SoGoc.Civil.Acts;
using SoGoc.Civil.Books;
using SoGoc.Civil.Signatures;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Civil.Papers;

/// <summary>An entry as it was registered, what was written beside it, whose signatures hold, and the papers that were made of it.</summary>
internal sealed class ShowEntry(Session session, BookKeeper books, EntryBook book, EntryWords words, Signing signing, ActCases acts, Competence competence, Reasons reasons, Journal journal, CurrentActor actor)
{
    private static readonly string[] Fields = ["identity", "origin", "family", "residence"];

    /// <param name="Entry">Key of the entry.</param>
    internal sealed record Request(Guid Entry, string? Purpose, string? Case);

    /// <summary>A part of the entry in words.</summary>
    /// <param name="Head">Whom or what it is about; may be empty.</param>
    internal sealed record Part(string Head, IReadOnlyList<Fact> Facts);

    /// <summary>A labelled line.</summary>
    internal sealed record Fact(string Label, string Text);

    /// <summary>What was written beside the entry.</summary>
    /// <param name="Kind">annulled, corrected, adopted ….</param>
    internal sealed record Note(DateOnly On, string Kind, string Text, CheckedSignature Signature);

    /// <summary>A paper that was made of it.</summary>
    /// <param name="Id">Key.</param>
    /// <param name="Kind">certificate, extract.</param>
    /// <param name="State">valid, replaced, void.</param>
    /// <param name="EndedOn">Since when it is not valid.</param>
    /// <param name="Reason">Of a void one.</param>
    /// <param name="ReplacedBy">Number of the paper in its place.</param>
    /// <param name="Code">Where it is checked: /giay/….</param>
    /// <param name="Sha256">Of the file.</param>
    /// <param name="Mine">It was issued by the official's office, which can say that it is void.</param>
    internal sealed record Paper(Guid Id, string Kind, string No, string State, string Office, string Signer, DateTimeOffset IssuedAt, DateOnly? EndedOn, string? Reason, string? ReplacedBy, string Code, string Sha256, bool Mine, CheckedSignature Signature);

    /// <param name="Kind">Kind of the book.</param>
    /// <param name="Certificate">What its certificate is called.</param>
    /// <param name="MayCertify">There is no valid certificate, and this office may make one.</param>
    internal sealed record Shown(Guid Entry, string Kind, string No, DateOnly RegisteredOn, string Office, string Certificate, IReadOnlyList<Part> Parts, CheckedSignature Signature, IReadOnlyList<Note> Notes, IReadOnlyList<Paper> Papers, bool MayCertify);

    public async Task<Outcome<Shown>> Run(Request r)
    {
        var problems = new List<Problem>();
        var reason = await reasons.Check(r.Purpose, r.Case, problems);
        if (problems.Count > 0 || reason is null)
        {
            return problems;
        }

        if (!Fields.All(reason.Allows))
        {
            return Problem.Forbidden("civil.entry-beyond-purpose");
        }

        if (await books.Find(r.Entry) is not { } entry)
        {
            return Problem.Missing("civil.no-entry");
        }

        var parties = await book.Parties(entry.Id);
        if ((await acts.Read(parties, toAct: false)).Values.Any(p => p.State.Confidential > 0) && !actor.Value.May(Permission.Of(PopulationPermission.ReadConfidential)))
        {
            return Problem.Forbidden("population.confidential");
        }

        await journal.Disclose([.. parties.OfType<Guid>()], Fields, r.Purpose!, r.Case!);
        return await Tell(entry);
    }

    private async Task<Shown> Tell(KeptEntry entry)
    {
        var told = await words.Of(entry.Kind, entry.Body);
        var signature = await signing.Check("entry_id", entry.Id, await book.DecidedBy(entry.Id), Encoding.UTF8.GetBytes(entry.Body));
        var notes = new List<Note>();
        foreach (var note in await book.Notes(entry.Id))
        {
            notes.Add(new Note(note.On, note.Note, note.Text, await signing.Check("annotation_id", note.Id, note.DecidedBy, Encoding.UTF8.GetBytes(note.Body))));
        }

        var papers = new List<Paper>();
        foreach (var p in await book.Papers(entry.Id))
        {
            var (by, pdf) = (await session.Row("select issued_by, pdf from civil.paper where id = $1", x => Tuple.Create(x.GetString(0), x.Get<byte[]>(1)), p.Id))!;
            papers.Add(new Paper(p.Id, p.Kind, p.No, p.EndedAs ?? "valid", p.Office, p.Signer, p.IssuedAt, p.EndedAt is { } at ? OfficeTime.DayOf(at) : null, p.EndedReason, p.ReplacedBy, p.Code, Convert.ToHexStringLower(p.Sha256),
                competence.IsMine(p.Area), await signing.Check("paper_id", p.Id, by, pdf)));
        }

        return new Shown(entry.Id, entry.Kind, entry.No, entry.RegisteredOn, entry.Office, PaperForms.Of(entry.Kind).Certificate, [.. told.Parts.Select(p => new Part(p.Head, [.. p.Lines.Select(l => new Fact(l.Label, l.Text))]))], signature, notes, papers,
            competence.IsMine(entry.Area) && !papers.Any(p => p.Kind == IssuePaper.Certificate && p.State != "void"));
    }
}
