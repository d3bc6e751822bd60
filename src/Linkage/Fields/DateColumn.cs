using System.Numerics;
using System.Runtime.CompilerServices;

namespace SoGoc.Linkage;

/// <summary>How one date of birth stands to another.</summary>
enum DateLevel : byte
{
    Missing,
    Same,

    /// <summary>Day and month exchanged.</summary>
    Turned,

    /// <summary>The year agrees, and at least one of the two knows no more; 1 January counts as knowing the year only.</summary>
    YearKnown,

    /// <summary>One digit differs, or two neighbours are exchanged.</summary>
    OneDigit,

    /// <summary>Day and month agree, the year is up to twelve off.</summary>
    YearOff,

    /// <summary>Less than 51 days apart, as a lunar date is from its solar one.</summary>
    Near,

    SameYear,

    /// <summary>One of them is a year only, and the other's year is next to it.</summary>
    NextYear,

    Different,
}

/// <summary>Dates of birth as eight decimal digits, four bits each; a year only is 1 January of it.</summary>
sealed class DateColumn : FieldColumn
{
    const int NewYear = 0x0101;

    static readonly string[] Named = [.. Enum.GetNames<DateLevel>().Select(TextColumn.Kebab)];

    readonly Lexicon[] _counts = [new(), new(), new()];

    public DateColumn(LinkField info) : base(info, ["date", "year", "turned"], Named)
    {
    }

    public override int Cheaply(ref int a, ref int b, uint bits) => Slow(ref a, ref b, bits);

    public override double[] Expected { get; } = [0.02, 0.82, 0.02, 0.05, 0.04, 0.01, 0.01, 0.01, 0.005, 0.005];

    public override ReadOnlySpan<sbyte> FrequencyLane => [-1, 0, 2, 1, -1, -1, -1, 1, -1, -1];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Fold(ReadOnlySpan<char> cell, Span<int> lanes)
    {
        lanes.Fill(Missing);
        var (y, m, d) = Parse(cell);
        if (y == 0) return;
        lanes[1] = y;
        var year = Packed(y) << 16;
        if (m == 0 || (m == 1 && d <= 1)) lanes[0] = year | NewYear;
        else
        {
            lanes[0] = year | Packed(m) << 8 | Packed(d);
            lanes[2] = year | Packed(Math.Min(m, d)) << 8 | Packed(Math.Max(m, d));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override int Slow(ref int a, ref int b, uint bits)
    {
        var (x, y) = (a, b);
        var (yearX, yearY, dayX, dayY) = (x >> 16, y >> 16, x & 0xFFFF, y & 0xFFFF);
        if (dayX == NewYear || dayY == NewYear) return (int)(yearX == yearY ? DateLevel.YearKnown : Math.Abs(Plain(yearX) - Plain(yearY)) == 1 ? DateLevel.NextYear : DateLevel.Different);
        if ((bits & 1) != 0) return (int)DateLevel.Same;
        if ((bits & 4) != 0) return (int)DateLevel.Turned;
        if (OneDigit((uint)x, (uint)y)) return (int)DateLevel.OneDigit;
        if (Math.Abs(yearX - yearY) > 0x20) return (int)DateLevel.Different;
        var years = Plain(yearX) - Plain(yearY);
        if (dayX == dayY && Math.Abs(years) <= 12) return (int)DateLevel.YearOff;
        var days = (years * 365) + ((Plain(dayX >> 8) - Plain(dayY >> 8)) * 30) + (Plain(dayX & 0xFF) - Plain(dayY & 0xFF));
        if (Math.Abs(days) <= 50) return (int)DateLevel.Near;
        return (int)(years == 0 ? DateLevel.SameYear : DateLevel.Different);
    }

    public override Lexicon LexiconOf(int lane) => _counts[lane];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override int CountOf(int lane, int value) => _counts[lane].Book is { } book ? book.CountOf(Key(value)) : _counts[lane].CountOf(_counts[lane].Find(Key(value)));

    public override double Coincidence(int lane) => _counts[lane].Coincidence();

    public override long Known => _counts[0].Total;

    public override int Rarest(int lane) => _counts[lane].Rarest();

    public override void Count(int lane, int value, int times) => _counts[lane].Seen(_counts[lane].Id(Key(value)), times);

    public override void BeginTrial()
    {
    }

    public override void EndTrial(bool keep)
    {
    }

    static ulong Key(int value) => Fingerprint.Mix((ulong)value + 1);

    // One of the eight digits differs, or two neighbours are exchanged.
    static bool OneDigit(uint x, uint y)
    {
        var differ = x ^ y;
        var digits = (differ | differ >> 1 | differ >> 2 | differ >> 3) & 0x11111111;
        var low = BitOperations.TrailingZeroCount(digits);
        if ((digits & (digits - 1)) == 0) return true;
        return digits >> low == 0x11 && (x >> low & 0xF) == (y >> (low + 4) & 0xF) && (y >> low & 0xF) == (x >> (low + 4) & 0xF);
    }

    static int Plain(int packed) => packed - ((packed >> 4) * 6) - ((packed >> 8) * 60) - ((packed >> 12) * 600);

    static int Packed(int plain) => plain + (plain / 10 * 6) + (plain / 100 * 96) + (plain / 1000 * 1536);

    /// <summary>day/month/year, year-month-day, month/year, a year, eight digits; two digits of a year are of the last hundred years. Year 0: not a date.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static (int Year, int Month, int Day) Parse(ReadOnlySpan<char> text)
    {
        Span<int> parts = stackalloc int[3], lengths = stackalloc int[3];
        var n = 0;
        for (var i = 0; i < text.Length;)
        {
            if (!char.IsAsciiDigit(text[i]))
            {
                i++;
                continue;
            }
            var (value, start) = (0, i);
            for (; i < text.Length && char.IsAsciiDigit(text[i]) && i - start < 8; i++) value = (value * 10) + (text[i] - '0');
            if (n < 3) (parts[n], lengths[n]) = (value, i - start);
            if (++n == 3) break;
        }
        if (n == 0) return default;
        if (n == 1 && lengths[0] == 8) return Right(parts[0] / 10000 is > 1850 and < 2200 ? parts[0] / 10000 : parts[0] % 10000, parts[0] / 10000 is > 1850 and < 2200 ? parts[0] / 100 % 100 : parts[0] / 10000 % 100, parts[0] / 10000 is > 1850 and < 2200 ? parts[0] % 100 : parts[0] / 1000000);
        if (n == 1) return lengths[0] == 4 ? Right(parts[0], 0, 0) : default;
        if (n == 2) return lengths[1] == 4 ? Right(parts[1], 0, 0) : lengths[0] == 4 ? Right(parts[0], 0, 0) : default;
        return lengths[0] == 4 ? Right(parts[0], parts[1], parts[2]) : Right(lengths[2] <= 2 ? parts[2] + (parts[2] > 26 ? 1900 : 2000) : parts[2], parts[1], parts[0]);
    }

    static (int, int, int) Right(int y, int m, int d)
    {
        if (y is < 1850 or > 2200) return default;
        if (m > 12 && d <= 12) (m, d) = (d, m);
        return m is 0 || d is 0 || m > 12 || d > 31 ? (y, 0, 0) : (y, m, d);
    }
}
