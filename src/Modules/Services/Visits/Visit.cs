using Npgsql;
using NpgsqlTypes;
using SoGoc.Identity;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;
using SoGoc.Services.Files;
using SoGoc.Services.Procedures;

namespace SoGoc.Services.Visits;

/// <summary>A time that somebody has booked at a counter (lịch hẹn).</summary>
/// <param name="Counter">As <see cref="Visits.Counter.Key"/>.</param>
/// <param name="State">open, came, cancelled or missed.</param>
/// <param name="Why">Why it was cancelled by another than himself.</param>
internal sealed record Visit(Guid Id, string Code, string Counter, int? Area, string Office, string Procedure, Guid Person, DateTimeOffset At, string State, string? Why)
{
    internal const string Columns = "v.id, v.code, v.counter, v.area_id, v.office, v.procedure, v.person_id, v.starts_at, v.state, v.why";

    internal static Visit Read(NpgsqlDataReader r) => new(r.GetGuid(0), r.GetString(1), r.GetString(2), r.Maybe<int>(3), r.GetString(4), r.GetString(5), r.GetGuid(6), r.Get<DateTimeOffset>(7), r.GetString(8), r.Text(9));

    public bool IsOpen => State == "open";

    /// <summary>As people read it: 4821 7730.</summary>
    public string Shown => $"{Code[..4]} {Code[4..]}";
}

/// <summary>Bookings: made, moved and ended, each with its entry and a word to who comes.</summary>
internal sealed class VisitBook(Session session, SlotBook slots, Counters counters, ProcedureBook procedures, Journal journal, ICitizens citizens, Sentences say, CurrentActor actor, TimeProvider clock)
{
    /// <summary>A booking by its code, for who has booked or who serves its counter.</summary>
    /// <param name="hold">Nobody else moves it before the transaction has ended.</param>
    public async Task<Outcome<Visit>> Find(string? code, bool hold = false)
    {
        var found = await session.Row($"select {Visit.Columns} from services.visit v where v.code = $1{(hold ? " for no key update" : "")}", Visit.Read, (code ?? "").Replace(" ", "", StringComparison.Ordinal));
        return found is not null && (actor.Value.Persons.Contains(found.Person) || (await counters.Of(found.Counter) is { } counter && await counters.Serves(counter))) ? found : Problem.Missing("services.no-visit") with { Field = "code" };
    }

    /// <summary>The same where something can still be done about it.</summary>
    public async Task<Outcome<Visit>> Take(string? code)
    {
        var found = await Find(code, hold: true);
        return found.Ok(out var visit) && !visit.IsOpen ? Problem.Conflict("services.visit-over") with { Field = "code" } : found;
    }

    /// <summary>Books a time for somebody. One open booking for a counter and service, and a few in all: nobody keeps a counter from others.</summary>
    public async Task<Outcome<Visit>> Make(Guid person, Counter counter, Procedure procedure, DateTimeOffset at)
    {
        // Two of one citizen at once would each find room below his limit.
        await session.Execute("select pg_advisory_xact_lock(hashtextextended('visits ' || $1::text, 0))", person);
        var open = await session.Rows($"select {Visit.Columns} from services.visit v where v.person_id = $1 and v.state = 'open'", Visit.Read, person);
        if (open.FirstOrDefault(v => v.Counter == counter.Key && v.Procedure == procedure.Code) is { } before)
        {
            // Sent twice by a hurried hand it is one booking.
            return before.At == at ? before : Problem.Conflict("services.booked-already");
        }

        var rules = await VisitRules.Read(session, counter, clock.Today());
        if (open.Count >= rules.Open)
        {
            return Problem.Conflict("services.visits-enough", rules.Open.ToString(System.Globalization.CultureInfo.InvariantCulture));
        }

        if (await slots.Take(counter, at) is { } refused)
        {
            return refused;
        }

        var (id, now) = (Guid.CreateVersion7(clock.GetUtcNow()), clock.GetUtcNow());
        var code = "";
        do
        {
            code = System.Security.Cryptography.RandomNumberGenerator.GetInt32(10_000_000, 100_000_000).ToString(System.Globalization.CultureInfo.InvariantCulture);
        }
        while (await session.Execute("""
            insert into services.visit (id, code, counter, area_id, office, procedure, person_id, starts_at, state, made_at, reminded_at) values ($1, $2, $3, $4, $5, $6, $7, $8, 'open', $9, $10) on conflict (code) do nothing
            """, id, code, counter.Key, counter.Area.As(NpgsqlDbType.Integer), counter.Name, procedure.Code, person, at.ToUniversalTime(), now, (await Reminded(at)).As(NpgsqlDbType.TimestampTz)) == 0);
        var visit = new Visit(id, code, counter.Key, counter.Area, counter.Name, procedure.Code, person, at, "open", null);
        await journal.Add(id, new VisitBooked(code, counter.Code, procedure.Code, at), NewFile.Law(procedure, clock.Today()));
        await Tell(visit, "services.told-visit", procedure.Name);
        return visit;
    }

