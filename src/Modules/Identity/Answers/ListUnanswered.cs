using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;

namespace SoGoc.Identity.Answers;

/// <summary>What citizens wait for an answer to, from this official: what is due first stands first. Nobody is named here: the case says to the office who it was, and whoever takes a request up opens one.</summary>
internal sealed class ListUnanswered(Session session, IReach reach, CurrentActor actor, TimeProvider clock)
{
    private const int Most = 100;

    /// <param name="Risen">Another office has left it unanswered.</param>
    internal sealed record QuestionLine(Guid Id, string Office, string Text, DateTimeOffset AskedAt, DateTimeOffset DueAt, DateTimeOffset? ReadAt, string[] Fields, string Case, bool Late, bool Risen);

    internal sealed record RequestLine(Guid Id, string Reference, string Kind, string? Field, string? Wanted, string Why, DateTimeOffset MadeAt, DateOnly AnswerDue, DateOnly DoneDue, bool Extended, string State, string? Answer, bool Late);

    internal sealed record Lines(IReadOnlyList<QuestionLine> Questions, IReadOnlyList<RequestLine> Requests);

    public async Task<Outcome<Lines>> Run()
    {
        var (who, now, today) = (Answerer.Of(actor.Value, reach), clock.GetUtcNow(), clock.Today());
        var questions = await session.Rows($"""
            select q.id, q.office, q.body, q.asked_at, q.due_at, q.read_at, coalesce(q.fields, array[]::text[]), coalesce(q.case_ref, ''), q.due_at < $3, q.office <> $1
              from identity.question q where {Answerer.Question} order by q.due_at limit {Most}
            """, r => new QuestionLine(r.GetGuid(0), r.GetString(1), r.GetString(2), r.Get<DateTimeOffset>(3), r.Get<DateTimeOffset>(4), r.Maybe<DateTimeOffset>(5), r.Get<string[]>(6), r.GetString(7), r.GetBoolean(8), r.GetBoolean(9)),
            who.Office, who.WholeProvince, now);
        var requests = await session.Rows($"""
            select r.id, r.reference, r.kind, r.field, r.wanted, r.why, r.made_at, r.answer_due, r.done_due, r.extended_at is not null, r.state, r.answer, r.done_due < $3 or (r.answered_at is null and r.answer_due < $3)
              from identity.request r where {Answerer.Request} order by case when r.answered_at is null then r.answer_due else r.done_due end, r.made_at limit {Most}
            """, r => new RequestLine(r.GetGuid(0), r.GetString(1), r.GetString(2), r.Text(3), r.Text(4), r.GetString(5), r.Get<DateTimeOffset>(6), r.Get<DateOnly>(7), r.Get<DateOnly>(8), r.GetBoolean(9), r.GetString(10), r.Text(11), r.GetBoolean(12)),
            who.Areas, who.WholeProvince, today);
        return new Lines(questions, requests);
    }
}

/// <summary>What waits for an official's answer, on the first page.</summary>
internal sealed class AnswersAtHand(BeyondDuty reads, IReach reach, TimeProvider clock) : Kernel.Modules.IWorkAtHand
{
    public async Task<IReadOnlyList<Kernel.Modules.WorkItem>> For(Actor who)
    {
        if (!who.May(Permission.Of(IdentityPermission.AnswerCitizens)))
        {
            return [];
        }

        var he = Answerer.Of(who, reach);
        var questions = (await reads.Rows($"select count(*) from identity.question q where {Answerer.Question}", r => r.GetInt64(0), he.Office, he.WholeProvince, clock.GetUtcNow())).Single();
        var requests = (await reads.Rows($"select count(*) from identity.request r where {Answerer.Request}", r => r.GetInt64(0), he.Areas, he.WholeProvince, clock.Today())).Single();
        return questions + requests == 0 ? [] : [new Kernel.Modules.WorkItem("identity.answers-at-hand", (questions + requests).ToString("N0", System.Globalization.CultureInfo.CurrentCulture), AnswersPage.Path, Waits: true)];
    }
}
