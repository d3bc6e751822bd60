using System.ComponentModel.DataAnnotations;
using SoGoc.Civil.Acts;
using SoGoc.Civil.Books;
using SoGoc.Civil.Filings;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Population;

namespace SoGoc.Civil.Births;

/// <summary>The registration of a birth is revoked, because it was against the law (Luật Hộ tịch 60/2014, articles 69 and 70; since 2025-07-01 by the chairman of the province).</summary>
/// <param name="Person">The child's number.</param>
/// <param name="DecidedBy">Who has decided so.</param>
/// <param name="DecisionNo">Number of the decision.</param>
/// <param name="DecisionOn">Its day.</param>
internal sealed record RevocationDeclaration([MaxLength(300)] string? Person, [MaxLength(200)] string? DecidedBy = null, [MaxLength(60)] string? DecisionNo = null, DateOnly? DecisionOn = null,
    IReadOnlyList<string>? Confirmed = null, string? Case = null) : IDeclaration;

/// <summary>A registration of a birth was revoked.</summary>
/// <param name="Revoked">The entry of the birth.</param>
/// <param name="RevokedNo">Its number.</param>
/// <param name="RecognitionNo">Number of the recognition that was entered with it, and is taken back with it.</param>
public sealed record BirthRevoked(string EntryNo, int Area, DateOnly On, Seen Child, Guid Revoked, string RevokedNo, string? RecognitionNo, string Decision, IReadOnlyList<string>? Confirmed = null) : IEntry
{
    public static string Kind => "civil.birth-revoked";
}

/// <summary>What the rules say of it.</summary>
/// <param name="Birth">The entry.</param>
/// <param name="Recognition">The recognition that was entered in the same act.</param>
internal sealed record JudgedRevocation(CaseFile Case, Area? Office, IReadOnlyList<Seen> People, IReadOnlyList<Problem> Refusals, IReadOnlyList<Problem> Warnings, Party? Child, KeptEntry? Birth, KeptEntry? Recognition)
    : Judgement(Case, Office, People, Refusals, Warnings);

/// <summary>Reads and judges it. docs/rules/birth-revoked.md is the same for people.</summary>
internal sealed class RevocationRules(ActCases acts, Competence competence, BookKeeper books, ITakingBack back, TimeProvider clock)
{
    /// <summary>At the head of the code of its cases.</summary>
    public const string Letters = "HKS";

    public async Task<Outcome<JudgedRevocation>> Judge(RevocationDeclaration d, bool toAct)
    {
        var taken = await acts.One(Letters, d.Case, d.Person, toAct);
        if (!taken.Ok(out var one))
        {
            return taken.Problems.ToList();
        }

        var ((file, child), found) = (one, new Findings());
        var birth = child?.Record is { } key && await books.Newest("birth", key) is { } entry && !await books.Is(entry.Id, BookKeeper.Annulled) ? entry : null;
        var ofIt = birth is null ? [] : await books.OfOneAct(birth.Id);
        var since = birth is null ? [] : (await books.AllOf(birth.Person)).Where(e => e.Id != birth.Id && ofIt.All(o => o.Id != e.Id)).ToList();
        var undone = birth is null ? null : await back.Look(birth.Id);
        await acts.Name(file, undone?.Persons ?? []);
        if (toAct)
        {
            await acts.Read(undone?.Persons.Select(p => (Guid?)p) ?? [], toAct);
        }

        found.Refuse(string.IsNullOrWhiteSpace(d.Person), "person", "civil.child-missing");
        found.Refuse(child is not null && !CardText.Of(d.Person!).Agrees(child.Facts), "person", "civil.card-differs");
        found.Refuse(child is not null && birth is null, "person", "civil.no-birth-entry");
        found.Refuse(since.Count > 0, "person", "civil.birth-acts-since", string.Join(", ", since.Select(e => e.No)));
        found.Refuse(string.IsNullOrWhiteSpace(d.DecidedBy), "decidedBy", "civil.decided-by-missing");
        found.Refuse(string.IsNullOrWhiteSpace(d.DecisionNo), "decisionNo", "civil.decision-number-missing");
        found.Refuse(d.DecisionOn is null, "decisionOn", "civil.decision-day-missing");
        found.Refuse(d.DecisionOn > clock.Today() || d.DecisionOn < birth?.RegisteredOn, "decisionOn", "civil.decision-day");
        found.Warn(undone?.Left.Count > 0, "civil.birth-stays-changed");

        // Only the office whose book has the entry writes beside it.
        var here = competence.Of([], birth is not null && competence.IsMine(birth.Area));
        found.Refuse(birth is null ? [] : here.Problems);
        return new JudgedRevocation(file, here.Ok(out var office) ? office : null, child is null ? [] : [acts.Seen("child", child)], found.Refusals, found.Warnings, child, birth, ofIt.FirstOrDefault(e => e.Kind == "recognition"));
    }
}

/// <summary>Looks at a revocation before it is entered.</summary>
internal sealed class CheckRevocation(RevocationRules rules, ActDesk desk)
{
    public Task<Outcome<ActChecked>> Run(RevocationDeclaration d) => desk.Check(() => rules.Judge(d, toAct: false));
}

/// <summary>Enters that the registration of a birth was revoked: all that came of it is taken back, the recognition that was entered with it too; the record is cancelled, and the number is nobody else's (NĐ 70/2024, article 11). The notification can serve again.</summary>
internal sealed class RevokeBirth(RevocationRules rules, ActDesk desk, ITakingBack back, BookKeeper books, FilingBook filings, TimeProvider clock)
{
    private const string Law = "Luật Hộ tịch 60/2014/QH13, điều 69, 70; NĐ 120/2025/NĐ-CP";

    public Task<Outcome<ActRegistered>> Run(RevocationDeclaration d) => desk.Decide(d, () => rules.Judge(d, toAct: true), j => Carry(d, j));

    private async Task<Outcome<BookEntry>> Carry(RevocationDeclaration d, JudgedRevocation j)
    {
        var (decision, birth) = ($"Quyết định thu hồi, hủy bỏ số {d.DecisionNo!.Trim()} ngày {d.DecisionOn!.Value.Shown()} của {d.DecidedBy!.Trim()}", j.Birth!);
        var ground = $"{decision}; {Law}";
        var undone = await back.Run(birth.Id, ground);
        if (!undone.IsGood)
        {
            return undone.Problems.ToList();
        }

        var entry = await books.Enter(new NewEntry("judgment", j.Office!.Id, birth.Person, [(birth.Person, "child")]),
            no => new BirthRevoked(no, j.Office.Id, clock.Today(), j.People[0], birth.Id, birth.No, j.Recognition?.No, decision, j.Warnings.Count > 0 ? [.. j.Warnings.Select(w => w.Code)] : null), ground);
        foreach (var of in new[] { birth, j.Recognition }.OfType<KeptEntry>())
        {
            await books.Annotate(of, BookKeeper.Annulled, decision, entry.Id, ground);
        }

        await filings.Withdraw(birth.Id, decision, j.People[0]);
        return entry;
    }
}
