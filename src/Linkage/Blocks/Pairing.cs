using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SoGoc.Linkage;

/// <summary>What is done with each pair that a key brings up first. One for each thread.</summary>
interface IPairSink
{
    /// <param name="equal">Which lanes agree.</param>
    /// <param name="unknown">Which lanes one of the two does not know.</param>
    void Pair(int a, int b, ref int rowA, ref int rowB, uint equal, uint unknown, int key);

    /// <summary>One of thousands of copies of a row: equal in all that is known. No frequency can say how often chance makes such a thing.</summary>
    void Copy(int first, int copy, ref int row, uint equal, uint unknown, int key);
}

/// <summary>Brings up the pairs of blocks, each pair once: by the first of the keys that it satisfies.</summary>
sealed class Pairing
{
    /// <summary>A block of more rows is split; it would cost two million pairs and more.</summary>
    public const int Largest = 2000;

    const int Window = 24;

    readonly LinkTable _table;
    readonly Key[] _keys;
    readonly byte[] _firstKey;

    public Pairing(LinkTable table, Key[] keys)
    {
        (_table, _keys) = (table, keys);
        _firstKey = new byte[1 << LinkTable.Lanes];
        Array.Fill(_firstKey, byte.MaxValue);
        for (var equal = 0; equal < _firstKey.Length; equal++)
            for (var k = 0; k < keys.Length; k++)
            {
                if ((equal & keys[k].Mask) != keys[k].Mask) continue;
                _firstKey[equal] = (byte)k;
                break;
            }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Equal(ref int a, ref int b) => (uint)Vector512.Equals(Vector512.LoadUnsafe(ref a), Vector512.LoadUnsafe(ref b)).ExtractMostSignificantBits();

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static uint Unknown(ref int a) => (uint)Vector512.LoadUnsafe(ref a).ExtractMostSignificantBits();

    public int FirstKey(uint equal) => _firstKey[equal & 0xFFFF];

    /// <summary>Memory of one thread.</summary>
    public sealed class Room
    {
        public readonly Blocks Blocks = new();
        public int[] Lanes = GC.AllocateUninitializedArray<int>(Largest * LinkTable.Lanes, pinned: true);
        public readonly uint[] Unknown = new uint[Largest];
        public readonly WaitingPair[] Waiting = new WaitingPair[Waiting<Scorer>.Most];

        /// <summary>Pairs that agreed in a key and were left out, because their block was too large and nothing split it.</summary>
        public long LeftOut;

        public PatternCounts? Counts;

        public Bounds? Bounds;

        /// <summary>Pairs brought up.</summary>
        public long Pairs;
    }

    /// <summary>All pairs of one part.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Part<T>(BlockIndex index, int part, int key, Room room, ref T sink) where T : struct, IPairSink
    {
        const int Ahead = 6;
        var blocks = room.Blocks;
        index.Part(part, blocks);
        for (var b = 0; b < blocks.Count; b++)
        {
            // Rows lie anywhere: those of a later block are fetched while this one is worked on.
            if (b + Ahead < blocks.Count) Fetch(blocks[b + Ahead]);
            var rows = blocks[b];
            if (rows.Length <= Largest) Block(rows, key, room, ref sink);
            else Giant(rows.ToArray(), key, room, ref sink);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Fetch(ReadOnlySpan<int> rows)
    {
        foreach (var row in rows[..Math.Min(rows.Length, 32)]) Big.Prefetch(ref _table.Row(row));
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Block<T>(ReadOnlySpan<int> rows, int key, Room room, ref T sink) where T : struct, IPairSink
    {
        if (rows.Length == 2)
        {
            ref var a = ref _table.Row(rows[0]);
            ref var b = ref _table.Row(rows[1]);
            var equal = Equal(ref a, ref b);
            if (_firstKey[equal] == key && _table.MayPair(rows[0], rows[1]))
            {
                room.Pairs++;
                sink.Pair(rows[0], rows[1], ref a, ref b, equal, Unknown(ref a) | Unknown(ref b), key);
            }
            return;
        }
        ref var all = ref room.Lanes[0];
        for (var i = 0; i < rows.Length; i++)
        {
            var row = Vector512.LoadUnsafe(ref _table.Row(rows[i]));
            row.StoreUnsafe(ref Unsafe.Add(ref all, i * LinkTable.Lanes));
            room.Unknown[i] = (uint)row.ExtractMostSignificantBits();
        }
        // Rows of the first list come first.
        var split = 0;
        if (_table.FirstList > 0)
            while (split < rows.Length && rows[split] < _table.FirstList) split++;
        for (var i = 0; i < (_table.FirstList > 0 ? split : rows.Length - 1); i++)
        {
            ref var a = ref Unsafe.Add(ref all, i * LinkTable.Lanes);
            var left = Vector512.LoadUnsafe(ref a);
            for (var j = _table.FirstList > 0 ? split : i + 1; j < rows.Length; j++)
            {
                ref var b = ref Unsafe.Add(ref all, j * LinkTable.Lanes);
                var equal = (uint)Vector512.Equals(left, Vector512.LoadUnsafe(ref b)).ExtractMostSignificantBits();
                if (_firstKey[equal] != key) continue;
                room.Pairs++;
                sink.Pair(rows[i], rows[j], ref a, ref b, equal, room.Unknown[i] | room.Unknown[j], key);
            }
        }
    }

    // Copies of one row need no more than a pair each; the others are split by whatever they have besides the key, and at last each meets its neighbours only.
    void Giant<T>(int[] rows, int key, Room room, ref T sink) where T : struct, IPairSink
    {
        var kept = new List<int>();
        var seen = new Dictionary<ulong, int>();
        foreach (var row in rows)
        {
            var print = PrintOf(row, uint.MaxValue) ^ (row < _table.FirstList ? 1UL : 0);
            if (!seen.TryGetValue(print, out var first))
            {
                seen[print] = row;
                kept.Add(row);
                continue;
            }
            if (_table.FirstList > 0) continue;
            ref var copy = ref _table.Row(row);
            var equal = Equal(ref _table.Row(first), ref copy);
            if (_firstKey[equal] != key) continue;
            room.Pairs++;
            sink.Copy(first, row, ref copy, equal, Unknown(ref copy), key);
        }
        Split([.. kept], _keys[key].Mask, key, room, ref sink);
    }

    void Split<T>(int[] rows, uint used, int key, Room room, ref T sink) where T : struct, IPairSink
    {
        if (rows.Length <= Largest)
        {
            if (rows.Length > 1) Block(rows, key, room, ref sink);
            return;
        }
        for (var lane = 0; lane < LinkTable.Lanes; lane++)
        {
            if ((used >> lane & 1) != 0) continue;
            var groups = rows.Where(r => Unsafe.Add(ref _table.Row(r), lane) >= 0).GroupBy(r => Unsafe.Add(ref _table.Row(r), lane)).Select(g => g.ToArray()).ToList();
            if (groups.Count < 2 || groups.Sum(g => g.Length) * 2 < rows.Length) continue;
            room.LeftOut += ((long)rows.Length * rows.Length / 2) - groups.Sum(g => (long)g.Length * g.Length / 2);
            foreach (var g in groups) Split(g, used | 1u << lane, key, room, ref sink);
            return;
        }
        room.LeftOut += ((long)rows.Length * rows.Length / 2) - ((long)rows.Length * Window);
        for (var i = 0; i < rows.Length; i++)
            for (var j = i + 1; j < Math.Min(rows.Length, i + Window); j++) One(rows[i], rows[j], key, room, ref sink);
    }

    void One<T>(int i, int j, int key, Room room, ref T sink) where T : struct, IPairSink
    {
        ref var a = ref _table.Row(i);
        ref var b = ref _table.Row(j);
        var equal = Equal(ref a, ref b);
        if (_firstKey[equal] != key || !_table.MayPair(i, j)) return;
        room.Pairs++;
        sink.Pair(i, j, ref a, ref b, equal, Unknown(ref a) | Unknown(ref b), key);
    }

    ulong PrintOf(int row, uint mask)
    {
        ulong h = 0;
        ref var r = ref _table.Row(row);
        for (var lane = 0; lane < LinkTable.Lanes; lane++)
            if ((mask >> lane & 1) != 0) h = Fingerprint.Join(h, (uint)Math.Max(-1, Unsafe.Add(ref r, lane)) + 7UL);
        return h;
    }
}
