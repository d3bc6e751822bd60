namespace SoGoc.Lists;

/// <summary>Brings back capitals that TCVN3 cannot hold: "NGUYễN THị áNH" was NGUYỄN THỊ ÁNH, "Nguyễn ánh Tuyết" was Nguyễn Ánh Tuyết.</summary>
/// <remarks>
/// A small letter is suspect only if it has no capital in TCVN3. A word is upper case if all its other letters are capitals and there are at least two of
/// them, or one and every other word of the cell is upper case ("Hà" alone stays). An initial is raised only inside what looks like a person's name.
/// </remarks>
internal static class LostCapitals
{
    public static string Restore(string text)
    {
        var suspect = false;
        foreach (var c in text) suspect |= IsSuspect(c);
        if (!suspect) return text;

        var letters = text.ToCharArray();
        var words = WordsOf(text);
        foreach (var word in words)
            if (CountCapitals(text, word) >= 2) Raise(letters, word);
        if (EveryOtherWordIsUpper(letters, words))
            foreach (var word in words) Raise(letters, word);
        else if (LooksLikeName(text, words))
            foreach (var word in words)
                if (IsSuspect(letters[word.Start.Value]) && !IsHamlet(text, word)) letters[word.Start.Value] = char.ToUpperInvariant(letters[word.Start.Value]);
        return new string(letters);
    }

    static bool IsSuspect(char c) => Letters.IsVietnamese(c) && char.IsLower(c) && !Tcvn3Code.HasCapital(c);

    static List<Range> WordsOf(string text)
    {
        var words = new List<Range>();
        for (var i = 0; i < text.Length; i++)
        {
            var start = i;
            while (i < text.Length && char.IsLetter(text[i])) i++;
            if (i > start) words.Add(start..i);
        }
        return words;
    }

    // Capitals in a word whose other letters may all be lost capitals; -1 if a small letter shows that the word is not upper case.
    static int CountCapitals(ReadOnlySpan<char> text, Range word)
    {
        var capitals = 0;
        foreach (var c in text[word])
            if (char.IsUpper(c)) capitals++;
            else if (!IsSuspect(c)) return -1;
        return capitals;
    }

    static bool EveryOtherWordIsUpper(char[] letters, List<Range> words)
    {
        var upper = 0;
        foreach (var word in words)
        {
            var capitals = CountCapitals(letters, word);
            if (capitals < 0) return false;
            if (capitals >= 2) upper++;
        }
        return upper > 0;
    }

    static bool LooksLikeName(string text, List<Range> words)
    {
        var capitals = 0;
        foreach (var word in words)
            if (char.IsUpper(text[word.Start.Value])) capitals++;
            else if (!IsSuspect(text[word.Start.Value])) return false;
        return capitals > 0 && words.Count is >= 2 and <= 6 && text.All(c => char.IsLetter(c) || c == ' ');
    }

    static bool IsHamlet(string text, Range word) => text.AsSpan()[word] is "ấp";

    static void Raise(char[] letters, Range word)
    {
        foreach (ref var c in letters.AsSpan()[word]) c = char.ToUpperInvariant(c);
    }
}
