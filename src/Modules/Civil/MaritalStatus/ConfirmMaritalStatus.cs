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

namespace SoGoc.Civil.MaritalStatus;

/// <summary>A certificate of marital status is asked for (giấy xác nhận tình trạng hôn nhân; NĐ 123/2015, articles 21 to 23).</summary>
/// <param name="Person">The number, or what the QR code of the card says.</param>
/// <param name="For">marriage, or other.</param>
/// <param name="Purpose">What else it is for, as told.</param>
/// <param name="ToMarry">Whom the person wants to marry, as told; a certificate for a marriage serves for that one alone.</param>
/// <param name="Told">What the person declares where the register does not know: single, divorced or widowed.</param>
internal sealed record MaritalDeclaration([MaxLength(300)] string? Person, string? For = null, [MaxLength(200)] string? Purpose = null, [MaxLength(200)] string? ToMarry = null, string? Told = null,
    IReadOnlyList<string>? Confirmed = null, string? Case = null) : IDeclaration
{
    public const string ToBeMarried = "marriage";

    public static readonly string[] Purposes = [ToBeMarried, "other"];

    public static readonly string[] States = ["single", "alone"];
}

/// <summary>Somebody's marital status was certified.</summary>
/// <param name="Status">Code list of marital status: 1 never married, 2 married, 3 divorced or widowed.</param>
/// <param name="Spouse">To whom the person is married.</param>
/// <param name="Until">Last day on which it holds; it ends earlier when the status changes.</param>
public sealed record MaritalStatusConfirmed(string EntryNo, int Area, DateOnly On, Seen Person, short Status, string? Spouse, string For, DateOnly Until, IReadOnlyList<string>? Confirmed = null) : IEntry
{
    public static string Kind => "civil.marital-status-confirmed";
}

/// <summary>What the rules say of it.</summary>
internal sealed record JudgedMarital(CaseFile Case, Area? Office, IReadOnlyList<Seen> People, IReadOnlyList<Problem> Refusals, IReadOnlyList<Problem> Warnings, Party? Person, short? Status, DateOnly Until)
    : Judgement(Case, Office, People, Refusals, Warnings);

/// <summary>Reads the person and judges what can be certified. docs/rules/marital-status.md is the same for people.</summary>
internal sealed class MaritalRules(Session session, ActCases acts, Competence competence, BookKeeper books, TimeProvider clock)
{
    /// <summary>At the head of the code of its cases.</summary>
    public const string Letters = "HN";

    private const short Single = 1, Married = 2, Alone = 3;

    public async Task<Outcome<JudgedMarital>> Judge(MaritalDeclaration d, bool toAct)
    {
        var read = await acts.One(Letters, d.Case, d.Person, toAct);
        if (!read.Ok(out var one))
        {
            return read.Problems.ToList();
        }

        var ((file, person), found, law, today) = (one, new Findings(), await LawBook.Read(session), clock.Today());
        int Number(string rule) => law.Find(rule, today)?.Number ?? throw new InvalidOperationException($"No rule of law {rule}: load reference/law.csv.");
        found.Refuse(string.IsNullOrWhiteSpace(d.Person), "person", "civil.person-missing");
        found.Refuse(!MaritalDeclaration.Purposes.Contains(d.For), "for", "civil.purpose-missing");
        found.Refuse(d.For == "other" && string.IsNullOrWhiteSpace(d.Purpose), "purpose", "civil.purpose-missing");
        found.Refuse(d.For == MaritalDeclaration.ToBeMarried && string.IsNullOrWhiteSpace(d.ToMarry), "toMarry", "civil.to-marry-missing");
        var known = person?.State.MaritalStatus() is (Single or Married or Alone) and var written ? written : (short?)null;
        var status = known ?? d.Told switch { "single" => Single, "alone" => Alone, _ => (short?)null };
        if (person is not null)
        {
            var age = person.AgeOn(today);
            found.Refuse(!CardText.Of(d.Person!).Agrees(person.Facts), "person", "civil.card-differs");
            found.Refuse(!person.Lives, "person", "civil.not-living");
            found.Refuse(status is null, "told", "civil.marital-not-known");
            found.Refuse(d.For == MaritalDeclaration.ToBeMarried && status == Married, "for", "civil.already-married", person.Facts.FullName ?? "?");
            found.Refuse(d.For == MaritalDeclaration.ToBeMarried && age < Number(person.Facts.Sex == 1 ? "civil.marriage-age-man" : "civil.marriage-age-woman"), "for", "civil.not-of-marriage-age");
            found.Warn(known is null && status is not null, "civil.marital-only-told");
        }

        if (person?.Record is { } key && await books.Newest("marital-status", key) is { } before && before.RegisteredOn > today.AddMonths(-Number("civil.marital-months")))
        {
            found.Warn(true, "civil.marital-confirmed", before.No, before.RegisteredOn.Shown(), before.Office);
        }

        var here = competence.Of(person is null ? [] : [person.State], alsoHere: false);
        found.Refuse(person is null ? [] : here.Problems);
        return new JudgedMarital(file, here.Ok(out var office) ? office : null, person is null ? [] : [acts.Seen("person", person)], found.Refusals, found.Warnings, person, status, today.AddMonths(Number("civil.marital-months")));
    }
}

