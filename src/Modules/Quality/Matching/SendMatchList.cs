using NpgsqlTypes;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Jobs;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;
using SoGoc.Lists;

namespace SoGoc.Quality.Matching;

/// <summary>Takes an agency's list in, opens the case for which its people will be read, and begins to compare it where its columns are plain.</summary>
internal sealed class SendMatchList(Session session, CaseBook cases, JobBook jobs, CurrentActor actor, TimeProvider clock) : IRunsOnce
{
    /// <summary>At the head of the code of its cases.</summary>
    public const string Letters = "DS";

    public const string Purpose = "reconciliation";

    private const int MostBytes = 64 << 20;

    public static readonly Problem TooLarge = new(ProblemKind.TooLarge, "quality.list-too-large", "file");

    public static readonly ListLimits Limits = ListLimits.Default with { MaxFileBytes = MostBytes };

    /// <param name="File">Seekable.</param>
    /// <param name="Name">As its owner calls it.</param>
    internal sealed record Request(Stream File, string Name);

    /// <param name="Ready">Its columns are plain, and it is being compared.</param>
    internal sealed record Sent(Guid Id, bool Ready);

    public async Task<Outcome<Sent>> Run(Request r)
    {
        if (r.File.Length > MostBytes)
        {
            return TooLarge;
        }

        if (await IsEmpty(r.File))
        {
            return Problem.Invalid("file", "quality.list-empty");
        }

        var looked = Look(r);
        if (!looked.Ok(out var list))
        {
            return looked.Problems.ToList();
        }

        var (shape, first, rows) = list;
        if (Same(shape.Heads) is { } twice)
        {
            return Problem.Invalid("file", "quality.list-same-heads", twice);
        }

        var opened = await cases.Open(new NewCase("reconciliation", NewCase.Code(Letters), Purpose));
        if (!opened.Ok(out var file))
        {
            return opened.Problems.ToList();
        }

        var (id, name, now, mapping) = (Guid.CreateVersion7(clock.GetUtcNow()), Arrival.NameOf(r.Name, "danh-sach"), clock.GetUtcNow(), MatchField.Guess(shape.Heads, first));
        r.File.Position = 0;
        using var bytes = new MemoryStream((int)r.File.Length);
        await r.File.CopyToAsync(bytes);
        var ready = MatchField.IsEnough(mapping);
        await session.Execute("""
            insert into quality.match_list (id, name, office, sent_by, sent_at, case_ref, file, heads, mapping, state, rows, before_id)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, (select l.id from quality.match_list l where l.office = $3 and l.name = $2 and l.state = 'matched' order by l.sent_at desc limit 1))
            """, id, name, actor.Value.Office, actor.Value.Reference, now, file.Reference, bytes.ToArray(), shape.Heads.ToArray().As(NpgsqlDbType.Array | NpgsqlDbType.Text), mapping, ready ? MatchedList.Matching : MatchedList.Received, rows);
        if (ready)
        {
            await jobs.Ask<MatchList>(id);
        }

        return new Sent(id, ready);
    }

    /// <summary>Its shape, its first rows and how many it has; a list that is broken is refused while its sender is there.</summary>
    private static Outcome<(ListShape Shape, IReadOnlyList<IReadOnlyList<string>> First, int Rows)> Look(Request r)
    {
        try
        {
            using var reader = ListReader.Open(r.File, r.Name, Limits);
            var (first, rows) = (reader.Ahead(MatchField.Sample), 0);
            while (reader.Read())
            {
                rows++;
            }

            return rows == 0 ? Problem.Invalid("file", "lists.no-rows") : (reader.Shape, first, rows);
        }
        catch (ListException e)
        {
            return Problem.Invalid("file", e is { Code: "lists.no-heads", Row: not null } ? "quality.list-same-heads-row" : e.Code, e.Row?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "", e.Detail ?? "");
        }
    }

    /// <summary>Nothing in it but spaces and ends of lines.</summary>
    private static async Task<bool> IsEmpty(Stream file)
    {
        var some = new byte[4096];
        file.Position = 0;
        var read = await file.ReadAtLeastAsync(some, some.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return read < some.Length && some.AsSpan(0, read).IndexOfAnyExcept((ReadOnlySpan<byte>)[0x20, 0x0D, 0x0A, 0x09, 0xEF, 0xBB, 0xBF]) < 0;
    }

    /// <summary>A head that stands over two columns; the reader of lists has numbered the second.</summary>
    private static string? Same(IReadOnlyList<string> heads) => heads.FirstOrDefault(h => h.Length > 0 && heads.Contains($"{h} (2)"));
}

/// <summary>Says what the columns are, and compares the list anew.</summary>
internal sealed class MapMatchList(MatchBook lists, Session session, JobBook jobs)
{
    /// <param name="Mapping">For each column a field, or nothing.</param>
    internal sealed record Request(Guid Id, IReadOnlyList<string>? Mapping);

    public async Task<Outcome<Done>> Run(Request r)
    {
        var found = await lists.Find(r.Id);
        if (!found.Ok(out var list))
        {
            return found.Problems.ToList();
        }

        if (list.State == MatchedList.Matching)
        {
            return Problem.Conflict("quality.list-busy");
        }

        if (r.Mapping is not { } mapping || mapping.Count != list.Heads.Count || mapping.Any(m => m.Length > 0 && !MatchField.All.Contains(m)) || mapping.Where(m => m.Length > 0).GroupBy(m => m).Any(g => g.Count() > 1))
        {
            return Problem.Invalid("mapping", "quality.mapping-wrong");
        }

        if (!MatchField.IsEnough(mapping))
        {
            return Problem.Invalid("mapping", "quality.mapping-not-enough");
        }

        await session.Execute("update quality.match_list set (mapping, state) = ($2, 'matching') where id = $1", r.Id, mapping.ToArray());
        await jobs.Ask<MatchList>(r.Id);
        return new Done();
    }
}
