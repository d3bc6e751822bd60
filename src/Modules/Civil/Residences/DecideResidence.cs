using SoGoc.Civil.Acts;
using SoGoc.Civil.Waiting;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Civil.Residences;

/// <summary>Decides on residence: permanent, temporary with its renewal, absence, stay, removal (Luật Cư trú 68/2020). Numbered, with all that follows from it, or nothing. Asked again for a case that is decided it tells the decision again.</summary>
internal sealed class DecideResidence(Decide decide)
{
    public Task<Outcome<ResidenceDecided>> Run(ResidenceRequest r) => decide.Run(r, ResidenceRequest.OfResidence);
}

/// <summary>Decides on a household: split, merged, another head (Luật Cư trú 68/2020, articles 10, 25 and 26).</summary>
internal sealed class DecideHousehold(Decide decide)
{
    public Task<Outcome<ResidenceDecided>> Run(ResidenceRequest r) => decide.Run(r, ResidenceRequest.OfHousehold);
}

/// <summary>Takes a decision: reads for the case, judges, numbers it, does what follows, writes it down, closes the case.</summary>
internal sealed class Decide(ReadHome read, ResidenceRules rules, DecisionBook decisions, IPopulation population, CaseBook cases, DraftBook drafts, TellActs tell, Sentences say, Kernel.Access.CurrentActor actor, TimeProvider clock)
{
    public async Task<Outcome<ResidenceDecided>> Run(ResidenceRequest r, string[] acts)
    {
        if (!acts.Contains(r.Act))
        {
            return Problem.Invalid("act", "civil.act-unknown");
        }

        if (!string.IsNullOrWhiteSpace(r.Case) && await decisions.Of(r.Case) is { } before)
        {
            return before;
        }

        var seen = await read.Run(r, toAct: true);
        if (!seen.Ok(out var known))
        {
            return seen.Problems.ToList();
        }

        var judged = await rules.Judge(r, known);
        Problem[] standing = [.. judged.Refusals, .. judged.Warnings.Where(w => r.Confirmed?.Contains(w.Code) != true)];
        return standing.Length > 0 ? standing.ToList() : await Take(r, judged, judged.Of!);
    }

    private async Task<Outcome<ResidenceDecided>> Take(ResidenceRequest r, JudgedResidence judged, Deliberation d)
    {
        var number = await decisions.Next(d.Commune.Id, r.Act!);
        var decided = Written(r, judged, d, number);
        var ground = Ground(r, number, judged.Law);
        var problems = await d.Plan.Do(population, ground, FileNumber(d, r.Act!, number));
        if (problems.Count > 0)
        {
            return problems.ToList();
        }

        var key = await decisions.Enter(decided, d.Known.Case.Reference, d.Known.Asker!.Key, ground);
        await drafts.Drop(d.Known.Case);
        await tell.Tell(new CarriedAct(d.Known.Case.Reference, number, d.Commune.FullName, key, null, null));
        var closed = await cases.Close(d.Known.Case.Reference);
        return closed.IsGood ? decided : closed.Problems.ToList();
    }

    private static ResidenceDecided Written(ResidenceRequest r, JudgedResidence judged, Deliberation d, string number)
    {
        var changes = d.Plan.Changes;
        var concerned = d.Known.People.Concat(d.Known.Host?.Members ?? []).DistinctBy(p => p.Key).Where(p => d.Chosen.Any(c => c.Key == p.Key) || changes.Any(c => c.Subject == p.Key)).ToList();
        string[] agreed = [.. new[] { (r.OwnerAgrees, "owner"), (r.HeadAgrees, "head"), (r.ParentsAgree, "parents") }.Where(a => a.Item1).Select(a => a.Item2)];
        return new ResidenceDecided(number, r.Act!, d.Commune.Id, d.Commune.FullName, d.Today, Named(d.Known.Asker!), [.. concerned.Select(Named)], changes, Left(d, changes), judged.Law,
            r.Basis, agreed.Length > 0 ? agreed : null, r.Reason, string.IsNullOrWhiteSpace(r.Paper) ? null : r.Paper.Trim(), judged.Warnings.Count > 0 ? [.. judged.Warnings.Select(w => w.Code)] : null);
    }

    private static DecidedPerson Named(Resident p) => new(p.Key, p.State.Facts.FullName, p.State.Facts.Number);

    /// <summary>Where somebody's residence ends by the decision: in the units of today too, whose police is told.</summary>
    private static List<int> Left(Deliberation d, IReadOnlyList<DecidedChange> changes)
    {
        IEnumerable<int> Old(string what, ResidenceKind kind) => changes.Where(c => c.What == what || c.What == what + "-ends").Select(c => d.Chosen.FirstOrDefault(p => p.Key == c.Subject)).OfType<Resident>()
            .Select(p => d.Open(p, kind)?.Area).OfType<int>();
        return [.. Old("permanent", ResidenceKind.Permanent).Concat(Old("temporary", ResidenceKind.Temporary)).Distinct().Where(a => !d.Here(a))];
    }

    private string Ground(ResidenceRequest r, string number, string law) =>
        string.Join("; ", new[] { $"{say.All["civil.residence-act-" + r.Act].Vi} số {number}, {actor.Value.Office}, ngày {clock.Today().Shown()}", r.Act == ResidenceRequest.Absence ? "phiếu CT03" : "tờ khai CT01", r.Paper?.Trim(), law }.Where(t => !string.IsNullOrEmpty(t)));

    /// <summary>A residence file begins with the decision that opens it.</summary>
    private static string FileNumber(Deliberation d, string act, string number) => $"{d.Commune.Code}-{(act == ResidenceRequest.Split ? "TH" : "TT")}{number}";
}