    public async Task<Outcome<Visit>> Move(Visit visit, Counter counter, DateTimeOffset at)
    {
        if (visit.Counter == counter.Key && visit.At == at)
        {
            return visit;
        }

        if (await slots.Take(counter, at) is { } refused)
        {
            return refused;
        }

        return await Moved(visit, counter, at, "services.told-visit-moved");
    }

    /// <summary>To what has taken over from its counter, at the same time. Who had booked at two that are one now keeps the other.</summary>
    public async Task Follow(Visit visit, Counter heir)
    {
        if (await session.Value<bool>("select exists (select from services.visit where person_id = $1 and counter = $2 and procedure = $3 and state = 'open')", visit.Person, heir.Key, visit.Procedure))
        {
            await End(visit, "cancelled", say.All["services.visit-doubled"].Vi, tell: true);
            return;
        }

        await slots.TakeOver(heir, visit.At);
        await Moved(visit, heir, visit.At, "services.told-visit-rearranged");
    }

    /// <param name="why">As he reads it, where it was not he himself; null: he has cancelled it.</param>
    /// <param name="state">cancelled or missed.</param>
    /// <param name="tell">Word goes to him.</param>
    public async Task End(Visit visit, string state, string? why, bool tell)
    {
        await slots.GiveBack(visit.Counter, visit.At);
        await session.Execute("update services.visit set state = $2, why = $3 where id = $1", visit.Id, state, why.As(NpgsqlDbType.Text));
        await journal.Add(visit.Id, new VisitEnded(visit.Code, state, why), await Ground(visit));
        if (tell)
        {
            await Tell(visit, "services.told-visit-cancelled");
        }
    }

    /// <summary>He is there, and has this number.</summary>
    public async Task Came(Visit visit, int no)
    {
        await session.Execute("update services.visit set state = 'came' where id = $1", visit.Id);
        await journal.Add(visit.Id, new VisitCame(visit.Code, no), await Ground(visit));
    }

    public async Task Remind(Visit visit)
    {
        await session.Execute("update services.visit set reminded_at = $2 where id = $1", visit.Id, clock.GetUtcNow());
        await Tell(visit, "services.told-visit-tomorrow", await Name(visit));
    }

    /// <summary>What it was booked for, as it is called today.</summary>
    public async Task<string> Name(Visit visit) => (await procedures.Now(visit.Procedure)).Value is { } edition ? English.Of(edition.Procedure).Name : visit.Procedure;

    private async Task<Visit> Moved(Visit visit, Counter counter, DateTimeOffset at, string sentence)
    {
        await slots.GiveBack(visit.Counter, visit.At);
        await session.Execute("update services.visit set (counter, area_id, office, starts_at, made_at, reminded_at) = ($2, $3, $4, $5, $6, $7) where id = $1",
            visit.Id, counter.Key, counter.Area.As(NpgsqlDbType.Integer), counter.Name, at.ToUniversalTime(), clock.GetUtcNow(), (await Reminded(at)).As(NpgsqlDbType.TimestampTz));
        await journal.Add(visit.Id, new VisitMoved(visit.Code, visit.Office, counter.Name, visit.At, at), await Ground(visit));
        var moved = visit with { Counter = counter.Key, Area = counter.Area, Office = counter.Name, At = at };
        await Tell(moved, sentence);
        return moved;
    }

    /// <summary>Who books for the next working day hears today when it is, and need not be reminded.</summary>
    private async Task<DateTimeOffset?> Reminded(DateTimeOffset at) => OfficeTime.DayOf(at) <= (await OfficeDays.Read(session)).After(clock.Today(), 1) ? clock.GetUtcNow() : null;

    private async Task<string> Ground(Visit visit) => (await procedures.Now(visit.Procedure)).Ok(out var edition) ? NewFile.Law(edition.Procedure, clock.Today()) : visit.Procedure;

    private Task Tell(Visit visit, string sentence, params string[] data) =>
        citizens.Tell(visit.Person, say.Say(sentence, System.Globalization.CultureInfo.GetCultureInfo("vi-VN"), [visit.At.Shown(), visit.Office, visit.Shown, .. data]));
}
