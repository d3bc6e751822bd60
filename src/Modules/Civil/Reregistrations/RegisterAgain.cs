using System.ComponentModel.DataAnnotations;
using SoGoc.Civil.Acts;
using SoGoc.Civil.Books;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Laws;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Population;

namespace SoGoc.Civil.Reregistrations;

/// <summary>A birth, marriage or death was registered before 2016, and both book and paper are lost: it is registered again (NĐ 123/2015, articles 24 to 27).</summary>
/// <param name="Person">The number, or what the QR code of the card says.</param>
/// <param name="What">birth, marriage, death.</param>
/// <param name="EarlierOffice">Where it was registered.</param>
/// <param name="EarlierOn">When, as far as it is known.</param>
/// <param name="BookLost">The office has made sure that no book has it (no answer within the days of the law counts as none).</param>
/// <param name="Evidence">The papers that show it.</param>
internal sealed record AgainDeclaration([MaxLength(300)] string? Person, string? What = null, [MaxLength(200)] string? EarlierOffice = null, PartialDate? EarlierOn = null, bool BookLost = false, [MaxLength(300)] string? Evidence = null,
    IReadOnlyList<string>? Confirmed = null, string? Case = null) : IDeclaration
{
    public const string Birth = "birth", Marriage = "marriage", Death = "death";

    public static readonly string[] Kinds = [Birth, Marriage, Death];
}

/// <summary>An act whose book was lost is registered again, as the register has it.</summary>
/// <param name="What">birth, marriage, death.</param>
/// <param name="Facts">What is registered about the person.</param>
/// <param name="Kin">Father and mother of a birth, the other of a marriage.</param>
public sealed record RegisteredAgain(string EntryNo, int Area, DateOnly On, string What, Seen Person, PersonFacts Facts, IReadOnlyList<Kin> Kin, string EarlierOffice, PartialDate EarlierOn, string Evidence) : IEntry
{
    public static string Kind => "civil.registered-again";
}

/// <summary>What the rules say of it.</summary>
internal sealed record JudgedAgain(CaseFile Case, Area? Office, IReadOnlyList<Seen> People, IReadOnlyList<Problem> Refusals, IReadOnlyList<Problem> Warnings, Party? Person) : Judgement(Case, Office, People, Refusals, Warnings);

/// <summary>Reads the person and judges whether it can be registered again. docs/rules/again.md is the same for people.</summary>
internal sealed class AgainRules(Session session, ActCases acts, Competence competence, BookKeeper books, TimeProvider clock)
{
    /// <summary>At the head of the code of its cases.</summary>
    public const string Letters = "DL";

    public async Task<Outcome<JudgedAgain>> Judge(AgainDeclaration d, bool toAct)
    {
        var read = await acts.One(Letters, d.Case, d.Person, toAct);
        if (!read.Ok(out var one))
        {
            return read.Problems.ToList();
        }

        var ((file, person), found, law, today) = (one, new Findings(), await LawBook.Read(session), clock.Today());
        var before = PartialDate.TryParse(law.Find("civil.again-before", today)?.Value, out var day) ? day.Earliest : throw new InvalidOperationException("No rule of law civil.again-before: load reference/law.csv.");
        found.Refuse(string.IsNullOrWhiteSpace(d.Person), "person", "civil.person-missing");
        found.Refuse(!AgainDeclaration.Kinds.Contains(d.What), "what", "civil.again-kind-missing");
        found.Refuse(string.IsNullOrWhiteSpace(d.EarlierOffice), "earlierOffice", "civil.earlier-office-missing");
        found.Refuse(d.EarlierOn is null, "earlierOn", "civil.earlier-day-missing");
        found.Refuse(d.EarlierOn?.Earliest >= before, "earlierOn", "civil.only-before", before?.Shown() ?? "?");
        found.Refuse(!d.BookLost, "bookLost", "civil.book-not-lost");
        found.Refuse(string.IsNullOrWhiteSpace(d.Evidence), "evidence", "civil.again-evidence-missing");
        if (person is not null)
        {
            found.Refuse(!CardText.Of(d.Person!).Agrees(person.Facts), "person", "civil.card-differs");
            found.Refuse(d.What != AgainDeclaration.Death && !person.Lives, "person", "civil.not-living");
            found.Refuse(d.What == AgainDeclaration.Death && person.State.Status != PersonStatus.Dead, "person", "civil.not-dead");
            found.Refuse(d.What == AgainDeclaration.Marriage && person.State.Kin.All(k => k.Kind != KinKind.Spouse), "person", "civil.not-married");
            found.Refuse(d.EarlierOn?.Latest < person.Facts.Born?.Earliest, "earlierOn", "civil.before-birth");
            found.Refuse(d.What is { } what && AgainDeclaration.Kinds.Contains(what) && await books.Newest(what, person.Record!.Value) is not null, "what", "civil.entry-there");
        }

        var here = competence.Of(person is null ? [] : [person.State with { Residences = [.. person.State.Residences.Select(r => d.What == AgainDeclaration.Death ? r with { Until = null } : r)] }], alsoHere: false);
        found.Refuse(person is null ? [] : here.Problems);
        return new JudgedAgain(file, here.Ok(out var office) ? office : null, person is null ? [] : [acts.Seen("person", person)], found.Refusals, found.Warnings, person);
    }
}

