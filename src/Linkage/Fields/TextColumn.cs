using System.Runtime.CompilerServices;

namespace SoGoc.Linkage;

/// <summary>Short text of any kind, without case and marks, compared letter by letter.</summary>
sealed class TextColumn : LexiconColumn
{
    byte[] _letters = new byte[1 << 14];
    int[] _starts = new int[1024];

    public TextColumn(LinkField info) : base(info, ["value"], ["missing", "same", "near", "like", "different"]) => Fast[1] = 1;

    public override double[] Expected { get; } = [0.05, 0.75, 0.1, 0.05, 0.05];

    public override ReadOnlySpan<sbyte> FrequencyLane => [-1, 0, -1, -1, -1];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Fold(ReadOnlySpan<char> cell, Span<int> lanes)
    {
        Span<byte> plain = stackalloc byte[512];
        var n = 0;
        foreach (var c in cell)
            if (n < plain.Length && Letter.CodeOf(c) is > 0 and var code) plain[n++] = (byte)Letter.Plain(code);
        lanes[0] = Missing;
        if (n == 0) return;
        var known = Values[0].Count;
        lanes[0] = Values[0].Id(Fingerprint.Of(plain[..n]));
        if (lanes[0] != known) return;
        n = Math.Min(n, Letters.Longest);
        if (known + 2 > _starts.Length) Big.Grow(ref _starts, Big.Larger(_starts.Length));
        if (_starts[known] + n > _letters.Length) Big.Grow(ref _letters, Big.Larger(_letters.Length));
        plain[..n].CopyTo(_letters.AsSpan(_starts[known]));
        _starts[known + 1] = _starts[known] + n;
    }

    public override void Fetch(int value) => Big.Prefetch(ref _letters[_starts[value]]);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override int Slow(ref int a, ref int b, uint bits)
    {
        ReadOnlySpan<byte> x = _letters.AsSpan(_starts[a].._starts[a + 1]), y = _letters.AsSpan(_starts[b].._starts[b + 1]);
        if (Letters.OneEdit(x, y)) return 2;
        var like = Letters.JaroWinkler(x, y);
        return like >= 0.93 ? 2 : like >= 0.84 ? 3 : 4;
    }

    /// <summary><c>SlipInGiven</c> as slip-in-given.</summary>
    public static string Kebab(string name) => string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i == 0 ? "" : "-") + char.ToLowerInvariant(c) : c.ToString()));
}

/// <summary>Likeness of two short words, a bit for each letter.</summary>
static class Letters
{
    /// <summary>Letters that are looked at: one machine word.</summary>
    public const int Longest = 64;

    /// <summary>One letter more, less or other, or two neighbours exchanged.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool OneEdit(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        if (Math.Abs(a.Length - b.Length) > 1) return false;
        var start = a.CommonPrefixLength(b);
        var end = 0;
        while (end < Math.Min(a.Length, b.Length) - start && a[^(end + 1)] == b[^(end + 1)]) end++;
        var x = a[start..^end];
        var y = b[start..^end];
        return (x.Length <= 1 && y.Length <= 1) || (x.Length == 2 && y.Length == 2 && x[0] == y[1] && x[1] == y[0]);
    }

    /// <summary>0 to 1, with a bonus for up to four equal first letters.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double JaroWinkler(ReadOnlySpan<byte> a, ReadOnlySpan<byte> b)
    {
        if (a.IsEmpty || b.IsEmpty) return 0;
        Span<ulong> places = stackalloc ulong[64];
        places.Clear();
        for (var i = 0; i < b.Length; i++) places[b[i] & 63] |= 1UL << i;
        var reach = Math.Max(0, (Math.Max(a.Length, b.Length) / 2) - 1);
        ulong usedA = 0, usedB = 0;
        for (var i = 0; i < a.Length; i++)
        {
            var low = Math.Max(0, i - reach);
            var window = (i + reach >= 63 ? ulong.MaxValue : (1UL << (i + reach + 1)) - 1) & (ulong.MaxValue << low);
            var free = places[a[i] & 63] & window & ~usedB;
            if (free == 0) continue;
            usedB |= free & (0 - free);
            usedA |= 1UL << i;
        }
        var common = System.Numerics.BitOperations.PopCount(usedA);
        if (common == 0) return 0;
        var turned = 0;
        for (ulong x = usedA, y = usedB; x != 0; x &= x - 1, y &= y - 1)
            if (a[System.Numerics.BitOperations.TrailingZeroCount(x)] != b[System.Numerics.BitOperations.TrailingZeroCount(y)]) turned++;
        var jaro = (((double)common / a.Length) + ((double)common / b.Length) + ((common - (turned / 2.0)) / common)) / 3;
        var prefix = Math.Min(4, a.CommonPrefixLength(b));
        return jaro + (jaro > 0.7 ? prefix * 0.1 * (1 - jaro) : 0);
    }
}
