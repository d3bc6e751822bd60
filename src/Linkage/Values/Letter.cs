using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;

namespace SoGoc.Linkage;

/// <summary>Vietnamese letters taken apart: small letter with its own mark (ê, ơ, đ), tone 0 to 5 (none, huyền, hỏi, ngã, sắc, nặng), and plain letter.</summary>
static class Letter
{
    const string Vowels = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵ", Bases = "aăâeêioôơuưy";

    /// <summary>Small codes of letters: 1–26 a–z, then the marked ones, digits from 40.</summary>
    const string Coded = "\0abcdefghijklmnopqrstuvwxyzăâêôơưđ";

    static readonly byte[] Code = new byte[0x1F00], Tone = new byte[0x1F00];

    static Letter()
    {
        for (var i = 1; i < Coded.Length; i++) Put(Coded[i], i, 0);
        for (var i = 0; i < Vowels.Length; i++) Put(Vowels[i], Coded.IndexOf(Bases[i / 6], StringComparison.Ordinal), i % 6);
        for (var c = '0'; c <= '9'; c++) Code[c] = (byte)(40 + c - '0');
        Put('ð', Coded.Length - 1, 0);
        // Other letters of Latin (ç, ñ, ö) count as their plain ones.
        for (var c = '\u00C0'; c < '\u0250'; c++)
            if (Code[c] == 0 && char.IsLetter(c) && c.ToString().Normalize(NormalizationForm.FormD)[0] is >= 'A' and <= 'z' and var plain) Code[c] = Code[char.ToLowerInvariant(plain)];
    }

    /// <summary>The letter's code, 0 for what is no letter or digit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int CodeOf(char c) => c < Code.Length ? Code[c] : char.IsLetterOrDigit(c) ? 50 + (c % 100) : 0;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static int ToneOf(char c) => c < Tone.Length ? Tone[c] : 0;

    /// <summary>The code without the letter's own mark: ê as e, đ as d.</summary>
    public static int Plain(int code) => code is > 26 and < 34 ? Unmarked[code - 27] : code;

    static readonly byte[] Unmarked = [1, 1, 5, 15, 15, 21, 4];

    public static char CharOf(int code) => code is > 0 and < 34 ? Coded[code] : code is >= 40 and < 50 ? (char)('0' + code - 40) : '?';

    public static bool IsVowel(int code) => code is 1 or 5 or 9 or 15 or 21 or 25 or (>= 27 and <= 32);

    public static int CodeOfBase(char c) => Coded.IndexOf(c, StringComparison.Ordinal);

    /// <summary>In normal form C: the same text when nothing is decomposed.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static ReadOnlySpan<char> Composed(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
            if (c is >= '\u0300' and < '\u0370' || char.IsSurrogate(c)) return Compose(text.ToString());
        return text;
    }

    static string Compose(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            // Half a surrogate pair: the rest still counts.
            return string.Concat(text.Where(c => !char.IsSurrogate(c)));
        }
    }

    static void Put(char c, int code, int tone)
    {
        (Code[c], Tone[c]) = ((byte)code, (byte)tone);
        var upper = char.ToUpper(c, CultureInfo.InvariantCulture);
        (Code[upper], Tone[upper]) = ((byte)code, (byte)tone);
    }
}
