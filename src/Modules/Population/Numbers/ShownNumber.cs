using System.Diagnostics.CodeAnalysis;
using System.Text.RegularExpressions;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Population;

/// <summary>The number by which somebody shows who he is: his personal number, or, for a foreigner, that of his permanent or temporary residence card
/// (NĐ 69/2024 article 7). Cards have one to three letters and up to nine digits.</summary>
public readonly partial record struct ShownNumber
{
    private readonly string? card;

    private ShownNumber(PersonalNumber? personal, string? card) => (Personal, this.card) = (personal, card);

    /// <summary>Null: it is the number of a residence card.</summary>
    public PersonalNumber? Personal { get; }

    /// <summary>Reads either, or says what is wrong with the personal number.</summary>
    public static bool TryParse(string? text, out ShownNumber number, [NotNullWhen(false)] out Problem? fault)
    {
        var letters = Card(text);
        if (ResidenceCard().IsMatch(letters))
        {
            (number, fault) = (new(null, letters), null);
            return true;
        }

        var read = PersonalNumber.TryParse(text, out var personal, out fault);
        number = read ? new(personal, null) : default;
        return read;
    }

    /// <summary>The number of a card without what is written between its signs, in capitals.</summary>
    public static string Card(string? text) => new([.. (text ?? "").Where(char.IsAsciiLetterOrDigit).Select(char.ToUpperInvariant)]);

    public override string ToString() => Personal?.ToString() ?? card ?? throw new InvalidOperationException("Not a number.");

    [GeneratedRegex("^[A-Z]{1,3}[0-9]{5,9}$")]
    private static partial Regex ResidenceCard();
}
