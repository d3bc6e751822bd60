using SoGoc.Kernel.Access;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Text;
using SoGoc.Population;

namespace SoGoc.Civil.Acts;

/// <summary>Nobody decides, approves or signs in his own case, nor in that of his spouse, parents, children, brothers and sisters (Luật Hộ tịch 60/2014, article 12, from memory). An official is known by the personal number that his account has,
/// his family by the lines of kin of the register; who merely has the same name is to be looked into.</summary>
internal sealed class OwnCase(Session session, ICasePersons persons, IPopulation population, CurrentActor actor)
{
    /// <param name="people">Records of those whom it is about.</param>
    /// <param name="field">Where it is said.</param>
    public async Task<IReadOnlyList<Problem>> Refusal(IEnumerable<Guid?> people, string? field = null)
    {
        Guid[] about = [.. people.OfType<Guid>().Distinct()];
        if (about.Length == 0 || actor.Value.OwnNumber is not { } number || !(await persons.Find(number)).Ok(out var own))
        {
            return [];
        }

        return about.Contains(own) ? [Problem.Forbidden("civil.own-case") with { Field = field }] : (await Family(own)).Overlaps(about) ? [Problem.Forbidden("civil.kin-case") with { Field = field }] : [];
    }

    /// <param name="names">Of those whom it is about.</param>
    public IReadOnlyList<Problem> Warning(IEnumerable<string?> names) =>
        names.Any(n => n is not null && NameKey.Of(n) == NameKey.Of(actor.Value.Name)) ? [Problem.Conflict("civil.own-name") with { Field = "confirmed" }] : [];

    /// <summary>Wherever they live: yes or no is told of it, and nothing of them.</summary>
    private Task<HashSet<Guid>> Family(Guid own) => session.BeyondDuty(async () =>
    {
        var family = (await population.NamedIn(own)).Where(n => Near(n.Line.Kind)).Select(n => n.Person).ToHashSet();
        foreach (var line in (await population.Find(own))?.Kin.Where(k => Near(k.Kind)) ?? [])
        {
            if ((line.Person ?? (line.Number is { } number ? await population.Answering(number) : null)) is not { } relative)
            {
                continue;
            }

            family.Add(relative);
            if (line.Kind is KinKind.Father or KinKind.Mother)
            {
                family.UnionWith((await population.ChildrenOf(relative)).Select(c => c.Person));
            }
        }

        family.Remove(own);
        return family;
    });

    private static bool Near(KinKind kind) => kind is KinKind.Spouse or KinKind.Father or KinKind.Mother or KinKind.Child;
}
