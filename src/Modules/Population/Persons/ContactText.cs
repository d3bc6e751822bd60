namespace SoGoc.Population.Persons;

/// <summary>Telephone numbers and e-mail addresses as people write them, in the form in which the register keeps them.</summary>
internal static class ContactText
{
    /// <summary>A number of ten digits that begins with 0; written with spaces, dots and the country's 84 too. Null when it is none.</summary>
    public static string? Phone(string written)
    {
        var digits = new string([.. written.Where(char.IsAsciiDigit)]);
        if (digits.StartsWith("84", StringComparison.Ordinal) && digits.Length == 11)
        {
            digits = "0" + digits[2..];
        }

        return digits.Length == 10 && digits[0] == '0' && written.All(c => char.IsAsciiDigit(c) || c is ' ' or '.' or '+' or '-' or '(' or ')') ? digits : null;
    }

    /// <summary>Something, an at sign, and a host with a dot inside; whether anybody reads it only a message can tell. Null when it is none.</summary>
    public static string? Email(string written)
    {
        var at = written.IndexOf('@', StringComparison.Ordinal);
        return at < 1 || written.LastIndexOf('.') < at + 2 || written.Contains(' ', StringComparison.Ordinal) || written.EndsWith('.') ? null : written;
    }
}
