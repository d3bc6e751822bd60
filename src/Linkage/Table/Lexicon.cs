namespace SoGoc.Linkage;

/// <summary>Gives each distinct value the next number, and counts it. One writer, or many readers.</summary>
sealed class Lexicon
{
    ulong[] _keys;
    int[] _ids;
    int[] _counts = new int[64];
    ulong[] _known = new ulong[64];
    int _mask;

    public Lexicon(int capacity = 64)
    {
        var size = (int)System.Numerics.BitOperations.RoundUpToPowerOf2((uint)Math.Max(64, capacity * 2));
        (_keys, _ids, _mask) = (new ulong[size], new int[size], size - 1);
    }

    public int Count { get; private set; }

    /// <summary>Sum of all counts.</summary>
    public long Total { get; private set; }

    /// <summary>How often the value was seen.</summary>
    public int CountOf(int id) => (uint)id < (uint)Count ? _counts[id] : 0;

    /// <summary>The value's number, new if need be, without counting it.</summary>
    public int Id(ulong key)
    {
        var at = (int)(key >> 20) & _mask;
        for (; ; at = (at + 1) & _mask)
        {
            if (_keys[at] == key) return _ids[at];
            if (_keys[at] == 0) break;
        }
        if (Count >= _counts.Length)
        {
            Array.Resize(ref _counts, Count * 2);
            Array.Resize(ref _known, Count * 2);
        }
        _keys[at] = key;
        _ids[at] = Count;
        _known[Count] = key;
        _counts[Count] = 0;
        if (++Count * 2 > _mask) Grow();
        return Count - 1;
    }

    /// <summary>The value's number, or -1.</summary>
    public int Find(ulong key)
    {
        for (var at = (int)(key >> 20) & _mask; _keys[at] != 0; at = (at + 1) & _mask)
            if (_keys[at] == key) return _ids[at];
        return -1;
    }

    public void Seen(int id, int times = 1)
    {
        _counts[id] += times;
        Total += times;
    }

    /// <summary>Forgets the values that came last, so that <paramref name="count"/> remain. Nothing younger was put after them, so no chain breaks.</summary>
    public void Cut(int count)
    {
        while (Count > count)
        {
            var key = _known[--Count];
            var at = (int)(key >> 20) & _mask;
            while (_keys[at] != key) at = (at + 1) & _mask;
            _keys[at] = 0;
        }
    }

    /// <summary>Chance that two values drawn from those seen are the same.</summary>
    public double Coincidence()
    {
        if (Total < 2) return 0;
        double sum = 0;
        for (var i = 0; i < Count; i++) sum += (double)_counts[i] * (_counts[i] - 1);
        return sum / ((double)Total * (Total - 1));
    }

    void Grow()
    {
        var size = (_mask + 1) * 2;
        (_keys, _ids, _mask) = (new ulong[size], new int[size], size - 1);
        for (var id = 0; id < Count; id++)
        {
            var at = (int)(_known[id] >> 20) & _mask;
            while (_keys[at] != 0) at = (at + 1) & _mask;
            _keys[at] = _known[id];
            _ids[at] = id;
        }
    }
}
