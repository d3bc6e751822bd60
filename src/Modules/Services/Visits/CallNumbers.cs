using System.ComponentModel.DataAnnotations;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Services.Visits;

/// <summary>A clerk gives a number to who has come, with a booking or without.</summary>
internal sealed class GiveNumber(QueueBook queue, VisitBook visits, Counters counters)
{
    /// <param name="Counter">Code; null: his own.</param>
    /// <param name="Visit">Code of the booking.</param>
    internal sealed record Request(string? Counter = null, string? Visit = null);

    internal sealed record Given(Guid Id, int No);

    public async Task<Outcome<Given>> Run(Request r)
    {
        var served = await counters.Served(r.Counter);
        if (!served.Ok(out var counter))
        {
            return served.Problems.ToList();
        }

        if (string.IsNullOrWhiteSpace(r.Visit))
        {
            var walked = await queue.Give(counter, null, bySelf: false);
            return new Given(walked.Id, walked.No);
        }

        var taken = await visits.Take(r.Visit);
        var today = taken.Ok(out var visit) ? VisitDay.Fits(visit, counter, queue.Today) : null;
        if (visit is null || today is not null)
        {
            return today is not null ? today : taken.Problems.ToList();
        }

        var turn = await queue.Give(counter, visit, bySelf: false);
        return new Given(turn.Id, turn.No);
    }
}

internal static class VisitDay
{
    /// <summary>A booking gives a number on its day at its counter; null, or why not.</summary>
    public static Problem? Fits(Visit visit, Counter counter, DateOnly today) => visit.Counter != counter.Key ? Problem.Conflict("services.visit-elsewhere", visit.Office) with { Field = "visit" }
        : Kernel.Time.OfficeTime.DayOf(visit.At) != today ? Problem.Conflict("services.visit-other-day", Kernel.Time.OfficeTime.Shown(visit.At)) with { Field = "visit" } : null;
}

/// <summary>Calls the next (gọi số tiếp theo), and with it ends the one before. Who has one in hand that was not ended is told that one again: two clicks call one.</summary>
internal sealed class CallNext(QueueBook queue, Counters counters)
{
    private const int Longest = 20;

    /// <param name="Window">Where he sits, as the display says it.</param>
    /// <param name="Done">The number that has been served.</param>
    internal sealed record Request([MaxLength(100)] string? Window, string? Counter = null, Guid? Done = null);

    /// <param name="Turn">Null: nobody waits.</param>
    internal sealed record Called(Turn? Turn);

    public async Task<Outcome<Called>> Run(Request r)
    {
        var (served, window) = (await counters.Served(r.Counter), Window(r.Window));
        if (!served.Ok(out var counter) || window is null)
        {
            return served.Problems.Concat(window is null ? [Problem.Invalid("window", "services.which-window")] : []).ToList();
        }

        await queue.Hold();
        if (r.Done is { } id && (await queue.Take(counter, id)).Ok(out var before) && before.State == "called")
        {
            await queue.End(id, "done");
        }

        return new Called(await queue.InHand(counter) ?? await queue.CallNext(counter, window));
    }

    /// <summary>Null: it says no window.</summary>
    public static string? Window(string? text) => (text ?? "").Trim() is { Length: > 0 and <= Longest } window && !window.Any(char.IsControl) ? window : null;
}

/// <summary>Calls a number once more: the one in hand, or one that was set aside and has come after all.</summary>
internal sealed class CallAgain(QueueBook queue, Counters counters)
{
    internal sealed record Request(Guid Turn, [MaxLength(100)] string? Window, string? Counter = null);

    public async Task<Outcome<Turn>> Run(Request r)
    {
        var (served, window) = (await counters.Served(r.Counter), CallNext.Window(r.Window));
        if (!served.Ok(out var counter) || window is null)
        {
            return served.Problems.Concat(window is null ? [Problem.Invalid("window", "services.which-window")] : []).ToList();
        }

        await queue.Hold();
        var taken = await queue.Take(counter, r.Turn);
        if (!taken.Ok(out var turn))
        {
            return taken.Problems.ToList();
        }

        var hand = await queue.InHand(counter);
        if (hand is not null && hand.Id != turn.Id)
        {
            return Problem.Conflict("services.finish-first");
        }

        // One that a colleague has called is his.
        return hand is not null || turn.State == "aside" ? (await queue.Call(counter, turn.Id, window))! : Problem.Conflict("services.turn-over");
    }
}

/// <summary>He is not there (không có mặt): the number is set aside, and can be called again.</summary>
internal sealed class SetAside(QueueBook queue, Counters counters)
{
    internal sealed record Request(Guid Turn, string? Counter = null);

    public Task<Outcome<Done>> Run(Request r) => TurnEnd.Run(queue, counters, r.Turn, r.Counter, "aside");
}

/// <summary>He has been served.</summary>
internal sealed class EndTurn(QueueBook queue, Counters counters)
{
    internal sealed record Request(Guid Turn, string? Counter = null);

    public Task<Outcome<Done>> Run(Request r) => TurnEnd.Run(queue, counters, r.Turn, r.Counter, "done");
}

internal static class TurnEnd
{
    /// <summary>A called number goes to a state; where it is in it already, nothing is done.</summary>
    public static async Task<Outcome<Done>> Run(QueueBook queue, Counters counters, Guid id, string? named, string state)
    {
        var served = await counters.Served(named);
        if (!served.Ok(out var counter))
        {
            return served.Problems.ToList();
        }

        var taken = await queue.Take(counter, id);
        if (!taken.Ok(out var turn))
        {
            return taken.Problems.ToList();
        }

        if (turn.State != state && turn.State != "called")
        {
            return Problem.Conflict("services.turn-over");
        }

        if (turn.State == "called")
        {
            await queue.End(id, state);
        }

        return Done.It;
    }
}
