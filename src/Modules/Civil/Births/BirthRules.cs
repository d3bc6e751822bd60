using SoGoc.Civil.Acts;
using SoGoc.Civil.Books;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Laws;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Population;

namespace SoGoc.Civil.Births;

/// <summary>What the rules say of a declaration. docs/rules/birth.md is the same for people; a test holds the two together.</summary>
/// <param name="Father">The one who is entered.</param>
/// <param name="Recognised">He is not the mother's husband and recognises the child in the same act.</param>
/// <param name="Office">The commune that registers, where it is the official's.</param>
/// <param name="Late">After the days of the law; registered all the same.</param>
/// <param name="Refusals">Why it cannot be registered, or not here.</param>
/// <param name="Warnings">What the official has to look into, unless he has.</param>
/// <param name="Alike">Records that may be the child's own, side by side with what is declared.</param>
internal sealed record Judged(Family Family, Party? Father, bool Recognised, Area? Office, string? PlaceCode, bool Late, IReadOnlyList<Problem> Refusals, IReadOnlyList<Problem> Warnings, IReadOnlyList<LikeRecord> Alike)
{
    public IReadOnlyList<PersonState> Parents => [.. new[] { Family.Mother, Father }.OfType<Party>().Select(p => p.State)];

    /// <summary>Those whom the register has: with them the child lives.</summary>
    public IReadOnlyList<PersonState> Registered => [.. new[] { Family.Mother, Father }.OfType<Party>().Where(p => p.Record is not null).Select(p => p.State)];
}

/// <summary>Judges a declared birth by the law of the day.</summary>
internal sealed class BirthRules(Session session, Competence competence, OwnCase own, BookKeeper books, IPopulation population, ILikeRecords records, Journal journal, TimeProvider clock)
{
    private const int MostAlike = 3;

    public async Task<Judged> Judge(BirthDeclaration d, Family f)
    {
        var (law, today) = (await LawBook.Read(session), clock.Today());
        int Days(string key) => law.Find(key, today)?.Number ?? throw new InvalidOperationException($"No rule of law {key}: load reference/law.csv.");
        var (refusals, warnings) = (new List<Problem>(), new List<Problem>());

        var (father, recognised) = ParentRules.Father(d, f, Days("civil.conceived-days"), refusals);
        if (recognised)
        {
            RecogniseAtBirth.Judge(d, father!, today, refusals);
        }

        ParentRules.Judge(d, f, father, refusals, warnings);
        ForeignElement.Judge(d, f, father, law, today, (await population.Codes("nationality")).Select(c => c.Code).ToHashSet(StringComparer.Ordinal), refusals, warnings);
        ChildRules.Judge(d, today, Days("civil.posting-days"), refusals);
        ChildRules.Surname(d.FullName ?? "", f.Mother, father, refusals, warnings);
        warnings.AddRange(ChildRules.Siblings(d, f.Children));
        var alike = await Alike(d, f, father);
        if (alike.Count > 0)
        {
            warnings.Add(ParentRules.Warning("civil.perhaps-in-register", string.Join("; ", alike.Select(a => $"{a.Name}, {a.Born?.Shown}, {a.Number}"))));
        }

        if (d is { Evidence: BirthDeclaration.Notification, EvidenceKey: { } number } && await books.Served(number))
        {
            refusals.Add(Problem.Conflict("civil.notification-used") with { Field = "evidenceNo" });
        }

        if (d.LiveWith is { Length: > 0 } and not ("mother" or "father") || d is { LiveWith: "mother" } && f.Mother?.Record is null || d is { LiveWith: "father" } && father?.Record is null)
        {
            refusals.Add(Problem.Conflict("civil.live-with-nobody") with { Field = "liveWith" });
        }

        Party[] both = [.. new[] { f.Mother, father }.OfType<Party>()];
        refusals.AddRange(await own.Refusal(both.Select(p => p.Record)));
        warnings.AddRange(own.Warning(both.Select(p => p.Facts.FullName)));
        var parents = both.Select(p => p.State).ToList();
        var here = competence.Of(parents, !string.IsNullOrWhiteSpace(d.LivesAt));
        refusals.AddRange(here.Problems);
        var place = here.Ok(out var office) ? competence.PlaceCode(office, law) : null;
        if (office is not null && place is null)
        {
            refusals.Add(Problem.Conflict("civil.no-place-code"));
        }

        return new Judged(f, father, recognised, office, place, d.Born < today.AddDays(-Days("civil.birth-days")), [.. refusals.DistinctBy(p => (p.Code, p.Field))], [.. warnings.DistinctBy(p => p.Code)], alike);
    }

    /// <summary>Whether the child stands in the register already: by the weights by which records are compared at night. Children of this mother are told by <see cref="ChildRules.Siblings"/>.</summary>
    private async Task<IReadOnlyList<LikeRecord>> Alike(BirthDeclaration d, Family f, Party? father)
    {
        if (d.Conceivable is not { } born || string.IsNullOrWhiteSpace(d.FullName))
        {
            return [];
        }

        var home = new[] { f.Mother, father }.OfType<Party>().SelectMany(p => p.State.Residences).FirstOrDefault(r => r is { Kind: ResidenceKind.Permanent, Until: null });
        var alike = await records.Find(new Newcomer(null, d.FullName.Trim(), PartialDate.Of(born), d.Sex, f.Mother?.Facts.FullName, f.Mother?.Record, father?.Record, null, home?.Detail, home?.Area), MostAlike);
        alike = [.. alike.Where(a => f.Children.All(c => c.Person != a.Person))];
        if (alike.Count > 0)
        {
            await journal.Disclose([.. alike.Select(a => a.Person)], ["identity", "family", "residence"], f.Case.Purpose, f.Case.Reference);
        }

        return alike;
    }
}
