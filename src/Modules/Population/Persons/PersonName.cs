using System.Globalization;
using SoGoc.Kernel.Text;
using SoGoc.Population.Codes;

namespace SoGoc.Population;

/// <summary>Names as they are really built. The birth name is kept whole; surname, middle and given name are its parts where it has them:
/// many Chăm bear no surname, Khmer daughters another than their fathers, and nobody is refused for it.</summary>
internal static class PersonName
{
    private const string Cham = "14";
    private static readonly CultureInfo Vietnamese = CultureInfo.GetCultureInfo("vi-VN");

    /// <summary>Letters, spaces and what stands inside names (hyphen, apostrophe, full stop), at most 100 characters.</summary>
    public static bool IsName(string name) =>
        name.Length <= 100 && name.Any(char.IsLetter)
        && name.All(c => char.IsLetter(c) || c is ' ' or '-' or '\'' or '’' or '.' || CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark);

    /// <summary>Names written in capitals get capitals at the beginnings only; others stay as they are. NFC, single spaces.</summary>
    public static string InOfficeCase(string name)
    {
        var text = string.Join(' ', Normal.Composed(name).Split(' ', StringSplitOptions.RemoveEmptyEntries));
        var letters = text.Where(char.IsLetter);
        return letters.Count() > 1 && (letters.All(char.IsUpper) || letters.All(char.IsLower)) ? Vietnamese.TextInfo.ToTitleCase(text.ToLower(Vietnamese)) : text;
    }

    /// <summary>Sets the full name and its parts.</summary>
    public static PersonFacts Set(PersonFacts facts, string fullName, string? ethnicity, CodeBook codes)
    {
        var words = fullName.Split(' ');
        if (words.Length == 1 || (ethnicity == Cham && !codes.IsSurname(words[0])))
        {
            return facts with { FullName = fullName, Surname = null, Middle = null, Given = fullName };
        }

        return facts with
        {
            FullName = fullName,
            Surname = words[0],
            Middle = words.Length > 2 ? string.Join(' ', words[1..^1]) : null,
            Given = words[^1],
        };
    }
}
