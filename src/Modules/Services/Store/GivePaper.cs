using System.ComponentModel.DataAnnotations;
using SoGoc.Identity;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Services.Files;
using SoGoc.Services.Procedures;

namespace SoGoc.Services.Store;

/// <summary>Which form or file a paper is for, as who brings it says.</summary>
/// <param name="Procedure">Of a form that is being filled in, with its mark.</param>
/// <param name="File">Code of a file.</param>
internal sealed record PaperFor(string? Procedure, Guid Once, string? File)
{
    public static PaperFor Form(string procedure, Guid once) => new(procedure, once, null);

    public static PaperFor Of(string file) => new(null, Guid.Empty, file);
}

/// <summary>Finds the places into which papers may be put now.</summary>
internal sealed class PaperPlaces(ProcedureBook procedures, MayApply may, FileBook files, ICitizens citizens)
{
    /// <summary>A citizen's own: his form, or his file before it is received and while it waits for him.</summary>
    public async Task<Outcome<PaperPlace>> Own(PaperFor where)
    {
        if (where.File is null)
        {
            var found = await procedures.Now(where.Procedure);
            var allowed = found.Ok(out var edition) ? await may.Check(edition.Procedure) : found.Problems.ToList();
            return !allowed.Ok(out var handing) ? allowed.Problems.ToList()
                : where.Once == Guid.Empty ? Problem.Invalid("once", "services.once-missing") : new PaperPlace(edition!.Procedure, handing.Subject, handing.Citizen.Account, where.Once, null);
        }

        var own = await files.Own(where.File, hold: true);
        return !own.Ok(out var file) ? own.Problems.ToList()
            : file.Status is not (FileStatus.Submitted or FileStatus.Supplement) ? Problem.Conflict("services.store-not-now") : new PaperPlace((await procedures.Of(file.Procedure, file.Version)).Procedure, file.Subject, (await citizens.Now()).Account, null, file);
    }

    /// <summary>A file at an office that is not over: of its desk, or of who has taken it in.</summary>
    public async Task<Outcome<PaperPlace>> AtOffice(string? code)
    {
        var found = await files.See(code);
        return !found.Ok(out var file) ? found.Problems.ToList()
            : file.Status.IsOver() ? Problem.Conflict("services.over") : new PaperPlace((await procedures.Of(file.Procedure, file.Version)).Procedure, file.Subject, null, null, file);
    }
}

/// <summary>Takes a paper in, whoever brings it: what it is, whether it fits, what the scanner says; kept and laid into its place.</summary>
internal sealed class TakePaper(PaperShelf shelf, Scanner scanner, Session session, Journal journal, TimeProvider clock)
{
    /// <param name="Again">It lay there already.</param>
    internal sealed record Taken(Guid Paper, Scan State, bool Again);

    public async Task<Outcome<Taken>> Run(PaperPlace place, string? kind, Stream file, string name, string field)
    {
        if (place.Need(kind) is not { } need)
        {
            return Problem.Invalid(field, "services.store-no-need");
        }

        var read = await PaperContent.Read(file, name, field);
        if (!read.Ok(out var content))
        {
            return read.Problems.ToList();
        }

        var scan = await scanner.Ask(content.Bytes);
        if (scan is Scan.Infected)
        {
            return Problem.Invalid(field, "services.store-infected");
        }

        var kept = await shelf.Keep(content, place, need.Code, scan, field);
        return kept.Ok(out var paper) ? await Lay(place, need, paper, Convert.ToHexStringLower(content.Digest), content.Bytes.Length, scan, field) : kept.Problems.ToList();
    }

    /// <summary>Lays a paper of the store into a place that wants its kind.</summary>
    public async Task<Outcome<Taken>> Again(PaperPlace place, Guid id) => (await shelf.Usable(place)).FirstOrDefault(p => p.Id == id) is { } paper
        ? await Lay(place, place.Need(paper.Kind)!, paper.Id, paper.Digest, paper.Size, paper.State, FormPapers.Prefix + paper.Kind) : Problem.Missing("services.store-no-paper");

    /// <summary>Lays a paper that is kept into its place.</summary>
    public async Task<Outcome<Taken>> Lay(PaperPlace place, PaperNeed need, Guid paper, string digest, int size, Scan scan, string field)
    {
        var there = (await shelf.At(place)).Any(p => p.Id == paper);
        if (!there && await shelf.Fits(place, size, field) is { } full)
        {
            return full;
        }

        var again = !await shelf.Put(place, paper);
        if (!again && place.File is { } into)
        {
            var with = new Statements();
            journal.Add(with, into.Id, new PapersGiven(into.Code, need.Name, [digest]), NewFile.Law(place.Procedure, Kernel.Time.OfficeTime.Today(clock)));
            await session.Execute(with);
        }

        return new Taken(paper, scan, again);
    }
}

/// <summary>A citizen sends a paper: while he fills in the form, or to his file before it is received and while it waits for him.</summary>
internal sealed class GivePaper(PaperPlaces places, TakePaper taking)
{
    internal sealed record Request(PaperFor For, string Kind, Stream File, string Name);

    public async Task<Outcome<TakePaper.Taken>> Run(Request r)
    {
        var found = await places.Own(r.For);
        return found.Ok(out var place) ? await taking.Run(place, r.Kind, r.File, r.Name, FormPapers.Prefix + r.Kind) : found.Problems.ToList();
    }
}

/// <summary>An official takes a paper of the citizen's store into a file, instead of scanning it once more (NĐ 118/2025/NĐ-CP: what the store has is not asked for again).</summary>
internal sealed class TakeStored(PaperPlaces places, TakePaper taking)
{
    /// <param name="Code">Of the file.</param>
    /// <param name="Paper">Which of those that were offered.</param>
    internal sealed record Request([MaxLength(40)] string Code, Guid Paper);

    public async Task<Outcome<TakePaper.Taken>> Run(Request r)
    {
        var found = await places.AtOffice(r.Code);
        return found.Ok(out var place) ? await taking.Again(place, r.Paper) : found.Problems.ToList();
    }
}

/// <summary>A citizen uses a paper of his store again, so that nothing is sent twice.</summary>
internal sealed class UseStored(PaperPlaces places, TakePaper taking)
{
    internal sealed record Request(PaperFor For, Guid Paper);

    public async Task<Outcome<TakePaper.Taken>> Run(Request r)
    {
        var found = await places.Own(r.For);
        if (!found.Ok(out var place))
        {
            return found.Problems.ToList();
        }

        return await taking.Again(place, r.Paper);
    }
}

/// <summary>A paper is taken out of a form again; what nothing else has is deleted with it.</summary>
internal sealed class TakeOutPaper(PaperPlaces places, Session session)
{
    internal sealed record Request(PaperFor For, Guid Paper);

    public async Task<Outcome<Done>> Run(Request r)
    {
        var found = await places.Own(r.For);
        if (!found.Ok(out var place))
        {
            return found.Problems.ToList();
        }

        if (place.Once is not { } once)
        {
            return Problem.Conflict("services.store-in-file");
        }

        var with = new Statements();
        with.Add("delete from services.draft_paper where account_id = $1 and once = $2 and paper_id = $3", place.Account!.Value, once, r.Paper);
        with.Add("""
            delete from services.paper p where p.id = $2 and p.account_id = $1 and p.checked_at is null
               and not exists (select from services.draft_paper d where d.paper_id = p.id) and not exists (select from services.file_paper f where f.paper_id = p.id)
            """, place.Account.Value, r.Paper);
        await session.Execute(with);
        return Done.It;
    }
}
