using SoGoc.Kernel.Data;
using SoGoc.Kernel.Laws;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;

namespace SoGoc.Services.Files;

/// <summary>How long a file waits for a payment that the office has asked for: rules of the province, in law.csv.</summary>
internal sealed class PaymentTerm(Session session, TimeProvider clock)
{
    private const string WaitDays = "services.payment-wait-days", ReminderDays = "services.payment-reminder-days";

    /// <summary>Until when who is asked now has time.</summary>
    public async Task<DateOnly> Until() => clock.Today().AddDays(await Days(WaitDays));

    /// <summary>Whose time ends on this day or before is reminded.</summary>
    public async Task<DateOnly> Reminded() => clock.Today().AddDays(await Days(ReminderDays));

    private async Task<int> Days(string key) => (await LawBook.Read(session)).Find(key, clock.Today())!.Number;
}

/// <summary>Reminds citizens whose files wait for a payment, some days before the time is over.</summary>
internal sealed class RemindUnpaid(Session session, FileSteps steps, PaymentTerm term)
{
    private const int Most = 200;

    public async Task<Outcome<EndWaiting.Ended>> Run()
    {
        var left = await session.Rows($"select {ServiceFile.Columns} from services.file f where f.status = 6 and not f.payment_reminded and coalesce(f.payment_until, '-infinity') <= $1 order by f.payment_until limit {Most} for no key update skip locked",
            ServiceFile.Read, await term.Reminded());
        foreach (var file in left)
        {
            // One that was asked before there was a term has all of it.
            var until = file.PaymentUntil ?? await term.Until();
            var with = new Statements();
            with.Add("update services.file set payment_reminded = true, payment_until = $2 where id = $1", file.Id, until);
            var h = await steps.Of(file);
            await steps.Write(h, with, new PaymentReminded(file.Code, until), "services.told-pay-soon", h.Procedure.Name, until.Shown());
        }

        return new EndWaiting.Ended(left.Count);
    }
}

/// <summary>Returns files whose citizen has let the time for a payment pass, with the reason. Whose payment is under way is waited for; money and end hold the same row, so that one of them is first and the other sees it.</summary>
internal sealed class EndUnpaid(Session session, FileSteps steps, Sentences say, TimeProvider clock)
{
    private const int Most = 200;

    public async Task<Outcome<EndWaiting.Ended>> Run()
    {
        const string waits = "exists (select from services.payment_order o where o.file_id = f.id and o.state = 'waiting')";
        var left = await session.Rows($"select {ServiceFile.Columns} from services.file f where f.status = 6 and f.payment_until < $1 and not {waits} order by f.payment_until limit {Most} for no key update skip locked", ServiceFile.Read, clock.Today());
        var ended = 0;
        foreach (var file in left)
        {
            // Whoever began to pay while this row was sought is seen now that it is held.
            if (!await session.Value<bool>($"select {waits} from services.file f where f.id = $1", file.Id))
            {
                await steps.Stop(await steps.Of(file), say.All["services.not-paid-in-time"].Vi, tell: true);
                ended++;
            }
        }

        return new EndWaiting.Ended(ended);
    }
}
