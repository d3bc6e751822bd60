using NpgsqlTypes;
using SoGoc.Civil;
using SoGoc.Identity;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Services.Procedures;

namespace SoGoc.Services.Files;

/// <summary>What each step of an official needs: the file held, its procedure, the days of work, and word to the citizen.</summary>
internal sealed class FileSteps(Session session, FileBook files, ProcedureBook procedures, Journal journal, CaseBook cases, ICitizens citizens, ICivilActs acts, Sentences say, CurrentActor actor, TimeProvider clock)
{
    /// <summary>A file in an official's hands.</summary>
    internal sealed record InHands(ServiceFile File, Procedure Procedure, OfficeDays Days, DateTimeOffset Now, string Ground);

    /// <summary>Purpose of the cases for which people of files are read (NĐ 118/2025/NĐ-CP).</summary>
    public const string Purpose = "one-stop";

    /// <summary>What is added to the code of a file for a further case of it.</summary>
    private const int Again = 9;

    /// <summary>Takes a file up to move it to a status.</summary>
    public async Task<Outcome<InHands>> TakeUp(string? code, FileStatus to)
    {
        var found = await files.Take(code);
        if (!found.Ok(out var file))
        {
            return found.Problems.ToList();
        }

        // What waits for the citizen goes on when he has done his part, and not by an official's hand; it can only be ended.
        var waits = file.Status.Stands() && to is not (FileStatus.Stopped or FileStatus.NotReceived);
        return file.Status == to || (!waits && file.Status.MayBecome(to)) ? await Of(file) : Problem.Conflict("services.not-now", say[$"services.status-{(short)file.Status}"]);
    }

    public async Task<InHands> Of(ServiceFile file)
    {
        var edition = await procedures.Of(file.Procedure, file.Version);
        return new InHands(file, edition.Procedure, await OfficeDays.Read(session), clock.GetUtcNow(), NewFile.Law(edition.Procedure, clock.Today()));
    }

    /// <summary>The case for which the office reads the people of the file; opened with the first look.</summary>
    public async Task<string> Case(ServiceFile file)
    {
        // A counter of another office has read for a case of its own, and one that served two files has ended with the first.
        if (file.Case is { } open && (await cases.FindOpen(open)).IsGood)
        {
            return open;
        }

        // A file that was handed over and came back is read for a new case.
        var reference = await cases.Find(file.Code) is { ClosedAt: not null } ? $"{file.Code}/{Guid.NewGuid():N}"[..(file.Code.Length + Again)] : file.Code;
        if (await cases.Find(reference) is null)
        {
            var opened = await cases.Open(new NewCase("dossier", reference, Purpose, [.. new[] { file.Subject, file.Applicant }.Distinct()]));
            if (!opened.IsGood)
            {
                throw new InvalidOperationException(opened.Problems[0].Code);
            }
        }

        await session.Execute("update services.file set case_ref = $2 where id = $1", file.Id, reference);
        return reference;
    }

    /// <summary>Records that somebody of a file is looked at once, for a case that ends with it.</summary>
    public async Task Glance(ServiceFile file, Guid person, params string[] fields)
    {
        var reference = await Case(file);
        await journal.Disclose([person], fields, Purpose, reference);
        await End(file with { Case = reference });
    }

    /// <summary>Holds a file of the official's desk, to do with it what is no status.</summary>
    public async Task<Outcome<InHands>> Hold(string? code)
    {
        var found = await files.Take(code);
        return found.Ok(out var file) ? await Of(file) : found.Problems.ToList();
    }

    /// <summary>Ends what any office reads for the file, whoever acts now: a citizen, a partner, another office.</summary>
    public async Task End(ServiceFile file)
    {
        // A case of the counter, or of this file: one that an office has for all its work is its own to end.
        foreach (var reference in new[] { file.Case, file.Code }.OfType<string>().Distinct().Where(r => r == file.Code || r.StartsWith(file.Code + "/", StringComparison.Ordinal) || r.StartsWith(CounterReading.Letters + "-", StringComparison.Ordinal)))
        {
            await cases.End(reference);
        }
    }

    /// <summary>The same where nothing comes of it: an act that was begun for it is left too, and an agency's system that was asked is told.</summary>
    public async Task Leave(InHands h)
    {
        if (h.File.ActCase is { } begun && h.Procedure.Carries.Kind == "act")
        {
            await acts.Leave(begun);
        }
        else if (h.File is { ActCase: { } partner, Status: FileStatus.InHand } file)
        {
            await journal.Add(file.Id, new AgencyRecalled(file.Code, file.Procedure, partner, file.Area, file.Subject, actor.Value.Person is null ? "stopped" : "withdrawn"), h.Ground);
        }

        await End(h.File);
    }

    /// <summary>Not received, or not dealt with further, with the reason; the clock ends.</summary>
    public async Task Stop(InHands h, string why, bool tell)
    {
        var to = (h.File.Before ?? h.File.Status) == FileStatus.Submitted ? FileStatus.NotReceived : FileStatus.Stopped;
        var with = new Statements();
        with.Add("update services.file set status = $2, refusal = $3, runs_since = null, due_at = null where id = $1", h.File.Id, (short)to, why);
        await Write(h, with, new FileRefused(h.File.Code, (short)to, why), tell ? "services.told-refused" : null, h.Procedure.Name);
        await Leave(h);
    }

