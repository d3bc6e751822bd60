using System.Text;
using SoGoc.Kernel.Text;

namespace SoGoc.Places.Names;

/// <summary>A name as it sounds, whatever way it is written: "Hòa" and "Hoà", "Quy" and "Qui", "05" and "5", composed and decomposed letters are one.
/// A syllable written without any mark stands for every marked one; a syllable with a mark stands for itself only, so that
/// "Tân Thành" is never taken for "Tân Thạnh".</summary>
internal sealed class Spelling
{
    private const string Tones = "\u0300\u0301\u0303\u0309\u0323";
    private const string WrittenTones = "`'~?.";
    private const string VowelMarks = "\u0302\u0306\u031B";

    private readonly (string Plain, string Marked)[] syllables;

    private Spelling((string Plain, string Marked)[] syllables)
    {
        this.syllables = syllables;
        Key = string.Concat(syllables.Select(s => s.Plain));
        Marked = string.Concat(syllables.Select(s => s.Marked));
    }

    /// <summary>Without marks and spaces: alike for all names that can mean one another.</summary>
    public string Key { get; }

    private string Marked { get; }

    public int Length => syllables.Length;

    public static Spelling Of(string text)
    {
        var folded = new List<(string, string)>();
        foreach (var word in Normal.Composed(text).Split((char[])[' ', '-', '.', ',', '–', '(', ')', '\u00A0', '\t'], StringSplitOptions.RemoveEmptyEntries))
        {
            if (NameKey.Of(word).Replace(" ", "", StringComparison.Ordinal) is { Length: > 0 } plain)
            {
                folded.Add((Alike(Number(plain)), Alike(Number(WithTonesLast(word)))));
            }
        }

        return new Spelling([.. folded]);
    }

    /// <summary>Whether this, as somebody wrote it, can mean the known name.</summary>
    public bool CanMean(Spelling known)
    {
        if (Key != known.Key)
        {
            return false;
        }

        return Marked == known.Marked || Marked == Key
            || (Length == known.Length && syllables.Zip(known.syllables).All(p => p.First.Marked == p.Second.Marked || p.First.Marked == p.First.Plain));
    }

    public bool HasMarks => Marked != Key;

    public bool IsExactly(Spelling known) => Marked == known.Marked;

    public bool StartsWith(Spelling head) => head.Length < Length && new Spelling(syllables[..head.Length]).CanMean(head);

    public Spelling Without(int first) => new(syllables[first..]);

    private static string WithTonesLast(string word)
    {
        var letters = new StringBuilder(word.Length);
        var tones = new StringBuilder(1);
        foreach (var c in Normal.Decomposed(word.ToLowerInvariant()))
        {
            if (Tones.IndexOf(c, StringComparison.Ordinal) is >= 0 and var tone)
            {
                // As a sign of its own, which does not join the letter before it.
                tones.Append(WrittenTones[tone]);
            }
            else if (char.IsLetterOrDigit(c) || VowelMarks.Contains(c, StringComparison.Ordinal))
            {
                letters.Append(c);
            }
        }

        return letters.ToString().Normalize(NormalizationForm.FormC) + tones;
    }

    private static string Number(string word) => word.All(char.IsAsciiDigit) && word.TrimStart('0') is { Length: > 0 } number ? number : word;

    /// <summary>A lone y after consonants is written i as well: Mỹ and Mĩ, Quy and Qui.</summary>
    private static string Alike(string word)
    {
        var end = word.Length - 1;
        while (end > 0 && !char.IsLetterOrDigit(word[end]))
        {
            end--;
        }

        var y = end > 0 && word[end] == 'y' && (word[..end] == "qu" || word[..end].All(c => char.IsLetter(c) && !"aăâeêioôơuư".Contains(c, StringComparison.Ordinal)));
        return y ? string.Concat(word.AsSpan(0, end), "i", word.AsSpan(end + 1)) : word;
    }
}
