using System.Text;

namespace SoGoc.Lists;

/// <summary>VIQR: Vietnamese in ASCII, "Nguye^~n Va(n DDu+'c": marks follow the letter, a backslash takes a mark literally.</summary>
/// <remarks>
/// A full stop and a question mark are ordinary punctuation far more often than tones, so they are read as tones only if the word then is a Vietnamese
/// syllable, and a full stop never after a single plain capital ("Nguyễn A."). Words with "@" are left alone, both ways. "Hoa." at the end of a sentence is ambiguous and
/// read as the standard does: "Hoạ". Behind a hat they are tones also where the word is none with or without them: a slip like "Hiể" stays the slip it is.
/// </remarks>
internal static class ViqrCode
{
    const string ToneMarks = "`?~'.", Marks = "^(+" + ToneMarks;
    const string Bases = "aăâeêioôơuưy", Ascii = "aaaeeiooouuy", Hats = "-(^-^--^+-+-";

    public static string Decode(string text)
    {
        var decoded = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length;)
        {
            var end = EndOfToken(text, i);
            if (text.AsSpan(i, end - i).Contains('@')) decoded.Append(text, i, end - i);
            else DecodeToken(text.AsSpan(i, end - i), decoded);
            i = end;
        }
        return decoded.ToString();
    }

    public static string Encode(string text)
    {
        var coded = new StringBuilder(text.Length * 3 / 2);
        for (var i = 0; i < text.Length;)
        {
            var end = EndOfToken(text, i);
            var token = text.AsSpan(i, end - i);
            if (token.Contains('@')) coded.Append(token);
            else EncodeToken(token, coded);
            i = end;
        }
        return coded.ToString();
    }

    static int EndOfToken(string text, int start)
    {
        var blank = text.IndexOf(' ', start);
        return blank < 0 ? text.Length : blank + 1;
    }

    static void DecodeToken(ReadOnlySpan<char> token, StringBuilder decoded)
    {
        Span<char> word = stackalloc char[64];
        while (!token.IsEmpty)
        {
            if (token is ['\\', '\\' or 'd' or 'D', ..] || (token.Length > 1 && token[0] == '\\' && Marks.Contains(token[1])))
            {
                decoded.Append(token[1]);
                token = token[2..];
            }
            else if (!char.IsAsciiLetter(token[0]))
            {
                decoded.Append(token[0]);
                token = token[1..];
            }
            else
            {
                var (used, length, points) = Word(token, word, withPoints: true);
                if (points && !IsPlausible(word[..length], token[used - 1]))
                {
                    var hatted = length > 1 && token[used - 1] is '.' or '?' && token[used - 2] is '^' or '(' or '+';
                    (used, length, _) = Word(token, word, withPoints: false);
                    if (hatted && !Syllable.IsValid(word[..length])) (used, length, _) = Word(token, word, withPoints: true);
                }
                decoded.Append(word[..length]);
                token = token[used..];
            }
        }
    }

    // Names of the highlands end in more letters than Vietnamese does: "Ngo.k", "Te?h". A plain capital with a full stop is an abbreviation.
    static bool IsPlausible(ReadOnlySpan<char> word, char last)
    {
        if (word is ['Ạ' or 'Ẹ' or 'Ị' or 'Ọ' or 'Ụ' or 'Ỵ'] && last == '.') return false;
        return Syllable.IsValid(word) || (word is [_, .., 'h' or 'k' or 'l' or 'r'] && Syllable.IsValid(word[..^1]));
    }

    // One run of letters with their marks. Points: whether a full stop or question mark was read as a tone.
    static (int Used, int Length, bool Points) Word(ReadOnlySpan<char> token, Span<char> word, bool withPoints)
    {
        var (i, length, points) = (0, 0, false);
        while (i < token.Length && length < word.Length && char.IsAsciiLetter(token[i]))
        {
            var letter = token[i++];
            if (letter is 'd' or 'D' && i < token.Length && token[i] is 'd' or 'D')
            {
                (letter, i) = (letter == 'd' ? 'đ' : 'Đ', i + 1);
            }
            else if (Letters.IndexOf(letter) is >= 0 and var index)
            {
                if (i < token.Length && Hatted(letter, token[i]) is >= 0 and var hatted) (index, i) = (hatted, i + 1);
                if (i < token.Length && ToneMarks.IndexOf(token[i], StringComparison.Ordinal) is >= 0 and var tone && (withPoints || token[i] is not ('.' or '?')))
                {
                    points |= token[i] is '.' or '?';
                    (index, i) = (index + tone + 1, i + 1);
                }
                letter = (Letters.IsCapitalVowel(letter) ? Letters.Upper : Letters.Lower)[index];
            }
            word[length++] = letter;
        }
        return (i, length, points);
    }

    static int Hatted(char letter, char hat)
    {
        if (hat is not ('^' or '(' or '+')) return -1;
        for (var v = 0; v < Ascii.Length; v++)
            if (Ascii[v] == char.ToLowerInvariant(letter) && Hats[v] == hat) return v * Letters.Tones;
        return -1;
    }

    static void EncodeToken(ReadOnlySpan<char> token, StringBuilder coded)
    {
        for (var i = 0; i < token.Length; i++)
        {
            var c = token[i];
            var (vowel, after) = (Letters.IndexOf(c), i > 0 ? token[i - 1] : ' ');
            var literal = c == '\\' || (Marks.Contains(c) && Letters.IndexOf(after) >= 0) || (c is 'd' or 'D' && after is 'd' or 'D');
            if (literal) coded.Append('\\').Append(c);
            else if (c is 'đ' or 'Đ') coded.Append(c == 'đ' ? "dd" : "DD");
            else if (vowel < 0) coded.Append(c);
            else
            {
                var (v, tone) = (vowel / Letters.Tones, vowel % Letters.Tones);
                coded.Append(Letters.IsCapitalVowel(c) ? char.ToUpperInvariant(Ascii[v]) : Ascii[v]);
                if (Hats[v] != '-') coded.Append(Hats[v]);
                if (tone > 0) coded.Append(ToneMarks[tone - 1]);
            }
        }
    }
}
