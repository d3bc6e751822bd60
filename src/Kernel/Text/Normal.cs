using System.Text;

namespace SoGoc.Kernel.Text;

/// <summary>The normal forms of Unicode, of any text that can be sent: what no form has (half a surrogate pair, U+FFFE) becomes U+FFFD instead of an exception.</summary>
public static class Normal
{
    public static string Composed(string text) => In(NormalizationForm.FormC, text);

    public static string Decomposed(string text) => In(NormalizationForm.FormD, text);

    /// <summary>Without tone and vowel marks, đ as d, in the case it is written: a short message of such letters costs a third, and comes whole on every telephone.</summary>
    public static string Plain(string text) => new([.. Decomposed(text).Where(c => char.GetUnicodeCategory(c) != System.Globalization.UnicodeCategory.NonSpacingMark).Select(c => c switch { 'đ' => 'd', 'Đ' => 'D', _ => c })]);

    private static string In(NormalizationForm form, string text)
    {
        try
        {
            return text.Normalize(form);
        }
        catch (ArgumentException)
        {
            return Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)).Replace('\ufffe', '\ufffd').Normalize(form);
        }
    }
}
