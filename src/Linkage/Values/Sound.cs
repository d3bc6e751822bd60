using System.Runtime.CompilerServices;

namespace SoGoc.Linkage;

/// <summary>A syllable as it is heard in the South, where s and x, tr and ch, v, d and gi, r and g, qu and w fall together, and n and ng, t and c at the end.</summary>
static class Sound
{
    const byte C = 3, D = 4, G = 7, H = 8, I = 9, K = 11, N = 14, Q = 17, R = 18, S = 19, T = 20, U = 21, V = 22, W = 23, X = 24, Y = 25;

    /// <summary>Fingerprint of how the plain letters (16 at most) sound.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong Of(ReadOnlySpan<byte> plain)
    {
        Span<byte> heard = stackalloc byte[20];
        var (onset, at) = Onset(plain);
        var n = 0;
        if (onset != 0) heard[n++] = onset;
        var end = plain.Length;
        byte last = 0;
        if (end - at > 2 && plain[end - 1] is G or H && plain[end - 2] is N or C) (last, end) = (plain[end - 2] == N ? N : T, end - 2);
        else if (end - at > 1 && plain[end - 1] is C or T or N) (last, end) = (plain[end - 1] == N ? N : T, end - 1);
        for (var i = at; i < end; i++) heard[n++] = plain[i] == Y ? I : plain[i];
        if (last != 0) heard[n++] = last;
        return Fingerprint.Of(heard[..n]);
    }

    // The letter that stands for all that sound like it, and where the rest begins.
    static (byte Letter, int Next) Onset(ReadOnlySpan<byte> p) => p switch
    {
        [G, I, _, ..] => (V, 2),
        [T, R, ..] => (C, 2),
        [C, H, ..] => (C, 2),
        [Q, U, _, ..] => (W, 2),
        [S, not H, ..] or [X, ..] => (X, 1),
        [V, ..] or [D, ..] => (V, 1),
        [R, ..] or [G, not H, ..] => (G, 1),
        [K, not H, ..] or [C, ..] => (K, 1),
        _ => (0, 0),
    };
}
