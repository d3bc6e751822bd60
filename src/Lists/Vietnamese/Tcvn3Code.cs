using System.Text;

namespace SoGoc.Lists;

/// <summary>TCVN3 (TCVN 5712:1993 VN3, "ABC"), the code of the .VnTime fonts. One character per letter, all of them in the Latin range U+00A1..U+00FE.</summary>
/// <remarks>
/// Capitals exist only for Ă Â Ê Ô Ơ Ư Đ. Writers used a font of capitals (.VnTimeH) instead, so a capital with a tone is stored as the small letter;
/// <see cref="Decode"/> brings it back where the rest of the cell shows that it was one.
/// </remarks>
internal static class Tcvn3Code
{
    // In the order of Letters.Lower; 00 = the ASCII letter itself.
    const string Codes =
        "00B5B6B7B8B9" + "A8BBBCBDBEC6" + "A9C7C8C9CACB" + "00CCCECFD0D1" + "AAD2D3D4D5D6" + "00D7D8DCDDDE" +
        "00DFE1E2E3E4" + "ABE5E6E7E8E9" + "ACEAEBECEDEE" + "00EFF1F2F3F4" + "ADF5F6F7F8F9" + "00FAFBFCFDFE";

    const string CapitalsKept = "ĂÂÊÔƠƯĐ";

    static readonly char[] FromCode = new char[0x100];
    static readonly Dictionary<char, char> ToCode = [];

    static Tcvn3Code()
    {
        var codes = Convert.FromHexString(Codes);
        for (var i = 0; i < codes.Length; i++)
        {
            if (codes[i] == 0) continue;
            FromCode[codes[i]] = Letters.Lower[i];
            ToCode[Letters.Lower[i]] = ToCode[Letters.Upper[i]] = (char)codes[i];
        }
        FromCode[0xAE] = 'đ';
        ToCode['đ'] = (char)0xAE;
        for (var i = 0; i < CapitalsKept.Length; i++)
        {
            FromCode[0xA1 + i] = CapitalsKept[i];
            ToCode[CapitalsKept[i]] = (char)(0xA1 + i);
        }
    }

    public static bool HasCapital(char small) => small < 0x80 || CapitalsKept.Contains(char.ToUpperInvariant(small));

    /// <summary>Letter by letter, without bringing capitals back.</summary>
    public static string Letter(string text) =>
        string.Create(text.Length, text, static (to, from) =>
        {
            for (var i = 0; i < from.Length; i++)
                to[i] = from[i] < 0x100 && FromCode[from[i]] is var letter and not '\0' ? letter : from[i];
        });

    public static string Decode(string text) => LostCapitals.Restore(Letter(text));

    public static string Encode(string text)
    {
        var coded = new StringBuilder(text.Length);
        foreach (var c in text)
            coded.Append(ToCode.TryGetValue(c, out var code) ? code : c < 0x100 && FromCode[c] != 0 ? Plain.Of(c) : c);
        return coded.ToString();
    }
}
