using SoGoc.Kernel.Access;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Text;

namespace SoGoc.Civil.Acts;

/// <summary>Nobody decides his own case. An official is known by the personal number that his account has; who merely has the same name is to be looked into.</summary>
internal sealed class OwnCase(ICasePersons persons, CurrentActor actor)
{
    /// <param name="people">Records of those whom it is about.</param>
    /// <param name="field">Where it is said.</param>
    public async Task<IReadOnlyList<Problem>> Refusal(IEnumerable<Guid?> people, string? field = null) =>
        actor.Value.OwnNumber is { } number && (await persons.Find(number)).Ok(out var own) && people.Contains(own) ? [Problem.Forbidden("civil.own-case") with { Field = field }] : [];

    /// <param name="names">Of those whom it is about.</param>
    public IReadOnlyList<Problem> Warning(IEnumerable<string?> names) =>
        names.Any(n => n is not null && NameKey.Of(n) == NameKey.Of(actor.Value.Name)) ? [Problem.Conflict("civil.own-name") with { Field = "confirmed" }] : [];
}
