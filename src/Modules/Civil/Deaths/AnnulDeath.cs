using System.ComponentModel.DataAnnotations;
using SoGoc.Civil.Acts;
using SoGoc.Civil.Books;
using SoGoc.Civil.Filings;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Population;

namespace SoGoc.Civil.Deaths;

/// <summary>The court has annulled that a person is dead: he has come back (Bộ luật Dân sự 2015, article 73).</summary>
/// <param name="Person">The number, or what the QR code of the card says.</param>
/// <param name="Court">Which court.</param>
/// <param name="DecisionNo">Number of its decision.</param>
/// <param name="DecisionOn">Its day.</param>
internal sealed record ReturnDeclaration([MaxLength(300)] string? Person, [MaxLength(200)] string? Court = null, [MaxLength(60)] string? DecisionNo = null, DateOnly? DecisionOn = null,
    IReadOnlyList<string>? Confirmed = null, string? Case = null) : IDeclaration;

/// <summary>What the rules say of it.</summary>
/// <param name="Death">The entry of the death.</param>
/// <param name="Remarried">Whom the person was married to, and who has married another since.</param>
internal sealed record JudgedReturn(CaseFile Case, Area? Office, IReadOnlyList<Seen> People, IReadOnlyList<Problem> Refusals, IReadOnlyList<Problem> Warnings, Party? Person, KeptEntry? Death, Party? Remarried)
    : Judgement(Case, Office, People, Refusals, Warnings);

/// <summary>Reads and judges the return of somebody who was registered as dead. docs/rules/death-return.md is the same for people. What has changed since the death, and so stays, is said before the decision.</summary>
internal sealed class ReturnRules(ActCases acts, Competence competence, BookKeeper books, ITakingBack back, Sentences say, TimeProvider clock)
{
    /// <summary>At the head of the code of its cases.</summary>
    public const string Letters = "HKT";

    public async Task<Outcome<JudgedReturn>> Judge(ReturnDeclaration d, bool toAct)
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

        var (person, found) = (await acts.Read(key, toAct), new Findings());
        var death = key is { } id ? await books.Newest("death", id) : null;
        var undone = death is null ? null : await back.Look(death.Id);
        await acts.Name(file, undone?.Persons ?? []);
        var changed = await acts.Read(undone?.Left.Select(l => (Guid?)l.Person) ?? [], toAct);
        var spouse = person?.State.Kin.LastOrDefault(k => k.Kind == KinKind.Spouse) is { } line ? await acts.Kin(file, line, toAct) : null;
        if (await acts.Disclose(file, [person, spouse, .. changed.Values]) is { } refusal)
        {
            return refusal;
        }

        found.Refuse(string.IsNullOrWhiteSpace(d.Person), "person", "civil.returned-missing");
        found.Refuse(person is not null && !CardText.Of(d.Person!).Agrees(person.Facts), "person", "civil.card-differs");
        found.Refuse(string.IsNullOrWhiteSpace(d.Court), "court", "civil.court-missing");
        found.Refuse(string.IsNullOrWhiteSpace(d.DecisionNo), "decisionNo", "civil.decision-number-missing");
        found.Refuse(d.DecisionOn is null, "decisionOn", "civil.decision-day-missing");
        found.Refuse(d.DecisionOn > clock.Today() || d.DecisionOn < death?.RegisteredOn, "decisionOn", "civil.decision-day");
        found.Refuse(person is not null && person.State.Status != PersonStatus.Dead, "person", "civil.not-dead");
        found.Refuse(person is { State.Status: PersonStatus.Dead } && death is null, "person", "civil.no-death-entry");
        var remarried = person is not null && spouse?.Record is { } widow && undone?.Left.Contains((widow, "marital")) == true && !spouse.State.Kin.Any(k => k.Kind == KinKind.Spouse && person.IsNamedBy(k)) ? spouse : null;
        var left = undone?.Left.Where(l => l != (remarried?.Record, "marital")).ToList() ?? [];
        found.Warn(left.Count > 0, "civil.stays-changed", string.Join("; ", left.GroupBy(l => l.Person).Select(g => $"{changed.GetValueOrDefault(g.Key)?.Facts.FullName ?? "?"} ({string.Join(", ", g.Select(l => say["field." + l.Part]))})")));
        found.Warn(remarried is not null, "civil.spouse-remarried", remarried?.Facts.FullName ?? "?");