/// <summary>Looks at a registration that is to be made again.</summary>
internal sealed class CheckAgain(AgainRules rules, ActDesk desk)
{
    public Task<Outcome<ActChecked>> Run(AgainDeclaration d) => desk.Check(() => rules.Judge(d, toAct: false));
}

/// <summary>Registers again what stood in a lost book; the record changes only where it did not know the place of registration.</summary>
internal sealed class RegisterAgain(AgainRules rules, ActDesk desk, IPopulation population, BookKeeper books, TimeProvider clock)
{
    private const string Law = "NĐ 123/2015/NĐ-CP, điều 24 đến 27";

    public Task<Outcome<ActRegistered>> Run(AgainDeclaration d) => desk.Decide(d, () => rules.Judge(d, toAct: true), j => Carry(d, j));

    private async Task<Outcome<BookEntry>> Carry(AgainDeclaration d, JudgedAgain j)
    {
        var (person, ground) = (j.Person!, $"{d.Evidence!.Trim()}; {Law}");
        var doing = new Doing(population, ground);
        if (d.What == AgainDeclaration.Birth && person.Facts.BirthRegistered is null)
        {
            await doing.Act(person.Record!.Value, new PersonCompleted(new PersonFacts { BirthRegistered = new PlaceFact(null, d.EarlierOffice!.Trim()) }));
        }

        var named = person.State.Kin.Where(k => d.What == AgainDeclaration.Birth ? k.Kind is KinKind.Father or KinKind.Mother : d.What == AgainDeclaration.Marriage && k.Kind == KinKind.Spouse).ToList();
        return doing.Problems.Count > 0 ? doing.Problems : await books.Enter(new NewEntry(d.What!, j.Office!.Id, person.Record!.Value, [(person.Record.Value, "person")]),
            no => new RegisteredAgain(no, j.Office.Id, clock.Today(), d.What!, j.People[0], person.Facts, named, d.EarlierOffice!.Trim(), d.EarlierOn!.Value, d.Evidence.Trim()), ground);
    }
}

/// <summary>What is asked when something is registered again.</summary>
internal static class AgainForms
{
    public static ActForm Again { get; } = new("again", "dang-ky-lai", AgainRules.Letters, "paper",
        [new("person", Ask.Person)],
        [new("what", Ask.Choice, AgainDeclaration.Kinds, "again"), new("earlierOffice", Ask.Text, Wide: true, Longest: 200), new("earlierOn", Ask.PartialDate), new("evidence", Ask.Text, Wide: true), new("bookLost", Ask.Yes, Wide: true)],
        (page, v) => page.Run<CheckAgain, ActChecked>(f => f.Run(Declared(v))), (page, v) => page.Run<RegisterAgain, ActRegistered>(f => f.Run(Declared(v))));

    private static AgainDeclaration Declared(FormValues v) => new(v.Text("person"), v.Text("what"), v.Text("earlierOffice"), v.Partial("earlierOn"), v.Yes("bookLost"), v.Text("evidence"), v.Confirmed, v.Case);
}
