using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Population;
using SoGoc.Services.Files;
using SoGoc.Services.Procedures;

namespace SoGoc.Services.Store;

/// <summary>Papers of a form as it is handed in: what the procedure wants of them is there, and they become the file's.</summary>
internal sealed class FormPapers(PaperShelf shelf, Session session, Journal journal, TimeProvider clock)
{
    /// <summary>At the head of the name of a paper in problems and forms.</summary>
    public const string Prefix = "papers.";

    /// <summary>Hands them in with a new file of an account; or tells what is missing.</summary>
    /// <param name="file">As it was just entered.</param>
    public async Task<IReadOnlyList<Problem>> HandIn(ServiceFile file, Procedure procedure, PersonState subject, Guid account, Guid once)
    {
        var (there, conditions) = (await shelf.Of(account, once), FormCheck.Conditions(procedure, subject, file.Answers));
        var wanted = procedure.Papers.Where(p => PaperShelf.IsHanded(p) && FormCheck.Applies(p.When, conditions)).ToList();
        var missing = wanted.Where(w => w is { How: "upload", Needed: true } && there.All(p => p.Kind != w.Code || p.State is Scan.Infected)).Select(w => Problem.Invalid(Prefix + w.Code, "services.store-needed", w.Name)).ToList();
        // What does not apply stays in the store.
        var given = there.Where(p => p.State is not Scan.Infected && wanted.Any(w => w.Code == p.Kind)).ToList();
        if (missing.Count > 0)
        {
            return missing;
        }

        var with = new Statements();
        with.Add("insert into services.file_paper (file_id, paper_id, put_at) select $1, unnest($2), $3", file.Id, given.Select(p => p.Id).ToArray(), clock.GetUtcNow());
        if (given.Count > 0)
        {
            journal.Add(with, file.Id, new PapersGiven(file.Code, string.Join("; ", wanted.Where(w => given.Any(p => p.Kind == w.Code)).Select(w => w.Name)), [.. given.Select(p => p.Digest)]), NewFile.Law(procedure, clock.Today()));
        }

        await session.Execute(with);
        return [];
    }
}

/// <summary>Papers of a form or of a citizen's file: what lies there, and what his store could give.</summary>
internal sealed class ShowPapers(PaperPlaces places, PaperShelf shelf)
{
    /// <param name="Offered">Of the store, by the kinds that are wanted; none of those that lie there.</param>
    internal sealed record Shown(IReadOnlyList<StoredPaper> There, IReadOnlyList<StoredPaper> Offered);

    public async Task<Outcome<Shown>> Run(PaperFor where)
    {
        var found = await places.Own(where);
        if (!found.Ok(out var place))
        {
            return found.Problems.ToList();
        }

        var there = await shelf.At(place);
        return new Shown(there, [.. (await shelf.Usable(place)).Where(o => there.All(t => t.Id != o.Id))]);
    }
}
