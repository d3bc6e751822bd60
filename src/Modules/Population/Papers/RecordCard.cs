using System.ComponentModel.DataAnnotations;
using System.Globalization;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Laws;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Text;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;
using SoGoc.Population.Lookups;
using SoGoc.Population.Persons;

namespace SoGoc.Population.Papers;

/// <summary>An identity card that the commune police has seen is entered, or one that stands wrongly in the record is put right (Luật Căn cước 26/2023, articles 18–23). Number, kind and day of expiry are not typed: they follow from the record and the law.</summary>
/// <param name="Corrects">Number of the card in the record that is put right; null: a new card.</param>
/// <param name="Issued">As on the card. Null where the recorded day is right.</param>
/// <param name="Place">Who issued it. Null where the recorded one is right, or not to be told.</param>
/// <param name="Case">The case that an earlier look has opened.</param>
internal sealed record CardRequest(Guid Person, int? Corrects = null, DateOnly? Issued = null, [MaxLength(CardRequest.LongestPlace)] string? Place = null, string? Case = null)
{
    public const int LongestPlace = 200;
}

/// <summary>What the record says of the cards.</summary>
/// <param name="Case">The case that was opened; to be named when the card is entered.</param>
/// <param name="Home">Where the person lives, as written.</param>
/// <param name="Cards">Identity cards, the newest first.</param>
/// <param name="Refusals">Why none could be entered, whatever the form says.</param>
internal sealed record CardsShown(string Case, Guid Person, string? FullName, PartialDate? Born, PersonalNumber? Number, string? Home, IReadOnlyList<IdPaper> Cards, IReadOnlyList<Fault> Refusals);

/// <summary>The card as it stands in the record now.</summary>
internal sealed record CardRecorded(Guid Person, string? FullName, IdPaper Card);

/// <summary>What the law says of an identity card of a person.</summary>
internal static class CardLaw
{
    private static readonly DateOnly Renamed = new(2024, 7, 1);

    /// <summary>Since 2024-07-01 cards are "căn cước" (Luật 26/2023, article 46), before "căn cước công dân".</summary>
    public static PaperKind KindOf(DateOnly? issued) => issued >= Renamed ? PaperKind.CanCuoc : PaperKind.Cccd;

    public static bool IsCard(IdPaper paper) => paper.Kind is PaperKind.Cccd or PaperKind.CanCuoc;

    /// <summary>Valid to the next age at which cards are exchanged; issued in the last years before one, to the one after it; after the last one for life (null). Luật 59/2014 and Luật 26/2023, article 21.</summary>
    /// <exception cref="InvalidOperationException">No law of cards was in force on the day of issue.</exception>
    public static DateOnly? Expiry(LawBook law, DateOnly born, DateOnly issued)
    {
        int Years(string key) => law.Find(key, issued)?.Number ?? throw new InvalidOperationException($"No rule {key} on {issued}.");
        var ages = law.Find("population.card-exchange-ages", issued)!.Value.Split(' ').Select(a => born.AddYears(int.Parse(a, CultureInfo.InvariantCulture)));
        return ages.Where(day => day.AddYears(-Years("population.card-early-years")) > issued).Select(d => (DateOnly?)d).FirstOrDefault();
    }
}

/// <summary>Reads the person for a case; what stands against any card.</summary>
internal sealed class CardRules(Served served, Register register, CaseBook cases, Journal journal, Sentences say)
{
    private const string Purpose = "identity-card";

    private static readonly string[] Classes = [FieldClass.Identity, FieldClass.Papers, FieldClass.Residence];

    internal sealed record Judged(CaseFile Case, PersonState State, IReadOnlyList<IdPaper> Cards, IReadOnlyList<Problem> Refusals);

    public async Task<Outcome<Judged>> Judge(Guid person, string? reference, bool toAct)
    {
        var found = await served.Find(person, toAct);
        if (!found.Ok(out var state))
        {
            return found.Problems.ToList();
        }

        var taken = await cases.GoOn("SD", Purpose, reference, [person]);
        if (!taken.Ok(out var file))
        {
            return taken.Problems.ToList();
        }

        await journal.Disclose([person], Classes, Purpose, file.Reference);
        return new Judged(file, state, [.. state.Papers.Where(CardLaw.IsCard).OrderByDescending(c => c.Issued?.Earliest)], await Closed(state));
    }

    private async Task<List<Problem>> Closed(PersonState p)
    {
        var refusals = new List<Problem>();
        if (p.Status is not (PersonStatus.Living or PersonStatus.Unverified))
        {
            refusals.Add(Problem.Conflict("population.card-record-closed", say["status." + Word.Write(p.Status)]));
        }

        if (p.Facts.Nationality is { Count: > 0 } of && !of.Contains("VN"))
        {
            refusals.Add(Problem.Conflict("population.card-foreigner"));
        }

        if (p.Facts.Number is null || p.Facts.Born?.Latest is null)
        {
            refusals.Add(Problem.Conflict("population.card-needs-number"));
        }

        if (await served.Outside(p) is { } outside)
        {
            refusals.Add(outside);
        }

        if (await register.Role() == RegisterRole.Branch)
        {
            refusals.Add(Problem.Conflict("population.branch-cannot-record-card"));
        }

        return refusals;
    }
}

