using System.Security.Cryptography;
using SoGoc.Civil.Signatures;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;
using SoGoc.Population;

namespace SoGoc.Civil.Papers;

/// <summary>Gives a paper what makes it one: a code by which anybody checks it, the facts that its QR code says, sealed by the register, and the signature of who decides over the file as it was drawn.</summary>
internal sealed class PaperSeal(Signing signing, CurrentActor actor, PublicAddress here, Sentences say, TimeProvider clock)
{
    private const string Letters = "23456789abcdefghjkmnpqrstvwxyz";

    private const int CodeLength = 16;

    /// <param name="content">What is drawn, without code, signer and moment.</param>
    /// <param name="facts">What the code holds, without the code itself.</param>
    public async Task<SealedPaper> Press(PaperContent content, PaperFacts facts)
    {
        var (sign, now, code) = (await signing.Pen(), clock.GetUtcNow(), RandomNumberGenerator.GetString(Letters, CodeLength));
        var token = await signing.Seal(facts with { Code = code });
        var address = here.Of($"/giay/{code}") + "#" + token;
        // What no official has signed is signed by the register, and names the office.
        var pdf = PaperDrawing.Draw(content with { Signer = signing.IsOfficial ? actor.Value.Name : content.Office, Post = Posts(), At = now, Code = code, Address = address, Site = here.Of("/kiem-tra-giay") });
        var hash = SHA256.HashData(pdf);
        var signature = sign(hash);
        return new SealedPaper(code, address, token, pdf, hash, signature.KeyId, signature.At, signature.Token);
    }

    private string Posts() => string.Join(", ", (actor.Value.Posts ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(p => say.All.TryGetValue("staff.role-" + p, out var pair) ? pair.Vi : p));
}

/// <summary>Papers for modules above: those of acts that they had carried out, and their own, drawn and sealed here.</summary>
internal sealed class CivilPapers(EntryBook book, IssuePaper papers, Residences.IssueNotice notices, PaperSeal seal, BeyondDuty reads) : ICivilPapers
{
    public async Task<bool> Make(CarriedAct act) => await book.Papers(act.Source) is { Count: > 0 } || (act.Entry is { } entry ? await papers.MakeFor(entry) : await notices.MakeFor(act.Source)) is not null;

    public async Task<ActPaper?> Find(Guid source) => (await reads.Rows("select p.code, p.pdf, p.ended_as from civil.paper p where (p.entry_id = $1 or p.decision_id = $1) and p.kind <> $2 order by p.issued_at desc, p.id desc limit 1",
        r => new ActPaper(r.GetString(0), r.Get<byte[]>(1), r.Text(2)), source, IssuePaper.Extract)).FirstOrDefault();

    public Task<SealedPaper> Seal(PaperToSeal p) => seal.Press(
        new PaperContent(p.Title, false, p.No, p.Office, p.No, null, p.Office, p.On, [.. p.Parts.Select(x => new ToldPart(x.Head, x.Lines))], [], "", "", default, "", "", "") { Called = "Kết quả" },
        new PaperFacts("", p.Kind, p.Title, p.No, p.Name, p.Born?.ToString(), p.Of, p.Office, p.Office, p.On));
}
