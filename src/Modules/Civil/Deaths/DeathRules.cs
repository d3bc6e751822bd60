using SoGoc.Civil.Acts;
using SoGoc.Civil.Books;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Laws;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Population;

namespace SoGoc.Civil.Deaths;

/// <summary>Household of the deceased, as it has to be afterwards.</summary>
/// <param name="Others">Who stays, each with what he was to the head.</param>
/// <param name="NewHead">Who is to be the head, where the deceased was; null where nobody stays, or another is the head.</param>
internal sealed record HouseholdLeftBehind(Guid Key, bool WasHead, IReadOnlyList<(Party Who, string Relation)> Others, Party? NewHead);

/// <summary>What the rules say of a declared death. docs/rules/death.md is the same for people; a test holds the two together.</summary>
internal sealed record JudgedDeath(CaseFile Case, Area? Office, IReadOnlyList<Seen> People, IReadOnlyList<Problem> Refusals, IReadOnlyList<Problem> Warnings, Party? Deceased, Party? Spouse, HouseholdLeftBehind? Household, bool Late)
    : Judgement(Case, Office, People, Refusals, Warnings);

/// <summary>Reads whom a death concerns and judges it by the law of the day.</summary>
internal sealed class DeathRules(Session session, IPopulation population, ActCases acts, BookKeeper books, Competence competence, TimeProvider clock)
{
    /// <summary>At the head of the code of its cases.</summary>
    public const string Letters = "KT";

    private const int OfAge = 18;

    public async Task<Outcome<JudgedDeath>> Judge(DeathDeclaration d, bool toAct)
    {
        var problems = new List<Problem>();
        var (key, head) = (await acts.Key(d.Deceased, "deceased", problems), await acts.Key(d.NewHead, "newHead", problems));
        if (problems.Count > 0)
        {
            return problems;
        }

        var taken = await acts.TakeUp(Letters, d.Case, key);
        if (!taken.Ok(out var file))
        {
            return taken.Problems.ToList();
        }

        var deceased = await acts.Read(key, toAct);
        var spouse = deceased?.State.Kin.LastOrDefault(k => k.Kind == KinKind.Spouse) is { } line ? await acts.Kin(file, line, toAct) : null;
        var household = deceased is null ? null : await Household(file, deceased, spouse, head, toAct);
        if (await acts.Disclose(file, [deceased, spouse, .. household?.Others.Select(o => o.Who) ?? []]) is { } refusal)
        {
            return refusal;
        }

        var (law, today, found) = (await LawBook.Read(session), clock.Today(), new Findings());
        var days = law.Find("civil.death-days", today)?.Number ?? throw new InvalidOperationException("No rule of law civil.death-days: load reference/law.csv.");
        // That the person is dead already comes first: what else is missing does not matter then.
        if (deceased is not null)
        {
            Person(d, deceased, found);
            await Lived(d, deceased, found);
        }

        Declared(d, today, found);
        NewHead(household, head, found);

        var here = competence.Of(deceased is null ? [] : [deceased.State], d.DiedHere && deceased is not null && Competence.Homes(deceased.State, today).Count == 0);
        found.Refuse(deceased is null ? [] : here.Problems);
        var late = d.Kind == DeathDeclaration.Ordinary && d.Died?.Latest < today.AddDays(-days);
        var people = new[] { ("deceased", deceased), ("spouse", spouse), ("new-head", household?.NewHead is { } next && next.Record != spouse?.Record ? next : null) }.Where(p => p.Item2 is not null).Select(p => acts.Seen(p.Item1, p.Item2!)).ToList();
        return new JudgedDeath(file, here.Ok(out var office) ? office : null, people, found.Refusals, found.Warnings, deceased, spouse, household, late)
        {
            Offers = Offered(household, deceased is not null && Competence.Homes(deceased.State, today).Count == 0),
        };
    }

    private async Task<HouseholdLeftBehind?> Household(CaseFile file, Party deceased, Party? spouse, Guid? named, bool toAct)
    {
        if (deceased.State.Memberships.FirstOrDefault(m => m.Until is null) is not { } own)
        {
            return null;
        }

        var members = (await population.MembersOf(own.Household)).Where(m => m != deceased.Record).ToList();
        await acts.Name(file, members);
        var read = await acts.Read(members.Select(m => (Guid?)m), toAct);
        var others = read.Values.Select(p => (p, p.State.Memberships.First(m => m.Household == own.Household && m.Until is null).Relation)).ToList();
        var byAge = others.Select(o => o.p).OrderBy(p => p.Facts.Born?.Earliest ?? DateOnly.MaxValue).ToList();
        var head = own.Relation != Relations.Head ? null
            : named is { } chosen ? byAge.FirstOrDefault(p => p.Record == chosen)
            : byAge.FirstOrDefault(p => p.Record == spouse?.Record) ?? byAge.FirstOrDefault(p => p.AgeOn(clock.Today()) >= OfAge) ?? byAge.FirstOrDefault();
        return new HouseholdLeftBehind(own.Household, own.Relation == Relations.Head, others, head);
    }

    /// <summary>A new head is asked for where the deceased was one; that he died here, where nobody knows where he lived.</summary>
    private static Dictionary<string, IReadOnlyList<Offer>> Offered(HouseholdLeftBehind? household, bool homeless)
    {
        var offers = new Dictionary<string, IReadOnlyList<Offer>>();
        if (household is { WasHead: true })
        {
            offers["newHead"] = Heads(household);
        }

        if (homeless)
        {
            offers["diedHere"] = [new Offer("true", "")];
        }

        return offers;
    }

