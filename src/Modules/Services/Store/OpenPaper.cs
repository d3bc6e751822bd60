using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Net.Http.Headers;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Services.Files;

namespace SoGoc.Services.Store;

/// <summary>A paper with its bytes, and how it leaves: never as a page.</summary>
internal sealed record OpenedPaper(string Name, string Type, byte[] Bytes)
{
    /// <summary>Kept by nobody on the way, taken for nothing else than it is, saved rather than shown, and without rights where a browser shows it after all.</summary>
    /// <param name="beside">It is shown in a page of this house, beside a form: a PDF then lies in the browser's viewer, which a policy without rights would close.</param>
    public void Dress(HttpResponse response, bool beside = false)
    {
        var shown = beside && Type == "application/pdf";
        var disposition = new ContentDispositionHeaderValue(shown ? "inline" : "attachment");
        disposition.SetHttpFileName(Name);
        response.Headers.ContentDisposition = disposition.ToString();
        response.Headers.CacheControl = "private, no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.ContentSecurityPolicy = shown ? "default-src 'none'; frame-ancestors 'self'" : "default-src 'none'; sandbox; frame-ancestors 'none'";
    }

    /// <summary>The same for a page that answers with it.</summary>
    public FileContentResult Leave(HttpResponse response)
    {
        Dress(response);
        return new FileContentResult(Bytes, Type);
    }
}

/// <summary>An official reads a paper: through the case of its file, on record, and only while the file is at his desk.</summary>
internal sealed class OpenPaper(FileBook files, FileSteps steps, PaperShelf shelf, PaperBytes bytes, Journal journal, CurrentActor actor)
{
    /// <param name="Code">Of the file.</param>
    internal sealed record Request(string Code, Guid Paper);

    public async Task<Outcome<OpenedPaper>> Run(Request r)
    {
        var found = await files.See(r.Code);
        if (!found.Ok(out var file))
        {
            return found.Problems.ToList();
        }

        if (file.Status.IsOver() || !Desks.Serves(actor.Value, file))
        {
            return Problem.Forbidden(file.Status.IsOver() ? "services.not-within-reach" : "services.other-desk", file.Office);
        }

        if ((await shelf.Of(file.Id)).FirstOrDefault(p => p.Id == r.Paper) is not { } paper)
        {
            return Problem.Missing("services.store-no-paper");
        }

        if (Closed(paper) is { } closed)
        {
            return closed;
        }

        await journal.Disclose([.. new[] { file.Subject, file.Applicant }.Distinct()], ["papers"], FileSteps.Purpose, await steps.Case(file));
        return await bytes.Of(paper);
    }

    /// <summary>Why nobody opens it.</summary>
    public static Problem? Closed(StoredPaper paper) => paper.State switch
    {
        Scan.Waiting => Problem.Conflict("services.store-waiting"),
        Scan.Infected => Problem.Conflict("services.store-infected"),
        _ => null,
    };
}

/// <summary>A citizen opens a paper of his own.</summary>
internal sealed class OpenOwnPaper(MyStore store, PaperBytes bytes)
{
    public async Task<Outcome<OpenedPaper>> Run(Guid paper) =>
        await store.Find(paper) is not { } own ? Problem.Missing("services.store-no-paper") : OpenPaper.Closed(own) is { } closed ? closed : await bytes.Of(own);
}

/// <summary>Gets the bytes of a paper that may be opened.</summary>
internal sealed class PaperBytes(Session session)
{
    public async Task<OpenedPaper> Of(StoredPaper paper) => new(paper.Name, paper.Type, await session.Value<byte[]>("select b.bytes from services.paper p join services.paper_bytes b on b.digest = p.held where p.id = $1", paper.Id)
        ?? throw new InvalidOperationException($"The paper {paper.Id} has no bytes."));
}
