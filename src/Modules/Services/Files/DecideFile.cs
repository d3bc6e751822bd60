using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using NpgsqlTypes;
using SoGoc.Civil;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Population;
using SoGoc.Services.Procedures;
using SoGoc.Services.Store;

namespace SoGoc.Services.Files;

/// <summary>What a decision knew: what was filled in, what the register said at that moment and the digests of the papers, as one text, and its digest.</summary>
internal static class UsedValues
{
    public static string Digest(IReadOnlyDictionary<string, string> answers, IReadOnlyDictionary<string, Fact>? facts, IEnumerable<string> papers) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text(answers, facts, papers))));

    /// <summary>Fields in the order of their names, JSON without spaces.</summary>
    public static string Text(IReadOnlyDictionary<string, string> answers, IReadOnlyDictionary<string, Fact>? facts, IEnumerable<string> papers) => JsonSerializer.Serialize(new
    {
        Answers = answers.OrderBy(a => a.Key, StringComparer.Ordinal).ToDictionary(a => a.Key, a => a.Value),
        Register = (facts ?? new Dictionary<string, Fact>()).OrderBy(f => f.Key, StringComparer.Ordinal).ToDictionary(f => f.Key, f => f.Value.Text ?? ""),
        Papers = papers.Order(StringComparer.Ordinal),
    }, Journal.Json);
}

/// <summary>Decides a file that an official carries out himself: the result has a number and a sentence, and the clock ends. What an act or a partner carries out is decided with it.</summary>
internal sealed class DecideFile(FileSteps steps, Journal journal, FileDecisions decisions, Payment.FeeBook fees)
{
    private const int LongestNo = 60, LongestText = 2000;

    /// <param name="ResultNo">Number of the paper or decision that is handed over.</param>
    /// <param name="Text">What is said with it; empty: the procedure's own sentence.</param>
    internal sealed record Request(string Code, string? ResultNo, string? Text = null);

    public async Task<Outcome<FileDecisions.Decided>> Run(Request r)
    {
        var no = (r.ResultNo ?? "").Trim();
        if (no.Length is 0 or > LongestNo || (r.Text?.Length ?? 0) > LongestText)
        {
            return Problem.Invalid("resultNo", "services.result-no");
        }

        var taken = await steps.TakeUp(r.Code, FileStatus.Decided);
        if (!taken.Ok(out var h))
        {
            return taken.Problems.ToList();
        }

        if (h.File.Status == FileStatus.Decided)
        {
            return Problem.Conflict("services.over");
        }

        if (h.Procedure.Carries.Kind == "act")
        {
            return Problem.Conflict("services.by-act");
        }

        if (await fees.Blocks(h.File, "deciding") is { } open)
        {
            return open;
        }

        await journal.Disclose([h.File.Subject], ["identity"], FileSteps.Purpose, await steps.Case(h.File));
        return await decisions.Write(h, no, string.IsNullOrWhiteSpace(r.Text) ? h.Procedure.Result.Text : r.Text.Trim());
    }
}

/// <summary>Writes a decision, whoever made it: an official, an act, or an agency's own system.</summary>
internal sealed class FileDecisions(FileSteps steps, IPopulation population, Facts facts, PaperShelf shelf, Papers.ResultPapers papers)
{
    /// <param name="Values">SHA-256 of the values it rests on.</param>
    internal sealed record Decided(string Code, string ResultNo, string Values, bool Late);

    /// <param name="act">By which it was carried out; null: by an official's hand or an agency's system.</param>
    public async Task<Decided> Write(FileSteps.InHands h, string no, string? text, CarriedAct? act = null)
    {
        var subject = await population.Find(h.File.Subject);
        var known = subject is null ? null : await facts.Of(subject, [.. h.Procedure.Fields.Where(f => f.Ask == Ask.Register).Select(f => f.Fact!)]);
        var (values, late) = (UsedValues.Digest(h.File.Answers, known, (await shelf.Of(h.File.Id)).Select(p => p.Digest)), h.File.Clock?.Due is { } due && h.Now > due);
        var paper = await papers.Make(h, no, text, subject?.Facts, known, act);
        var with = new Statements();
        with.Add("""
            update services.file set status = 9, decided_at = $2, decided_by = $3, result_no = $4, result_text = $5, result_link = $6, used_values = $7, left_minutes = $8, runs_since = null, due_at = null, holder = coalesce(holder, $9), result_source = $10, result_code = $11 where id = $1
            """, h.File.Id, h.Now, steps.Who, no, text.As(NpgsqlDbType.Text), (act?.Entry is { } entry ? $"/so-ho-tich/{entry}" : null).As(NpgsqlDbType.Text), values, (int)(h.File.Clock?.LeftAt(h.Days, h.Now).TotalMinutes ?? 0), steps.Holder,
            paper.Source.As(NpgsqlDbType.Uuid), paper.Code.As(NpgsqlDbType.Text));
        await steps.Write(h, with, new FileDecided(h.File.Code, no, text, values, late, paper.Digest), "services.told-decided", h.Procedure.Name);
        await steps.End(h.File);
        return new Decided(h.File.Code, no, values, late);
    }
}

/// <summary>The result is handed over: at the counter, by post, or when the citizen opens it.</summary>
internal sealed class ReturnResult(FileSteps steps, Payment.FeeBook fees)
{
    public static readonly string[] Ways = ["counter", "post"];

    /// <param name="How">counter or post.</param>
    internal sealed record Request(string Code, string? How);

    public async Task<Outcome<Done>> Run(Request r)
    {
        if (!Ways.Contains(r.How))
        {
            return Problem.Invalid("how", "services.no-way");
        }

        var taken = await steps.TakeUp(r.Code, FileStatus.Returned);
        return taken.Ok(out var h) ? await Hand(h, r.How!) : taken.Problems.ToList();
    }

    public async Task<Outcome<Done>> Hand(FileSteps.InHands h, string how)
    {
        if (h.File.Status != FileStatus.Returned)
        {
            if (await fees.Blocks(h.File, "returning") is { } open)
            {
                return open;
            }

            var with = new Statements();
            with.Add("update services.file set status = 10, returned_at = $2 where id = $1", h.File.Id, h.Now);
            await steps.Write(h, with, new ResultReturned(h.File.Code, how), null);
        }

        return Done.It;
    }
}
