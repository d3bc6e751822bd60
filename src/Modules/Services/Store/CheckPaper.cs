using System.ComponentModel.DataAnnotations;
using NpgsqlTypes;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Services.Files;

namespace SoGoc.Services.Store;

/// <summary>An official scans a paper that a citizen has brought (số hóa; NĐ 118/2025/NĐ-CP): it is the file's, and, compared with the original, stands in the citizen's store.</summary>
internal sealed class ScanInPaper(PaperPlaces places, TakePaper taking, PaperChecks checks)
{
    /// <param name="Kind">As the procedure calls it.</param>
    /// <param name="Checked">The scan was compared with the original.</param>
    internal sealed record Request(string Code, string Kind, Stream File, string Name, bool Checked);

    public async Task<Outcome<TakePaper.Taken>> Run(Request r)
    {
        var found = await places.AtOffice(r.Code);
        if (!found.Ok(out var place))
        {
            return found.Problems.ToList();
        }

        var taken = await taking.Run(place, r.Kind, r.File, r.Name, "file");
        if (taken.Ok(out var paper) && r.Checked)
        {
            await checks.Mark(place, paper.Paper, null);
        }

        return taken;
    }
}

/// <summary>An official of the desk has compared a paper of a file with its original: it stands in the citizen's store from now on, and need not be brought again.</summary>
internal sealed class CheckPaper(PaperPlaces places, PaperShelf shelf, PaperChecks checks, CurrentActor actor, TimeProvider clock)
{
    /// <param name="Code">Of the file.</param>
    /// <param name="Paper">Which of its papers.</param>
    /// <param name="ValidUntil">Until when it holds, the day included; null: without end.</param>
    internal sealed record Request([MaxLength(40)] string Code, Guid Paper, DateOnly? ValidUntil = null);

    public async Task<Outcome<Done>> Run(Request r)
    {
        var found = await places.AtOffice(r.Code);
        if (!found.Ok(out var place))
        {
            return found.Problems.ToList();
        }

        if (!Desks.Serves(actor.Value, place.File!))
        {
            return Problem.Forbidden("services.other-desk", place.File!.Office);
        }

        if ((await shelf.Of(place.File!.Id)).FirstOrDefault(p => p.Id == r.Paper) is not { } paper)
        {
            return Problem.Missing("services.store-no-paper");
        }

        if (OpenPaper.Closed(paper) is { } closed)
        {
            return closed;
        }

        if (r.ValidUntil < clock.Today())
        {
            return Problem.Invalid("validUntil", "services.store-expired");
        }

        await checks.Mark(place, paper.Id, r.ValidUntil);
        return Done.It;
    }
}

/// <summary>Marks papers as compared.</summary>
internal sealed class PaperChecks(PaperShelf shelf, Session session, Journal journal, CurrentActor actor, TimeProvider clock)
{
    /// <summary>Once: who comes second changes nothing.</summary>
    public async Task Mark(PaperPlace place, Guid id, DateOnly? validUntil)
    {
        var paper = (await shelf.Of(place.File!.Id)).Single(p => p.Id == id);
        if (await session.Execute("update services.paper set checked_at = $2, checked_by = $3, valid_until = $4 where id = $1 and checked_at is null", id, clock.GetUtcNow(), actor.Value.Reference, validUntil.As(NpgsqlDbType.Date)) > 0)
        {
            await journal.Add(place.File.Id, new PaperChecked(place.File.Code, place.Need(paper.Kind)?.Name ?? paper.Kind, paper.Digest, validUntil), NewFile.Law(place.Procedure, clock.Today()));
        }
    }
}
