using SoGoc.Identity.Messages;
using SoGoc.Identity.Requests;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;

namespace SoGoc.Identity.Answers;

/// <summary>An office answered a request: accept, extend, done, refuse.</summary>
internal sealed record RequestDecided(Guid Request, string Decision, string Answer, DateOnly DoneDue) : IEntry
{
    public static string Kind => "identity.request-decided";
}

/// <summary>The office where the person lives answers a request: takes it up, extends its time once, has done it, or refuses it with a reason. The correction itself is an act of its own, on its own paper.</summary>
internal sealed class DecideRequest(Session session, CaseBook cases, Journal journal, Notices notices, IReach reach, CurrentActor actor, TimeProvider clock)
{
    public const string Accept = "accept", Extend = "extend", Finish = "done", Refuse = "refuse";

    /// <summary>In the order of the page.</summary>
    public static readonly string[] Decisions = [Accept, Finish, Refuse, Extend];

    internal sealed record Request(Guid Id, string? Decision, string? Answer);

    private sealed record Waiting(Guid Account, string Reference, DateTimeOffset MadeAt, DateOnly DoneDue, bool Extended, string State);

    public async Task<Outcome<Done>> Run(Request r)
    {
        if (!Decisions.Contains(r.Decision) || string.IsNullOrWhiteSpace(r.Answer) || r.Answer.Length > AnswerQuestion.Longest)
        {
            return Problem.Invalid("answer", "identity.answer-missing");
        }

        var who = Answerer.Of(actor.Value, reach);
        var found = await session.Row($"select r.account_id, r.reference, r.made_at, r.done_due, r.extended_at is not null, r.state from identity.request r where r.id = $4 and {Answerer.Request} for update",
            x => new Waiting(x.GetGuid(0), x.GetString(1), x.Get<DateTimeOffset>(2), x.Get<DateOnly>(3), x.GetBoolean(4), x.GetString(5)), who.Areas, who.WholeProvince, clock.Today(), r.Id);
        if (found is not { } waiting)
        {
            return await NotHis(session, r.Id);
        }

        if ((r.Decision == Accept && waiting.State != "made") || (r.Decision == Extend && waiting.Extended))
        {
            return Problem.Conflict(r.Decision == Extend ? "identity.extended-already" : "identity.accepted-already");
        }

        var (law, made, now) = (await LawClock.Read(session), OfficeTime.DayOf(waiting.MadeAt), clock.GetUtcNow());
        var due = r.Decision == Extend ? law.Extended(waiting.DoneDue, made) : waiting.DoneDue;
        var ends = r.Decision is Finish or Refuse;
        await session.Execute("""
            update identity.request set state = $2, answer = $3, answered_by = $4, answered_at = coalesce(answered_at, $5), done_due = $6,
                   extended_at = case when $7 then $5 else extended_at end, decided_at = case when $8 then $5 end where id = $1
            """, r.Id, r.Decision switch { Finish => "done", Refuse => "refused", _ => "accepted" }, r.Answer.Trim(), actor.Value.Reference, now, due, r.Decision == Extend, ends);
        await journal.Add(waiting.Account, new RequestDecided(r.Id, r.Decision!, r.Answer.Trim(), due), law.Ground(made));
        await notices.Answered(waiting.Account, "identity.message-request");
        return ends && await cases.Find(waiting.Reference) is { ClosedAt: null } && await cases.Close(waiting.Reference) is { IsGood: false } open ? open.Problems.ToList() : Done.It;
    }

    internal static async Task<Problem> NotHis(Session session, Guid request) => await session.Value<bool?>("select decided_at is null from identity.request where id = $1", request) switch
    {
        null => Problem.Missing("identity.no-request"),
        true => Problem.Forbidden("identity.other-office"),
        false => Problem.Conflict("identity.decided-already"),
    };
}

/// <summary>Takes a request up: a case for it opens, or goes on, and the official's pages read for it. Until then the page of requests names nobody.</summary>
internal sealed class TakeUpRequest(Session session, CaseBook cases, IReach reach, CurrentActor actor, TimeProvider clock)
{
    private const string Purpose = "citizens-request";

    internal sealed record Request(Guid Id);

    /// <param name="Person">Whose record it is about.</param>
    internal sealed record TakenUp(Guid Person);

    public async Task<Outcome<TakenUp>> Run(Request r)
    {
        var who = Answerer.Of(actor.Value, reach);
        var found = await session.Row($"select r.reference, r.person_id from identity.request r where r.id = $4 and {Answerer.Request}",
            x => Tuple.Create(x.GetString(0), x.GetGuid(1)), who.Areas, who.WholeProvince, clock.Today(), r.Id);
        if (found is not var (reference, person))
        {
            return await DecideRequest.NotHis(session, r.Id);
        }

        var opened = await cases.Find(reference) is not null ? await cases.FindOpen(reference) : await cases.Open(new NewCase("request", reference, Purpose, [person]));
        if (!opened.Ok(out var file))
        {
            return opened.Problems.ToList();
        }

        await cases.TakeUp(file);
        return new TakenUp(person);
    }
}
