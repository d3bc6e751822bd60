using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace SoGoc.Lists;

/// <summary>Makes the text of a cell canonical: normal form C, no outer or doubled white space, nothing invisible.</summary>
internal static class CellText
{
    /// <summary>Whether anything in the cell can be seen. Soft hyphens count: in the TCVN3 fonts that code is the letter ư.</summary>
    public static bool HasText(ReadOnlySpan<char> cell)
    {
        foreach (var c in cell)
            if (c > ' ' && (c < 0x7F || c == '\u00AD' || (!char.IsWhiteSpace(c) && !IsInvisible(c)))) return true;
        return false;
    }

    /// <summary>A new string, or the same one when it was clean.</summary>
    public static string Clean(string text) => IsClean(text) ? text : Rebuild(text);

    /// <summary>Whether <see cref="Clean"/> would change nothing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static bool IsClean(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty) return true;
        if (text[0] == ' ' || text[^1] == ' ') return false;
        var i = 0;
        // Eight letters at once, each beside the next one: most are ASCII or of the block of letters with two marks, and only the others are looked up.
        for (; i + Vector128<ushort>.Count < text.Length; i += Vector128<ushort>.Count)
        {
            var letters = Vector128.LoadUnsafe(ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text)), (nuint)i);
            var next = Vector128.LoadUnsafe(ref Unsafe.As<char, ushort>(ref MemoryMarshal.GetReference(text)), (nuint)i + 1);
            var blank = Vector128.Create((ushort)' ');
            if ((Vector128.Equals(letters, blank) & Vector128.Equals(next, blank)) != default) return false;
            var plain = Vector128.LessThanOrEqual(letters - blank, Vector128.Create((ushort)('~' - ' '))) | Vector128.LessThanOrEqual(letters - Vector128.Create(FirstTwice), Vector128.Create((ushort)('ỹ' - FirstTwice)));
            for (var rest = ~plain.ExtractMostSignificantBits() & 0xFF; rest != 0; rest &= rest - 1)
                if (!IsKnown(text[i + BitOperations.TrailingZeroCount(rest)])) return false;
        }
        for (; i < text.Length; i++)
            if (!IsKnown(text[i]) || (text[i] == ' ' && text[i + 1] == ' ')) return false;
        return true;
    }

    // From here to ỹ all are letters of the language.
    const ushort FirstTwice = 'Ạ';

    static bool IsKnown(char c) => c < Known.Length && Known[c] != 0;

    // Blank, ASCII that can be seen, and the letters of the language.
    static readonly byte[] Known = [.. Enumerable.Range(0, 0x1F00).Select(c => (byte)(c is >= ' ' and <= '~' || Letters.IsVietnamese((char)c) ? 1 : 0))];

    static string Rebuild(string text)
    {
        var clean = new StringBuilder(text.Length);
        foreach (var c in Canonical(text))
        {
            if (char.IsWhiteSpace(c))
            {
                if (clean.Length > 0 && clean[^1] != ' ') clean.Append(' ');
            }
            else if (!IsInvisible(c)) clean.Append(c is '\uffff' ? '\ufffd' : c);
        }
        if (clean.Length > 0 && clean[^1] == ' ') clean.Length--;
        // Once more, because a mark may have become a neighbour of its letter.
        return Canonical(clean.ToString());
    }

    /// <summary>Normal form C, whatever is in the text.</summary>
    public static string Canonical(string text)
    {
        try
        {
            return text.Normalize(NormalizationForm.FormC);
        }
        catch (ArgumentException)
        {
            // Half a surrogate pair, or the sign that is none: show the damage as U+FFFD instead of refusing the whole list.
            return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\ufffe', '\ufffd').Normalize(NormalizationForm.FormC);
        }
    }

    static bool IsInvisible(char c) =>
        c is '\u00AD' or (>= '\u200B' and <= '\u200F') or (>= '\u202A' and <= '\u202E') or (>= '\u2060' and <= '\u2064') or (>= '\u2066' and <= '\u2069') or '\uFEFF'
        || char.IsControl(c);
}
