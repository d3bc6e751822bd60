using System.Runtime.CompilerServices;

namespace SoGoc.Linkage;

/// <summary>How frequent each place is within a group of people, against how frequent agreeing places are in the whole.</summary>
sealed class GroupShares
{
    const int MostPlaces = 1 << 14, Least = 200;

    readonly float[] _bits;
    readonly int _groups;

    GroupShares(int[] counts, int groups, double[] sums, double coincidence)
    {
        (_groups, _bits) = (groups, new float[counts.Length]);
        for (var i = 0; i < counts.Length; i++) _bits[i] = sums[i % groups] < Least ? float.NaN : (float)Math.Log2(Math.Max(Math.Max(1, sums[i % groups] / 1000), counts[i]) / sums[i % groups] / coincidence);
    }

    /// <summary>Null where there are no groups.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static GroupShares? Of(LinkTable table, FieldColumn place)
    {
        var groups = table.GroupCount;
        var places = 0;
        if (groups < 2 || place.Coincidence(0) is not (> 0 and var coincidence)) return null;
        for (var row = 0; row < table.Rows; row++) places = Math.Max(places, Unsafe.Add(ref table.Row(row), place.First) + 1);
        if (places > MostPlaces) return null;
        if (table.Book is { } book) return OfBook(table, place, book, places, coincidence);
        var counts = new int[places * groups];
        for (var row = 0; row < table.Rows; row++)
            if (Unsafe.Add(ref table.Row(row), place.First) is var value and >= 0) counts[(value * groups) + table.GroupIdOf(row)]++;
        var sums = new double[groups];
        for (var i = 0; i < counts.Length; i++) sums[i % groups] += counts[i];
        return new(counts, groups, sums, coincidence);
    }

    // The few places of a few rows, with how frequent they are in the register.
    static GroupShares OfBook(LinkTable table, FieldColumn place, LinkBook book, int places, double coincidence)
    {
        var groups = table.GroupCount;
        var counts = new int[places * groups];
        for (var i = 0; i < counts.Length; i++) counts[i] = book.InGroup(table.GroupName(i % groups), place.LexiconOf(0).KeyOf(i / groups));
        return new(counts, groups, [.. Enumerable.Range(0, groups).Select(g => (double)book.InGroup(table.GroupName(g), LinkBook.Anywhere))], coincidence);
    }

    /// <summary>The most that a rare place can add, in bits.</summary>
    public double Gain => _bits.Where(b => !float.IsNaN(b)).Select(b => (double)-b).DefaultIfEmpty(0).Max();

    /// <summary>In bits; 0 where too little is known.</summary>
    public double Share(int place, int group) => (place * _groups) + group is var at && at < _bits.Length && !float.IsNaN(_bits[at]) ? _bits[at] : 0;
}
