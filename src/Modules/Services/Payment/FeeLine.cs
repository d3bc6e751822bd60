using Npgsql;
using NpgsqlTypes;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Laws;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Population;
using SoGoc.Services.Files;
using SoGoc.Services.Procedures;

namespace SoGoc.Services.Payment;

/// <summary>What is to be paid for a file, with the orders by which it is, or was tried to be.</summary>
/// <param name="Name">procedure or stated.</param>
/// <param name="Shown">What the form showed.</param>
/// <param name="Amount">What is asked now.</param>
/// <param name="Until">Until when that holds, whatever the law has meanwhile; null: it holds.</param>
/// <param name="Before">What waits for it.</param>
/// <param name="Waiver">Why less or nothing is asked.</param>
internal sealed record FeeLine(string Name, long Shown, long Amount, DateTimeOffset? Until, string What, string Law, string Before, string? Waiver, IReadOnlyList<PaymentOrder> Orders)
{
    public const string OfProcedure = "procedure", Stated = "stated";

    public PaymentOrder? Paid => Orders.FirstOrDefault(o => o is { State: OrderState.Paid, Surplus: false });

    public PaymentOrder? Waiting => Orders.FirstOrDefault(o => o.State == OrderState.Waiting);

    /// <summary>Something is owed.</summary>
    public bool IsOpen => Amount > 0 && Paid is null;

    /// <summary>It is another than the form has shown, because it was not paid while that held.</summary>
    public bool Changed => Waiver is null && Amount != Shown;
}

/// <summary>The fees of files: what the form showed holds for some days; whoever pays later pays what is in force then.</summary>
internal sealed class FeeBook(Session session, ProcedureBook procedures, TimeProvider clock)
{
    /// <summary>Rule of law.csv: how many days the amount holds that the form has shown.</summary>
    private const string ShownDays = "services.fee-shown-days";

    /// <summary>The fee of a file that is entered now, with what the register knows of whom it is about.</summary>
    public async Task Add(Statements with, ServiceFile file, Procedure procedure, PersonState subject)
    {
        var today = OfficeTime.DayOf(file.SubmittedAt);
        var fees = procedure.FeesOn(file.Channel, today, file.Answers).Where(f => f.Amount > 0).ToList();
        if (fees.Count == 0)
        {
            return;
        }

        var free = fees.Select(f => (f.Free ?? []).Where(w => w.Holds(today) && Waivers.Known(w.Who, subject, today)).MinBy(w => w.Amount)).ToList();
        var (shown, amount) = (fees.Sum(f => (long)f.Amount), fees.Zip(free, (f, w) => (long)(w?.Amount ?? f.Amount)).Sum());
        var waiver = free.FirstOrDefault(w => w is not null);
        var until = waiver is null ? await Holds() : (DateTimeOffset?)null;
        // Who stands at the counter is received at once: what would come before it comes before the work.
        var before = fees.Select(f => f.Before).MinBy(b => Array.IndexOf(Fee.Steps, b))!;
        with.Add("insert into services.fee (file_id, name, shown, amount, holds_until, what, law, before, waiver, waiver_law, waived_at) values ($1, 'procedure', $2, $3, $4, $5, $6, $7, $8, $9, $10)", file.Id, shown, amount, until.As(NpgsqlDbType.TimestampTz),
            procedure.Name, string.Join("; ", fees.Select(f => f.Law).Distinct()), before == Fee.Steps[0] && file.Channel == Channel.Counter ? Fee.Steps[1] : before,
            (waiver?.Who).As(NpgsqlDbType.Text), (waiver?.Law).As(NpgsqlDbType.Text), (waiver is null ? null : (DateTimeOffset?)clock.GetUtcNow()).As(NpgsqlDbType.TimestampTz));
    }

    /// <summary>Until when an amount holds that is shown now.</summary>
    public async Task<DateTimeOffset> Holds() => clock.GetUtcNow().AddDays((await LawBook.Read(session)).Find(ShownDays, clock.Today())!.Number);

