using System.Text;

namespace SoGoc.Kernel.Text;

/// <summary>A person's name as it is spelled, whatever way it was typed: capitals, spaces, composed and decomposed letters, and the vowel of a syllable on which
/// the tone mark stands (hòa, hoà) make no difference; every letter and mark does.</summary>
public static class NameSpelling
{
    private const string Tones = "\u0300\u0301\u0303\u0309\u0323";

    public static string Of(string name)
    {
        var spelled = new StringBuilder(name.Length + 8);
        foreach (var word in Normal.Decomposed(name).ToLowerInvariant().Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var tone = '\0';
            foreach (var c in word)
            {
                if (Tones.Contains(c, StringComparison.Ordinal))
                {
                    tone = c;
                }
                else
                {
                    spelled.Append(c);
                }
            }

            _ = tone == '\0' ? spelled.Append(' ') : spelled.Append(' ').Append(tone);
        }

        return spelled.ToString();
    }
}
