using System.ComponentModel.DataAnnotations;
using SoGoc.Civil.Acts;
using SoGoc.Civil.Books;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Population;

namespace SoGoc.Civil.Foreign;

/// <summary>An act that a foreign authority has registered for a citizen is to be noted (ghi chú; Luật Hộ tịch 60/2014, article 48; NĐ 123/2015, articles 34 to 39).</summary>
/// <param name="Person">The number, or what the QR code of the card says.</param>
/// <param name="Act">marriage or divorce; a death abroad is registered as a death, with the foreign paper as evidence.</param>
/// <param name="On">The day of the act.</param>
/// <param name="Country">Where it was registered.</param>
/// <param name="Authority">By which authority.</param>
/// <param name="PaperNo">Number of its paper, which is legalised and translated.</param>
/// <param name="Spouse">Of a marriage: the other's name.</param>
/// <param name="SpouseNationality">Of a marriage: the other's nationality, ISO 3166-1 alpha-2.</param>
internal sealed record ForeignDeclaration([MaxLength(300)] string? Person, string? Act = null, DateOnly? On = null, [MaxLength(100)] string? Country = null, [MaxLength(200)] string? Authority = null, [MaxLength(60)] string? PaperNo = null,
    [MaxLength(100)] string? Spouse = null, [MaxLength(2)] string? SpouseNationality = null, IReadOnlyList<string>? Confirmed = null, string? Case = null) : IDeclaration
{
    public const string Marriage = "marriage", Divorce = "divorce";

    public static readonly string[] Acts = [Marriage, Divorce];
}

/// <summary>A foreign act was noted.</summary>
public sealed record ForeignActNoted(string EntryNo, int Area, DateOnly On, Seen Person, string Act, DateOnly ActOn, string Country, string Authority, string Paper, string? Spouse, string? SpouseNationality) : IEntry
{
    public static string Kind => "civil.foreign-act-noted";
}

/// <summary>What the rules say of it.</summary>
internal sealed record JudgedForeign(CaseFile Case, Area? Office, IReadOnlyList<Seen> People, IReadOnlyList<Problem> Refusals, IReadOnlyList<Problem> Warnings, Party? Person) : Judgement(Case, Office, People, Refusals, Warnings);

/// <summary>Reads the citizen and judges whether the act can be noted. docs/rules/foreign.md is the same for people.</summary>
internal sealed class ForeignRules(ActCases acts, Competence competence, TimeProvider clock)
{
    /// <summary>At the head of the code of its cases.</summary>
    public const string Letters = "GC";

    private const short Married = 2;

    public async Task<Outcome<JudgedForeign>> Judge(ForeignDeclaration d, bool toAct)
    {
        var read = await acts.One(Letters, d.Case, d.Person, toAct);
        if (!read.Ok(out var one))
        {
            return read.Problems.ToList();
        }

        var ((file, person), found) = (one, new Findings());
        found.Refuse(string.IsNullOrWhiteSpace(d.Person), "person", "civil.person-missing");
        found.Refuse(!ForeignDeclaration.Acts.Contains(d.Act), "act", "civil.foreign-act-missing");
        found.Refuse(d.On is null, "on", "civil.foreign-day-missing");
        found.Refuse(d.On > clock.Today(), "on", "civil.day-in-future");
        found.Refuse(string.IsNullOrWhiteSpace(d.Country) || string.IsNullOrWhiteSpace(d.Authority), "authority", "civil.foreign-authority-missing");
        found.Refuse(string.IsNullOrWhiteSpace(d.PaperNo), "paperNo", "civil.evidence-number-missing");
        found.Refuse(d.Act == ForeignDeclaration.Marriage && string.IsNullOrWhiteSpace(d.Spouse), "spouse", "civil.foreign-spouse-missing");
        if (person is not null)
        {
            var married = person.State.MaritalStatus() == Married;
            found.Refuse(!CardText.Of(d.Person!).Agrees(person.Facts), "person", "civil.card-differs");
            found.Refuse(!person.Lives, "person", "civil.not-living");
            found.Refuse(d.On < person.Facts.Born?.Earliest, "on", "civil.before-birth");
            found.Refuse(d.Act == ForeignDeclaration.Marriage && married, "act", "civil.already-married", person.Facts.FullName ?? "?");
            found.Refuse(d.Act == ForeignDeclaration.Divorce && !married, "act", "civil.not-married");
        }

        var here = competence.Of(person is null ? [] : [person.State], alsoHere: false);
        found.Refuse(person is null ? [] : here.Problems);
        return new JudgedForeign(file, here.Ok(out var office) ? office : null, person is null ? [] : [acts.Seen("person", person)], found.Refusals, found.Warnings, person);
    }
}

