using System.Text;
using CsCheck;
using SoGoc.Kernel.Time;
using SoGoc.Testing;

namespace SoGoc.Population.Tests;

/// <summary>Values as people and offices really bring them, and odder ones.</summary>
internal static class Given
{
    public const string Seed = "0N0XIzNsQ0O2";

    public static readonly string[] Names =
    [
        "Nguyễn Văn Mẫu", "Trần Thị Ví Dụ", "Mẫu", "K'Brơi Thử", "Y-Nghiệm Niê Mẫu", "Châu Thị Bịa", "Danh Giả", "Néang Sóc Mẫu", "Từ Thị Mẫu", "Lâm Mẫu", "Ñandú Mẫu",
        "Đỗ ẮẰẲẴẶ Mẫu", "Nguyễn Thị Minh Họa Ví Dụ Rất Dài Mà Vẫn Là Một Cái Tên Có Thật Trong Sổ Của Xã Mẫu",
    ];

    public static Gen<T> AnyOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    public static Gen<T?> Maybe<T>(Gen<T> gen) where T : class => Gen.Select(Gen.Bool, gen, (there, value) => there ? value : null);

    public static Gen<T?> MaybeValue<T>(Gen<T> gen) where T : struct => Gen.Select(Gen.Bool, gen, (there, value) => there ? (T?)value : null);

    /// <summary>Any text that a cell can hold, in NFC or not, with the signs that break quoting.</summary>
    public static readonly Gen<string> Text = Gen.Frequency(
        (3, AnyOf("Ấp Mẫu, xã Ví Dụ", "", " ", "\"\\'", "null", "{}", "a\u0301", "😀", "\u2028\t\r\n", "%_", "unknown", "0")),
        (1, Gen.String[Gen.Char['\u0001', '\ud7ff'], 0, 40]));

    public static readonly Gen<DateOnly> Day = Gen.Frequency(
        (8, Gen.Int[0, 40_000].Select(n => new DateOnly(1920, 1, 1).AddDays(n))),
        (1, AnyOf(DateOnly.MinValue, new DateOnly(1, 1, 2), new DateOnly(1999, 12, 31), new DateOnly(2000, 1, 1), new DateOnly(2000, 2, 29), new DateOnly(9999, 12, 30))));

    /// <summary>Days close together, so that periods meet, overlap and hide each other.</summary>
    public static readonly Gen<DateOnly> NearDay = Gen.Int[0, 12].Select(n => new DateOnly(2020, 1, 1).AddDays(n));

    /// <summary>Of every precision.</summary>
    public static Gen<PartialDate> Partial(int first, int last) => Gen.Select(Gen.Int[first, last], Gen.Int[0, 12], Gen.Int[0, 31], Gen.Int[0, 9], (year, month, day, unknown) =>
        unknown == 0 ? PartialDate.Unknown : PartialDate.Of(year, month, month == 0 ? 0 : Math.Min(day, DateTime.DaysInMonth(year, month)))!.Value);

    public static readonly Gen<PersonalNumber> Number = Gen.Select(AnyOf("089", "091", "001", "200"), Gen.Short[1, 2], Gen.Int[1900, 2026], People.Number);

    public static readonly Gen<string[]> Texts = Text.Array[0, 3];

    /// <summary>A name in NFC that nobody else has.</summary>
    public static readonly Gen<string> Name = Gen.Select(AnyOf(Names), Gen.Int[0, 25].Array[4, 8], (name, letters) =>
        (name + " " + new string([.. letters.Select(l => (char)('A' + l))])).Normalize(NormalizationForm.FormC));
}