    /// <summary>Who could be the head, the one who would be first.</summary>
    private static IReadOnlyList<Offer> Heads(HouseholdLeftBehind household) => [.. household.Others.Select(o => o.Who).Where(w => w.Facts.Number is not null).OrderByDescending(w => w == household.NewHead)
        .Select(w => new Offer(w.Facts.Number!.Value.ToString(), $"{w.Facts.FullName} · {w.Facts.Born?.Shown ?? "?"}"))];

    private static void Declared(DeathDeclaration d, DateOnly today, Findings found)
    {
        found.Refuse(!DeathDeclaration.Kinds.Contains(d.Kind), "kind", "civil.death-kind-unknown");
        found.Refuse(!string.IsNullOrEmpty(d.Allowance) && !DeathDeclaration.Allowances.Contains(d.Allowance), "allowance", "civil.allowance-unknown");
        found.Refuse(!string.IsNullOrWhiteSpace(d.Receiver) && !PersonalNumber.TryParse(d.Receiver.Trim(), out _), "receiver", "civil.receiver-malformed");
        found.Refuse(string.IsNullOrWhiteSpace(d.Deceased), "deceased", "civil.deceased-missing");
        found.Refuse(d.Died is not { Precision: not DatePrecision.Unknown }, "died", "civil.died-missing");
        found.Refuse(d.Died?.Earliest > today, "died", "civil.died-in-future");
        found.Refuse(!string.IsNullOrEmpty(d.DiedAt) && !TimeOnly.TryParseExact(d.DiedAt, "HH:mm", out _), "diedAt", "civil.died-at-malformed");
        found.Refuse(string.IsNullOrWhiteSpace(d.Place), "place", "civil.death-place-missing");
        found.Refuse(string.IsNullOrWhiteSpace(d.Cause), "cause", "civil.cause-missing");
        found.Refuse(new[] { d.Place, d.Cause }.Any(t => t?.Length > 300) || new[] { d.EvidenceNo, d.EvidenceBy }.Any(t => t?.Length > 200), "place", "civil.too-long");
        found.Refuse(!DeathDeclaration.Declarants.Contains(d.Declarant), "declarant", "civil.death-declarant-missing");
        found.Refuse(!DeathDeclaration.Evidences.Contains(d.Evidence), "evidence", "civil.death-evidence-missing");
        found.Refuse(d.Kind == DeathDeclaration.Court != (d.Evidence == DeathDeclaration.Judgment) && d.Kind is not null && d.Evidence is not null, "evidence", "civil.court-needs-judgment");
        found.Refuse(d.Evidence is not null and not "witness" && string.IsNullOrWhiteSpace(d.EvidenceNo), "evidenceNo", "civil.evidence-number-missing");
        found.Refuse(d.EvidenceOn > today || d.EvidenceOn < d.Died?.Earliest, "evidenceOn", "civil.death-evidence-day");
    }

    private static void Person(DeathDeclaration d, Party deceased, Findings found)
    {
        var state = deceased.State;
        found.Refuse(!CardText.Of(d.Deceased!).Agrees(deceased.Facts), "deceased", "civil.card-differs");
        found.Refuse(state.Status == PersonStatus.Dead, "deceased", "civil.already-dead", deceased.Facts.Ended?.Shown ?? "?");
        found.Refuse(state.Status is PersonStatus.Cancelled or PersonStatus.Denaturalised, "deceased", "civil.record-closed");
        if (d.Died is not { Latest: { } last, Earliest: { } first })
        {
            return;
        }

        found.Refuse(deceased.Facts.Born?.Earliest > last, "died", "civil.died-before-born", deceased.Facts.Born?.Shown ?? "?");
        var signs = state.Residences.Select(r => r.From).Concat(state.Memberships.Select(m => m.From)).Concat(state.Papers.Select(p => p.Issued?.Earliest)).Where(at => at > last).Max();
        found.Warn(signs is not null, "civil.sign-of-life", signs?.Shown() ?? "");
        found.Warn(deceased.AgeOn(first) is > 120, "civil.very-old", deceased.AgeOn(first)?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "");
    }

    /// <summary>Nobody marries, and no mother gives birth, after her death.</summary>
    private async Task Lived(DeathDeclaration d, Party deceased, Findings found)
    {
        if (d.Died?.Latest is not { } last || deceased.Record is not { } key)
        {
            return;
        }

        var act = await books.LivedAt(key, last);
        var child = deceased.Facts.Sex == 2 ? (await population.ChildrenOf(key)).Where(c => c.Born?.Earliest > last).Select(c => c.Born!.Value.Earliest).Max() : null;
        found.Warn(act is not null, "civil.act-after-death", act?.Shown() ?? "");
        found.Warn(child is not null, "civil.birth-after-death", child?.Shown() ?? "");
    }

    private void NewHead(HouseholdLeftBehind? household, Guid? named, Findings found)
    {
        found.Refuse(named is not null && household is not { WasHead: true }, "newHead", "civil.head-not-needed");
        found.Refuse(named is not null && household is { WasHead: true, NewHead: null }, "newHead", "civil.head-not-member");
        var minor = household?.NewHead?.AgeOn(clock.Today()) < OfAge;
        var adults = household?.Others.Any(o => o.Who.AgeOn(clock.Today()) >= OfAge) == true;
        found.Refuse(minor && adults, "newHead", "civil.head-minor", household?.NewHead?.Facts.FullName ?? "");
        found.Warn(minor && !adults, "civil.head-is-minor", household?.NewHead?.Facts.FullName ?? "");
    }
}
