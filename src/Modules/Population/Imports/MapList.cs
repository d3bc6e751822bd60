using SoGoc.Kernel.Data;
using SoGoc.Kernel.Jobs;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Population.Imports;

/// <summary>Changes which column holds which field, remembers it for the next list, and checks anew.</summary>
internal sealed class MapList(Session session, ListBook lists, JobBook jobs)
{
    /// <param name="Mapping">For each column the field key, or an empty text to leave it out.</param>
    internal sealed record Request(Guid Id, IReadOnlyList<string> Mapping);

    public async Task<Outcome<Done>> Run(Request r)
    {
        if (await lists.Hold(r.Id) is not { } list)
        {
            return Problem.Missing("population.no-list");
        }

        if (list.State is not ("received" or "checked" or "cancelled"))
        {
            return Problem.Conflict("population.list-busy");
        }

        var fields = r.Mapping.Where(f => f.Length > 0).ToList();
        if (r.Mapping.Count != list.Shape.Heads.Count)
        {
            return Problem.Invalid("mapping", "population.mapping-malformed", $"{r.Mapping.Count}", $"{list.Shape.Heads.Count}");
        }

        if (fields.Find(f => ListField.Find(f) is null) is { } unknown)
        {
            return Problem.Invalid("mapping", "population.no-such-field", unknown, string.Join(", ", ListField.All.Select(f => f.Key)));
        }

        if (fields.GroupBy(f => f).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            return Problem.Invalid("mapping", "population.mapping-twice", twice.Key);
        }

        if (ColumnMap.Missing(fields) is { Count: > 0 } missing)
        {
            return ColumnMap.MissingProblems(missing, list.Shape.Heads);
        }

        foreach (var (i, field) in r.Mapping.Index().Where(p => p.Item != list.Mapping[p.Index]))
        {
            await lists.Remember(list.Shape.Heads[i], field);
        }

        // From the beginning: rows that are in the register already are met there again.
        await session.Execute("delete from population.list_key where list_id = $1", r.Id);
        await session.Execute("delete from population.list_fault where list_id = $1", r.Id);
        await session.Execute("""
            update population.list set mapping = $2, state = 'received', checked_row = 0, applied_row = 0, rows = 0, entered = 0, completed = 0, unchanged = 0 where id = $1
            """, r.Id, r.Mapping.ToArray());
        await jobs.Ask<CheckList>(r.Id);
        return Done.It;
    }
}
