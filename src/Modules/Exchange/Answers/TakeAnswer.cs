using System.ComponentModel.DataAnnotations;
using NpgsqlTypes;
using SoGoc.Exchange.Deliveries;
using SoGoc.Exchange.Partners;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Exchange.Answers;

/// <summary>A partner said whether its own data have caught up.</summary>
/// <param name="Partner">Its code.</param>
/// <param name="Answer">done or refused.</param>
internal sealed record ObligationAnswered(string Partner, string Answer, string? Reason, string? Reference) : IEntry
{
    public static string Kind => "exchange.obligation-answered";
}

/// <summary>Takes the answer of a partner: its own data have caught up (done), or will not (refused). It is signed as events are (Standard Webhooks), by the secret of the partner that the event was sent to.
/// The same answer again changes nothing; what was refused can still be done, what is done stays it.</summary>
internal sealed class TakeAnswer(Session session, PartnerSecrets secrets, Journal journal, IEnumerable<IHearsAnswers> hearers, TimeProvider clock)
{
    public const string IsDone = "done", IsRefused = "refused";

    private const int Longest = 500;

    /// <param name="Event">Id of the event that is answered.</param>
    /// <param name="State">done or refused.</param>
    /// <param name="Reason">Why it is refused.</param>
    /// <param name="Reference">By what the partner calls it.</param>
    internal sealed record Request([Required] Guid? Event, [Required] string? State, [MaxLength(Longest)] string? Reason = null, [MaxLength(Longest)] string? Reference = null);

    /// <param name="State">What holds now.</param>
    internal sealed record Taken(Guid Event, string State);

    /// <summary>The headers of a signed request, and its body as it came.</summary>
    internal sealed record Signed(string Id, string? Timestamp, string Signatures, byte[] Body);

    private sealed record Row(Guid Partner, string Code, string PartnerKind, string Name, string Secret, string? Former, string? Answer, string? Reason, string? Reference, Guid Subject, string EventKind);

    public async Task<Outcome<Taken>> Run(Request r, Signed signed)
    {
        var now = clock.GetUtcNow();
        var row = await session.Row("""
            select p.id, p.code, p.kind, p.name, p.secret, case when p.former_until > $2 then p.former_secret end, o.answer, o.reason, o.reference, e.subject, e.kind
              from exchange.obligation o join exchange.partner p on p.id = o.partner_id join exchange.event e on e.id = o.event_id where o.id = $1 for update of o
            """, x => new Row(x.GetGuid(0), x.GetString(1), x.GetString(2), x.GetString(3), x.GetString(4), x.Text(5), x.Text(6), x.Text(7), x.Text(8), x.GetGuid(9), x.GetString(10)), r.Event ?? Guid.Empty, now);
        // Whether there is such an event, somebody without the secret does not learn.
        if (row is null || WebhookSignature.Fresh(signed.Timestamp, now) is not { } at
            || !WebhookSignature.IsGood([secrets.Open(row.Secret), .. row.Former is { } former ? [secrets.Open(former)] : Array.Empty<string>()], signed.Id, at, signed.Body, signed.Signatures))
        {
            return new Problem(ProblemKind.NotSignedIn, "exchange.signature");
        }

        var (reason, reference) = (Blank(r.Reason), Blank(r.Reference));
        if (r.State is not (IsDone or IsRefused) || (r.State == IsRefused && reason is null) || reason?.Length > Longest || reference?.Length > Longest)
        {
            return Problem.Invalid("state", "exchange.answer-malformed");
        }

        if (row.Answer == r.State && (row.Reason, row.Reference) == (r.State == IsDone ? null : reason, reference))
        {
            return new Taken(r.Event!.Value, r.State);
        }

        return row.Answer == IsDone ? Problem.Conflict("exchange.answered-already") : await Take(r.Event!.Value, r.State, r.State == IsDone ? null : reason, reference, row);
    }

    private async Task<Outcome<Taken>> Take(Guid id, string state, string? reason, string? reference, Row row)
    {
        var now = clock.GetUtcNow();
        await session.Execute("update exchange.obligation set answer = $2, answered_at = $3, reason = $4, reference = $5, delivered_at = coalesce(delivered_at, $3), dead_at = null, fault = null where id = $1",
            id, state, now, reason.As(NpgsqlDbType.Text), reference.As(NpgsqlDbType.Text));
        await journal.Add(id, new ObligationAnswered(row.Code, state, reason, reference), $"trả lời của {row.Name}{(reference is null ? "" : $", số {reference}")}");
        foreach (var hearer in hearers)
        {
            await hearer.Hear(new PartnerAnswer(row.Subject, row.EventKind, row.PartnerKind, row.Name, state == IsDone, reason, reference));
        }

        return new Taken(id, state);
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
