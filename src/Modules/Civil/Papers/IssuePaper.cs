using System.Globalization;
using System.Security.Cryptography;
using NpgsqlTypes;
using SoGoc.Civil.Acts;
using SoGoc.Civil.Books;
using SoGoc.Civil.Signatures;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;
using SoGoc.Places;

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

/// <summary>Opens a case for handing out a paper of an entry, and says who was read for it; the case ends with it.</summary>
internal sealed class PaperCases(EntryBook book, ActCases acts, CaseBook cases)
{
    public async Task<Outcome<CaseFile>> Take(Guid entry)
    {
        var parties = await book.Parties(entry);
        var taken = await acts.TakeUp("TL", null, parties);
        if (!taken.Ok(out var file))
        {
            return taken;
        }

        var people = await acts.Read(parties, toAct: false);
        return await acts.Disclose(file, people.Values) is { } refusal ? refusal : await cases.Close(file.Reference);
    }
}

/// <summary>Makes a paper of an entry: the certificate (bản chính), once and by the office whose book it is; or an extract (bản sao trích lục), by any office that sees the entry (Luật Hộ tịch 60/2014, articles 4, 9 and 63).
/// It has its number, a code by which anybody checks it, and the signature of the official; it is kept as it was drawn.</summary>
internal sealed class IssuePaper(Session session, BookKeeper books, EntryBook book, EntryWords words, PaperCases papers, Signing signing, Competence competence, Journal journal, CurrentActor actor, IPlaces places,
    PublicAddress here, Sentences say, TimeProvider clock)
{
    public const string Certificate = "certificate", Extract = "extract";

    private const string Law = "Luật Hộ tịch 60/2014/QH13, điều 63", Letters = "23456789abcdefghjkmnpqrstvwxyz";

    private const int CodeLength = 16;

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

        if (r.Kind == Certificate && !competence.IsMine(entry.Area))
        {
            return Problem.Forbidden("civil.certificate-elsewhere", entry.Office);
        }

        var taken = await papers.Take(entry.Id);
        return taken.IsGood ? await Make(entry, r.Kind == Certificate) : taken.Problems.ToList();
    }

    private async Task<Outcome<PaperFile>> Make(KeptEntry entry, bool certificate)
    {
        var (form, today, now, sign) = (PaperForms.Of(entry.Kind), clock.Today(), clock.GetUtcNow(), await signing.Pen());
        var (told, notes, area) = (await words.Of(entry.Kind, entry.Body), await book.Notes(entry.Id), Area());
        var (id, code) = (Guid.CreateVersion7(now), RandomNumberGenerator.GetString(Letters, CodeLength));
        var no = certificate ? (int?)null : await Next(area, form.Series, today.Year);
        var (title, shown) = (certificate ? form.Certificate : form.Extract, no is { } n ? string.Create(CultureInfo.InvariantCulture, $"{n:00}/{form.Series}") : entry.No);
        var token = await signing.Seal(new PaperFacts(code, entry.Kind, title, shown, told.Names, told.Born?.ToString(), entry.No, entry.Office, actor.Value.Office, today));
        var address = here.Of($"/giay/{code}") + "#" + token;
        var pdf = PaperDrawing.Draw(new PaperContent(title, !certificate, shown, actor.Value.Office, entry.No, entry.RegisteredOn.Year.ToString(CultureInfo.InvariantCulture), ThenAndNow(entry.Office, entry.Area, today), entry.RegisteredOn,
            told.Parts, [.. notes.Select(x => $"{x.On.Shown()}: {x.Text}")], actor.Value.Name, Posts(), now, code, address, here.Of("/kiem-tra-giay")));
        var hash = SHA256.HashData(pdf);
        var signature = sign(hash);
        await session.Execute("""
            with p as (
              insert into civil.paper (id, code, entry_id, kind, area_id, office, series, no, year, shown_no, issued_at, issued_by, signer, token, sha256, pdf)
              values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16))
            insert into civil.signature (paper_id, key_id, signed_at, jws) values ($1, $17, $18, $19)
            """, id, code, entry.Id, certificate ? Certificate : Extract, area, actor.Value.Office, (certificate ? null : form.Series).As(NpgsqlDbType.Text), no.As(NpgsqlDbType.Integer), (short)today.Year, shown, now, actor.Value.Reference,
            actor.Value.Name, token, hash, pdf, signature.KeyId, signature.At, signature.Token);
        await session.Execute("select civil.name_successor($1, $2)", entry.Id, id);
        await journal.Add(id, new PaperIssued(entry.Id, entry.No, certificate ? Certificate : Extract, shown, actor.Value.Office, Convert.ToHexStringLower(hash)), Law);
        return new PaperFile(id, shown, code, address, Convert.ToHexStringLower(hash), $"{code}.pdf", pdf);
    }

    /// <summary>The next number of the office's extracts of the kind and year; it is held until the commit.</summary>
    private async Task<int> Next(int area, string series, int year)
    {
        await session.Execute("insert into civil.paper_book (area_id, series, year) values ($1, $2, $3) on conflict do nothing", area, series, (short)year);
        return 1 + await session.Value<int>("select last_no from civil.paper_book where area_id = $1 and series = $2 and year = $3 for update", area, series, (short)year);
    }

    /// <summary>Where the office is: a commune of today, or the province.</summary>
    private int Area()
    {
        var today = clock.Today();
        var own = actor.Value.Areas.Select(a => places.Book[a]).OfType<Area>().Select(a => places.Book.Resolve(a, today).Area ?? a).FirstOrDefault() ?? places.Book.Home(today);
        return own?.Id ?? throw new InvalidOperationException("The register serves no province.");
    }

    /// <summary>An office whose commune is another today is named as both.</summary>
    private string ThenAndNow(string office, int area, DateOnly today) =>
        places.Book[area] is { } then && places.Book.Resolve(then, today).Area is { } now && now.FullName != then.FullName ? $"{office} (cũ), nay UBND {now.FullName}" : office;

    private string Posts() => string.Join(", ", (actor.Value.Posts ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(p => say.All.TryGetValue("staff.role-" + p, out var pair) ? pair.Vi : p));
}

/// <summary>Hands out a valid paper once more: the same file, with its entry in the journal.</summary>
internal sealed class PrintPaper(Session session, EntryBook book, PaperCases papers, Journal journal, PublicAddress here)
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

        var taken = await papers.Take(paper.Entry);
        if (!taken.IsGood)
        {
            return taken.Problems.ToList();
        }

        var kept = await session.Row("select pdf, token from civil.paper where id = $1", x => Tuple.Create(x.Get<byte[]>(0), x.GetString(1)), paper.Id);
        await journal.Add(paper.Id, new PaperPrinted(paper.Entry, paper.No), "Luật Hộ tịch 60/2014/QH13, điều 63");
        return new PaperFile(paper.Id, paper.No, paper.Code, here.Of($"/giay/{paper.Code}") + "#" + kept!.Item2, Convert.ToHexStringLower(paper.Sha256), $"{paper.Code}.pdf", kept.Item1);
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

        return (await states.Voided(paper.Entry, paper.Id, r.Reason!, r.Ground.Trim())).Count > 0 ? Done.It : Problem.Conflict("civil.paper-ended");
    }
}
