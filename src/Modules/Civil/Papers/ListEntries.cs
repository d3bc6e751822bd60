using System.Globalization;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Population;

namespace SoGoc.Civil.Papers;

/// <summary>The books of the official's commune: entries by kind, year and number, the newest first. Whom they name is recorded as read.</summary>
internal sealed class ListEntries(EntryBook book, EntryWords words, Reasons reasons, Journal journal, CurrentActor actor, IPlaces places, TimeProvider clock)
{
    private const int Most = 20;

    /// <param name="Kind">Kind of the book; empty: all.</param>
    /// <param name="Year">Of the book; empty: all.</param>
    /// <param name="No">Number in the book, 12 or 12/2026; empty: all.</param>
    /// <param name="After">Key of the last entry of the page before.</param>
    internal sealed record Request(string? Kind, int? Year, string? No, Guid? After, string? Purpose, string? Case);

    /// <param name="Entry">Key.</param>
    /// <param name="Names">Whom it is about, the first first.</param>
    internal sealed record Line(Guid Entry, string Kind, string No, DateOnly RegisteredOn, string Office, string Names);

    /// <param name="Entries">The newest first.</param>
    /// <param name="Next">To be sent as after for those that follow; null: no more.</param>
    internal sealed record Listed(IReadOnlyList<Line> Entries, Guid? Next);

    public async Task<Outcome<Listed>> Run(Request r)
    {
        var problems = new List<Problem>();
        var reason = await reasons.Check(r.Purpose, r.Case, problems);
        var (no, year) = ((int?)null, r.Year);
        if (!string.IsNullOrWhiteSpace(r.No))
        {
            var parts = r.No.Trim().Split('/');
            no = parts.Length <= 2 && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var n) ? n : null;
            year = parts.Length == 2 && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var y) ? y : year;
            if (no is null)
            {
                problems.Add(Problem.Invalid("no", "civil.entry-no-malformed"));
            }
        }

        if (problems.Count > 0 || reason is null)
        {
            return problems;
        }

        var today = clock.Today();
        var mine = actor.Value.Areas.Select(a => places.Book[a]).OfType<Area>().Select(a => places.Book.Resolve(a, today).Area ?? a).FirstOrDefault();
        var kept = await book.Entries(mine, today, string.IsNullOrWhiteSpace(r.Kind) ? null : r.Kind, year, no, r.After, Most + 1);
        var lines = new List<Line>();
        foreach (var entry in kept.Take(Most))
        {
            lines.Add(new Line(entry.Id, entry.Kind, entry.No, entry.RegisteredOn, entry.Office, (await words.Of(entry.Kind, entry.Body)).Names));
        }

        await journal.Disclose([.. kept.Take(Most).Select(e => e.Person).Distinct()], ["identity"], r.Purpose!, r.Case!);
        return new Listed(lines, kept.Count > Most ? kept[Most - 1].Id : null);
    }
}
