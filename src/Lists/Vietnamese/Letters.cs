namespace SoGoc.Lists;

/// <summary>The Vietnamese vowels with their tones, and đ: one table for everything that decodes, encodes or judges.</summary>
internal static class Letters
{
    /// <summary>Twelve vowels; index / 6 is the vowel, index % 6 the tone: none, huyền, hỏi, ngã, sắc, nặng.</summary>
    public const string Lower = "aàảãáạăằẳẵắặâầẩẫấậeèẻẽéẹêềểễếệiìỉĩíịoòỏõóọôồổỗốộơờởỡớợuùủũúụưừửữứựyỳỷỹýỵ";

    public static readonly string Upper = Lower.ToUpperInvariant();

    public const int Tones = 6, Sac = 4, Nang = 5;

    // The last Vietnamese letter is U+1EF9. 0 = no vowel, else index + 1; capitals are negative.
    static readonly sbyte[] Index = Build();

    /// <summary>The place in <see cref="Lower"/> of a vowel, small or capital; -1 for anything else.</summary>
    public static int IndexOf(char c) => c < Index.Length ? Math.Abs(Index[c]) - 1 : -1;

    public static bool IsCapitalVowel(char c) => c < Index.Length && Index[c] < 0;

    /// <summary>A letter of the language beyond ASCII.</summary>
    public static bool IsVietnamese(char c) => c > 0x7F && (IndexOf(c) >= 0 || c is 'đ' or 'Đ');

    /// <summary>A mark that is written as its own character in decomposed text.</summary>
    public static bool IsMark(char c) => c is '\u0300' or '\u0301' or '\u0303' or '\u0309' or '\u0323' or '\u0302' or '\u0306' or '\u031B';

    static sbyte[] Build()
    {
        var index = new sbyte[0x1EFA];
        for (var i = 0; i < Lower.Length; i++)
        {
            index[Lower[i]] = (sbyte)(i + 1);
            index[Upper[i]] = (sbyte)(-i - 1);
        }
        return index;
    }
}
