using System.Globalization;
using NpgsqlTypes;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;
using SoGoc.Places;

namespace SoGoc.Civil.Papers;

/// <summary>What a paper is made of: an entry of a book, or a decision on residence.</summary>
/// <param name="Id">Key of either.</param>
/// <param name="Kind">Kind of the book; residence.</param>
/// <param name="No">Its number.</param>
/// <param name="On">The day of the act.</param>
/// <param name="Area">The commune.</param>
/// <param name="Office">Whose act it is, as it was called then.</param>
/// <param name="Notes">What was written beside it since.</param>
internal sealed record PaperSource(Guid Id, string Kind, string No, DateOnly On, int Area, string Office, EntryTold Told, IReadOnlyList<string> Notes);

/// <summary>Makes papers: each has its number, a code by which anybody checks it, and the signature of the official; it is kept as it was drawn.</summary>
internal sealed class PaperPress(Session session, PaperSeal seal, Journal journal, CurrentActor actor, IPlaces places, PublicAddress here, TimeProvider clock)
{
    private const string Notice = "notice";

    /// <param name="kind">certificate, extract, notice.</param>
    /// <param name="series">What stands behind a number of its own; null: it has the number of what it is made of.</param>
    /// <param name="law">The article, for the journal.</param>
    public async Task<PaperFile> Make(PaperSource of, string kind, string title, string? series, string law)
    {
        var (today, now, area) = (clock.Today(), clock.GetUtcNow(), Area());
        var id = Guid.CreateVersion7(now);
        var no = series is null ? (int?)null : await Next(area, series, today.Year);
        var shown = no is { } n ? string.Create(CultureInfo.InvariantCulture, $"{n:00}/{series}") : of.No;
        var paper = await seal.Press(new PaperContent(title, series is not null, shown, actor.Value.Office, of.No, kind == Notice ? null : of.On.Year.ToString(CultureInfo.InvariantCulture), ThenAndNow(of.Office, of.Area, today), of.On,
            of.Told.Parts, of.Notes, "", "", default, "", "", ""), new PaperFacts("", of.Kind, title, shown, of.Told.Names, of.Told.Born?.ToString(), of.No, of.Office, actor.Value.Office, today));
        await session.Execute("""
            with p as (
              insert into civil.paper (id, code, entry_id, decision_id, kind, area_id, office, series, no, year, shown_no, issued_at, issued_by, signer, token, sha256, pdf)
              values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17))
            insert into civil.signature (paper_id, key_id, signed_at, jws) values ($1, $18, $19, $20)
            """, id, paper.Code, (kind == Notice ? (Guid?)null : of.Id).As(NpgsqlDbType.Uuid), (kind == Notice ? of.Id : (Guid?)null).As(NpgsqlDbType.Uuid), kind, area, actor.Value.Office, series.As(NpgsqlDbType.Text), no.As(NpgsqlDbType.Integer), (short)today.Year,
            shown, now, actor.Value.Reference, actor.Value.Name, paper.Token, paper.Digest, paper.Pdf, paper.KeyId, paper.SignedAt, paper.Signature);
        await session.Execute("select civil.name_successor($1, $2)", of.Id, id);
        await journal.Add(id, new PaperIssued(of.Id, of.No, kind, shown, actor.Value.Office, Convert.ToHexStringLower(paper.Digest)), law);
        return new PaperFile(id, shown, paper.Code, paper.Address, Convert.ToHexStringLower(paper.Digest), $"{paper.Code}.pdf", paper.Pdf);
    }

    /// <summary>The same file once more.</summary>
    public async Task<PaperFile> Again(KeptPaper paper, string law)
    {
        var kept = await session.Row("select pdf, token from civil.paper where id = $1", x => Tuple.Create(x.Get<byte[]>(0), x.GetString(1)), paper.Id);
        await journal.Add(paper.Id, new PaperPrinted(paper.Of, paper.No), law);
        return new PaperFile(paper.Id, paper.No, paper.Code, here.Of($"/giay/{paper.Code}") + "#" + kept!.Item2, Convert.ToHexStringLower(paper.Sha256), $"{paper.Code}.pdf", kept.Item1);
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
}
