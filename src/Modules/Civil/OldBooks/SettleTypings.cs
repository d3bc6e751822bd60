using System.ComponentModel.DataAnnotations;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Civil.OldBooks;

/// <summary>Shows what two officials typed of one entry, side by side, once both have.</summary>
internal sealed class CompareTypings(OldDesk desk)
{
    /// <param name="Image">Which page.</param>
    /// <param name="Place">Which entry of it.</param>
    internal sealed record Request(Guid Image, int Place);

    /// <param name="First">As the one who typed first has it.</param>
    /// <param name="Second">As the other has it.</param>
    internal sealed record Difference(string Field, string First, string Second);

    /// <param name="Fields">Those in which they differ.</param>
    /// <param name="Same">Those in which they agree.</param>
    internal sealed record Compared(Guid Book, Guid Image, int Place, IReadOnlyList<Difference> Fields, IReadOnlyDictionary<string, string> Same);

    public async Task<Outcome<Compared>> Run(Request r)
    {
        var found = await desk.Page(r.Image, r.Place);
        if (!found.Ok(out var page))
        {
            return found.Problems.ToList();
        }

        var both = await desk.Typings(r.Image, r.Place);
        if (both.Count < 2)
        {
            return Problem.Conflict("civil.old-not-typed-twice");
        }

        var differing = OldDesk.Differing(page.Book.Kind, both).Select(f => f.Key).ToHashSet(StringComparer.Ordinal);
        return new Compared(page.Book.Id, r.Image, r.Place, [.. page.Book.Kind.Fields.Where(f => differing.Contains(f.Key)).Select(f => new Difference(f.Key, both[0].Fields.GetValueOrDefault(f.Key, ""), both[1].Fields.GetValueOrDefault(f.Key, "")))],
            both[0].Fields.Where(f => !differing.Contains(f.Key)).ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal));
    }
}

/// <summary>Settles an entry that two have typed differently: a choice for each field in which they differ, by one of the two or by a third, who looks at the picture.</summary>
internal sealed class SettleTypings(OldDesk desk, Session session)
{
    /// <param name="Image">Which page.</param>
    /// <param name="Place">Which entry of it.</param>
    /// <param name="Choices">By field: 1 as the first typed it, 2 as the second did.</param>
    internal sealed record Request(Guid Image, int Place, [Required] IReadOnlyDictionary<string, int>? Choices);

    /// <param name="Quarantined">What was chosen contradicts itself, and was kept apart.</param>
    internal sealed record Settled(bool Quarantined);

    public async Task<Outcome<Settled>> Run(Request r)
    {
        var found = await desk.Page(r.Image, r.Place, hold: true);
        if (!found.Ok(out var page))
        {
            return found.Problems.ToList();
        }

        var both = await desk.Typings(r.Image, r.Place);
        if (both.Count < 2)
        {
            return Problem.Conflict("civil.old-not-typed-twice");
        }

        if (await session.Value<bool>("select exists (select from civil.old_entry where image_id = $1 and place = $2) or exists (select from civil.old_row where image_id = $1 and place = $2)", r.Image, (short)r.Place))
        {
            return Problem.Conflict("civil.old-settled-before");
        }

        var differing = OldDesk.Differing(page.Book.Kind, both).Select(f => f.Key).ToList();
        if (differing.Where(f => r.Choices?.GetValueOrDefault(f) is not (1 or 2)).Select(f => Problem.Invalid(f, "civil.old-choice-missing")).ToList() is { Count: > 0 } problems)
        {
            return problems;
        }

        var fields = both[0].Fields.Where(f => !differing.Contains(f.Key)).ToDictionary(f => f.Key, f => f.Value, StringComparer.Ordinal);
        foreach (var field in differing)
        {
            if (both[r.Choices![field] - 1].Fields.TryGetValue(field, out var value))
            {
                fields[field] = value;
            }
        }

        return new Settled(!await desk.Accept(page, r.Place, fields, both, differing));
    }
}
