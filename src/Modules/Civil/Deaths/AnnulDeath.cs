using System.ComponentModel.DataAnnotations;
using SoGoc.Civil.Acts;
using SoGoc.Civil.Books;
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
internal sealed record JudgedReturn(CaseFile Case, Area? Office, IReadOnlyList<Seen> People, IReadOnlyList<Problem> Refusals, IReadOnlyList<Problem> Warnings, Party? Person, KeptEntry? Death)
    : Judgement(Case, Office, People, Refusals, Warnings);

/// <summary>Reads and judges the return of somebody who was registered as dead. docs/rules/death-return.md is the same for people. What has changed since the death, and so stays, is said before the decision.</summary>
internal sealed class ReturnRules(ActCases acts, Competence competence, BookKeeper books, ITakingBack back, TimeProvider clock)
{
    public async Task<Outcome<JudgedReturn>> Judge(ReturnDeclaration d, bool toAct)
    {
        var problems = new List<Problem>();
        var key = await acts.Key(d.Person, "person", problems);
        if (problems.Count > 0)
        {
            return problems;
        }

        var taken = await acts.TakeUp("HKT", d.Case, key);
        if (!taken.Ok(out var file))
        {
            return taken.Problems.ToList();
        }

        var (person, found) = (await acts.Read(key, toAct), new Findings());
        var death = key is { } id ? await books.Newest("death", id) : null;
        var undone = death is null ? null : await back.Look(death.Id);
        await acts.Name(file, undone?.Persons ?? []);
        if (await acts.Disclose(file, person) is { } refusal)
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
        found.Warn(undone?.Left.Count > 0, "civil.stays-changed", (undone?.Left.Select(l => l.Person).Distinct().Count() ?? 0).ToString(System.Globalization.CultureInfo.InvariantCulture));

        // The office whose book has the entry, or where he lived: his residences have ended with him.
        var lastHomes = person is null ? [] : new[] { person.State with { Residences = [.. person.State.Residences.Where(r => r.Until == person.State.Residences.Max(x => x.Until)).Select(r => r with { Until = null })] } };
        var here = competence.Of(lastHomes, death is not null && competence.IsMine(death.Area));
        found.Refuse(person is null ? [] : here.Problems);
        return new JudgedReturn(file, here.Ok(out var office) ? office : null, person is null ? [] : [acts.Seen("returned", person)], found.Refusals, found.Warnings, person, death);
    }
}

/// <summary>Looks at a return before it is decided.</summary>
internal sealed class CheckReturn(ReturnRules rules, ActDesk desk)
{
    public Task<Outcome<ActChecked>> Run(ReturnDeclaration d) => desk.Check(() => rules.Judge(d, toAct: false));
}

/// <summary>Annuls a registered death: the person lives; residence, household, its head, and the marriage are as they were, where nothing has changed since; the entry of the death says so.</summary>
internal sealed class AnnulDeath(ReturnRules rules, ActDesk desk, ITakingBack back, BookKeeper books, TimeProvider clock)
{
    private const string Law = "Bộ luật Dân sự 91/2015/QH13, điều 73";

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

        var entry = await books.Enter(new NewEntry("judgment", j.Office!.Id, person.Record!.Value, [(person.Record.Value, "returned")]),
            no => new DeathAnnulled(no, j.Office.Id, clock.Today(), j.People[0], death.Id, death.No, decision, j.Warnings.Count > 0 ? [.. j.Warnings.Select(w => w.Code)] : null), ground);
        await books.Annotate(death, "annulled", $"Hủy đăng ký khai tử theo {decision}", entry.Id, ground);
        return entry;
    }
}