/// <summary>Looks at the cards of the record before one is entered.</summary>
internal sealed class ShowCards(CardRules rules, Served served, IPopulation population, Sentences say)
{
    internal sealed record Request(Guid Person, string? Case = null);

    public async Task<Outcome<CardsShown>> Run(Request r)
    {
        var outcome = await rules.Judge(r.Person, r.Case, toAct: false);
        if (!outcome.Ok(out var j))
        {
            return outcome.Problems.ToList();
        }

        var home = served.Homes(j.State).FirstOrDefault();
        return new CardsShown(j.Case.Reference, r.Person, j.State.Facts.FullName, j.State.Facts.Born, j.State.Facts.Number, home is null ? null : population.Address(population.InForce(home)).Written, j.Cards,
            [.. j.Refusals.Select(p => new Fault(p.Code, say.Say(p), p.Field))]);
    }
}

/// <summary>Enters the card.</summary>
internal sealed class RecordCard(Session session, CardRules rules, Register register, CaseBook cases, TimeProvider clock)
{
    public async Task<Outcome<CardRecorded>> Run(CardRequest r)
    {
        var outcome = await rules.Judge(r.Person, r.Case, toAct: true);
        if (!outcome.Ok(out var j))
        {
            return outcome.Problems.ToList();
        }

        if (j.Refusals.Count > 0)
        {
            return j.Refusals.ToList();
        }

        var law = await LawBook.Read(session);
        var (born, before) = (j.State.Facts.Born!.Value.Latest!.Value, j.Cards.FirstOrDefault(c => c.No == r.Corrects));
        if (Wrong(r, j, before, born, law) is { } wrong)
        {
            return wrong;
        }

        var issued = r.Issued ?? before!.Issued!.Value.Earliest!.Value;
        var place = string.IsNullOrWhiteSpace(r.Place) ? before?.Place : r.Place.Trim();
        var card = new IdPaper(before?.No ?? PersonFold.Next(j.State.Papers.Select(p => p.No)), CardLaw.KindOf(issued), NumberOn(before, j.State), PartialDate.Of(issued), place, CardLaw.Expiry(law, born, issued));
        if (card == before)
        {
            return Problem.Invalid("corrects", "population.card-as-recorded");
        }

        var ground = $"{(before is null ? "Thẻ mới cấp" : "Sửa theo thẻ đã xem")}: số {card.Number}, cấp ngày {issued.Shown()}{(place is null ? "" : ", " + place)}; {law.Find("population.card-exchange-ages", issued)!.Citation}";
        var done = await register.Act(r.Person, new PaperIssued(card), ground);
        if (!done.IsGood)
        {
            return done.Problems.ToList();
        }

        var closed = await cases.Close(j.Case.Reference);
        return closed.IsGood ? new CardRecorded(r.Person, j.State.Facts.FullName, card) : closed.Problems.ToList();
    }

    /// <summary>The personal number is the card's (article 18), but a card of before the number was replaced bears the former one.</summary>
    private static string NumberOn(IdPaper? before, PersonState p) =>
        before?.Number is { } known && p.FormerNumbers.Any(f => f.Number.ToString() == known) ? known : p.Facts.Number!.Value.ToString();

    private Problem? Wrong(CardRequest r, CardRules.Judged j, IdPaper? before, DateOnly born, LawBook law)
    {
        if (r.Corrects is not null && before is null)
        {
            return Problem.Invalid("corrects", "population.no-card");
        }

        if ((r.Issued ?? (before?.Issued is { Precision: DatePrecision.Day } known ? known.Earliest : null)) is not { } issued)
        {
            return Problem.Invalid("issued", "population.card-day-missing");
        }

        if (issued > clock.Today())
        {
            return Problem.Invalid("issued", "population.card-day-ahead");
        }

        if (law.Find("population.card-from-age", issued) is not { } from)
        {
            return Problem.Invalid("issued", "population.card-before-law", law.All.Where(l => l.Key == "population.card-from-age").Min(l => l.Valid.From)!.Value.Shown());
        }

        if (issued < born.AddYears(from.Number))
        {
            return Problem.Invalid("issued", "population.card-too-young", issued.Shown(), from.Number.ToString(CultureInfo.InvariantCulture));
        }

        return before is null && j.Cards.Select(c => c.Issued?.Latest).Max() is { } last && issued <= last ? Problem.Invalid("issued", "population.card-not-newer", last.Shown()) : null;
    }
}
