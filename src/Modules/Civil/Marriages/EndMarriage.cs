using SoGoc.Civil.Acts;
using SoGoc.Civil.Books;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Population;

namespace SoGoc.Civil.Marriages;

/// <summary>What the rules say of the end of a marriage.</summary>
/// <param name="Spouse">The other, as the register has him or as the record of the first names him.</param>
/// <param name="Marriage">The entry of the marriage, where it is in this system.</param>
internal sealed record JudgedEnd(CaseFile Case, Area? Office, IReadOnlyList<Seen> People, IReadOnlyList<Problem> Refusals, IReadOnlyList<Problem> Warnings, Party? Person, Party? Spouse, KeptEntry? Marriage)
    : Judgement(Case, Office, People, Refusals, Warnings);

/// <summary>Reads and judges the end of a marriage by a court. docs/rules/marriage-end.md is the same for people.</summary>
internal sealed class EndOfMarriageRules(ActCases acts, Competence competence, BookKeeper books, ITakingBack back, TimeProvider clock)
{
    /// <summary>At the head of the code of its cases.</summary>
    public const string Letters = "LH";

    private const short Married = 2;

    public async Task<Outcome<JudgedEnd>> Judge(EndOfMarriageDeclaration d, bool toAct)
    {
        var problems = new List<Problem>();
        var key = await acts.Key(d.Person, "person", problems);
        if (problems.Count > 0)
        {
            return problems;
        }

        var taken = await acts.TakeUp(Letters, d.Case, key);
        if (!taken.Ok(out var file))
        {
            return taken.Problems.ToList();
        }

        var person = await acts.Read(key, toAct);
        var line = person?.State.Kin.LastOrDefault(k => k.Kind == KinKind.Spouse);
        var spouse = line is null ? null : await acts.Kin(file, line, toAct);
        var marriage = person?.Record is { } id ? await books.Newest("marriage", id) : null;
        if (await acts.Disclose(file, person, spouse) is { } refusal)
        {
            return refusal;
        }

        var found = new Findings();
        found.Refuse(person is null, "person", "civil.spouse-missing");
        found.Refuse(person is not null && !CardText.Of(d.Person!).Agrees(person.Facts), "person", "civil.card-differs");
        found.Refuse(!EndOfMarriageDeclaration.Ways.Contains(d.How), "how", "civil.end-unknown");
        found.Refuse(string.IsNullOrWhiteSpace(d.Court), "court", "civil.court-missing");
        found.Refuse(string.IsNullOrWhiteSpace(d.DecisionNo), "decisionNo", "civil.decision-number-missing");
        found.Refuse(d.DecisionOn is null, "decisionOn", "civil.decision-day-missing");
        found.Refuse(d.DecisionOn > clock.Today() || d.DecisionOn < marriage?.RegisteredOn, "decisionOn", "civil.decision-day");
        found.Refuse(person is not null && (line is null || person.Facts.Marital is not null and not Married), "person", "civil.not-married");
        found.Refuse(person is not null && marriage is null && string.IsNullOrWhiteSpace(d.EarlierEntry), "earlierEntry", "civil.earlier-entry-missing");
        found.Warn(d.How == EndOfMarriageDeclaration.Annulled && marriage is not null && (await back.Look(marriage.Id)).Left.Count > 0, "civil.marriage-stays-changed");

        // Whose marriage is in the book of this commune, or who resides here (Luật Hộ tịch 60/2014, article 30; NĐ 123/2015).
        var here = competence.Of(new[] { person, spouse }.OfType<Party>().Select(p => p.State), marriage is not null && competence.IsMine(marriage.Area));
        found.Refuse(person is null ? [] : here.Problems);
        var people = new[] { ("spouse", person), ("other-spouse", spouse) }.Where(p => p.Item2 is not null).Select(p => acts.Seen(p.Item1, p.Item2!)).ToList();
        return new JudgedEnd(file, here.Ok(out var office) ? office : null, people, found.Refusals, found.Warnings, person, spouse, marriage);
    }
}

/// <summary>Looks at the end of a marriage before it is decided.</summary>
internal sealed class CheckEndOfMarriage(EndOfMarriageRules rules, ActDesk desk)
{
    public Task<Outcome<ActChecked>> Run(EndOfMarriageDeclaration d) => desk.Check(() => rules.Judge(d, toAct: false));
}

/// <summary>Notes that a court has ended a marriage: both are divorced and no spouses any more, the entry of the marriage says so. A marriage that was annulled is taken back, with all that had come of it.</summary>
internal sealed class EndMarriage(EndOfMarriageRules rules, ActDesk desk, IPopulation population, ITakingBack back, BookKeeper books, TimeProvider clock)
{
    private const string Law = "Luật Hộ tịch 60/2014/QH13, điều 30";

    private const short Single = 1, Alone = 3;

    public Task<Outcome<ActRegistered>> Run(EndOfMarriageDeclaration d) => desk.Decide(d, () => rules.Judge(d, toAct: true), j => Carry(d, j));

    private async Task<Outcome<BookEntry>> Carry(EndOfMarriageDeclaration d, JudgedEnd j)
    {
        var decision = $"{(d.How == EndOfMarriageDeclaration.Divorce ? "Bản án, quyết định ly hôn" : "Quyết định hủy việc kết hôn trái pháp luật")} số {d.DecisionNo!.Trim()} ngày {d.DecisionOn!.Value.Shown()} của {d.Court!.Trim()}";
        var ground = $"{decision}; {Law}";
        var wrong = await Undo(d, j, ground);
        if (wrong.Count > 0)
        {
            return wrong.ToList();
        }

        var parties = new[] { (j.Person!.Record, "spouse"), (j.Spouse?.Record, "other-spouse") }.Where(p => p.Record is not null).Select(p => (p.Record!.Value, p.Item2)).ToList();
        var entry = await books.Enter(new NewEntry("judgment", j.Office!.Id, j.Person.Record!.Value, parties), no => new MarriageEnded(no, j.Office.Id, clock.Today(), j.People[0], j.People.Count > 1 ? j.People[1] : null, d.How!, decision,
            d.DecisionOn.Value, j.Marriage?.Id, d.EarlierEntry?.Trim(), j.Warnings.Count > 0 ? [.. j.Warnings.Select(w => w.Code)] : null), ground);
        if (j.Marriage is { } marriage)
        {
            await books.Annotate(marriage, d.How == EndOfMarriageDeclaration.Divorce ? "divorced" : BookKeeper.Annulled, decision, entry.Id, ground);
        }

        return entry;
    }

    /// <summary>Takes an annulled marriage of these books back; of any other, neither is married or named by the other any more. What stands against it.</summary>
    private async Task<IReadOnlyList<Problem>> Undo(EndOfMarriageDeclaration d, JudgedEnd j, string ground)
    {
        var annulled = d.How == EndOfMarriageDeclaration.Annulled;
        if (annulled && j.Marriage is { } never)
        {
            return (await back.Run(never.Id, ground)).Problems;
        }

        var doing = new Doing(population, ground);
        foreach (var (one, other) in new[] { (j.Person!, j.Spouse!), (j.Spouse!, j.Person!) }.Where(p => p.Item1.Record is not null))
        {
            await doing.Parts(one, other, annulled ? Single : Alone, d.DecisionOn!.Value, annulled);
        }

        return doing.Problems;
    }
}
