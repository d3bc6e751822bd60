using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SoGoc.Linkage;

/// <summary>
/// Values are known by 64 bits, the same on every machine and in every run. Two of a million different values share them with a chance of 3 in 10⁸.
/// </summary>
static class Fingerprint
{
    const ulong A = 0x9E3779B97F4A7C15, B = 0xD6E8FEB86659FD93;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Mix(ulong x)
    {
        x = (x ^ (x >> 32)) * B;
        x = (x ^ (x >> 32)) * B;
        return x ^ (x >> 32);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ulong Join(ulong a, ulong b)
    {
        var high = Math.BigMul(a ^ A, b ^ B, out var low);
        return high ^ low;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ulong Of(ReadOnlySpan<char> text)
    {
        var h = (ulong)text.Length * A;
        var words = MemoryMarshal.Cast<char, ulong>(text);
        foreach (var w in words) h = Join(h, w);
        for (var i = words.Length * 4; i < text.Length; i++) h = (h ^ text[i]) * A;
        return Mix(h);
    }

    /// <summary>Like <see cref="Of(ReadOnlySpan{char})"/> for bytes below 0x80 and small codes.</summary>
    public static ulong Of(ReadOnlySpan<byte> text)
    {
        var h = (ulong)text.Length * B;
        foreach (var b in text) h = (h ^ b) * A;
        return Mix(h);
    }
}
