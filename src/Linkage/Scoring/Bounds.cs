using System.Numerics;
using System.Runtime.CompilerServices;

namespace SoGoc.Linkage;

/// <summary>
/// The most that a pair can weigh by what lanes alone tell, remembered by which of them agree and which are unknown: a few thousand such cases make up nearly all
/// pairs. One for each thread.
/// </summary>
sealed class Bounds(Comparison comparison, Weights weights)
{
    const int Places = 1 << 12;

    /// <summary>One case.</summary>
    public struct Case
    {
        /// <summary>Which case it is.</summary>
        public ulong Lanes;

        /// <summary>The most that all fields bring, but for those that are open.</summary>
        public double Most;

        /// <summary>What of it the fields of a family bring.</summary>
        public double Family;

        /// <summary>Fields of their own that lanes do not decide, a bit for each.</summary>
        public uint Open;
    }

    readonly Case[] _cases = new Case[Places];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ref readonly Case Of(int key, uint equal, uint unknown)
    {
        var lanes = ((ulong)(key + 1) << 32) | ((unknown & 0xFFFF) << 16) | (equal & 0xFFFF);
        ref var found = ref _cases[(lanes * 0x9E3779B97F4A7C15) >> 52];
        if (found.Lanes != lanes) found = Make(lanes, key, equal, unknown);
        return ref found;
    }

    Case Make(ulong lanes, int key, uint equal, uint unknown)
    {
        var made = new Case { Lanes = lanes, Most = weights.Pairs[0] - weights.Strangers[key] };
        var fields = comparison.Compared;
        Span<byte> levels = stackalloc byte[LinkTable.Lanes];
        for (var f = 0; f < fields.Length; f++)
        {
            levels[f] = (byte)Comparison.Quick(fields[f], equal, unknown);
            if (fields[f].Info.Family) continue;
            if (levels[f] == FieldColumn.Undecided) made.Open |= 1u << f;
            else made.Most += weights.Worth[key][f][levels[f]];
        }
        made.Family = OfFamily(levels, key);
        made.Most += made.Family;
        return made;
    }

    /// <summary>Mother, telephone and address: what they can bring at most when it is not known of all how they stand.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public double OfFamily(ReadOnlySpan<byte> levels, int key)
    {
        if (!comparison.Compared[^1].Info.Family) return 0;
        int at = 0, radix = 1;
        for (var f = comparison.Compared.Length - 1; f >= 0 && comparison.UnitOf[f] == comparison.UnitOf[^1]; f--)
        {
            var digits = comparison.Compared[f].Levels + 1;
            at += (levels[f] == FieldColumn.Undecided ? digits - 1 : levels[f]) * radix;
            radix *= digits;
        }
        return weights.FamilyBest[key][at];
    }
}
