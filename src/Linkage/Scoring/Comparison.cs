using System.Runtime.CompilerServices;

namespace SoGoc.Linkage;

/// <summary>
/// How the fields of two records stand to each other, as one number: the pattern. Fields of a family (mother, telephone, address) are one unit of evidence,
/// because brothers share all of them; every other field is a unit of its own. A pattern is the units' levels in mixed radix.
/// </summary>
sealed class Comparison
{
    public Comparison(FieldColumn[] fields)
    {
        Compared = [.. fields.Where(f => f.Info.Kind != FieldKind.Number).OrderBy(f => f.Info.Family ? 1 : 0)];
        Far = [.. Compared.Where(f => f is not (DateColumn or CodeColumn))];
        Verified = [.. fields.Where(f => f.Info.Kind == FieldKind.Number)];
        if (Compared.Length == 0) throw new LinkException("linkage.no-usable-column");
        UnitOf = new int[Compared.Length];
        Stride = new int[Compared.Length];
        var sizes = new List<int>();
        for (var f = 0; f < Compared.Length; f++)
        {
            var joins = Compared[f].Info.Family && f > 0 && Compared[f - 1].Info.Family;
            if (!joins) sizes.Add(1);
            (UnitOf[f], Stride[f]) = (sizes.Count - 1, sizes[^1]);
            sizes[^1] *= Compared[f].Levels;
        }
        Sizes = [.. sizes];
        Radix = new ulong[Sizes.Length];
        ulong radix = 1;
        for (var u = 0; u < Sizes.Length; u++)
        {
            Radix[u] = radix;
            radix *= (ulong)Sizes[u];
        }
        if (radix >= 1UL << 56) throw new LinkException("linkage.too-many-fields", "patterns");
    }

    /// <summary>Fields that are weighed, those of the family last.</summary>
    public FieldColumn[] Compared { get; }

    /// <summary>Those of them that look at values kept elsewhere where lanes do not decide.</summary>
    public FieldColumn[] Far { get; }

    /// <summary>Fields whose equality settles the matter.</summary>
    public FieldColumn[] Verified { get; }

    /// <summary>The unit of each compared field.</summary>
    public int[] UnitOf { get; }

    /// <summary>What one level of a field counts within its unit.</summary>
    public int[] Stride { get; }

    /// <summary>Levels of each unit.</summary>
    public int[] Sizes { get; }

    public ulong[] Radix { get; }

    /// <summary>Fields of a unit.</summary>
    public IEnumerable<int> FieldsOf(int unit) => Enumerable.Range(0, Compared.Length).Where(f => UnitOf[f] == unit);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Level(FieldColumn field, ref int a, ref int b, uint equal, uint unknown)
    {
        var level = Quick(field, equal, unknown);
        return level != FieldColumn.Undecided ? level : field.Slow(ref Unsafe.Add(ref a, field.First), ref Unsafe.Add(ref b, field.First), equal >> field.First);
    }

    /// <summary>The level if lanes tell it, else <see cref="FieldColumn.Undecided"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int Quick(FieldColumn field, uint equal, uint unknown)
    {
        if ((unknown >> field.First & 1) != 0) return 0;
        var fast = field.Fast;
        return fast[(equal >> field.First) & (uint)(fast.Length - 1)];
    }

    /// <summary>The whole pattern.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public ulong Pattern(ref int a, ref int b, uint equal, uint unknown)
    {
        ulong pattern = 0;
        for (var f = 0; f < Compared.Length; f++)
            pattern += (ulong)(Level(Compared[f], ref a, ref b, equal, unknown) * Stride[f]) * Radix[UnitOf[f]];
        return pattern;
    }

    public int UnitLevel(ulong pattern, int unit) => (int)(pattern / Radix[unit] % (ulong)Sizes[unit]);

    public int FieldLevel(ulong pattern, int field) => UnitLevel(pattern, UnitOf[field]) / Stride[field] % Compared[field].Levels;

    /// <summary>1: both carry the same verified number; -1: both carry one, and they differ by more than a slip; 0: nothing is known.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public int Settled(ref int a, ref int b, uint equal, uint unknown)
    {
        foreach (var f in Verified)
        {
            var level = Level(f, ref a, ref b, equal, unknown);
            if (level == 1) return 1;
            if (level == 3) return -1;
        }
        return 0;
    }
}
