using System.Numerics;
using System.Runtime.CompilerServices;

namespace SoGoc.Linkage;

/// <summary>
/// Gives each distinct value the next number, and counts it. One writer, or many readers. A place holds half of the fingerprint, which with the place itself makes some 53 bits
/// for a million values: in one run of ten thousand, two of the million would be taken for one.
/// </summary>
sealed class Lexicon
{
    struct Place
    {
        public uint Half;
        public int Next;
    }

    Place[] _places = new Place[256];
    ulong[] _keys = new ulong[64];
    int[] _counts = new int[64];
    List<ulong>? _trial;
    int _mask = 255;

    long _total;

    public int Count { get; private set; }

    /// <summary>Counts of a whole register, where its rows are not all in this table.</summary>
    public LinkBook.Lane? Book { get; set; }

    /// <summary>Sum of all counts.</summary>
    public long Total => Book?.Total ?? _total;

    /// <summary>How often the value was seen.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int CountOf(int id) => Book is { } book ? book.CountOf(KeyOf(id)) : (uint)id < (uint)Math.Min(Count, _counts.Length) ? _counts[id] : 0;

    /// <summary>The value's number, new if need be, without counting it.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Id(ulong key)
    {
        var (places, mask, half) = (_places, _mask, (uint)(key >> 32));
        var at = (int)key & mask;
        for (; ; at = (at + 1) & mask)
        {
            ref var place = ref places[at];
            if (place.Half == half && place.Next != 0) return place.Next - 1;
            if (place.Next == 0) break;
        }
        places[at] = new() { Half = half, Next = Count + 1 };
        if (Count >= _keys.Length) Big.Grow(ref _keys, Big.Larger(_keys.Length));
        _keys[Count] = key;
        _trial?.Add(key);
        if (++Count * 2 > mask) Grow();
        return Count - 1;
    }

    /// <summary>Fetches the place where the value would be into the cache, so that many look-ups do not wait one after the other.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Prefetch(ulong key) => Big.Prefetch(ref _places[(int)key & _mask]);

    /// <summary>The value's number, or -1.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Find(ulong key)
    {
        for (var at = (int)key & _mask; _places[at].Next != 0; at = (at + 1) & _mask)
            if (_places[at].Half == (uint)(key >> 32)) return _places[at].Next - 1;
        return -1;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Seen(int id, int times = 1)
    {
        if (id >= _counts.Length) Big.Grow(ref _counts, (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(id + 1, Count)), clear: true);
        _counts[id] += times;
        _total += times;
    }

    /// <summary>From here on it is noted which values are new, so that <see cref="EndTrial"/> can forget them.</summary>
    public void BeginTrial() => (_trial ??= []).Clear();

    /// <summary>Keeps the values that are new since the beginning, or forgets them.</summary>
    public void EndTrial(bool keep)
    {
        if (_trial is { Count: > 0 } young && !keep)
        {
            foreach (var key in young) Remove(key);
            Count -= young.Count;
        }
        _trial?.Clear();
    }

    /// <summary>The value's fingerprint; 0 for a number that no value has.</summary>
    public ulong KeyOf(int id) => (uint)id < (uint)Count ? _keys[id] : 0;

    /// <summary>Values that were seen so often and more.</summary>
    public IEnumerable<(ulong Key, int Times)> Frequent(int least) => Enumerable.Range(0, Math.Min(Count, _counts.Length)).Where(id => _counts[id] >= least).Select(id => (_keys[id], _counts[id]));

    /// <summary>The lowest count of two and more.</summary>
    public int Rarest()
    {
        if (Book is not null) return 2;
        var rarest = int.MaxValue;
        foreach (var n in _counts.AsSpan(0, Math.Min(Count, _counts.Length)))
            if (n >= 2 && n < rarest) rarest = n;
        return rarest;
    }

    /// <summary>Chance that two values drawn from those seen are the same.</summary>
    public double Coincidence()
    {
        if (Book is { } book) return book.Coincidence;
        if (Total < 2) return 0;
        double sum = 0;
        foreach (var n in _counts.AsSpan(0, Math.Min(Count, _counts.Length))) sum += (double)n * (n - 1);
        return sum / ((double)Total * (Total - 1));
    }

    // What stands behind the gap moves up, unless it stands where it belongs.
    void Remove(ulong key)
    {
        var gap = (int)key & _mask;
        while (_places[gap].Half != (uint)(key >> 32)) gap = (gap + 1) & _mask;
        for (var at = (gap + 1) & _mask; _places[at].Next != 0; at = (at + 1) & _mask)
        {
            var home = (int)_keys[_places[at].Next - 1] & _mask;
            if (((at - home) & _mask) < ((at - gap) & _mask)) continue;
            _places[gap] = _places[at];
            gap = at;
        }
        _places[gap] = default;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Grow()
    {
        var size = (_mask + 1) * (_mask < 1 << 18 ? 8 : 2);
        var places = Big.Array<Place>(size, clear: true);
        _mask = size - 1;
        for (var id = 0; id < Count; id++)
        {
            var at = (int)_keys[id] & _mask;
            while (places[at].Next != 0) at = (at + 1) & _mask;
            places[at] = new() { Half = (uint)(_keys[id] >> 32), Next = id + 1 };
        }
        _places = places;
    }
}
