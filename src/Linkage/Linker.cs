using System.Runtime.CompilerServices;

namespace SoGoc.Linkage;

/// <summary>How a run is done. What comes out does not depend on it, but for the floor.</summary>
/// <param name="Threads">0: as many as there are processors.</param>
/// <param name="Floor">Pairs of less weight (bits) are not told at all.</param>
public sealed record LinkRunOptions(int Threads = 0, double Floor = -6);

/// <summary>Finds the records that are about one person: within one list, or from one list to the other.</summary>
public static class Linker
{
    /// <exception cref="LinkException"><c>linkage.too-few-rows</c>, <c>linkage.no-usable-column</c>, <c>linkage.bad-model</c>.</exception>
    /// <exception cref="OperationCanceledException"/>
    public static LinkResult Run(LinkTable table, LinkRunOptions options, IProgress<LinkProgress>? progress = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(options);
        if (table.Rows < 2 || (table.FirstList > 0 && table.FirstList == table.Rows)) throw new LinkException("linkage.too-few-rows");
        var run = new LinkRun(table, options.Threads > 0 ? options.Threads : Environment.ProcessorCount, progress, stop);
        progress?.Report(new("plan", 0));
        table.Close(run.Threads);
        var comparison = new Comparison(table.Fields);
        var cost = new KeyCost(table, run.Threads, stop);
        var keys = KeyPlan.Choose(table, cost);
        progress?.Report(new("learn", 0));
        var (weights, learned) = table.Model.Learned is { } known ? (Learner.Again(table, comparison, keys, known), known) : Learner.Learn(run, comparison, keys, cost);
        var (pairs, counts, leftOut) = run.Compare(comparison, keys, weights, options.Floor);
        return new LinkResult(table, comparison, weights, table.Model with { Keys = [.. keys.Select(k => k.Parts)], Learned = learned }, pairs)
        {
            Keys = [.. keys.Select((k, i) => (k.ToString(), counts[i]))],
            LeftOut = leftOut,
        };
    }
}

/// <summary>The passes over all pairs.</summary>
sealed class LinkRun(LinkTable table, int threads, IProgress<LinkProgress>? progress, CancellationToken stop)
{
    public LinkTable Table => table;

    public int Threads => threads;

    public CancellationToken Stop => stop;

    /// <summary>Weighs the pairs that the keys bring up; what comes back is in the order of rows.</summary>
    public (LinkPair[] Pairs, long[] Counts, long LeftOut) Compare(Comparison comparison, Key[] keys, Weights weights, double floor)
    {
        var found = new List<List<LinkPair>>();
        var (counts, leftOut) = (new long[keys.Length], 0L);
        Each(keys, 1, 0, (k, _) => progress?.Report(new("compare", (double)k / keys.Length)), parts =>
        {
            var lists = new List<LinkPair>[parts];
            found.AddRange(lists = Array.ConvertAll(lists, _ => new List<LinkPair>()));
            return lists;
        }, (pairing, index, part, k, room, lists) =>
        {
            var sink = Waiting(comparison, room, new Scorer(table, comparison, weights, room.Bounds ??= new(comparison, weights), floor, lists[part]));
            pairing.Part(index, part, k, room, ref sink);
            sink.End();
        }, (k, room) =>
        {
            counts[k] += room.Pairs;
            leftOut += room.LeftOut;
        });
        var pairs = new LinkPair[found.Sum(l => l.Count)];
        var at = 0;
        foreach (var list in found)
        {
            list.CopyTo(pairs, at);
            at += list.Count;
        }
        Array.Sort(Array.ConvertAll(pairs, static p => ((ulong)(uint)p.A << 32) | (uint)p.B), pairs);
        return (pairs, counts, leftOut);
    }

    /// <summary>Counts the patterns of the pairs that the keys bring up, on one in so many parts.</summary>
    /// <param name="only">Lanes that a row must have.</param>
    public PatternCounts Count(Comparison comparison, Key[] keys, int oneIn, uint only, Func<int, bool>? settled = null)
    {
        var all = new PatternCounts();
        var gate = new Lock();
        Each(keys, oneIn, only, static (_, _) => { }, static _ => 0, (pairing, index, part, k, room, _) =>
        {
            var sink = Waiting(comparison, room, new Counter(comparison, room.Counts ??= new(), settled));
            pairing.Part(index, part, k, room, ref sink);
            sink.End();
        }, (_, room) =>
        {
            lock (gate)
            {
                if (room.Counts is { } counts) all.Add(counts);
                room.Counts = null;
            }
        });
        return all;
    }

    Waiting<T> Waiting<T>(Comparison comparison, Pairing.Room room, T then) where T : struct, IPairSink => new(table, comparison.Far, room.Waiting, then);

    // Keys one after the other; the parts of each by as many threads as may be.
    void Each<T>(Key[] keys, int oneIn, uint only, Action<int, int> begin, Func<int, T> make, Action<Pairing, BlockIndex, int, int, Pairing.Room, T> part, Action<int, Pairing.Room> end)
    {
        var (pairing, index) = (new Pairing(table, keys), new BlockIndex(table, threads, across: true));
        var rooms = new Stack<Pairing.Room>();
        for (var k = 0; k < keys.Length; k++)
        {
            stop.ThrowIfCancellationRequested();
            index.Build(keys[k].Mask, oneIn, only, stop);
            begin(k, index.Parts);
            var made = make(index.Parts);
            var used = new System.Collections.Concurrent.ConcurrentBag<Pairing.Room>();
            var key = k;
            Parallel.For(0, index.Parts, new ParallelOptions { MaxDegreeOfParallelism = threads, CancellationToken = stop }, () => Take(rooms), (p, _, room) =>
            {
                part(pairing, index, p, key, room, made);
                return room;
            }, used.Add);
            foreach (var room in used)
            {
                end(k, room);
                (room.Pairs, room.LeftOut) = (0, 0);
                rooms.Push(room);
            }
        }
    }

    static Pairing.Room Take(Stack<Pairing.Room> rooms)
    {
        lock (rooms) return rooms.TryPop(out var room) ? room : new();
    }

    readonly struct Counter(Comparison comparison, PatternCounts counts, Func<int, bool>? settled) : IPairSink
    {
        [MethodImpl(MethodImplOptions.AggressiveOptimization)]
        public void Pair(int a, int b, ref int rowA, ref int rowB, uint equal, uint unknown, int key)
        {
            if (settled is not null && !settled(comparison.Settled(ref rowA, ref rowB, equal, unknown))) return;
            counts.Add(key, comparison.Pattern(ref rowA, ref rowB, equal, unknown));
        }

        // A file that was copied teaches nothing about people.
        public void Copy(int first, int copy, ref int row, uint equal, uint unknown, int key)
        {
        }
    }
}
