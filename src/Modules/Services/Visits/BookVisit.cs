using System.ComponentModel.DataAnnotations;
using SoGoc.Identity;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Population;
using SoGoc.Services.Files;
using SoGoc.Services.Procedures;

namespace SoGoc.Services.Visits;

/// <summary>What a citizen sees before he books: the counters, his own commune's first, and what is free there.</summary>
internal sealed class PrepareVisit(Counters counters, SlotBook slots, ProcedureBook procedures, ICitizens citizens, IPopulation population, Offices offices, TimeProvider clock)
{
    /// <param name="Counter">Code of a counter; null: of the commune where he lives, else of the agency that decides, else the first.</param>
    internal sealed record Request(string? Procedure, string? Counter);

    internal sealed record Prepared(Procedure Procedure, Counter Counter, IReadOnlyList<Counter> Counters, IReadOnlyList<SlotDay> Days);

    public async Task<Outcome<Prepared>> Run(Request r)
    {
        var found = await procedures.Now(r.Procedure);
        if (!found.Ok(out var edition))
        {
            return found.Problems.ToList();
        }

        var deciding = (await counters.OfAgencies()).Where(c => c.Key == edition.Procedure.Office(clock.Today())?.Desk);
        List<Counter> all = [.. deciding, .. counters.OfCommunes()];
        Outcome<Counter> named = string.IsNullOrWhiteSpace(r.Counter) ? await Own() ?? all[0] : await counters.Named(r.Counter);
        return named.Ok(out var counter) ? new Prepared(edition.Procedure, counter, all, await slots.Of(counter)) : named.Problems.ToList();
    }

    private async Task<Counter?> Own() => await population.Find((await citizens.Now()).Person) is { } state && offices.Home(state, clock.Today()) is { } commune ? Counters.Of(commune) : null;
}

/// <summary>A citizen books a time at a counter (đặt lịch hẹn).</summary>
internal sealed class BookVisit(VisitBook visits, Counters counters, ProcedureBook procedures, ICitizens citizens, IPopulation population, RateLimit limit)
{
    private const int AtOnce = 6;

    /// <summary>Who books and cancels on and on lets it be for a while.</summary>
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    internal sealed record Request(string? Procedure, string? Counter, DateTimeOffset At);

    public async Task<Outcome<Visit>> Run(Request r)
    {
        var (named, found, citizen) = (await counters.Named(r.Counter), await procedures.Now(r.Procedure), await citizens.Now());
        if (!named.Ok(out var counter) || !found.Ok(out var edition))
        {
            return named.Problems.Concat(found.Problems).ToList();
        }

        if (await limit.Take($"visits {citizen.Person}", AtOnce, Interval) is { } tooMany)
        {
            return tooMany;
        }

        return await population.Find(citizen.Person) is { Status: PersonStatus.Living } ? await visits.Make(citizen.Person, counter, edition.Procedure, r.At) : Problem.Conflict("services.not-living");
    }
}

/// <summary>A clerk books for somebody who telephones or stands there, whether he has an account or not: by his number, of which nothing is read.</summary>
internal sealed class BookForVisitor(VisitBook visits, Counters counters, ProcedureBook procedures, ICasePersons persons)
{
    /// <param name="Counter">Code of the counter; null: the clerk's own.</param>
    /// <param name="Number">Of who comes, or the code of his card.</param>
    internal sealed record Request([Required] string? Procedure, DateTimeOffset At, [MaxLength(400)] string? Number, string? Counter = null);

    /// <param name="Code">Which he is told.</param>
    internal sealed record Booked(string Code, string Office, DateTimeOffset At);

    public async Task<Outcome<Booked>> Run(Request r)
    {
        var (served, found) = (await counters.Served(r.Counter), await procedures.Now(r.Procedure));
        if (!served.Ok(out var counter) || !found.Ok(out var edition))
        {
            return served.Problems.Concat(found.Problems).ToList();
        }

        var number = (r.Number ?? "").Split('|')[0].Trim();
        if (number.Length == 0)
        {
            return Problem.Invalid("number", "services.number-missing");
        }

        var person = await persons.Find(number);
        if (!person.Ok(out var key))
        {
            return person.Problems.Select(p => p with { Field = "number" }).ToList();
        }

        var made = await visits.Make(key, counter, edition.Procedure, r.At);
        return made.Ok(out var visit) ? new Booked(visit.Shown, visit.Office, visit.At) : made.Problems.ToList();
    }
}

/// <summary>Another time, or another counter: by who has booked, or by the counter that he has called.</summary>
internal sealed class MoveVisit(VisitBook visits, Counters counters)
{
    /// <param name="Counter">Null: the same.</param>
    internal sealed record Request(string Code, DateTimeOffset At, string? Counter = null);

    internal sealed record Moved(string Code, string Office, DateTimeOffset At);

    public async Task<Outcome<Moved>> Run(Request r)
    {
        var taken = await visits.Take(r.Code);
        if (!taken.Ok(out var visit))
        {
            return taken.Problems.ToList();
        }

        Outcome<Counter> named = string.IsNullOrWhiteSpace(r.Counter) && await counters.Of(visit.Counter) is { } same ? same : await counters.Named(r.Counter);
        if (!named.Ok(out var counter))
        {
            return named.Problems.ToList();
        }

        var moved = await visits.Move(visit, counter, r.At);
        return moved.Ok(out var now) ? new Moved(now.Shown, now.Office, now.At) : moved.Problems.ToList();
    }
}

/// <summary>He does not come: the place is free again.</summary>
internal sealed class CancelVisit(VisitBook visits, CurrentActor actor)
{
    private const int Longest = 500;

    /// <param name="Why">Where the counter cancels; he reads it.</param>
    internal sealed record Request(string Code, string? Why = null);

    public async Task<Outcome<Done>> Run(Request r)
    {
        var why = (r.Why ?? "").Trim();
        if (why.Length > Longest)
        {
            return Problem.Invalid("why", "services.visit-why");
        }

        var taken = await visits.Take(r.Code);
        if (!taken.Ok(out var visit))
        {
            return taken.Problems.ToList();
        }

        var himself = actor.Value.Persons.Contains(visit.Person);
        await visits.End(visit, "cancelled", himself || why.Length == 0 ? null : why, tell: !himself);
        return Done.It;
    }
}
