using System.Text;

namespace SoGoc.Lists;

/// <summary>Vietnamese text in the codes that lists come in. Pure functions; "cell" is the text as the file holds it, legacy fonts as Latin characters.</summary>
public static class VietnameseText
{
    /// <summary>The cell in Unicode, normal form C, without outer, doubled or invisible spaces.</summary>
    /// <remarks>In a legacy list a cell that is already proper Vietnamese in Unicode stays as it is: people mend single cells with a modern keyboard.</remarks>
    public static string Decode(string cell, VietnameseEncoding e) => CellText.Clean(e switch
    {
        VietnameseEncoding.Tcvn3 when !IsUnicodeAlready(cell, Tcvn3Code.Letter) => Tcvn3Code.Decode(cell),
        VietnameseEncoding.Vni when !IsUnicodeAlready(cell, VniCode.Decode) => VniCode.Decode(cell),
        VietnameseEncoding.Viqr when Ascii.IsValid(cell) => ViqrCode.Decode(cell),
        _ => cell,
    });

    /// <summary>The text as a list in this code would hold it. Unicode text is given in normal form C (or D for the decomposed kind).</summary>
    /// <remarks>TCVN3 loses capitals with tones (see <see cref="Decode"/>, which brings most of them back); foreign letters whose place a legacy font took become plain ones.</remarks>
    public static string Encode(string unicode, VietnameseEncoding e)
    {
        var text = CellText.Canonical(unicode);
        return e switch
        {
            VietnameseEncoding.Tcvn3 => Tcvn3Code.Encode(text),
            VietnameseEncoding.Vni => VniCode.Encode(text),
            VietnameseEncoding.Viqr => ViqrCode.Encode(text),
            VietnameseEncoding.UnicodeDecomposed => text.Normalize(NormalizationForm.FormD),
            _ => text,
        };
    }

    /// <summary>The code that makes the most Vietnamese syllables of the cells; <see cref="VietnameseEncoding.Unicode"/> unless another is clearly better.</summary>
    public static VietnameseEncoding Detect(IEnumerable<string> sampleCells) => EncodingGuess.Of(sampleCells).Encoding;

    // A letter beyond Latin-1 cannot come from a legacy font; otherwise the reading that makes more syllables wins, and the list's code wins a draw.
    static bool IsUnicodeAlready(string cell, Func<string, string> decode)
    {
        if (Ascii.IsValid(cell)) return true;
        var (words, asLegacy) = (0, 0);
        foreach (var word in EncodingGuess.ForeignWords(cell))
        {
            if (EncodingGuess.IsBeyondLatin(word)) return true;
            words++;
            asLegacy += EncodingGuess.Judge(decode(word));
        }
        // Usually every word is good, and no other reading can be better.
        if (asLegacy == words) return false;
        var asUnicode = EncodingGuess.ForeignWords(cell).Sum(word => EncodingGuess.Judge(CellText.Canonical(word)));
        return asUnicode > asLegacy;
    }
}
