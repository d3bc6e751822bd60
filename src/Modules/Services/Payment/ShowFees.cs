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

/// <summary>Refunds that are under way, or that the gateway would not carry out.</summary>
internal sealed class ListRefunds(Session session)
{
    private const int Most = 100;

    internal sealed record Request;

    internal sealed record Line(string Order, long Amount, string Why, string State, DateTimeOffset At);

    internal sealed record Listed(IReadOnlyList<Line> Refunds);

    public async Task<Outcome<Listed>> Run(Request _) => new Listed(await session.Rows($"""
        select o.no, r.amount, r.why, r.state, r.ordered_at from services.refund r join services.payment_order o on o.id = r.order_id
         where r.state = 'ordered' or (r.state = 'failed' and o.state = 'paid') order by r.ordered_at desc limit {Most}
        """, x => new Line(x.GetString(0), x.GetInt64(1), x.GetString(2), x.GetString(3), x.Get<DateTimeOffset>(4))));
}
