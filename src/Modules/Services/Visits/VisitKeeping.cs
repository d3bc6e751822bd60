using SoGoc.Kernel.Data;
using SoGoc.Kernel.Laws;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;
using SoGoc.Services.Files;

namespace SoGoc.Services.Visits;

/// <summary>Reminds who comes the next working day; while offices are open, and once.</summary>
internal sealed class RemindVisitors(Session session, VisitBook visits, TimeProvider clock)
{
    private const int Most = 200;

    internal sealed record Reminded(int Visitors);

    public async Task<Outcome<Reminded>> Run()
    {
        var (now, days) = (clock.GetUtcNow(), await OfficeDays.Read(session));
        var next = days.After(clock.Today(), 1);
        if (days.Begins(now) != now)
        {
            return new Reminded(0);
        }

        var left = await session.Rows($"select {Visit.Columns} from services.visit v where v.state = 'open' and v.reminded_at is null and v.starts_at > $1 and v.starts_at < $2 order by v.id limit {Most} for no key update skip locked", Visit.Read, now, OfficeTime.At(next.AddDays(1)));
        foreach (var visit in left)
        {
            await visits.Remind(visit);
        }

        return new Reminded(left.Count);
    }
}

/// <summary>Bookings of those who have died end, so that their places are free.</summary>
internal sealed class EndVisitsOfDead(Session session, VisitBook visits, Sentences say)
{
    private const int Most = 200;

    public async Task<Outcome<EndWaiting.Ended>> Run()
    {
        var left = await session.Rows($"select {Visit.Columns} from services.visit v join population.person p on p.id = v.person_id where v.state = 'open' and p.status = 'dead' order by v.id limit {Most} for no key update of v skip locked", Visit.Read);
        foreach (var visit in left)
        {
            await visits.End(visit, "cancelled", say.All["services.visitor-died"].Vi, tell: false);
        }

        return new EndWaiting.Ended(left.Count);
    }
}

/// <summary>Bookings at a counter that is no more, because units or agencies were rearranged, go to what has taken over, at the same time; who has booked is told.</summary>
internal sealed class FollowCounters(Session session, VisitBook visits, Counters counters, Offices offices)
{
    private const int Most = 200;

    public async Task<Outcome<FollowOffices.Followed>> Run()
    {
        var (moved, here) = (0, counters.OfCommunes().Concat(await counters.OfAgencies()).Select(c => c.Key).ToArray());
        foreach (var visit in await session.Rows($"select {Visit.Columns} from services.visit v where v.state = 'open' and not v.counter = any($1) order by v.id limit {Most} for no key update skip locked", Visit.Read, (object)here))
        {
            var heir = visit.Area is { } area ? await offices.After(area, visit.Person) is { } commune ? Counters.Of(commune) : null
                : (await offices.Named(visit.Counter, null)).Value is { } agency ? new Counter(agency.Desk, agency.Desk, agency.Name, null) : null;
            if (heir is not null && here.Contains(heir.Key))
            {
                await visits.Follow(visit, heir);
                moved++;
            }
        }

        return new FollowOffices.Followed(moved);
    }
}

/// <summary>After each day: who did not come is noted, the numbers are summed up and deleted, and bookings go whose time to be kept is over.</summary>
internal sealed class CloseDays(Session session, VisitBook visits, Counters counters, TimeProvider clock)
{
    private const int Most = 200;

    private const string KeptDays = "services.visit-kept-days";

    /// <param name="Missed">Bookings that nobody came for.</param>
    internal sealed record Closed(int Missed);

    public async Task<Outcome<Closed>> Run()
    {
        var (today, begins) = (clock.Today(), OfficeTime.At(clock.Today()));
        var missed = await session.Rows($"select {Visit.Columns} from services.visit v where v.state = 'open' and v.starts_at < $1 order by v.id limit {Most} for no key update skip locked", Visit.Read, begins);
        foreach (var visit in missed)
        {
            await visits.End(visit, "missed", null, tell: false);
        }

        foreach (var key in await session.Rows("select distinct counter from services.turn where day < $1", r => r.GetString(0), today))
        {
            var office = (await counters.Of(key))?.Name ?? key;
            await session.Execute("""
                with gone as (delete from services.turn where counter = $1 and day < $2 returning day, waited_s)
                insert into services.queue_day (counter, day, office, called, median_s, longest_s)
                select $1, day, $3, count(*), percentile_cont(0.5) within group (order by waited_s)::integer, max(waited_s) from gone where waited_s is not null group by day on conflict (counter, day) do nothing
                """, key, today, office);
        }

        var kept = (await LawBook.Read(session)).Find(KeptDays, today)!.Number;
        var with = new Statements();
        with.Add("delete from services.visit_slot where starts_at < $1", begins);
        with.Add("delete from services.visit v where v.state <> 'open' and v.starts_at < $1 and not exists (select from services.turn t where t.visit_id = v.id)", begins.AddDays(-kept));
        await session.Execute(with);
        return new Closed(missed.Count);
    }
}
