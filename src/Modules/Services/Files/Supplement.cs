using NpgsqlTypes;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Services.Files;

/// <summary>Asks the citizen for what is missing: once, and for all of it (NĐ 61/2018/NĐ-CP, article 17; form 02). The clock stands until he has brought it.</summary>
internal sealed class AskSupplement(FileSteps steps, TimeProvider clock)
{
    private const int Longest = 2000;

    /// <param name="What">All that is missing, so that he comes once.</param>
    internal sealed record Request(string Code, string? What);

    /// <param name="Until">Until when he has time.</param>
    internal sealed record Asked(DateOnly Until);

    public async Task<Outcome<Asked>> Run(Request r)
    {
        var what = (r.What ?? "").Trim();
        if (what.Length is < 10 or > Longest)
        {
            return Problem.Invalid("what", "services.say-what");
        }

        var taken = await steps.TakeUp(r.Code, FileStatus.Supplement);
        if (!taken.Ok(out var h))
        {
            return taken.Problems.ToList();
        }

        if (h.File.Supplements > 0)
        {
            return Problem.Conflict("services.asked-once");
        }

        var (stopped, until) = (h.File.Clock?.Stop(h.Days, h.Now), h.Days.After(clock.Today(), h.Procedure.SupplementDays));
        var with = new Statements();
        with.Add("update services.file set status = 5, supplement = $2, supplements = 1, supplement_until = $3, before_status = $4 where id = $1", h.File.Id, what, until, (short)(h.File.Status == FileStatus.Submitted ? FileStatus.Submitted : FileStatus.InHand));
        if (stopped is not null)
        {
            FileSteps.Clock(with, h.File.Id, stopped);
        }

        await steps.Write(h, with, new SupplementAsked(h.File.Code, what, (int)(stopped?.Left.TotalMinutes ?? 0), until), "services.told-supplement", h.Procedure.Name, until.Shown());
        return new Asked(until);
    }
}

/// <summary>The citizen has brought what was missing: what he changed of the form replaces what stood there, and the clock runs on.</summary>
internal sealed class MakeSupplement(Session session, FileSteps steps, FileBook files, FormCheck form, IPopulation population)
{
    /// <param name="Answers">The whole form, as it is now.</param>
    internal sealed record Request(string Code, IReadOnlyDictionary<string, string?>? Answers);

    public async Task<Outcome<Done>> Run(Request r)
    {
        var found = await files.Own(r.Code, hold: true);
        return found.Ok(out var file) ? await Make(file, r.Answers, anew: true) : found.Problems.ToList();
    }

    /// <summary>The same for a file that is held: at home by the citizen, or at the counter by an official.</summary>
    /// <param name="anew">Something has to have changed or come with it: it can be made once. At a counter the paper may be of paper.</param>
    public async Task<Outcome<Done>> Make(ServiceFile file, IReadOnlyDictionary<string, string?>? filled, bool anew = false)
    {
        if (file.Status != FileStatus.Supplement)
        {
            return Problem.Conflict("services.nothing-asked");
        }

        var h = await steps.Of(file);
        if (await population.Find(file.Subject) is not { } subject)
        {
            return Problem.Missing("services.no-person");
        }

        var check = form.Of(h.Procedure, filled, subject);
        if (!check.Ok(out var answers))
        {
            return check.Problems.ToList();
        }

        if (anew && NewFile.SameAnswers(answers, file.Answers) && (await FileStory.Of(session, file.Id)).Reverse().TakeWhile(s => s.Kind != SupplementAsked.Kind).All(s => s.Kind != Store.PapersGiven.Kind))
        {
            return Problem.Conflict("services.nothing-added");
        }

        var with = new Statements();
        with.Add("update services.file set status = $2, answers = $3, before_status = null where id = $1", file.Id, (short)file.Before!.Value, System.Text.Json.JsonSerializer.Serialize(answers, Kernel.Journaling.Journal.Json).As(NpgsqlDbType.Jsonb));
        var resumed = file.Clock?.Resume(h.Days, h.Now, anew: !h.Procedure.Resumes);
        if (resumed is not null)
        {
            FileSteps.Clock(with, file.Id, resumed);
        }

        await steps.Write(h, with, new SupplementMade(file.Code, resumed?.Due), null);
        return Done.It;
    }
}

/// <summary>Somebody has brought to the counter what was missing: the citizen who has no account, or one of his household where he has died (a death that he had declared goes on).</summary>
internal sealed class BringSupplement(FileBook files, MakeSupplement making)
{
    /// <param name="Answers">The whole form, as it is now; nothing: as it was, and only papers were missing.</param>
    internal sealed record Request(string Code, IReadOnlyDictionary<string, string?>? Answers = null);

    public async Task<Outcome<Done>> Run(Request r)
    {
        var found = await files.See(r.Code);
        return found.Ok(out var file) ? await making.Make(file, r.Answers ?? file.Answers.ToDictionary(a => a.Key, a => (string?)a.Value)) : found.Problems.ToList();
    }
}

/// <summary>The citizen takes his file back, as long as it is not decided.</summary>
internal sealed class WithdrawFile(FileSteps steps, FileBook files)
{
    internal sealed record Request(string Code, string? Why = null);

    public async Task<Outcome<Done>> Run(Request r)
    {
        var found = await files.Own(r.Code, hold: true);
        if (!found.Ok(out var file))
        {
            return found.Problems.ToList();
        }

        if (!file.Status.MayBecome(FileStatus.Withdrawn))
        {
            return Problem.Conflict("services.over");
        }

        var (h, why) = (await steps.Of(file), string.IsNullOrWhiteSpace(r.Why) ? null : r.Why.Trim());
        var with = new Statements();
        with.Add("update services.file set status = 7, refusal = $2, runs_since = null, due_at = null where id = $1", file.Id, why.As(NpgsqlDbType.Text));
        await steps.Write(h, with, new FileWithdrawn(file.Code, why), null);
        await steps.Leave(h);
        return Done.It;
    }
}

/// <summary>A new date, with an apology, promised before the old one has passed; once (NĐ 61/2018/NĐ-CP, article 19; form 04).</summary>
internal sealed class Apologise(FileSteps steps)
{
    /// <param name="Due">The new day.</param>
    internal sealed record Request(string Code, DateOnly Due, string? Why);

    public async Task<Outcome<Done>> Run(Request r)
    {
        var taken = await steps.TakeUp(r.Code, FileStatus.InHand);
        if (!taken.Ok(out var h))
        {
            return taken.Problems.ToList();
        }

        if (string.IsNullOrWhiteSpace(r.Why) || r.Why.Length > 1000)
        {
            return Problem.Invalid("why", "services.say-why");
        }

        if (h.File.Clock is not { Due: { } before } running || h.File.Apologies > 0)
        {
            return Problem.Conflict("services.apologised-once");
        }

        if (h.Now > before)
        {
            return Problem.Conflict("services.apology-too-late");
        }

        var due = h.Days.Closes(r.Due);
        if (due <= before || !h.Days.Works(r.Due))
        {
            return Problem.Invalid("due", "services.later-working-day");
        }

        var with = new Statements();
        with.Add("update services.file set apologies = 1 where id = $1", h.File.Id);
        FileSteps.Clock(with, h.File.Id, running.Promise(h.Days, due, h.Now));
        await steps.Write(h, with, new ApologyMade(h.File.Code, before, due, r.Why.Trim()), "services.told-apology", h.Procedure.Name, due.Shown());
        return Done.It;
    }
}
