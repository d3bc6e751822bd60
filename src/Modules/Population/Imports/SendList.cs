using SoGoc.Kernel.Data;
using SoGoc.Kernel.Jobs;
using SoGoc.Kernel.Outcomes;
using SoGoc.Lists;

namespace SoGoc.Population.Imports;

/// <summary>Takes a list in: looks what it is, guesses its columns, keeps it, and begins the dry run. A file that is no list changes nothing.</summary>
internal sealed class SendList(ListBook lists, JobBook jobs)
{
    /// <param name="File">Seekable.</param>
    internal sealed record Request(Stream File, string Name);

    internal sealed record Sent(Guid Id, IReadOnlyList<string> MissingFields);

    public async Task<Outcome<Sent>> Run(Request r)
    {
        if (r.File.Length > ListLimits.Default.MaxFileBytes)
        {
            return new Problem(ProblemKind.TooLarge, "lists.too-large", "file", "", Size(ListLimits.Default.MaxFileBytes));
        }

        ListShape shape;
        try
        {
            using var reader = ListReader.Open(new LeftOpen(r.File), r.Name, ListLimits.Default);
            shape = reader.Shape;
        }
        catch (ListException e)
        {
            return new Problem(e.Code == "lists.too-large" ? ProblemKind.TooLarge : ProblemKind.Invalid, e.Code, "file", ApplyList.DataOf(e));
        }

        var mapping = ListField.Guess(shape.Heads, await lists.KnownHeads());
        var id = await lists.Keep(r.File, r.Name, shape, mapping);
        var missing = Missing(mapping);
        if (missing.Count == 0)
        {
            await jobs.Ask<CheckList>(id);
        }

        return new Sent(id, missing);
    }

    /// <summary>Fields without which no row can be a person: a name (whole or in parts) and a birth date.</summary>
    public static IReadOnlyList<string> Missing(IReadOnlyList<string> mapping)
    {
        var missing = new List<string>();
        if (!mapping.Contains("fullName") && !mapping.Contains("given"))
        {
            missing.Add("fullName");
        }

        if (!mapping.Contains("born"))
        {
            missing.Add("born");
        }

        return missing;
    }

    public static string Size(long bytes) => bytes >= 1 << 30 ? $"{bytes >> 30} GiB" : bytes >= 1 << 20 ? $"{bytes >> 20} MiB" : $"{bytes >> 10} KiB";

    /// <summary>The same stream, which the reader may close without closing it for the one who keeps it.</summary>
    private sealed class LeftOpen(Stream inner) : Stream
    {
        public override bool CanRead => true;
        public override bool CanSeek => true;
        public override bool CanWrite => false;
        public override long Length => inner.Length;
        public override long Position { get => inner.Position; set => inner.Position = value; }
        public override void Flush() => inner.Flush();
        public override int Read(byte[] buffer, int offset, int count) => inner.Read(buffer, offset, count);
        public override int Read(Span<byte> buffer) => inner.Read(buffer);
        public override long Seek(long offset, SeekOrigin origin) => inner.Seek(offset, origin);
        public override void SetLength(long value) => throw new NotSupportedException();
        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}

/// <summary>Changes which column holds which field, remembers it for the next list, and checks anew.</summary>
internal sealed class MapList(Session session, ListBook lists, JobBook jobs)
{
    /// <param name="Mapping">For each column the field key, or an empty text to leave it out.</param>
    internal sealed record Request(Guid Id, IReadOnlyList<string> Mapping);

    public async Task<Outcome<Done>> Run(Request r)
    {
        if (await lists.Find(r.Id) is not { } list)
        {
            return Problem.Missing("population.no-list");
        }

        if (list.State is not ("received" or "checked" or "cancelled"))
        {
            return Problem.Conflict("population.list-busy");
        }

        var fields = r.Mapping.Where(f => f.Length > 0).ToList();
        if (r.Mapping.Count != list.Shape.Heads.Count || fields.Any(f => ListField.Find(f) is null))
        {
            return Problem.Invalid("mapping", "population.mapping-malformed");
        }

        if (fields.Distinct().Count() != fields.Count)
        {
            return Problem.Invalid("mapping", "population.mapping-twice");
        }

        if (SendList.Missing(fields) is { Count: > 0 } missing)
        {
            return missing.Select(m => Problem.Invalid("mapping", "population.column-missing", m)).ToList();
        }

        foreach (var (i, field) in r.Mapping.Index().Where(p => p.Item != list.Mapping[p.Index]))
        {
            await lists.Remember(list.Shape.Heads[i], field);
        }

        await session.Execute("delete from population.list_key where list_id = $1", r.Id);
        await session.Execute("delete from population.list_fault where list_id = $1", r.Id);
        await session.Execute("update population.list set mapping = $2, state = 'received', checked_row = 0, rows = 0 where id = $1", r.Id, r.Mapping.ToArray());
        await jobs.Ask<CheckList>(r.Id);
        return Done.It;
    }
}

/// <summary>Says that the sound rows of a checked list go into the register.</summary>
internal sealed class EnterList(ListBook lists, JobBook jobs)
{
    internal sealed record Request(Guid Id);

    public async Task<Outcome<Done>> Run(Request r)
    {
        switch ((await lists.Find(r.Id))?.State)
        {
            case null:
                return Problem.Missing("population.no-list");
            case "checked" or "applying" or "done":
                await jobs.Ask<ApplyList>(r.Id);
                return Done.It;
            default:
                return Problem.Conflict("population.list-not-checked");
        }
    }
}

/// <summary>How far a list is, for the page and for scripts.</summary>
internal sealed class ShowList(ListBook lists, JobBook jobs)
{
    internal sealed record Request(Guid Id);

    internal sealed record Shown(SentList List, JobState? Job, IReadOnlyList<FaultCount> Faults, long Quarantined);

    public async Task<Outcome<Shown>> Run(Request r) => await lists.Find(r.Id) is { } list
        ? new Shown(list, await jobs.Latest(r.Id), await lists.FaultCounts(r.Id), await lists.QuarantinedRows(r.Id))
        : Problem.Missing("population.no-list");
}
