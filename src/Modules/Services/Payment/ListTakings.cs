using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;

namespace SoGoc.Services.Payment;

/// <summary>What an official has taken in cash on a day, to hand it over and count it.</summary>
internal sealed class ListTakings(Session session, CurrentActor actor, TimeProvider clock)
{
    /// <param name="Day">Null: today.</param>
    internal sealed record Request(DateOnly? Day = null);

    /// <param name="Refunded">It was handed back.</param>
    internal sealed record Line(DateTimeOffset At, string Receipt, string File, string What, long Amount, bool Refunded);

    /// <param name="Sum">Of what was not handed back, in đồng.</param>
    internal sealed record Listed(DateOnly Day, IReadOnlyList<Line> Lines, long Sum);

    public async Task<Outcome<Listed>> Run(Request r)
    {
        var day = r.Day ?? clock.Today();
        if (day > clock.Today() || day.Year < 2020)
        {
            return Problem.Invalid("day", "services.no-day");
        }

        var lines = await session.Rows("""
            select o.paid_at, o.receipt_no, f.code, e.what, o.amount, o.state = 'refunded' from services.payment_order o join services.file f on f.id = o.file_id join services.fee e on e.file_id = o.file_id and e.name = o.fee
             where o.taken_by = $1 and o.paid_at >= $2 and o.paid_at < $3 order by o.paid_at
            """, x => new Line(x.Get<DateTimeOffset>(0), x.GetString(1), x.GetString(2), x.GetString(3), x.GetInt64(4), x.GetBoolean(5)), actor.Value.Reference, OfficeTime.At(day), OfficeTime.At(day.AddDays(1)));
        return new Listed(day, lines, lines.Where(l => !l.Refunded).Sum(l => l.Amount));
    }
}
