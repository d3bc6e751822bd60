using System.Globalization;
using NpgsqlTypes;
using SoGoc.Civil.Acts;
using SoGoc.Civil.Books;
using SoGoc.Exchange;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Time;
using SoGoc.Places;

namespace SoGoc.Civil.Filings;

/// <summary>A part that another agency is asked to do.</summary>
internal sealed record AskedPart(Guid Id, string Step, string Ground);

/// <summary>Linked filings: opened in the transaction of their act, which is their first part; each other part is settled by who holds it, and none undoes another.</summary>
internal sealed class FilingBook(Session session, Journal journal, CurrentActor actor, TimeProvider clock) : IHearsAnswers
{
    /// <summary>Opens a filing with an act that was just entered; its code, and the parts of which partners have to be asked.</summary>
    /// <param name="without">A step that nobody wants.</param>
    /// <param name="liveWith">With whom a child is to reside, where its parents have said so: mother or father.</param>
    public async Task<(string Code, IReadOnlyList<AskedPart> Asked)> Open(string chain, Area commune, BookEntry entry, string? without = null, string? liveWith = null)
    {
        var (now, today) = (clock.GetUtcNow(), clock.Today());
        var (steps, days) = ((await FilingStep.Of(session, chain, today)).FindAll(s => s.Step != without), await OfficeDays.Read(session));
        var no = await session.Value<int>("insert into civil.filing_day as d (area_id, day, last_no) values ($1, $2, 1) on conflict (area_id, day) do update set last_no = d.last_no + 1 returning last_no", commune.Id, today);
        var (id, code) = (Guid.CreateVersion7(now), string.Create(CultureInfo.InvariantCulture, $"LT.{commune.Code}-{today:yyMMdd}-{no:0000}"));
        await session.Execute("insert into civil.filing (id, code, chain, person_id, entry_id, area_id, office, made_by, made_at, live_with) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            id, code, chain, entry.Person, entry.Id, commune.Id, actor.Value.Office, actor.Value.Reference, now, liveWith.As(NpgsqlDbType.Text));
        var asked = new List<AskedPart>();
        foreach (var step in steps)
        {
            var part = Guid.CreateVersion7(now);
            var done = step.Holder == FilingStep.Registrar;
            await session.Execute("""
                insert into civil.filing_part (id, filing_id, no, step, holder, ground, due_at, state, settled_at, settled_by, result) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
                """, part, id, step.No, step.Step, step.Holder, step.Ground, days.Due(now, step.Term), done ? "done" : "open", (done ? now : (DateTimeOffset?)null).As(NpgsqlDbType.TimestampTz),
                (done ? actor.Value.Reference : null).As(NpgsqlDbType.Text), (done ? entry.No : null).As(NpgsqlDbType.Text));
            asked.AddRange(step.Holder == FilingStep.Partner ? [new AskedPart(part, step.Step, step.Ground)] : []);
        }

        await journal.Add(id, new FilingOpened(code, chain, entry.Person, entry.Id, commune.Id, [.. steps.Select(s => s.Step)], liveWith), steps[0].Ground);
        return (code, asked);
    }

    /// <summary>Settles a part, and closes the filing with the last one. What was refused can still be done; what is done stays it.</summary>
    /// <returns>False: there is no such part that can still be settled so.</returns>
    public async Task<bool> Settle(Guid part, bool done, string by, string? result, string? reason)
    {
        var now = clock.GetUtcNow();
        var rows = await session.Rows("""
            update civil.filing_part p set state = $2, settled_at = $3, settled_by = $4, result = $5, reason = $6 from civil.filing f
             where f.id = p.filing_id and p.id = $1 and (p.state = 'open' or p.state = 'refused' and ($2 = 'done' or p.reason is distinct from $6)) returning f.id, f.code, p.step, p.ground
            """, r => (Filing: r.GetGuid(0), Code: r.GetString(1), Step: r.GetString(2), Ground: r.GetString(3)), part, done ? "done" : "refused", now, by, result.As(NpgsqlDbType.Text), reason.As(NpgsqlDbType.Text));
        if (rows is not [var settled])
        {
            return false;
        }

        await journal.Add(settled.Filing, new FilingPartSettled(settled.Code, settled.Step, done, result, reason), settled.Ground);
        await session.Execute("update civil.filing set closed_at = $2 where id = $1 and closed_at is null and not exists (select from civil.filing_part where filing_id = $1 and state = 'open')", settled.Filing, now);
        return true;
    }

    /// <summary>The act itself was taken back: what nobody has done yet of the filing that came with it is not to be done any more, and a partner that was asked is told to stop, or to take back what it has given.</summary>
    /// <param name="about">Whom the act was about.</param>
    public async Task Withdraw(Guid entry, string reason, Seen about)
    {
        var parts = await session.Rows("""
            select p.id, p.step, p.holder, p.state, p.result, f.code, f.area_id, p.ground from civil.filing_part p join civil.filing f on f.id = p.filing_id
             where f.entry_id = $1 and (p.state = 'open' or p.holder = 'partner' and p.state = 'done') order by p.id for update of p
            """, r => (Id: r.GetGuid(0), Step: r.GetString(1), Holder: r.GetString(2), State: r.GetString(3), Result: r.Text(4), Code: r.GetString(5), Area: r.GetInt32(6), Ground: r.GetString(7)), entry);
        foreach (var part in parts)
        {
            if (part.Holder == FilingStep.Partner)
            {
                await session.Execute("update civil.filing_part set recalled_at = $2 where id = $1", part.Id, clock.GetUtcNow());
                var told = new Recalled(part.Code, part.Area, about.Person!.Value, about.Number, about.FullName, part.Result, reason);
                await (part.Step == FilingStep.HealthCard ? journal.Add(part.Id, new HealthCardRecalled(told), part.Ground) : journal.Add(part.Id, new FuneralAllowanceRecalled(told), part.Ground));
            }

            if (part.State == "open")
            {
                await Settle(part.Id, done: false, actor.Value.Reference, null, reason);
            }
        }
    }

    /// <summary>A partner's answer settles its part.</summary>
    public async Task Hear(PartnerAnswer answer)
    {
        if (answer.EventKind == HealthCardAsked.Kind || answer.EventKind == FuneralAllowanceAsked.Kind)
        {
            await Settle(answer.Subject, answer.Done, answer.PartnerName, answer.Reference, answer.Reason);
        }
    }
}
