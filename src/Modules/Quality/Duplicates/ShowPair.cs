using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Places;
using SoGoc.Population;

namespace SoGoc.Quality.Duplicates;

/// <summary>A proposal with both records, and with further records that may be the same person, side by side; and field by field what speaks for it. The reading is on record.</summary>
internal sealed class ShowPair(PairDesk desk, Session session, IWholeRecord words, IPlaces places, Sentences say)
{
    /// <summary>More records beside each other nobody reads.</summary>
    private const int MostRecords = 4;

    /// <param name="Id">The proposal.</param>
    /// <param name="Case">Reference of an earlier look.</param>
    /// <param name="Keep">The record that is to stay; null: the better known one.</param>
    internal sealed record Request(Guid Id, string? Case = null, Guid? Keep = null);

    /// <summary>A record as people read it.</summary>
    /// <param name="Person">Key.</param>
    /// <param name="Name">Its name.</param>
    /// <param name="State">As it is.</param>
    /// <param name="Parts">Its words: identity, residence, papers, household, kin, doubts.</param>
    internal sealed record Laid(Guid Person, string Name, PersonState State, IReadOnlyList<ToldPart> Parts);

    /// <summary>One piece of evidence, as a person can judge it.</summary>
    /// <param name="Fields">One, or those that families share.</param>
    /// <param name="Weight">In bits: above 0 for one person, below for two. Of all lines, with the start and the correction, it makes the pair's weight.</param>
    internal sealed record Line(IReadOnlyList<Line.Compared> Fields, double Weight)
    {
        /// <param name="A">What the one record says today, or said when it was decided; empty where nothing is known.</param>
        /// <param name="B">What the other says.</param>
        /// <param name="Level">How the two stood to each other when they were weighed.</param>
        internal sealed record Compared(string Field, string A, string B, string Level);
    }

    /// <param name="Lines">The evidence, line by line.</param>
    /// <param name="Others">Other proposals about one of these records that wait.</param>
    /// <param name="Keep">The record that is proposed to stay: the one with a number, of two such the older.</param>
    /// <param name="Offered">Fields that only the other record knows.</param>
    internal sealed record Shown(Pair Pair, string Case, long Version, IReadOnlyList<Laid> Records, IReadOnlyList<Line> Lines, IReadOnlyList<Pair> Others, Guid Keep, IReadOnlyList<string> Offered);

    public async Task<Outcome<Shown>> Run(Request r)
    {
        if (await Pair.Find(session, r.Id) is not { } pair)
        {
            return Problem.Missing("quality.no-pair");
        }

        var others = await Pair.Among(session, "where d.state in ('open', 'asked') and d.id <> $1 and (d.a = any($2) or d.b = any($2)) order by d.weight desc limit 10", pair.Id, (Guid[])[pair.A, pair.B]);
        Guid[] all = [.. new[] { pair.A, pair.B }.Concat(others.SelectMany(o => new[] { o.A, o.B })).Distinct().Take(MostRecords)];
        var laid = await desk.Lay(r.Case, all, toAct: false);
        if (!laid.Ok(out var found))
        {
            return laid.Problems.ToList();
        }

        var records = new List<Laid>();
        foreach (var id in all.Where(found.Records.ContainsKey))
        {
            var told = await words.Of(id);
            records.Add(new Laid(id, found.Records[id].Facts.FullName ?? "", found.Records[id], Fit(told?.Words ?? [])));
        }

        var keep = r.Keep == pair.A || r.Keep == pair.B ? r.Keep.Value : Better(pair, found.Records);
        var other = keep == pair.A ? pair.B : pair.A;
        var offered = found.Records.TryGetValue(keep, out var stays) && found.Records.TryGetValue(other, out var goes) ? Choice.Missing(stays, goes).ToList() : [];
        return new Shown(pair, found.Case.Reference, found.Version, records, await Lines(pair), others, keep, offered);
    }

    private async Task<IReadOnlyList<Line>> Lines(Pair pair)
    {
        // Of a pair that is decided what the decision saw; once they are joined the record says what was chosen, and no more what was compared.
        var values = (pair.State is Pair.Same or Pair.Different ? await desk.Seen(pair) : null) ?? (pair.State == Pair.Same ? [] : await desk.Compared(pair));
        string Value(Guid of, string field) => values.TryGetValue(of, out var cells) && Array.IndexOf(RegisterRows.Heads, field) is >= 0 and var at ? RegisterRows.Text(field, cells[at], places, say) : "";
        return [.. pair.Evidence.Where(e => e.Fields.All(f => f.Field != "number")).Select(e => new Line([.. e.Fields.Select(f => new Line.Compared(f.Field, Value(pair.A, f.Field), Value(pair.B, f.Field), f.Level))], e.Weight))];
    }

    /// <summary>Without what the purpose of reconciliation does not let be read.</summary>
    private IReadOnlyList<ToldPart> Fit(IReadOnlyList<ToldPart> parts)
    {
        string[] beyond = [say["field.religion"], say["field.blood"], say["field.other"]];
        return [.. parts.Select(p => p with { Lines = [.. p.Lines.Where(l => !beyond.Contains(l.Label))] }).Where(p => p.Lines.Count > 0)];
    }

    private static Guid Better(Pair pair, IReadOnlyDictionary<Guid, PersonState> records)
    {
        int Points(Guid id) => !records.TryGetValue(id, out var s) ? -1 : (s.Facts.Number is null ? 0 : 4) + (s.Papers.Count > 0 ? 2 : 0) + (s.Memberships.Any(m => m.Until is null) ? 1 : 0);
        return Points(pair.B) > Points(pair.A) ? pair.B : pair.A;
    }
}
