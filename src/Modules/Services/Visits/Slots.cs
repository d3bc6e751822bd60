using SoGoc.Kernel.Data;
using SoGoc.Kernel.Laws;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Services.Procedures;

namespace SoGoc.Services.Visits;

/// <summary>How a counter gives its time away: rules of law.csv, which an office may have otherwise under its own code.</summary>
/// <param name="Length">Of a slot.</param>
/// <param name="Places">Of a slot.</param>
/// <param name="Days">Working days ahead.</param>
/// <param name="Open">Bookings that one citizen may have open.</param>
internal sealed record VisitRules(TimeSpan Length, int Places, int Days, int Open)
{
    private const int ShortestMinutes = 5, MostDays = 60;

    public static async Task<VisitRules> Read(Session session, Counter counter, DateOnly on)
    {
        var law = await LawBook.Read(session);
        int Of(string key) => (law.Find($"{key}.{counter.Code}", on) ?? law.Find(key, on)!).Number;
        return new VisitRules(TimeSpan.FromMinutes(Math.Max(ShortestMinutes, Of("services.visit-minutes"))), Of("services.visit-places"), Math.Min(MostDays, Of("services.visit-days")), Of("services.visits-open"));
    }
}

/// <param name="Free">Places that are left.</param>
internal sealed record Slot(DateTimeOffset At, int Free);

internal sealed record SlotDay(DateOnly Day, IReadOnlyList<Slot> Slots);

/// <summary>The slots of counters: what is free, and who takes the last place. The database decides between two.</summary>
internal sealed class SlotBook(Session session, TimeProvider clock)
{
    /// <summary>The working days that can be booked, with the slots that have not begun.</summary>
    public async Task<IReadOnlyList<SlotDay>> Of(Counter counter)
    {
        var (now, today, days) = (clock.GetUtcNow(), clock.Today(), await OfficeDays.Read(session));
        var rules = await VisitRules.Read(session, counter, today);
        var taken = (await session.Rows("select starts_at, taken from services.visit_slot where counter = $1 and starts_at > $2", r => (At: r.Get<DateTimeOffset>(0), Taken: r.GetInt16(1)), counter.Key, now)).ToDictionary(s => s.At, s => (int)s.Taken);
        var (offered, last) = (new List<SlotDay>(), days.After(today, rules.Days));
        for (var day = today; day <= last; day = day.AddDays(1))
        {
            var slots = Begins(days, day, rules.Length).Where(at => at > now).Select(at => new Slot(at, Math.Max(0, rules.Places - taken.GetValueOrDefault(at)))).ToList();
            offered.AddRange(slots.Count > 0 ? [new SlotDay(day, slots)] : []);
        }

        return offered;
    }

    /// <summary>Takes a place; null, or why there is none.</summary>
    public async Task<Problem?> Take(Counter counter, DateTimeOffset at)
    {
        var (now, today, days) = (clock.GetUtcNow(), clock.Today(), await OfficeDays.Read(session));
        if (at <= now)
        {
            return Problem.Invalid("at", "services.visit-past");
        }

        var rules = await VisitRules.Read(session, counter, today);
        if (at > OfficeTime.At(days.After(today, rules.Days).AddDays(1)))
        {
            return Problem.Invalid("at", "services.visit-too-far", rules.Days.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        if (!days.Works(OfficeTime.DayOf(at)))
        {
            return Problem.Invalid("at", "services.visit-day-off");
        }

        if (!Begins(days, OfficeTime.DayOf(at), rules.Length).Contains(at))
        {
            return Problem.Invalid("at", "services.visit-no-slot");
        }

        return await Count(counter.Key, at, rules.Places) ? null : Problem.Conflict("services.visit-full") with { Field = "at" };
    }

    /// <summary>The same place at what has taken over from a counter: whoever has a booking keeps it, also where more come together than there are places.</summary>
    public Task TakeOver(Counter counter, DateTimeOffset at) => Count(counter.Key, at, short.MaxValue);

    public Task GiveBack(string counter, DateTimeOffset at) => session.Execute("update services.visit_slot set taken = taken - 1 where counter = $1 and starts_at = $2 and taken > 0", counter, at);

    private async Task<bool> Count(string counter, DateTimeOffset at, int places) => await session.Execute("""
        insert into services.visit_slot as s (counter, starts_at, taken) select $1, $2, 1 where $3 > 0 on conflict (counter, starts_at) do update set taken = s.taken + 1 where s.taken < $3
        """, counter, at.ToUniversalTime(), places) > 0;

    /// <summary>When slots begin; one that the end of the morning or the day would cut is none.</summary>
    private static IEnumerable<DateTimeOffset> Begins(OfficeDays days, DateOnly day, TimeSpan length)
    {
        foreach (var (start, end) in days.Open(day))
        {
            for (var at = start; at + length <= end; at += length)
            {
                yield return at;
            }
        }
    }
}

/// <summary>What is free at a counter, for a service. Anybody may look; nobody is named.</summary>
internal sealed class ListSlots(Counters counters, SlotBook slots, ProcedureBook procedures)
{
    /// <param name="Counter">Code of a commune, or of an agency.</param>
    internal sealed record Request(string? Procedure, string? Counter);

    internal sealed record Listed(string Counter, string Office, string Procedure, IReadOnlyList<SlotDay> Days);

    public async Task<Outcome<Listed>> Run(Request r)
    {
        var (named, found) = (await counters.Named(r.Counter), await procedures.Now(r.Procedure));
        if (!named.Ok(out var counter) || !found.Ok(out var edition))
        {
            return named.Problems.Concat(found.Problems).ToList();
        }

        return new Listed(counter.Code, counter.Name, edition.Procedure.Name, await slots.Of(counter));
    }
}
