using System.Globalization;
using System.Text;

namespace SoGoc.Kernel.Text;

/// <summary>The folded form by which names of persons and places are compared: lower case, no tone or vowel marks, đ as d, one space between words.
/// "Nguyễn Thị Lan", "NGUYEN  THI LAN" and its decomposed form are one key.</summary>
public static class NameKey
{
    /// <summary>Vietnamese letters of Latin-1 up to Latin Extended Additional, folded; 0 where a character is not in the table.</summary>
    private static readonly char[] Folded = MakeTable();

    private const char LastFolded = '\u1EFF';

    public static string Of(string text)
    {
        // Letters beyond the table can be written in two ways, which have one key.
        if (text.AsSpan().ContainsAnyExceptInRange('\0', LastFolded))
        {
            text = Normal.Decomposed(text);
        }

        Span<char> buffer = text.Length <= 256 ? stackalloc char[256] : new char[text.Length];
        var length = 0;
        var space = false;
        foreach (var c in text)
        {
            var f = Fold(c);
            if (f == '\0')
            {
                continue;
            }

            if (f == ' ')
            {
                space = length > 0;
                continue;
            }

            if (space)
            {
                if (length == buffer.Length)
                {
                    break;
                }

                buffer[length++] = ' ';
                space = false;
            }

            if (length == buffer.Length)
            {
                break;
            }

            buffer[length++] = f;
        }

        return new string(buffer[..length]);
    }

    /// <summary>A letter or digit, a space for anything that separates words, 0 for marks that are dropped.</summary>
    private static char Fold(char c)
    {
        if (c < Folded.Length)
        {
            return Folded[c];
        }

        return c is '’' or '‘' || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format ? '\0'
            : char.IsLetterOrDigit(c) ? char.ToLowerInvariant(c) : ' ';
    }

    private static char[] MakeTable()
    {
        var table = new char[LastFolded + 1];
        for (var i = 0; i < table.Length; i++)
        {
            var c = (char)i;
            table[i] = c switch
            {
                'đ' or 'Đ' or 'ð' or 'Ð' => 'd',
                '\'' or '`' or 'ʼ' => '\0',
                >= '\uD800' and <= '\uDFFF' => ' ',
                _ when CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format => '\0',
                _ when char.IsLetterOrDigit(c) => char.ToLowerInvariant(c.ToString().Normalize(NormalizationForm.FormD)[0]),
                _ => ' ',
            };
        }

        return table;
    }
}
