using System.Runtime.CompilerServices;

namespace SoGoc.Linkage;

/// <summary>Reads keystrokes that were left in a word because the typing program was off: Telex ("Nguyeenx") and VNI ("Nguye6n4").</summary>
static class Typed
{
    static readonly string[] Onsets = ["", "b", "c", "ch", "d", "đ", "g", "gh", "gi", "h", "k", "kh", "l", "m", "n", "ng", "ngh", "nh", "p", "ph", "q", "r", "s", "t", "th", "tr", "v", "x"];
    static readonly string[] Finals = ["", "c", "ch", "m", "n", "ng", "nh", "p", "t"];

    const int D = 4, A = 1, E = 5, O = 15, U = 21, W = 23;

    /// <summary>Puts the word right in place, when it holds such keystrokes and is a Vietnamese syllable after; the new length, or the old one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static int Undo(Span<byte> word, int length, ref int tone)
    {
        if (tone != 0 || length < 3 || length > 12) return length;
        Span<byte> tried = stackalloc byte[12];
        var (n, t) = (0, 0);
        var keys = 0;
        for (var i = 0; i < length; i++)
        {
            var c = word[i];
            if (c is > 26 and < 40) return length;
            if (Key(tried, ref n, c, ref t, Ends(word[(i + 1)..length]))) keys++;
            else tried[n++] = c;
        }
        if (keys == 0 || !IsSyllable(tried[..n])) return length;
        tried[..n].CopyTo(word);
        tone = t;
        return n;
    }

    // Takes the stroke as a mark or tone of what stands before it, or says that it is a letter.
    static bool Key(Span<byte> word, ref int n, byte c, ref int tone, bool ends)
    {
        if (n == 0) return false;
        if (c is > 40 and < 46) return Set(ref tone, c switch { 41 => 4, 42 => 1, 43 => 2, 44 => 3, _ => 5 });
        if (ends && Tone(c) is var t and > 0 && HasVowel(word[..n])) return Set(ref tone, t);
        var before = word[n - 1];
        if (c == before && c is A or E or O or D || c == 46 && before is A or E or O || c == 49 && before == D)
        {
            if (c is A or E or O or D && c != before) return false;
            word[n - 1] = before switch { A => (byte)28, E => (byte)29, O => (byte)30, _ => (byte)33 };
            return true;
        }
        if (c is not (W or 47 or 48) || before is not (A or O or U)) return false;
        if (before == O && n > 1 && word[n - 2] == U) word[n - 2] = 32;
        word[n - 1] = before switch { A => (byte)27, O => (byte)31, _ => (byte)32 };
        return true;
    }

    // The tone is typed behind the vowels: nothing but the end of the syllable may follow.
    static bool Ends(ReadOnlySpan<byte> rest) => !HasVowel(rest);

    static bool HasVowel(ReadOnlySpan<byte> letters)
    {
        foreach (var c in letters)
            if (Letter.IsVowel(c)) return true;
        return false;
    }

    static bool Set(ref int tone, int value)
    {
        if (tone != 0) return false;
        tone = value;
        return true;
    }

    static int Tone(byte c) => c switch { 19 => 4, 6 => 1, 18 => 2, 24 => 3, 10 => 5, _ => 0 };

    static bool IsSyllable(ReadOnlySpan<byte> word)
    {
        var at = 0;
        while (at < word.Length && !Letter.IsVowel(word[at])) at++;
        var end = word.Length;
        while (end > at && !Letter.IsVowel(word[end - 1])) end--;
        return end - at is >= 1 and <= 3 && Is(Onsets, word[..at]) && Is(Finals, word[end..]);
    }

    static bool Is(string[] list, ReadOnlySpan<byte> part)
    {
        foreach (var one in list)
        {
            if (one.Length != part.Length) continue;
            var same = true;
            for (var i = 0; same && i < one.Length; i++) same = Letter.CodeOfBase(one[i]) == part[i];
            if (same) return true;
        }
        return false;
    }
}
