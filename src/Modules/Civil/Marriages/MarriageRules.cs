using System.Globalization;
using SoGoc.Civil.Acts;
using SoGoc.Civil.Books;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Laws;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Population;

namespace SoGoc.Civil.Marriages;

/// <summary>What the rules say of a declared marriage. docs/rules/marriage.md is the same for people; a test holds the two together.</summary>
internal sealed record JudgedMarriage(CaseFile Case, Area? Office, IReadOnlyList<Seen> People, IReadOnlyList<Problem> Refusals, IReadOnlyList<Problem> Warnings, Party? Husband, Party? Wife)
    : Judgement(Case, Office, People, Refusals, Warnings);

/// <summary>Reads the two and judges their marriage by the law of the day (Luật Hôn nhân và gia đình 52/2014, articles 5 and 8).</summary>
internal sealed class MarriageRules(Session session, ActCases acts, Ancestry ancestry, Competence competence, BookKeeper books, TimeProvider clock)
{
    /// <summary>At the head of the code of its cases.</summary>
    public const string Letters = "KH";

    private const short Male = 1, Female = 2, Single = 1, Married = 2, Alone = 3;

    public async Task<Outcome<JudgedMarriage>> Judge(MarriageDeclaration d, bool toAct)
    {
        var problems = new List<Problem>();
        var (his, hers) = (await acts.Key(d.Husband, "husband", problems), await acts.Key(d.Wife, "wife", problems));
        if (problems.Count > 0)
        {
            return problems;
        }

        var taken = await acts.TakeUp(Letters, d.Case, his, hers);
        if (!taken.Ok(out var file))
        {
            return taken.Problems.ToList();
        }

        var read = await acts.Read([his, hers], toAct);
        var (husband, wife) = (his is { } h ? read.GetValueOrDefault(h) : null, hers is { } w ? read.GetValueOrDefault(w) : null);
        if (await acts.Disclose(file, husband, wife) is { } refusal)
        {
            return refusal;
        }

        var (found, law, today) = (new Findings(), await LawBook.Read(session), clock.Today());
        int Age(string key) => law.Find(key, today)?.Number ?? throw new InvalidOperationException($"No rule of law {key}: load reference/law.csv.");
        Declared(d, found);
        Side(d.Husband, husband, "husband", Male, "civil.not-a-man", Age("civil.marriage-age-man"), today, found);
        Side(d.Wife, wife, "wife", Female, "civil.not-a-woman", Age("civil.marriage-age-woman"), today, found);
        await Together(file, husband, wife, d, found);
        await Times(d, husband, wife, found);
        Household(d, husband, wife, today, found);

        var here = competence.Of(new[] { husband, wife }.OfType<Party>().Select(p => p.State), alsoHere: false);
        found.Refuse(husband is null && wife is null ? [] : here.Problems);
        var people = new[] { ("husband", husband), ("wife", wife) }.Where(p => p.Item2 is not null).Select(p => acts.Seen(p.Item1, p.Item2!)).ToList();
        return new JudgedMarriage(file, here.Ok(out var office) ? office : null, people, found.Refusals, found.Warnings, husband, wife);
    }

    private static void Declared(MarriageDeclaration d, Findings found)
    {
        found.Refuse(string.IsNullOrWhiteSpace(d.Husband), "husband", "civil.husband-missing");
        found.Refuse(string.IsNullOrWhiteSpace(d.Wife), "wife", "civil.wife-missing");
        found.Refuse(!d.BothHere, "bothHere", "civil.both-here");
        found.Refuse(!MarriageDeclaration.Households.Contains(d.Household), "household", "civil.household-choice-missing");
        found.Refuse(d.HusbandTime is < 1 or > 20 || d.WifeTime is < 1 or > 20, "husbandTime", "civil.marriage-time");
    }

    /// <summary>Whose earlier marriages are known does not marry for the first time.</summary>
    private async Task Times(MarriageDeclaration d, Party? husband, Party? wife, Findings found)
    {
        foreach (var (who, time, field) in new[] { (husband, d.HusbandTime, "husbandTime"), (wife, d.WifeTime, "wifeTime") })
        {
            var earlier = 0;
            foreach (var marriage in who?.Record is { } key && time is not null ? await books.All("marriage", key) : [])
            {
                earlier += await books.Is(marriage.Id, BookKeeper.Annulled) ? 0 : 1;
            }

            earlier = Math.Max(earlier, who?.Facts.Marital == Alone ? 1 : 0);
            found.Refuse(time <= earlier, field, "civil.marriage-time-known", who?.Facts.FullName ?? "?", (earlier + 1).ToString(CultureInfo.InvariantCulture));
        }
    }

    private static void Side(string? told, Party? who, string field, short sex, string wrongSex, int age, DateOnly today, Findings found)
    {
        if (who is null)
        {
            return;
        }

        var name = who.Facts.FullName ?? "?";
        found.Refuse(!CardText.Of(told!).Agrees(who.Facts), field, "civil.card-differs");
        found.Refuse(who.State.Status == PersonStatus.Dead, field, "civil.dead-cannot-marry", name, who.Facts.Ended?.Shown ?? "?");
        found.Refuse(who.State.Status is PersonStatus.Cancelled or PersonStatus.Denaturalised or PersonStatus.Missing, field, "civil.record-closed");
        found.Refuse(who.Facts.Sex is { } known && known != sex, field, wrongSex);
        found.Refuse(who.Facts.Nationality is { Count: > 0 } of && !of.SequenceEqual(["VN"]), field, "civil.foreign-marriage");
        found.Refuse(who.AgeOn(today) is { } years && years < age, field, "civil.too-young-to-marry", name, age.ToString(CultureInfo.InvariantCulture));
        found.Refuse(who.AgeOn(today) is null, field, "civil.age-unknown", name);
        found.Refuse(who.Facts.Marital == Married, field, "civil.already-married", name);
        found.Warn(who.Facts.Marital is not (Single or Married or Alone), "civil.marital-unknown", name);
    }

    private async Task Together(CaseFile file, Party? husband, Party? wife, MarriageDeclaration d, Findings found)
    {
        if (husband is null || wife is null)
        {
            return;
        }

        found.Refuse(husband.Record == wife.Record, "wife", "civil.married-to-himself");
        var (his, hers) = (await ancestry.Of(file, husband), await ancestry.Of(file, wife));
        found.Refuse(Ancestry.DirectLine(his, hers), "wife", "civil.direct-line");
        found.Refuse(Ancestry.ThreeGenerations(his, hers), "wife", "civil.three-generations");
        found.Refuse(!(his.ParentsKnown && hers.ParentsKnown) && !d.NotKin, "notKin", "civil.kinship-unknown");
    }

    private static void Household(MarriageDeclaration d, Party? husband, Party? wife, DateOnly today, Findings found)
    {
        var (host, guest) = d.Household == MarriageDeclaration.WithHusband ? (husband, wife) : (wife, husband);
        if (d.Household is null or MarriageDeclaration.Stay || host is null || guest is null)
        {
            return;
        }

        found.Refuse(host.State.Memberships.All(m => m.Until is not null), "household", "civil.host-without-household", host.Facts.FullName ?? "?");
        found.Refuse(host.State.Residences.All(r => r.Kind != ResidenceKind.Permanent || r.Until <= today), "household", "civil.host-without-residence", host.Facts.FullName ?? "?");
        found.Refuse(guest.State.Memberships.Any(m => m is { Until: null, Relation: Relations.Head }), "household", "civil.head-moves", guest.Facts.FullName ?? "?");
    }
}
