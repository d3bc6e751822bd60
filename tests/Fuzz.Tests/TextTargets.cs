using System.Text.Json;
using SoGoc.Kernel.Text;
using SoGoc.Kernel.Time;
using SoGoc.Lists;
using SoGoc.Population;

namespace SoGoc.Fuzz.Tests;

/// <summary>Dates as people write them, and as programs do.</summary>
public sealed class DateTarget : TextTarget
{
    public override string Name => "dates";

    protected override IReadOnlyList<string> Sound { get; } =
    [
        "5/7/1962", "05-07-1962", "5.7.1962", "7/1962", "1962", "00/00/1962", "19620705", "05071962", "1962-07-05", "1962-07-05T00:00:00Z", "ngày 5 tháng 7 năm 1962", "23000", "không rõ",
        "29/2/2024", "5/7/1962 12:00:00 SA", "1962-07", "unknown", "?",
    ];

    protected override void Read(string text)
    {
        Holds(!PartialDate.TryParse(text, out var parsed) || parsed.ToString() == text, $"read {parsed} out of another text");
        if (DateWriting.TryRead(text, out var date))
        {
            Holds(PartialDate.TryParse(date.ToString(), out var again) && again == date, $"{date} is not read again");
            Holds(DateWriting.TryRead(date.Shown, out again) && again == date || date.Year is < 1800 or > 2200, $"{date.Shown} is not read again");
            Holds(date.Earliest <= date.Latest || date == PartialDate.Unknown, $"{date} ends before it begins");
        }
    }
}

/// <summary>Personal numbers as they are typed, and as they stand in JSON.</summary>
public sealed class NumberTarget : TextTarget
{
    public override string Name => "numbers";

    protected override IReadOnlyList<string> Sound { get; } = ["089162000123", "089 162 000 123", "089.262.000123", " 001200012345 ", "123456789", "8,9162E+10", "'089162000123"];

    protected override void Read(string text)
    {
        if (PersonalNumber.TryParse(text, out var number, out var fault))
        {
            Holds(number.ToString() is { Length: 12 } digits && PersonalNumber.TryParse(digits, out var again) && again == number, "is not read again");
            Holds(number.BirthYear is >= 1900 and < 2400 && number.Sex is 1 or 2 && number.PlaceCode.Length == 3, "says what no number says");
            Holds(JsonSerializer.Deserialize<PersonalNumber>(JsonSerializer.Serialize(number)) == number, "is another in JSON");
        }
        else
        {
            Holds(fault.Code.StartsWith("population.number-", StringComparison.Ordinal) && fault.Data.All(d => d.Length < 40 && !d.Any(char.IsControl)), "is refused without a reason that can be shown");
        }
    }
}

/// <summary>Names: their key, their spelling, and the letters of old fonts in them.</summary>
public sealed class NameTarget : TextTarget
{
    public override string Name => "names";

    protected override IReadOnlyList<string> Sound { get; } =
    [
        "Nguyễn Thị Mẫu", "NGUYỄN VĂN THỬ", "K'Brơi Mẫu", "Y-Nghiệm Niê", "Từ Công Mẫu", "hòa hoà Hoà", "Trần Thị Ví Dụ".Normalize(System.Text.NormalizationForm.FormD), "Ñandú Müller", "Nguye^~n Thi. Ma^~u", "NguyÔn ThÞ MÉu",
    ];

    protected override void Read(string text)
    {
        var key = NameKey.Of(text);
        Holds(NameKey.Of(key) == key && key == key.Trim() && !key.Contains("  ", StringComparison.Ordinal), $"the key of the key {key} is another");
        var composed = Normal.Composed(text);
        Holds(Normal.Composed(composed) == composed && NameKey.Of(composed) == key, "composed, it has another key");
        Holds(NameSpelling.Of(composed) == NameSpelling.Of(Normal.Decomposed(text)), "composed and decomposed are spelled differently");
        foreach (var encoding in Enum.GetValues<VietnameseEncoding>())
        {
            _ = VietnameseText.Encode(text, encoding);
            var decoded = VietnameseText.Decode(text, encoding);
            Holds(decoded.Length <= (4 * text.Length) + 4, $"swells as {encoding}");
        }
    }
}
