using System.Text;

namespace SoGoc.Lists;

/// <summary>VNI (Windows), the code of the VNI-Times fonts: a base letter and then a character for its mark and tone, in the Latin range.</summary>
/// <remarks>ơ, ư, đ and i with a tone are one character. The case of a letter is that of its base: writers mix "Aù" and "AÙ".</remarks>
internal static class VniCode
{
    // Per vowel: base letter, then its marks in the order of the tones: none, huyền, hỏi, ngã, sắc, nặng. "-" = no mark.
    static readonly string[] Vowels =
    [
        "a-øûõùï", "aêèúüéë", "aâàåãáä", "e-øûõùï", "eâàåãáä", "i-", "o-øûõùï", "oâàåãáä", "ô-øûõùï", "u-øûõùï", "ö-øûõùï", "y-øûõùî",
    ];

    const string ToneOfI = "iìæóíò";

    static readonly Dictionary<(char Base, char Mark), char> Pairs = [];
    static readonly Dictionary<char, char> Singles = [];
    static readonly Dictionary<char, string> Codes = [];

    static VniCode()
    {
        for (var v = 0; v < Vowels.Length; v++)
            for (var tone = 0; tone < Letters.Tones; tone++)
            {
                var letter = Letters.Lower[(v * Letters.Tones) + tone];
                if (Vowels[v][0] == 'i') Add(letter, ToneOfI[tone], '-');
                else if (letter == 'ỵ') Add(letter, 'î', '-');
                else Add(letter, Vowels[v][0], Vowels[v][tone + 1]);
            }
        Add('đ', 'ñ', '-');
        Pairs[('y', 'ï')] = 'ỵ';
    }

    public static string Decode(string text)
    {
        var decoded = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            var (small, capital) = (char.ToLowerInvariant(text[i]), char.IsUpper(text[i]));
            if (i + 1 < text.Length && Pairs.TryGetValue((small, char.ToLowerInvariant(text[i + 1])), out var letter)) i++;
            else if (!Singles.TryGetValue(small, out letter)) letter = small;
            decoded.Append(capital ? char.ToUpperInvariant(letter) : letter == small ? text[i] : letter);
        }
        return decoded.ToString();
    }

    public static string Encode(string text)
    {
        var coded = new StringBuilder(text.Length * 3 / 2);
        foreach (var c in text)
            if (Codes.TryGetValue(char.ToLowerInvariant(c), out var code)) coded.Append(char.IsUpper(c) ? code.ToUpperInvariant() : code);
            else coded.Append(c is > '\x7F' and < '\x100' && char.IsLetter(c) ? Plain.Of(c) : c);
        return coded.ToString();
    }

    static void Add(char letter, char first, char mark)
    {
        Codes[letter] = mark == '-' ? $"{first}" : $"{first}{mark}";
        if (mark == '-') Singles[first] = letter;
        else Pairs[(first, mark)] = letter;
    }
}
