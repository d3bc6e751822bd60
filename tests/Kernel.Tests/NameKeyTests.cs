using System.Globalization;
using System.Text;
using CsCheck;
using SoGoc.Kernel.Text;

namespace SoGoc.Kernel.Tests;

/// <summary>One key for a name, however it was typed.</summary>
public sealed class NameKeyTests
{
    private const string Seed = "0N0XIzNsQ0O2";

    private static readonly Gen<string> Names = Gen.Select(Gen.OneOf("nguyễn", "trần", "đỗ", "thị", "văn", "ĐẶNG", "Ưng", "K'brơi", "Y-Bhăm", "quỳnh", "oanh", "ẨN", "huỳnh", "Ñandú", "Müller", "Chế", "Ksor")
        .Array[1, 5], w => string.Join(' ', w));

    /// <summary>Any letters of Latin scripts with any marks on them.</summary>
    private static readonly Gen<string> Latin = Gen.String[Gen.OneOf(Gen.Char['A', 'z'], Gen.Char['\u00c0', '\u024f'], Gen.Char['\u1e00', '\u1eff'], Gen.Char['\u0300', '\u036f'], Gen.OneOf(' ', '-', '\'', '’', '.', '\u200b')), 0, 300];

    private static readonly Gen<string> Anything = Gen.String[Gen.Char['\0', '\uffff'], 0, 40];

    [Fact]
    public void The_key_of_a_key_is_the_key_itself() => Gen.OneOf(Names, Latin, Anything).Sample(n => NameKey.Of(NameKey.Of(n)) == NameKey.Of(n), seed: Seed, iter: 30_000);

    [Fact]
    public void A_key_has_no_capitals_no_marks_and_single_spaces() => Gen.OneOf(Names, Latin).Sample(n =>
    {
        var key = NameKey.Of(n);
        return key == key.Trim() && !key.Contains("  ", StringComparison.Ordinal) && key.All(c => c == ' ' || (char.IsLetterOrDigit(c) && !char.IsUpper(c)))
            && !key.Normalize(NormalizationForm.FormD).Any(c => CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark);
    }, seed: Seed, iter: 30_000);

    [Fact]
    public void Composed_and_decomposed_letters_are_one_key() => Gen.OneOf(Names, Latin, Anything.Where(Paired)).Sample(n =>
        NameKey.Of(n.Normalize(NormalizationForm.FormC)) == NameKey.Of(n.Normalize(NormalizationForm.FormD)) && NameKey.Of(n) == NameKey.Of(n.Normalize(NormalizationForm.FormC)), seed: Seed, iter: 30_000);

    [Fact]
    public void Capitals_marks_and_spaces_make_no_other_name() => Gen.Select(Names, Gen.OneOf("\u0301", "\u0300", "\u0323", "\u0309", "\u0303", "\u0302", "\u031b", "\u0306"), Gen.Int[0, 40], (name, mark, at) => (name, mark, at))
        .Sample((name, mark, at) =>
        {
            var (key, d) = (NameKey.Of(name), name.Normalize(NormalizationForm.FormD));
            var place = 1 + (at % d.Length);
            return NameKey.Of(name.ToUpper(CultureInfo.GetCultureInfo("vi-VN"))) == key && NameKey.Of(name.ToLowerInvariant()) == key
                && NameKey.Of(d[..place] + mark + d[place..]) == key && NameKey.Of($"  {name.Replace(" ", "   ", StringComparison.Ordinal)} ") == key;
        }, seed: Seed, iter: 20_000);

    [Theory]
    [InlineData("Nguyễn Thị Lan", "nguyen thi lan")]
    [InlineData("NGUYEN  THI LAN", "nguyen thi lan")]
    [InlineData("Đặng Ð đ", "dang d d")]
    [InlineData("K'Brơi", "kbroi")]
    [InlineData("K’Brơi", "kbroi")]
    [InlineData("KʼBrơi", "kbroi")]
    [InlineData("Y-Bhăm Niê", "y bham nie")]
    [InlineData("Ưng Thị Ưởng", "ung thi uong")]
    public void A_name_is_found_as_it_is_typed_at_the_counter(string name, string key) => Assert.Equal(key, NameKey.Of(name));

    private static bool Paired(string text) => !text.EnumerateRunes().Any(r => r == Rune.ReplacementChar) && !text.Any(c => c is >= '\ufdd0' and <= '\ufdef' or '\ufffe' or '\uffff');
}
