using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using SoGoc.Kernel.Web;

namespace SoGoc.Kernel.Time;

/// <summary>How much of a date people know.</summary>
public enum DatePrecision : short
{
    /// <summary>Asked, and nobody knows. (Never asked is a null <see cref="PartialDate"/>.)</summary>
    Unknown = 0,
    Year = 1,
    Month = 2,
    Day = 3,
}

/// <summary>A date as people know it: a day, a month, a year, or unknown. The population law speaks of "ngày, tháng, năm sinh", but the papers of
/// the old often hold a year only. Stored as earliest day, latest day and precision; written <c>1962-07-05</c>, <c>1962-07</c>, <c>1962</c> or <c>unknown</c>.</summary>
[JsonConverter(typeof(PartialDateJson))]
[WrittenAs("^([0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?|unknown)$")]
public readonly record struct PartialDate : IComparable<PartialDate>
{
    private readonly short year;
    private readonly byte month;
    private readonly byte day;

    private PartialDate(int year, int month, int day)
    {
        this.year = (short)year;
        this.month = (byte)month;
        this.day = (byte)day;
    }

    public static PartialDate Unknown => default;

    public static PartialDate Of(DateOnly date) => new(date.Year, date.Month, date.Day);

    /// <summary>From numbers, 0 for an unknown part; null when no calendar knows such a date.</summary>
    public static PartialDate? Of(int year, int month = 0, int day = 0)
    {
        if (year is < 1 or > 9999 || month is < 0 or > 12 || day < 0 || (month == 0 && day != 0))
        {
            return null;
        }

        return day > 0 && day > DateTime.DaysInMonth(year, month) ? null : new PartialDate(year, month, day);
    }

    public DatePrecision Precision =>
        year == 0 ? DatePrecision.Unknown : month == 0 ? DatePrecision.Year : day == 0 ? DatePrecision.Month : DatePrecision.Day;

    public int? Year => year == 0 ? null : year;

    public int? Month => month == 0 ? null : month;

    public int? Day => day == 0 ? null : day;

    /// <summary>The first day it can have been; null when unknown.</summary>
    public DateOnly? Earliest => year == 0 ? null : new DateOnly(year, Math.Max((int)month, 1), Math.Max((int)day, 1));

    /// <summary>The last day it can have been; null when unknown.</summary>
    public DateOnly? Latest => Precision switch
    {
        DatePrecision.Unknown => null,
        DatePrecision.Year => new DateOnly(year, 12, 31),
        DatePrecision.Month => new DateOnly(year, month, DateTime.DaysInMonth(year, month)),
        _ => new DateOnly(year, month, day),
    };

    /// <summary>From its stored form.</summary>
    public static PartialDate? Stored(DateOnly? earliest, short? precision) => (precision, earliest) switch
    {
        (null, _) => null,
        (0, _) or (_, null) => Unknown,
        (1, { } e) => new PartialDate(e.Year, 0, 0),
        (2, { } e) => new PartialDate(e.Year, e.Month, 0),
        (_, { } e) => Of(e),
    };

    /// <summary>Whether every day this can mean lies before every day the other can mean; false when either is unknown.</summary>
    public bool CertainlyBefore(PartialDate other) => Latest < other.Earliest;

    public int CompareTo(PartialDate other) => (year, month, day).CompareTo((other.year, other.month, other.day));

    public static bool operator <(PartialDate a, PartialDate b) => a.CompareTo(b) < 0;
    public static bool operator >(PartialDate a, PartialDate b) => a.CompareTo(b) > 0;
    public static bool operator <=(PartialDate a, PartialDate b) => a.CompareTo(b) <= 0;
    public static bool operator >=(PartialDate a, PartialDate b) => a.CompareTo(b) >= 0;

    /// <summary>The form of files and the journal (a subset of ISO 8601-2).</summary>
    public override string ToString() => Precision switch
    {
        DatePrecision.Unknown => "unknown",
        DatePrecision.Year => year.ToString("0000", CultureInfo.InvariantCulture),
        DatePrecision.Month => string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{month:00}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{year:0000}-{month:00}-{day:00}"),
    };

    /// <summary>The form people read in Vietnam: 05/07/1962, 07/1962, 1962.</summary>
    public string Shown => Precision switch
    {
        DatePrecision.Unknown => "?",
        DatePrecision.Year => year.ToString("0000", CultureInfo.InvariantCulture),
        DatePrecision.Month => string.Create(CultureInfo.InvariantCulture, $"{month:00}/{year:0000}"),
        _ => string.Create(CultureInfo.InvariantCulture, $"{day:00}/{month:00}/{year:0000}"),
    };

    /// <summary>Reads the form of <see cref="ToString"/>.</summary>
    public static bool TryParse(string? text, out PartialDate date)
    {
        date = Unknown;
        if (text == "unknown")
        {
            return true;
        }

        var parts = (text ?? "").Split('-');
        if (parts.Length > 3 || parts[0].Length != 4 || parts.Skip(1).Any(p => p.Length != 2)
            || !parts.All(p => p.All(char.IsAsciiDigit)))
        {
            return false;
        }

        var n = Array.ConvertAll(parts, p => int.Parse(p, CultureInfo.InvariantCulture));
        if ((n.Length > 1 && n[1] == 0) || (n.Length > 2 && n[2] == 0) || Of(n[0], n.ElementAtOrDefault(1), n.ElementAtOrDefault(2)) is not { } parsed)
        {
            return false;
        }

        date = parsed;
        return true;
    }
}

internal sealed class PartialDateJson : JsonConverter<PartialDate>
{
    public override PartialDate Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        PartialDate.TryParse(reader.GetString(), out var date) ? date : throw new JsonException("Not a partial date.");

    public override void Write(Utf8JsonWriter writer, PartialDate value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
}