    /// <summary>The fees of a file, as they are owed now.</summary>
    public async Task<IReadOnlyList<FeeLine>> Of(ServiceFile file)
    {
        var (lines, orders) = (new List<FeeLine>(), new List<PaymentOrder>());
        await session.Each([Lines, Orders], (question, r) =>
        {
            if (question == 0)
            {
                lines.Add(Line(r));
            }
            else
            {
                orders.Add(PaymentOrder.Read(r));
            }
        }, file.Id);
        return await Now(file, lines, orders);
    }

    /// <summary>The fees of file $1, and the orders by which they are paid.</summary>
    public const string Lines = "select name, shown, amount, holds_until, what, law, before, waiver from services.fee where file_id = $1 order by name", Orders = $"select {PaymentOrder.Columns} from services.payment_order o where o.file_id = $1 order by o.made_at";

    /// <summary>A row of <see cref="Lines"/>.</summary>
    public static FeeLine Line(NpgsqlDataReader r) => new(r.GetString(0), r.GetInt64(1), r.GetInt64(2), r.Maybe<DateTimeOffset>(3), r.GetString(4), r.GetString(5), r.GetString(6), r.Text(7), []);

    /// <summary>Fees with their orders, as they are owed now.</summary>
    public async Task<IReadOnlyList<FeeLine>> Now(ServiceFile file, List<FeeLine> lines, IReadOnlyList<PaymentOrder> orders)
    {
        for (var n = 0; n < lines.Count; n++)
        {
            lines[n] = await Now(file, lines[n] with { Orders = [.. orders.Where(o => o.Fee == lines[n].Name)] });
        }

        return lines;
    }

    /// <summary>A fee that was not paid while its amount held is what the law asks today.</summary>
    private async Task<FeeLine> Now(ServiceFile file, FeeLine line)
    {
        if (line.Paid is not null || line.Until is not { } until || clock.GetUtcNow() <= until)
        {
            return line;
        }

        var procedure = (await procedures.Now(file.Procedure)).Value?.Procedure ?? (await procedures.Of(file.Procedure, file.Version)).Procedure;
        var fees = procedure.FeesOn(file.Channel, clock.Today(), file.Answers).ToList();
        return line with { Amount = fees.Sum(f => (long)f.Amount), Law = fees.Count == 0 ? line.Law : string.Join("; ", fees.Select(f => f.Law).Distinct()) };
    }

    /// <summary>The fee that somebody pays: the one he names, or the first that is owed. What he was shown has to be what is owed.</summary>
    /// <param name="amount">What he was shown.</param>
    public async Task<Outcome<FeeLine>> Owed(ServiceFile file, string? name, long amount)
    {
        var lines = await Of(file);
        if (file.Status.CameToNothing() || lines.FirstOrDefault(l => l.IsOpen && (name is null || l.Name == name)) is not { } line)
        {
            return lines.Any(l => l.Paid is not null && (name is null || l.Name == name)) ? Problem.Conflict("services.paid-already") : Problem.Conflict("services.nothing-owed");
        }

        if (amount != line.Amount)
        {
            return Problem.Conflict("services.fee-changed", Money.Figures(amount), Money.Figures(line.Amount)) with { Field = "amount" };
        }

        if (line.Changed)
        {
            await session.Execute("update services.fee set amount = $3, law = $4, holds_until = $5 where file_id = $1 and name = $2 and amount <> $3", file.Id, line.Name, line.Amount, line.Law, await Holds());
        }

        return line;
    }

    /// <summary>Why a step has to wait for a payment; null: it need not.</summary>
    /// <param name="step">receiving, deciding or returning.</param>
    public async Task<Problem?> Blocks(ServiceFile file, string step) =>
        (await Of(file)).FirstOrDefault(l => l.IsOpen && Array.IndexOf(Fee.Steps, l.Before) <= Array.IndexOf(Fee.Steps, step)) is { } open ? Problem.Conflict("services.fee-open", Money.Figures(open.Amount)) : null;
}
