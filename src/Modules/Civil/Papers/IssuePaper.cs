using SoGoc.Civil.Acts;
using SoGoc.Civil.Books;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;

namespace SoGoc.Civil.Papers;

/// <summary>A file to hand out.</summary>
/// <param name="Paper">Key of the paper.</param>
/// <param name="No">Its number.</param>
/// <param name="Code">Of the address where it is checked.</param>
/// <param name="Address">What its QR code says.</param>
/// <param name="Sha256">Of the file, in hexadecimal digits.</param>
/// <param name="FileName">Without a name or number of a person.</param>
/// <param name="Pdf">The file.</param>
internal sealed record PaperFile(Guid Paper, string No, string Code, string Address, string Sha256, string FileName, byte[] Pdf);

/// <summary>Opens a case for handing out a paper, and says who was read for it; the case ends with it.</summary>
internal sealed class PaperCases(EntryBook book, ActCases acts, OwnCase own, CaseBook cases)
{
    public async Task<Outcome<CaseFile>> Take(Guid entry)
    {
        var parties = await book.Parties(entry);
        var taken = await acts.TakeUp("TL", null, parties);
        return taken.Ok(out var file) ? await Read(file, parties) : taken;
    }

    /// <summary>For whoever a decision on residence is about.</summary>
    public async Task<Outcome<CaseFile>> Take(string purpose, IReadOnlyList<Guid> whom)
    {
        Guid?[] named = [.. whom];
        var taken = await acts.TakeUp(purpose, "TB", null, named);
        return taken.Ok(out var file) ? await Read(file, named) : taken;
    }

    private async Task<Outcome<CaseFile>> Read(CaseFile file, Guid?[] whom) =>
        await own.Refusal(whom) is { Count: > 0 } mine ? mine.ToList()
            : await acts.Disclose(file, (await acts.Read(whom, toAct: false)).Values) is { } refusal ? refusal : await cases.Close(file.Reference);
}

/// <summary>Makes a paper of an entry: the certificate (bản chính), once and by the office whose book it is; or an extract (bản sao trích lục), by any office that sees the entry (Luật Hộ tịch 60/2014, articles 4, 9 and 63).</summary>
internal sealed class IssuePaper(BookKeeper books, EntryBook book, EntryWords words, PaperCases papers, PaperPress press, Competence competence)
{
    public const string Certificate = "certificate", Extract = "extract";

    internal const string Law = "Luật Hộ tịch 60/2014/QH13, điều 63";

    /// <param name="Entry">Key of the entry.</param>
    /// <param name="Kind">certificate, extract.</param>
    internal sealed record Request(Guid Entry, string? Kind);

    public async Task<Outcome<PaperFile>> Run(Request r)
    {
        if (r.Kind is not (Certificate or Extract))
        {
            return Problem.Invalid("kind", "civil.paper-kind");
        }

        if (await books.Find(r.Entry) is not { } entry)
        {
            return Problem.Missing("civil.no-entry");
        }

        // What was annulled is proven by the entry of the decision; a paper of this one would say that it holds.
        if (await books.Is(entry.Id, BookKeeper.Annulled))
        {
            return Problem.Conflict("civil.entry-annulled");
        }

        if (r.Kind == Certificate && !competence.IsMine(entry.Area))
        {
            return Problem.Forbidden("civil.certificate-elsewhere", entry.Office);
        }

        var taken = await papers.Take(entry.Id);
        if (!taken.IsGood)
        {
            return taken.Problems.ToList();
        }

        return await Make(entry, r.Kind);
    }

    /// <summary>The certificate of an entry that was made just now, in the transaction of its act.</summary>
    public async Task<PaperFile?> MakeFor(Guid id) => await books.Find(id) is { } entry ? await Make(entry, Certificate) : null;

    private async Task<PaperFile> Make(KeptEntry entry, string kind)
    {
        var form = PaperForms.Of(entry.Kind);
        return await press.Make(new PaperSource(entry.Id, entry.Kind, entry.No, entry.RegisteredOn, entry.Area, entry.Office, await words.Of(entry.Kind, entry.Body), [.. (await book.Notes(entry.Id)).Select(x => $"{x.On.Shown()}: {x.Text}")]),
            kind, kind == Certificate ? form.Certificate : form.Extract, kind == Certificate ? null : form.Series, Law);
    }
}

/// <summary>Hands out a valid paper once more: the same file, with its entry in the journal.</summary>
internal sealed class PrintPaper(EntryBook book, PaperCases papers, PaperPress press)
{
    /// <param name="Paper">Key of the paper.</param>
    internal sealed record Request(Guid Paper);

    public async Task<Outcome<PaperFile>> Run(Request r)
    {
        if (await book.Paper(r.Paper) is not { } paper)
        {
            return Problem.Missing("civil.no-paper");
        }

        if (paper.EndedAt is not null)
        {
            return Problem.Conflict("civil.paper-ended");
        }

        var taken = await papers.Take(paper.Of);
        return taken.IsGood ? await press.Again(paper, IssuePaper.Law) : taken.Problems.ToList();
    }
}

/// <summary>Says that a paper is void: it should not be used any more, whoever holds it. A certificate can then be made anew.</summary>
internal sealed class VoidPaper(EntryBook book, PaperStates states, Competence competence)
{
    private const int LongestGround = 300;

    /// <param name="Paper">Key of the paper.</param>
    /// <param name="Reason">misprint, lost, wrong, unlawful; whoever checks the paper is told.</param>
    /// <param name="Ground">Why, for the journal.</param>
    internal sealed record Request(Guid Paper, string? Reason, string? Ground);

    public async Task<Outcome<Done>> Run(Request r)
    {
        if (!PaperStates.Reasons.Contains(r.Reason))
        {
            return Problem.Invalid("reason", "civil.void-reason-missing");
        }

        if (string.IsNullOrWhiteSpace(r.Ground) || r.Ground.Length > LongestGround)
        {
            return Problem.Invalid("ground", "civil.ground-missing");
        }

        if (await book.Paper(r.Paper) is not { } paper)
        {
            return Problem.Missing("civil.no-paper");
        }

        if (!competence.IsMine(paper.Area))
        {
            return Problem.Forbidden("civil.paper-elsewhere", paper.Office);
        }

        return (await states.Voided(paper.Of, paper.Id, r.Reason!, r.Ground.Trim())).Count > 0 ? Done.It : Problem.Conflict("civil.paper-ended");
    }
}