/// <summary>Looks at a certificate before it is decided.</summary>
internal sealed class CheckMaritalStatus(MaritalRules rules, ActDesk desk)
{
    public Task<Outcome<ActChecked>> Run(MaritalDeclaration d) => desk.Check(() => rules.Judge(d, toAct: false));
}

/// <summary>Certifies marital status as the register has it; where it has none and the person has told it, the record is completed with it.</summary>
internal sealed class ConfirmMaritalStatus(MaritalRules rules, ActDesk desk, IPopulation population, BookKeeper books, TimeProvider clock)
{
    private const string Law = "NĐ 123/2015/NĐ-CP, điều 21, 22";

    public Task<Outcome<ActRegistered>> Run(MaritalDeclaration d) => desk.Decide(d, () => rules.Judge(d, toAct: true), j => Carry(d, j));

    private async Task<Outcome<BookEntry>> Carry(MaritalDeclaration d, JudgedMarital j)
    {
        var (person, ground) = (j.Person!, $"Tờ khai cấp giấy xác nhận tình trạng hôn nhân; {Law}");
        var doing = new Doing(population, ground);
        if (person.Facts.Marital is not (1 or 2 or 3))
        {
            await doing.Act(person.Record!.Value, new PersonCompleted(new PersonFacts { Marital = j.Status }));
        }

        return doing.Problems.Count > 0 ? doing.Problems : await books.Enter(new NewEntry("marital-status", j.Office!.Id, person.Record!.Value, [(person.Record.Value, "person")]),
            no => new MaritalStatusConfirmed(no, j.Office.Id, clock.Today(), j.People[0], j.Status!.Value, j.Status == 2 ? person.State.Kin.LastOrDefault(k => k.Kind == KinKind.Spouse)?.Name : null,
                d.For == MaritalDeclaration.ToBeMarried ? $"Kết hôn với {d.ToMarry!.Trim()}" : d.Purpose!.Trim(), j.Until, j.Warnings.Count > 0 ? [.. j.Warnings.Select(w => w.Code)] : null), ground);
    }
}

/// <summary>What is asked for a certificate of marital status.</summary>
internal static class MaritalForms
{
    public static ActForm Marital { get; } = new("marital-status", "tinh-trang-hon-nhan", MaritalRules.Letters, "paper",
        [new("person", Ask.Person)],
        [new("for", Ask.Choice, MaritalDeclaration.Purposes, "marital-for"), new("told", Ask.Choice, MaritalDeclaration.States, "marital", Needed: false, Hint: true), new("toMarry", Ask.Text, Needed: false, Wide: true, Longest: 200), new("purpose", Ask.Text, Needed: false, Wide: true, Longest: 200)],
        (page, v) => page.Run<CheckMaritalStatus, ActChecked>(f => f.Run(Declared(v))), (page, v) => page.Run<ConfirmMaritalStatus, ActRegistered>(f => f.Run(Declared(v))));

    private static MaritalDeclaration Declared(FormValues v) => new(v.Text("person"), v.Text("for"), v.Text("purpose"), v.Text("toMarry"), v.Text("told"), v.Confirmed, v.Case);
}