        // The office whose book has the entry, or where he lived: his residences have ended with him.
        var lastHomes = person is null ? [] : new[] { person.State with { Residences = [.. person.State.Residences.Where(r => r.Until == person.State.Residences.Max(x => x.Until)).Select(r => r with { Until = null })] } };
        var here = competence.Of(lastHomes, death is not null && competence.IsMine(death.Area));
        found.Refuse(person is null ? [] : here.Problems);
        return new JudgedReturn(file, here.Ok(out var office) ? office : null, People(person, remarried), found.Refusals, found.Warnings, person, death, remarried);
    }

    private List<Seen> People(Party? person, Party? remarried) => [.. new[] { ("returned", person), ("spouse", remarried) }.Where(p => p.Item2 is not null).Select(p => acts.Seen(p.Item1, p.Item2!))];
}

/// <summary>Looks at a return before it is decided.</summary>
internal sealed class CheckReturn(ReturnRules rules, ActDesk desk)
{
    public Task<Outcome<ActChecked>> Run(ReturnDeclaration d) => desk.Check(() => rules.Judge(d, toAct: false));
}

/// <summary>Annuls a registered death: the person lives; residence, household, its head, and the marriage are as they were, where nothing has changed since; the entry of the death says so. Where husband or wife has married again, that marriage stands.</summary>
internal sealed class AnnulDeath(ReturnRules rules, ActDesk desk, IPopulation population, ITakingBack back, BookKeeper books, FilingBook filings, TimeProvider clock)
{
    private const string Law = "Bộ luật Dân sự 91/2015/QH13, điều 73", OfMarriage = "Luật Hôn nhân và gia đình 52/2014/QH13, điều 67";

    private const short Alone = 3;

    public Task<Outcome<ActRegistered>> Run(ReturnDeclaration d) => desk.Decide(d, () => rules.Judge(d, toAct: true), j => Carry(d, j));

    private async Task<Outcome<BookEntry>> Carry(ReturnDeclaration d, JudgedReturn j)
    {
        var (decision, person, death) = ($"Quyết định số {d.DecisionNo!.Trim()} ngày {d.DecisionOn!.Value.Shown()} của {d.Court!.Trim()}", j.Person!, j.Death!);
        var ground = $"{decision}; {Law}";
        var undone = await back.Run(death.Id, ground);
        if (!undone.IsGood)
        {
            return undone.Problems.ToList();
        }

        if (j.Remarried is { } remarried)
        {
            // The later marriage of husband or wife stands, and the earlier has ended: he who is back is not married.
            var doing = new Doing(population, $"{decision}; {OfMarriage}");
            await doing.Parts(person, remarried, Alone, d.DecisionOn.Value);
            if (doing.Problems.Count > 0)
            {
                return doing.Problems;
            }
        }

        var entry = await books.Enter(new NewEntry("judgment", j.Office!.Id, person.Record!.Value, [(person.Record.Value, "returned")]),
            no => new DeathAnnulled(no, j.Office.Id, clock.Today(), j.People[0], death.Id, death.No, decision, j.Warnings.Count > 0 ? [.. j.Warnings.Select(w => w.Code)] : null), ground);
        await books.Annotate(death, BookKeeper.Annulled, $"Hủy đăng ký khai tử theo {decision}", entry.Id, ground);
        if (j.Remarried is not null && await books.Newest("marriage", person.Record.Value) is { } marriage)
        {
            await books.Annotate(marriage, "ended", $"Hôn nhân đã chấm dứt: người trở về theo {decision}, bên kia đã kết hôn với người khác ({OfMarriage})", entry.Id, ground);
        }

        await filings.Withdraw(death.Id, $"Việc khai tử đã bị hủy theo {decision}", j.People[0]);
        return entry;
    }
}
