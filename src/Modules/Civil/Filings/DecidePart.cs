using System.ComponentModel.DataAnnotations;
using SoGoc.Civil.Acts;
using SoGoc.Civil.Books;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Civil.Filings;

/// <summary>An officer of the commune police decides his part of a linked filing: the child's permanent residence with its parents, which his decision registers and his refusal does not; or the removal of a residence after a death, which the law
/// makes the death itself the ground of: that he takes note of, and cannot refuse. A refusal undoes nothing else.</summary>
internal sealed class DecidePart(Session session, FilingBook filings, BookKeeper books, ResideWithParents residence, OwnCase own, IPopulation population, CaseBook cases, CurrentActor actor, TimeProvider clock)
{
    private const int Longest = 500;

    /// <param name="Code">Of the filing.</param>
    /// <param name="Approve">false: refused, with the reason.</param>
    internal sealed record Request([Required, MaxLength(60)] string? Code, bool Approve, [MaxLength(Longest)] string? Reason = null);

    /// <param name="State">done or refused.</param>
    /// <param name="Result">What was confirmed or entered.</param>
    internal sealed record Decided(string Code, string Step, string State, string? Result);

    private sealed record Part(Guid Id, string Step, Guid Person, string Ground, string State, int Area, Guid Entry, string? LiveWith);

    public async Task<Outcome<Decided>> Run(Request r)
    {
        var part = await session.Row("""
            select p.id, p.step, f.person_id, p.ground, p.state, f.area_id, f.entry_id, f.live_with from civil.filing_part p join civil.filing f on f.id = p.filing_id where f.code = $1 and p.holder = 'police' for update of p
            """, x => new Part(x.GetGuid(0), x.GetString(1), x.GetGuid(2), x.GetString(3), x.GetString(4), x.GetInt32(5), x.GetGuid(6), x.Text(7)), r.Code ?? "");
        if (part is null)
        {
            return Problem.Missing("civil.no-filing");
        }

        if (part.State == "done")
        {
            return Problem.Conflict("civil.part-settled");
        }

        if (await books.Is(part.Entry, BookKeeper.Annulled))
        {
            return Problem.Conflict("civil.part-of-annulled");
        }

        if (await own.Refusal([part.Person]) is { Count: > 0 } mine)
        {
            return mine.ToList();
        }

        if (!r.Approve && part.Step == FilingStep.ResidenceRemoval)
        {
            return Problem.Conflict("civil.removal-follows-death");
        }

        var reason = string.IsNullOrWhiteSpace(r.Reason) ? null : r.Reason.Trim();
        if (!r.Approve && (reason is null || reason.Length > Longest))
        {
            return Problem.Invalid("reason", "civil.refusal-reason-missing");
        }

        Outcome<string> effect = r.Approve ? await Approve(part, r.Code!, $"{part.Ground}; hồ sơ {r.Code}") : "";
        if (!effect.Ok(out var result))
        {
            return effect.Problems.ToList();
        }

        await filings.Settle(part.Id, r.Approve, actor.Value.Reference, r.Approve ? result : null, r.Approve ? null : reason);
        if (await cases.Find(r.Code!) is { ClosedAt: null })
        {
            await cases.Close(r.Code!);
        }

        return new Decided(r.Code!, part.Step, r.Approve ? "done" : "refused", r.Approve ? result : null);
    }

    private async Task<Outcome<string>> Approve(Part part, string code, string ground)
    {
        var today = clock.Today();
        if (await population.Hold(part.Person) is not { } state)
        {
            return Problem.Missing("population.no-person");
        }

        return part.Step == FilingStep.ResidenceRemoval ? await Remove(part.Person, state, today, ground) : await Reside(part, code, state, today, ground);
    }

    private async Task<Outcome<string>> Reside(Part part, string code, PersonState child, DateOnly today, string ground) =>
        child.Status != PersonStatus.Living ? Problem.Conflict("civil.filed-child-not-living")
            : ResideWithParents.Permanent(child, today) is { } has ? population.Address(population.InForce(has)).Written ?? ""
            : await residence.Run(part.Person, child, part.Area, part.LiveWith, code, ground);

    private async Task<Outcome<string>> Remove(Guid person, PersonState deceased, DateOnly today, string ground)
    {
        if (deceased.Status != PersonStatus.Dead)
        {
            return Problem.Conflict("civil.deceased-living");
        }

        ResidenceKind[] open = [.. deceased.Residences.Where(r => r.Until is null || r.Until > today).Select(r => r.Kind).Distinct()];
        foreach (var kind in open)
        {
            var ended = await population.Act(person, new ResidenceEnded(kind, today), ground);
            if (!ended.IsGood)
            {
                return ended.Problems.ToList();
            }
        }

        // It ended with the death, not with this look at it.
        var last = deceased.Residences.Where(r => r.Until <= today).Max(r => r.Until);
        return (open.Length > 0 ? today : last ?? today).Shown();
    }
}
