using SoGoc.Identity.Accounts;
using SoGoc.Kernel.Data;

namespace SoGoc.Identity.Requests;

/// <summary>A request as its citizen sees it.</summary>
internal sealed record RequestRow(Guid Id, string Reference, string Kind, string? Field, string? Wanted, string Why, DateTimeOffset MadeAt, DateOnly AnswerDue, DateOnly DoneDue, bool Extended, string State, string? Answer,
    DateTimeOffset? AnsweredAt, DateTimeOffset? DecidedAt);

/// <summary>What a citizen has asked to be done with data, and what came of it.</summary>
internal sealed class RequestBook(Session session)
{
    /// <summary>The newest first: of a record, as far as this account has asked.</summary>
    public Task<List<RequestRow>> Of(CitizenSession own, Guid person) => session.Rows("""
        select id, reference, kind, field, wanted, why, made_at, answer_due, done_due, extended_at is not null, state, answer, answered_at, decided_at
          from identity.request where account_id = $1 and person_id = $2 order by made_at desc
        """, r => new RequestRow(r.GetGuid(0), r.GetString(1), r.GetString(2), r.Text(3), r.Text(4), r.GetString(5), r.Get<DateTimeOffset>(6), r.Get<DateOnly>(7), r.Get<DateOnly>(8), r.GetBoolean(9), r.GetString(10), r.Text(11),
            r.Maybe<DateTimeOffset>(12), r.Maybe<DateTimeOffset>(13)), own.Account, person);
}