/// <summary>Looks at a foreign act before it is noted.</summary>
internal sealed class CheckForeignAct(ForeignRules rules, ActDesk desk)
{
    public Task<Outcome<ActChecked>> Run(ForeignDeclaration d) => desk.Check(() => rules.Judge(d, toAct: false));
}

/// <summary>Notes a foreign act in the book, and what it has changed in the record.</summary>
internal sealed class NoteForeignAct(ForeignRules rules, ActDesk desk, IPopulation population, BookKeeper books, TimeProvider clock)
{
    private const string Law = "Luật Hộ tịch 60/2014/QH13, điều 48, 50";

    private const short Alone = 3;

    public Task<Outcome<ActRegistered>> Run(ForeignDeclaration d) => desk.Decide(d, () => rules.Judge(d, toAct: true), j => Carry(d, j));

    private async Task<Outcome<BookEntry>> Carry(ForeignDeclaration d, JudgedForeign j)
    {
        var (person, on) = (j.Person!, d.On!.Value);
        var paper = $"Giấy tờ số {d.PaperNo!.Trim()} của {d.Authority!.Trim()}, {d.Country!.Trim()}";
        var doing = new Doing(population, $"{paper}; {Law}");
        await Change(d, person, doing);
        return doing.Problems.Count > 0 ? doing.Problems : await books.Enter(new NewEntry("foreign", j.Office!.Id, person.Record!.Value, [(person.Record.Value, "person")]),
            no => new ForeignActNoted(no, j.Office.Id, clock.Today(), j.People[0], d.Act!, on, d.Country.Trim(), d.Authority.Trim(), paper, d.Act == ForeignDeclaration.Marriage ? d.Spouse!.Trim() : null,
                d.Act == ForeignDeclaration.Marriage ? d.SpouseNationality?.Trim().ToUpperInvariant() : null), $"{paper}; {Law}");
    }

    private static async Task Change(ForeignDeclaration d, Party person, Doing doing)
    {
        if (d.Act == ForeignDeclaration.Marriage)
        {
            await doing.Marries(person, new Kin(person.NextKin, KinKind.Spouse, d.Spouse!.Trim(), Nationality: d.SpouseNationality?.Trim().ToUpperInvariant()), d.On!.Value);
            return;
        }

        await doing.Parts(person, null, Alone, d.On!.Value);
    }
}

/// <summary>What is asked when a foreign act is noted.</summary>
internal static class ForeignForms
{
    public static ActForm Foreign { get; } = new("foreign", "ghi-chu-nuoc-ngoai", ForeignRules.Letters, "paper",
        [new("person", Ask.Person)],
        [
            new("act", Ask.Choice, ForeignDeclaration.Acts, "foreign"), new("on", Ask.Date), new("country", Ask.Text, Longest: 100), new("authority", Ask.Text, Longest: 200), new("paperNo", Ask.Text, Longest: 60),
            new("spouse", Ask.Text, Needed: false, Longest: 100), new("spouseNationality", Ask.Text, Needed: false, Hint: true, Longest: 2),
        ],
        (page, v) => page.Run<CheckForeignAct, ActChecked>(f => f.Run(Declared(v))), (page, v) => page.Run<NoteForeignAct, ActRegistered>(f => f.Run(Declared(v))));

    private static ForeignDeclaration Declared(FormValues v) => new(v.Text("person"), v.Text("act"), v.Date("on"), v.Text("country"), v.Text("authority"), v.Text("paperNo"), v.Text("spouse"), v.Text("spouseNationality"), v.Confirmed, v.Case);
}
