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
        var wanted = Wanted(procedure, subject, file.Answers);
        // What does not apply stays in the store.
        var given = (await shelf.Of(account, once)).Where(p => p.State is not Scan.Infected && wanted.Any(w => w.Code == p.Kind)).ToList();
        if (Missing(wanted, given) is { Count: > 0 } missing)
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

    /// <summary>What is still to be brought with a form, by what is filled in so far.</summary>
    public async Task<IReadOnlyList<Problem>> Missing(Procedure procedure, PersonState subject, IReadOnlyDictionary<string, string> answers, Guid account, Guid once) =>
        Missing(Wanted(procedure, subject, answers), (await shelf.Of(account, once)).Where(p => p.State is not Scan.Infected));

    private static List<PaperNeed> Wanted(Procedure procedure, PersonState subject, IReadOnlyDictionary<string, string> answers)
    {
        var conditions = FormCheck.Conditions(procedure, subject, answers);
        return [.. procedure.Papers.Where(p => PaperShelf.IsHanded(p) && FormCheck.Applies(p.When, conditions))];
    }

    private static List<Problem> Missing(IReadOnlyList<PaperNeed> wanted, IEnumerable<StoredPaper> there) =>
        [.. wanted.Where(w => w is { How: "upload", Needed: true } && there.All(p => p.Kind != w.Code)).Select(w => Problem.Invalid(Prefix + w.Code, "services.store-needed", w.Name))];
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
