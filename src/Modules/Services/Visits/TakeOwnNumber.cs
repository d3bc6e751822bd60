using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Laws;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;

namespace SoGoc.Services.Visits;

/// <summary>Whoever stands at the door takes a number by himself. Nobody is asked who he is; against those who take what they do not need, a browser has one number at a time, an address a few, and a counter
/// only so many that wait: whoever is turned away gets his number from the clerk, who knows no such limit.</summary>
internal sealed class TakeOwnNumber(QueueBook queue, Counters counters, Session session, RateLimit limit, TimeProvider clock)
{
    private const int AtOnce = 5;

    private const string Most = "services.queue-self-most";

    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(2), Early = TimeSpan.FromHours(1);

    /// <param name="From">Address of who asks.</param>
    /// <param name="Has">The number that his browser keeps.</param>
    internal sealed record Request(string Counter, string From, Guid? Has);

    /// <summary>Whether numbers are given at the door: while the offices are open, and an hour before.</summary>
    public static async Task<bool> GivesNumbers(Session session, DateTimeOffset now) => (await OfficeDays.Read(session)).Begins(now) - now <= Early;

    public async Task<Outcome<Turn>> Run(Request r)
    {
        var named = await counters.Named(r.Counter);
        if (!named.Ok(out var counter))
        {
            return named.Problems.ToList();
        }

        if (r.Has is { } id && await queue.Find(counter, id) is { } own && own.State != "done")
        {
            return own;
        }

        if (!await GivesNumbers(session, clock.GetUtcNow()))
        {
            return Problem.Conflict("services.queue-closed");
        }

        if (await limit.Take($"queue {r.From}", AtOnce, Interval) is { } tooMany)
        {
            return tooMany;
        }

        var waiting = (await queue.Of(counter, "waiting")).Count(t => t.BySelf && t.Visit is null);
        return waiting >= (await LawBook.Read(session)).Find(Most, queue.Today)!.Number ? Problem.Conflict("services.queue-long") : await queue.Give(counter, null, bySelf: true);
    }
}

/// <summary>Who has booked says on his telephone that he is there, on the day, and has his number.</summary>
internal sealed class ComeToVisit(QueueBook queue, VisitBook visits, Counters counters)
{
    internal sealed record Request(string Code);

    public async Task<Outcome<Turn>> Run(Request r)
    {
        var taken = await visits.Take(r.Code);
        if (!taken.Ok(out var visit))
        {
            return taken.Problems.ToList();
        }

        var counter = await counters.Of(visit.Counter);
        return counter is null ? Problem.Missing("services.no-counter") : VisitDay.Fits(visit, counter, queue.Today) is { } not ? not : await queue.Give(counter, visit, bySelf: true);
    }
}
