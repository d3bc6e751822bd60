using System.ComponentModel.DataAnnotations;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Services.Files;
using SoGoc.Services.Procedures;

namespace SoGoc.Services.Payment;

/// <summary>The office asks the citizen to pay (status 6 of Thông tư 22/2019/TT-VPCP): an amount that it tells for this file, or the fee of the procedure that is still open. The clock stands until he has paid.</summary>
internal sealed class AskPayment(FileSteps steps, FeeBook fees, PaymentTerm term, TimeProvider clock)
{
    private const int Longest = 500;

    private const long Most = 10_000_000_000;

    /// <param name="Amount">In đồng; null: the fee of the procedure.</param>
    /// <param name="What">What for, where the amount is told.</param>
    internal sealed record Request([MaxLength(60)] string Code, long? Amount = null, [property: MaxLength(Longest)] string? What = null);

    public async Task<Outcome<Done>> Run(Request r)
    {
        var taken = await steps.TakeUp(r.Code, FileStatus.Payment);
        if (!taken.Ok(out var h))
        {
            return taken.Problems.ToList();
        }

        if (h.File.Status == FileStatus.Payment)
        {
            return Problem.Conflict("services.payment-asked-already");
        }

        // Whoever carries it out would answer a file that stands still.
        if (h.File.ActCase is not null)
        {
            return Problem.Conflict("services.begun-already");
        }

        var lines = await fees.Of(h.File);
        var (with, what) = (new Statements(), (r.What ?? "").Trim());
        var (fee, amount) = (FeeLine.OfProcedure, lines.FirstOrDefault(l => l is { Name: FeeLine.OfProcedure, IsOpen: true })?.Amount ?? 0);
        if (r.Amount is { } told)
        {
            if (h.Procedure.Fees.FirstOrDefault(f => f.Stated && f.Holds(clock.Today())) is not { } stated || lines.Any(l => l.Name == FeeLine.Stated))
            {
                return Problem.Conflict("services.not-stated");
            }

            if (told is <= 0 or > Most || what.Length is < 5 or > Longest)
            {
                return Problem.Invalid("amount", "services.say-amount");
            }

            (fee, amount) = (FeeLine.Stated, told);
            with.Add("insert into services.fee (file_id, name, shown, amount, what, law, before) values ($1, 'stated', $2, $2, $3, $4, 'deciding')", h.File.Id, told, what, stated.Law);
        }
        else if (amount == 0)
        {
            return Problem.Conflict("services.nothing-owed");
        }

        what = fee == FeeLine.Stated ? what : h.Procedure.Name;
        var stopped = h.File.Clock?.Stop(h.Days, h.Now);
        with.Add("update services.file set status = 6, before_status = $2, payment_until = $3, payment_reminded = false where id = $1", h.File.Id, (short)h.File.Status, await term.Until());
        if (stopped is not null)
        {
            FileSteps.Clock(with, h.File.Id, stopped);
        }

        await steps.Write(h, with, new PaymentAsked(h.File.Code, fee, amount, what, (int)(stopped?.Left.TotalMinutes ?? 0)), "services.told-pay", h.Procedure.Name, Money.Figures(amount));
        return Done.It;
    }
}

/// <summary>An official finds that less or nothing is to be asked of whom the file is about, and writes what he saw of it.</summary>
internal sealed class WaiveFee(FileBook files, FileSteps steps, FeeBook fees, OrderBook orders)
{
    private const int Longest = 500;

    /// <param name="Who">Of whom less is asked, as the procedure has it.</param>
    /// <param name="What">What was seen of it: number and date of the paper.</param>
    internal sealed record Request([MaxLength(60)] string Code, string? Who, [property: MaxLength(Longest)] string? What);

    /// <param name="Amount">What is asked now.</param>
    internal sealed record Waived(long Amount);

    public async Task<Outcome<Waived>> Run(Request r)
    {
        var found = await files.See(r.Code);
        if (!found.Ok(out var file))
        {
            return found.Problems.ToList();
        }

        var what = (r.What ?? "").Trim();
        if (what.Length is < 5 or > Longest)
        {
            return Problem.Invalid("what", "services.say-waiver");
        }

        var (h, lines) = (await steps.Of(file), await fees.Of(file));
        var line = lines.FirstOrDefault(l => l is { Name: FeeLine.OfProcedure, IsOpen: true, Waiver: null });
        if (line is null)
        {
            return Problem.Conflict("services.nothing-owed");
        }

        var (day, all) = (OfficeTime.DayOf(file.SubmittedAt), h.Procedure.FeesOn(file.Channel, OfficeTime.DayOf(file.SubmittedAt), file.Answers).ToList());
        if (all.SelectMany(f => f.Free ?? []).FirstOrDefault(w => w.Who == r.Who && w.Holds(day)) is not { } waiver)
        {
            return Problem.Invalid("who", "services.no-waiver");
        }

        if (line.Waiting is { } waiting)
        {
            await orders.End(waiting, OrderState.Expired, "services.ended-replaced");
        }

        var amount = all.Sum(f => (long)((f.Free ?? []).FirstOrDefault(w => w.Who == r.Who && w.Holds(day))?.Amount ?? f.Amount));
        var with = new Statements();
        with.Add("update services.fee set amount = $2, holds_until = null, waiver = $3, waiver_law = $4, waiver_seen = $5, waived_by = $6, waived_at = $7 where file_id = $1 and name = 'procedure'", file.Id, amount, waiver.Who, waiver.Law, what, steps.Who, h.Now);
        if (amount == 0)
        {
            Settlement.GoOn(with, h, lines, line.Name);
        }

        await steps.Write(h, with, new FeeWaived(file.Code, line.Name, line.Amount, amount, waiver.Who, waiver.Law, what), null);
        return new Waived(amount);
    }
}
