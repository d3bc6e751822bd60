using SoGoc.Civil.Waiting;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;
using SoGoc.Population;

namespace SoGoc.Civil.Residences;

/// <summary>Looks at a request before it is decided: what the register knows of the asker, his household and the one that is joined, why it would be refused, what is to be looked into and what would follow. Changes nobody; a case is opened, for which they are read.</summary>
internal sealed class CheckResidence(Check check)
{
    public Task<Outcome<CheckedResidence>> Run(ResidenceRequest r) => check.Run(r, ResidenceRequest.OfResidence);
}

/// <summary>The same for a household: split, merged, another head.</summary>
internal sealed class CheckHousehold(Check check)
{
    public Task<Outcome<CheckedResidence>> Run(ResidenceRequest r) => check.Run(r, ResidenceRequest.OfHousehold);
}

/// <param name="Relation">To the head, as a code; null outside of a household.</param>
/// <param name="Permanent">Permanent residence as written.</param>
/// <param name="Minor">By the birth date that is known.</param>
internal sealed record ResidentSeen(Guid Id, string? FullName, PersonalNumber? Number, PartialDate? Born, short? Sex, string? Relation, bool Lives, bool Minor, string? Permanent);

internal sealed record HouseholdSeen(Guid Id, string? FileNumber, string? Address, IReadOnlyList<ResidentSeen> Members);

/// <param name="Case">The case that was opened; to be named when it is decided.</param>
/// <param name="Temporary">Temporary residence as written.</param>
/// <param name="Household">The asker's household.</param>
/// <param name="Host">The household that would be joined.</param>
/// <param name="Commune">The unit that would decide.</param>
/// <param name="Fee">In đồng, paid at the counter; null: none.</param>
/// <param name="Days">Working days in which it has to be decided; null: at once.</param>
/// <param name="Changes">What would follow; none where it would be refused.</param>
/// <param name="Refusals">Why it would be refused; with a part of the request, also what is still missing.</param>
/// <param name="Warnings">Codes to confirm, each with its sentence.</param>
internal sealed record CheckedResidence(string Case, ResidentSeen? Person, string? Temporary, DateOnly? TemporaryUntil, HouseholdSeen? Household, HouseholdSeen? Host, string? Commune, int? Fee, int? Days,
    IReadOnlyList<DecidedChange> Changes, IReadOnlyList<Fault> Refusals, IReadOnlyList<Fault> Warnings);

/// <summary>What <see cref="Decide"/> would do, told and not done.</summary>
internal sealed class Check(ReadHome read, ResidenceRules rules, DraftBook drafts, IPopulation population, Sentences say, TimeProvider clock)
{
    public async Task<Outcome<CheckedResidence>> Run(ResidenceRequest r, string[] acts)
    {
        if (!acts.Contains(r.Act))
        {
            return Problem.Invalid("act", "civil.act-unknown");
        }

        var seen = await read.Run(r, toAct: false);
        if (!seen.Ok(out var known))
        {
            return seen.Problems.ToList();
        }

        var judged = await rules.Judge(r, known);
        await drafts.Name(known.Case, known.Chosen(r).Select(p => p.Name));
        var (of, lodging) = (judged.Of, known.Asker?.At(ResidenceKind.Temporary, clock.Today()));
        return new CheckedResidence(known.Case.Reference, known.Asker is { } a ? Seen(a, of) : null, Written(lodging), lodging?.Until, Seen(known.Home, of), Seen(known.Host, of), of?.Commune.FullName,
            Number(of, "fee"), Number(of, "days"), judged.Refusals.Count == 0 ? of!.Plan.Changes : [], Said(judged.Refusals), Said(judged.Warnings));
    }

    private static int? Number(Deliberation? of, string what) => of?.Law.Find($"residence.{of.Request.Act}-{what}", of.Today)?.Number;

    private HouseholdSeen? Seen(Home? home, Deliberation? of) => home is null ? null
        : new HouseholdSeen(home.Id, home.State.FileNumber, population.Address(population.InForce(new Residence(0, ResidenceKind.Current, home.State.Area, home.State.Detail, null))).Written, [.. home.Members.Select(m => Seen(m, of))]);

    private ResidentSeen Seen(Resident p, Deliberation? of) => new(p.Key, p.State.Facts.FullName, p.State.Facts.Number, p.State.Facts.Born, p.State.Facts.Sex, p.Member(clock.Today())?.Relation, p.Lives, of?.IsAdult(p) == false,
        Written(p.At(ResidenceKind.Permanent, clock.Today())));

    private string? Written(Residence? at) => at is null ? null : population.Address(population.InForce(at)).Written;

    private IReadOnlyList<Fault> Said(IEnumerable<Problem> problems) => [.. problems.Select(p => new Fault(p.Code, say.Say(p), p.Field))];
}
