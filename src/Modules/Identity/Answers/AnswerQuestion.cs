using SoGoc.Identity.Messages;
using SoGoc.Identity.MyData;
using SoGoc.Identity.Requests;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;

namespace SoGoc.Identity.Answers;

/// <summary>The office that read answers why; what it has left unanswered for 72 hours the province may answer too.</summary>
internal sealed class AnswerQuestion(Session session, Journal journal, Notices notices, IReach reach, CurrentActor actor, TimeProvider clock)
{
    public const int Longest = 2000;

    internal sealed record Request(Guid Id, string? Answer);

    public async Task<Outcome<Done>> Run(Request r)
    {
        if (string.IsNullOrWhiteSpace(r.Answer) || r.Answer.Length > Longest)
        {
            return Problem.Invalid("answer", "identity.answer-missing");
        }

        var (who, now) = (Answerer.Of(actor.Value, reach), clock.GetUtcNow());
        var account = (await session.Rows($"update identity.question q set answer = $5, answered_by = $6, answered_at = $3 where q.id = $4 and {Answerer.Question} returning q.account_id",
            x => x.GetGuid(0), who.Office, who.WholeProvince, now, r.Id, r.Answer.Trim(), actor.Value.Reference)).Cast<Guid?>().FirstOrDefault();
        if (account is not { } asker)
        {
            return await session.Value<bool?>("select answered_at is null from identity.question where id = $1", r.Id) switch
            {
                null => Problem.Missing("identity.no-question"),
                true => Problem.Forbidden("identity.other-office"),
                false => Problem.Conflict("identity.answered-already"),
            };
        }

        await journal.Add(asker, new QuestionAnswered(r.Id), (await LawClock.Read(session)).Ground(clock.Today()));
        await notices.Answered(asker, "identity.message-question");
        return Done.It;
    }
}
