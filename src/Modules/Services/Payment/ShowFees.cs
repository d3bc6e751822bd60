using System.ComponentModel.DataAnnotations;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Services.Files;
using SoGoc.Services.Procedures;

namespace SoGoc.Services.Payment;

/// <summary>The fees of a file for who deals with it or has taken it in; nothing of anybody.</summary>
internal sealed class ShowFees(FileBook files, FeeBook fees, ProcedureBook procedures)
{
    internal sealed record Request([MaxLength(60)] string Code);

    internal sealed record Shown(ServiceFile File, Procedure Procedure, IReadOnlyList<FeeLine> Fees);

    public async Task<Outcome<Shown>> Run(Request r)
    {
        var found = await files.See(r.Code);
        return found.Ok(out var file) ? new Shown(file, (await procedures.Of(file.Procedure, file.Version)).Procedure, await fees.Of(file)) : found.Problems.ToList();
    }
}

/// <summary>Money that is to be given back: what nobody has ordered yet, what is under way, and what the gateway would not carry out.</summary>
internal sealed class ListRefunds(Session session)
{
    private const int Most = 100;

    internal sealed record Request;

    /// <summary>Paid beyond what was owed, for a file that was not received, or for one that was withdrawn before anybody dealt with it.</summary>
    internal const string IsDue = "o.state = 'paid' and (o.surplus or f.status = 3 or (f.status = 7 and not f.dealt_with))";

    /// <param name="State">due, ordered, or failed: to be ordered again.</param>
    internal sealed record Line(string Order, long Amount, string Why, string State, DateTimeOffset At);

    internal sealed record Listed(IReadOnlyList<Line> Refunds);

    public async Task<Outcome<Listed>> Run(Request _) => new Listed(await session.Rows($"""
        select o.no, o.amount, coalesce(r.why, ''), coalesce(r.state, 'due'), coalesce(r.ordered_at, o.paid_at) as at
          from services.payment_order o join services.file f on f.id = o.file_id
          left join lateral (select r.why, r.state, r.ordered_at from services.refund r where r.order_id = o.id order by r.ordered_at desc limit 1) r on true
         where {IsDue} order by at desc limit {Most}
        """, x => new Line(x.GetString(0), x.GetInt64(1), x.GetString(2), x.GetString(3), x.Get<DateTimeOffset>(4))));
}
