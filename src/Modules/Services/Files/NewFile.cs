using System.Globalization;
using System.Text.Json;
using NpgsqlTypes;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Population;
using SoGoc.Services.Procedures;

namespace SoGoc.Services.Files;

/// <summary>What is handed in.</summary>
/// <param name="Once">Of the form: sent twice, it is one file.</param>
/// <param name="Account">Of the citizen, where it comes online.</param>
/// <param name="Case">For which a counter has read those whom it is about: the file is received with it.</param>
internal sealed record Handed(Edition Edition, Guid Applicant, Guid Subject, PersonState SubjectNow, Channel Channel, IReadOnlyDictionary<string, string?>? Answers, Guid Once, Guid? Account, string? Case = null);

/// <summary>Enters a file: checked, numbered, at the office that decides. Each way in ends here.</summary>
internal sealed class NewFile(Session session, Journal journal, FormCheck form, Offices offices, Payment.FeeBook fees, AssignmentBook assigning, CurrentActor actor, TimeProvider clock)
{
    public async Task<Outcome<ServiceFile>> Enter(Handed h)
    {
        if (h.Once == Guid.Empty)
        {
            return Problem.Invalid("once", "services.once-missing");
        }

        // Sent twice by a hurried hand: the second waits for the first, and is told what it has made.
        await session.Execute("select pg_advisory_xact_lock(hashtextextended($1::text, 0))", h.Once);
        if (await session.Row($"select {ServiceFile.Columns} from services.file f where f.once = $1", ServiceFile.Read, h.Once) is { } before)
        {
            // The mark of a form that was another's would hand his file to this one, and lose this one's.
            return (before.Procedure, before.Applicant, before.Subject) != (h.Edition.Procedure.Code, h.Applicant, h.Subject) ? Problem.Conflict("services.once-used") with { Field = "once" }
                // A second window with other words: they are not in the file, and whoever wrote them is told.
                : form.Of(h.Edition.Procedure, h.Answers, h.SubjectNow).Ok(out var again) && !SameAnswers(again, before.Answers) ? Problem.Conflict("services.handed-in-otherwise", before.Code) : before;
        }

        var procedure = h.Edition.Procedure;
        var check = form.Of(procedure, h.Answers, h.SubjectNow);
        if (!check.Ok(out var answers))
        {
            return check.Problems.ToList();
        }

        if (h.SubjectNow.Status is not PersonStatus.Living)
        {
            return Problem.Conflict("services.not-living");
        }

        var where = await offices.Of(procedure, h.SubjectNow, answers);
        if (!where.Ok(out var office))
        {
            return where.Problems.ToList();
        }

        var (now, today) = (clock.GetUtcNow(), clock.Today());
        var running = h.Case is null ? null : FileClock.Start(await OfficeDays.Read(session), procedure.Term, now);
        // Whoever hands in at the same office meanwhile waits for the number: it is taken last.
        var no = await session.Value<int>("insert into services.file_day as d (office, day, last_no) values ($1, $2, 1) on conflict (office, day) do update set last_no = d.last_no + 1 returning last_no", office.Letters, today);
        var file = new ServiceFile(Guid.CreateVersion7(now), string.Create(CultureInfo.InvariantCulture, $"{office.Letters}-{today:yyMMdd}-{no:0000}"), procedure.Code, h.Edition.Version, h.Channel, running is null ? FileStatus.Submitted : FileStatus.Received,
            h.Applicant, h.Subject, h.Account, office.Area, office.Desk, office.Name, null, answers, now, running is null ? null : now, running, running?.Due) { Case = h.Case, TakenInBy = running is null ? null : actor.Value.Reference, IsNew = true };
        var with = new Statements();
        with.Add("""
            insert into services.file (id, code, once, procedure, version, channel, status, applicant_id, subject_id, account_id, area_id, desk, office, answers, submitted_at, received_at, total_minutes, left_minutes, runs_since, due_at, first_due_at, case_ref, taken_in_by)
            values ($1, $2, $3, $4, $5, $6, $15, $7, $8, $9, $10, $11, $12, $13, $14, $16, $17, $18, $19, $20, $20, $21, $22)
            """, file.Id, file.Code, h.Once, file.Procedure, file.Version, (short)file.Channel, file.Applicant, file.Subject, file.Account.As(NpgsqlDbType.Uuid), file.Area.As(NpgsqlDbType.Integer), file.Desk, file.Office,
            JsonSerializer.Serialize(answers, Journal.Json).As(NpgsqlDbType.Jsonb), now, (short)file.Status, file.ReceivedAt.As(NpgsqlDbType.TimestampTz),
            ((int?)running?.Total.TotalMinutes).As(NpgsqlDbType.Integer), ((int?)running?.Left.TotalMinutes).As(NpgsqlDbType.Integer), (running?.Since).As(NpgsqlDbType.TimestampTz), (running?.Due).As(NpgsqlDbType.TimestampTz), file.Case.As(NpgsqlDbType.Text), file.TakenInBy.As(NpgsqlDbType.Text));
        journal.Add(with, file.Id, new FileSubmitted(file.Code, file.Procedure, file.Version, file.Channel.ToString().ToLowerInvariant(), file.Subject, file.Applicant == file.Subject ? null : file.Applicant, file.Area, file.Desk), Law(procedure, today));
        if (running?.Due is { } due)
        {
            journal.Add(with, file.Id, new FileReceived(file.Code, due), Law(procedure, today));
        }

        await fees.Add(with, file, procedure, h.SubjectNow);
        await session.Execute(with);
        return running is null ? file : file with { Holder = await assigning.Assign(file, procedure, Law(procedure, today)) };
    }

    public static bool SameAnswers(IReadOnlyDictionary<string, string> some, IReadOnlyDictionary<string, string> others) => some.Count == others.Count && some.All(a => others.GetValueOrDefault(a.Key) == a.Value);

    /// <summary>The law of the procedure on a day, as the ground of what is done for a file.</summary>
    public static string Law(Procedure procedure, DateOnly on) => string.Join("; ", procedure.Grounds.Where(g => g.Holds(on)).Select(g => g.Text).DefaultIfEmpty(procedure.Grounds[0].Text));
}
