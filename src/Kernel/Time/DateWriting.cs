using System.Globalization;

namespace SoGoc.Kernel.Time;

/// <summary>Reads dates as people in Vietnam write them: 5/7/1962, 05-07-1962, 5.7.1962, 7/1962, 1962, 00/00/1962, 19620705, 1962-07-05,
/// "ngày 5 tháng 7 năm 1962", and the serial numbers of spreadsheets. The day comes first, always.</summary>
public static class DateWriting
{
    private static readonly DateOnly SpreadsheetEpoch = new(1899, 12, 30);

    private static readonly string[] UnknownWords = ["không rõ", "khong ro", "không biết", "chưa rõ", "unknown", "?", "00/00/0000", "0000"];

    private static readonly string[] Midnights = ["t00:00:00z", "t00:00:00.000z", "t00:00:00", " 00:00:00.000", " 00:00:00", " 00:00", " 0:00:00", " 0:00", " 12:00:00 am", " 12:00:00 sa"];

    /// <summary>False when it is no date that any calendar knows. Empty text is not a date; words like "không rõ" are <see cref="PartialDate.Unknown"/>.</summary>
    public static bool TryRead(string text, out PartialDate date)
    {
        date = PartialDate.Unknown;
        var t = WithoutMidnight(text.Trim().ToLowerInvariant());
        if (UnknownWords.Contains(t))
        {
            return true;
        }

        Span<int> numbers = stackalloc int[3];
        Span<int> lengths = stackalloc int[3];
        var count = Numbers(t, numbers, lengths);
        PartialDate? read = count switch
        {
            1 when lengths[0] == 8 => Compact(numbers[0]),
            1 when lengths[0] == 4 && numbers[0] is >= 1800 and <= 2200 => PartialDate.Of(numbers[0]),
            1 when lengths[0] == 5 => PartialDate.Of(SpreadsheetEpoch.AddDays(numbers[0])),
            2 when lengths[1] == 4 => PartialDate.Of(numbers[1], numbers[0]),
            2 when lengths[0] == 4 => PartialDate.Of(numbers[0], numbers[1]),
            3 when lengths[2] == 4 => Of(numbers[2], numbers[1], numbers[0]),
            3 when lengths[0] == 4 => Of(numbers[0], numbers[1], numbers[2]),
            _ => null,
        };
        date = read ?? date;
        return read is not null;
    }

    private static PartialDate? Of(int year, int month, int day) => month == 0 && day != 0 ? null : PartialDate.Of(year, month, day);

    /// <summary>yyyyMMdd as the services of the ministries send it, or ddMMyyyy as printed in the code of the card. Eight digits are never both: where the first four are
    /// such a year, 19051990, the next two would have to be a month above 18.</summary>
    private static PartialDate? Compact(int n) =>
        (n / 10000 is >= 1800 and <= 2200 ? Of(n / 10000, n / 100 % 100, n % 100) : null) ?? (n % 10000 is >= 1800 and <= 2200 ? Of(n % 10000, n / 10000 % 100, n / 1000000) : null);

    /// <summary>A date out of a database or a spreadsheet often drags the first second of its day along.</summary>
    private static string WithoutMidnight(string text) => Midnights.FirstOrDefault(m => text.EndsWith(m, StringComparison.Ordinal)) is { } midnight ? text[..^midnight.Length].TrimEnd() : text;

    /// <summary>Up to three numbers with nothing between them but what people put between the parts of a date; -1 if there is anything else.</summary>
    private static int Numbers(string text, Span<int> numbers, Span<int> lengths)
    {
        var t = text.Replace("ngày", "", StringComparison.Ordinal).Replace("tháng", "/", StringComparison.Ordinal).Replace("năm", "/", StringComparison.Ordinal);
        var count = 0;
        var at = 0;
        while (at < t.Length)
        {
            var c = t[at];
            if (char.IsAsciiDigit(c))
            {
                var end = at;
                while (end < t.Length && char.IsAsciiDigit(t[end]))
                {
                    end++;
                }

                if (count == 3 || end - at > 8)
                {
                    return -1;
                }

                numbers[count] = int.Parse(t.AsSpan(at, end - at), CultureInfo.InvariantCulture);
                lengths[count++] = end - at;
                at = end;
            }
            else if (c is '/' or '-' or '.' or ' ' or '\\')
            {
                at++;
            }
            else
            {
                return -1;
            }
        }

        return count;
    }
}
