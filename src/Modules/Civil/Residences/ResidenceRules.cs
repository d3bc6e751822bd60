using SoGoc.Civil.Acts;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Laws;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Population;

namespace SoGoc.Civil.Residences;

/// <summary>What the rules say of a request. docs/rules/residence.md is the same for people; a test holds the two together.</summary>
/// <param name="Of">Null where the official decides nowhere, or the act is none.</param>
/// <param name="Law">The article.</param>
internal sealed record JudgedResidence(Deliberation? Of, string Law, IReadOnlyList<Problem> Refusals, IReadOnlyList<Problem> Warnings);

/// <summary>Judges a request by the law of the day: what holds for every act here, the rest in the act's own file.</summary>
internal sealed class ResidenceRules(Session session, IPlaces places, IPopulation population, Competence competence, OwnCase own, Sentences say, TimeProvider clock)
{
    private const int LongestText = 300;

    private static readonly Dictionary<string, IResidenceAct> Acts = new IResidenceAct[]
    {
        new RegisterPermanent(), new RegisterTemporary(), new RenewTemporary(), new DeclareAbsence(), new NotifyStay(), new RemovePermanent(), new RemoveTemporary(), new SplitHousehold(), new MergeHousehold(), new ChangeHead(),
    }.ToDictionary(a => a.Act, StringComparer.Ordinal);

    /// <summary>The units of today in which the official decides.</summary>
    public IReadOnlyList<Area> Mine => competence.Mine;

    public async Task<JudgedResidence> Judge(ResidenceRequest r, Known known)
    {
        var (book, today, mine) = (places.Book, clock.Today(), Mine);
        if (mine.Count == 0)
        {
            return new JudgedResidence(null, "", [Problem.Forbidden("civil.no-police-commune")], []);
        }

        if (r.Act is null || !Acts.TryGetValue(r.Act, out var act))
        {
            return new JudgedResidence(null, "", [Problem.Invalid("act", "civil.act-unknown")], []);
        }

        if (mine.FirstOrDefault(m => string.IsNullOrWhiteSpace(r.Commune) || m.Code == r.Commune) is not { } commune)
        {
            return new JudgedResidence(null, act.Law, [Problem.Forbidden("civil.outside-police-area") with { Field = "commune" }], []);
        }

        var plan = new Plan(known, today, (area, detail) => population.Address(population.InForce(new Residence(0, ResidenceKind.Current, area, detail, null))).Written);
        var d = new Deliberation(r, known, commune, mine, await LawBook.Read(session), book, today, plan);
        await People(d);
        if (d.Refusals.Count == 0)
        {
            act.Judge(d);
        }

        foreach (var without in d.Refusals.Count == 0 ? plan.Finish() : [])
        {
            d.Refuse(true, without == known.Home?.Id ? "newHead" : "head", "civil.head-missing", string.Join(", ", plan.Of(without).Select(p => p.Name)));
        }

        return new JudgedResidence(d, act.Law, [.. d.Refusals.DistinctBy(p => (p.Code, p.Field))], [.. d.Warnings.DistinctBy(p => p.Code)]);
    }

    /// <summary>Who asks and whom it concerns.</summary>
    private async Task People(Deliberation d)
    {
        var (r, asker) = (d.Request, d.Known.Asker);
        d.Refuse(asker is null, "person", "civil.asker-missing");
        d.Refuse(asker is not null && !CardText.Of(r.Person!).Agrees(asker.State.Facts), "person", "civil.card-differs");
        d.Refuse(r.Persons?.Any(p => !string.IsNullOrWhiteSpace(p) && !d.Known.People.Any(k => k.Answers(p))) == true, "persons", "civil.not-of-household");
        d.Refuse(!string.IsNullOrWhiteSpace(r.Host) && d.Known.Host is null, "host", "civil.host-in-no-household");
        d.Refuse(new[] { r.Detail, r.Paper }.Any(t => t?.Length > LongestText), "detail", "civil.too-long");
        d.Refuse(r.Until is { Year: > 2200 } || r.From is { Year: > 2200 }, "until", "civil.until-too-far");
        if (r.Relations?.Any(t => t?.Relation is { Length: > 0 }) == true)
        {
            var codes = (await population.Codes("relation")).Select(c => c.Code).ToHashSet(StringComparer.Ordinal);
            d.Refuse(r.Relations.Any(t => t?.Relation is { Length: > 0 } told && (told == Resident.HeadOfHousehold || !codes.Contains(told))), "relations", "civil.relation-unknown");
        }

        var removal = r.Act is ResidenceRequest.RemovePermanent or ResidenceRequest.RemoveTemporary;
        foreach (var p in d.Chosen)
        {
            d.Refuse(!p.Lives && !(removal && r.Reason == ResidenceRequest.Died), "persons", "civil.resident-dead", p.Name);
            d.Refuse(p.Lives && !removal && p.State.Status is not (PersonStatus.Living or PersonStatus.Unverified), "persons", "civil.resident-gone", p.Name);
            d.Refuse(p.State.Facts.Nationality is { Count: > 0 } of && !of.Contains("VN"), "persons", "civil.resident-foreign", p.Name);
        }

        d.Refuse(asker is { Lives: false } && d.Chosen.All(c => c.Key != asker.Key), "person", "civil.resident-dead", asker?.Name ?? "?");
        Resident[] concerned = [.. d.Chosen.Append(asker).OfType<Resident>()];
        d.Refusals.AddRange(await own.Refusal(concerned.Concat(d.Known.Host?.Members ?? []).Select(p => (Guid?)p.Key), "person"));
        d.Warnings.AddRange(own.Warning(concerned.Select(p => p.Name)));
        d.Warn(d.Known.Before.Count > 0, "civil.decided-today", string.Join("; ", d.Known.Before.Select(b => $"{say["civil.residence-act-" + b.Kind]} {b.No}, {b.Office}")));
    }
}