    /// <summary>Writes the clock of a file.</summary>
    public static void Clock(Statements with, Guid file, FileClock clock) => with.Add("update services.file set (total_minutes, left_minutes, runs_since, due_at) = ($2, $3, $4, $5) where id = $1", file,
        (int)Math.Round(clock.Total.TotalMinutes), (int)Math.Round(clock.Left.TotalMinutes), clock.Since.As(NpgsqlDbType.TimestampTz), clock.Due.As(NpgsqlDbType.TimestampTz));

    /// <summary>One entry, one change, one word to the citizen.</summary>
    public async Task Write<TEntry>(InHands h, Statements with, TEntry entry, string? sentence, params string[] data) where TEntry : IEntry
    {
        journal.Add(with, h.File.Id, entry, h.Ground);
        await session.Execute(with);
        if (sentence is not null)
        {
            await Tell(h.File, sentence, data);
        }
    }

    /// <summary>Word to who handed it in.</summary>
    public Task Tell(ServiceFile file, string sentence, params string[] data) => citizens.Tell(file.Applicant, say.Say(sentence, System.Globalization.CultureInfo.GetCultureInfo("vi-VN"), [file.Code, .. data]));

    public DateTimeOffset Now => clock.GetUtcNow();

    public string Who => actor.Value.Reference;

    public string Holder => actor.Value.Holder;
}

/// <summary>The counter receives what came online or by post: the clock runs, and the citizen has his date.</summary>
internal sealed class ReceiveFile(FileSteps steps, AssignmentBook assigning, Payment.FeeBook fees)
{
    /// <param name="Code">Of the file.</param>
    internal sealed record Request(string Code);

    /// <param name="Due">When its time is over.</param>
    internal sealed record Received(string Code, DateTimeOffset Due);

    public async Task<Outcome<Received>> Run(Request r)
    {
        var taken = await steps.TakeUp(r.Code, FileStatus.Received);
        if (!taken.Ok(out var h))
        {
            return taken.Problems.ToList();
        }

        return h.File.Status == FileStatus.Received ? new Received(h.File.Code, h.File.Clock!.Due!.Value) : await fees.Blocks(h.File, "receiving") is { } open ? open : await Receive(h);
    }

    /// <summary>Starts the clock of a file that is held.</summary>
    public async Task<Received> Receive(FileSteps.InHands h)
    {
        var clock = FileClock.Start(h.Days, h.Procedure.Term, h.Now);
        var with = new Statements();
        with.Add("update services.file set status = 2, received_at = $2, first_due_at = $3, total_minutes = 0, left_minutes = 0 where id = $1", h.File.Id, h.Now, clock.Due!.Value);
        FileSteps.Clock(with, h.File.Id, clock);
        await steps.Case(h.File);
        await steps.Write(h, with, new FileReceived(h.File.Code, clock.Due.Value), "services.told-received", h.Procedure.Name, clock.Due.Value.Shown());
        if (h.File.Holder is null)
        {
            await assigning.Assign(h.File, h.Procedure, h.Ground);
        }

        return new Received(h.File.Code, clock.Due.Value);
    }
}

/// <summary>An official of the desk deals with it from now on; his name stands with the file.</summary>
internal sealed class TakeFile(FileSteps steps)
{
    internal sealed record Request(string Code);

    public async Task<Outcome<Done>> Run(Request r)
    {
        var taken = await steps.TakeUp(r.Code, FileStatus.InHand);
        if (!taken.Ok(out var h))
        {
            return taken.Problems.ToList();
        }

        if (h.File.Status == FileStatus.InHand && h.File.Holder == steps.Holder)
        {
            return Done.It;
        }

        var with = new Statements();
        with.Add("update services.file set status = 4, holder = $2 where id = $1", h.File.Id, steps.Holder);
        await steps.Write(h, with, new FileTaken(h.File.Code, steps.Holder), null);
        return Done.It;
    }
}

/// <summary>Not received, or not dealt with further: in writing, with the reason (NĐ 61/2018/NĐ-CP, article 17; form 03 of Thông tư 03/2025/TT-VPCP).</summary>
internal sealed class RefuseFile(FileSteps steps)
{
    private const int Longest = 2000;

    /// <param name="Why">What is missing or does not hold, and what can be done; the citizen reads it as it is written.</param>
    internal sealed record Request(string Code, string? Why);

    public async Task<Outcome<Done>> Run(Request r)
    {
        var why = (r.Why ?? "").Trim();
        if (why.Length is < 10 or > Longest)
        {
            return Problem.Invalid("why", "services.say-why");
        }

        var held = await steps.Hold(r.Code);
        if (!held.Ok(out var h))
        {
            return held.Problems.ToList();
        }

        if (h.File.Status.IsOver())
        {
            return Problem.Conflict("services.over");
        }

        await steps.Stop(h, why, tell: true);
        return Done.It;
    }
}
