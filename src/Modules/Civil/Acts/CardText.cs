using SoGoc.Kernel.Text;
using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Civil.Acts;

/// <summary>What a card's QR code says, as a scanner types it: number|nine-digit number|name|ddMMyyyy|sex|address|day of issue. A number alone will do.</summary>
internal sealed record CardText(string Number, string? Name, PartialDate? Born)
{
    public static CardText Of(string text)
    {
        var parts = Normal.Composed(text).Split('|', StringSplitOptions.TrimEntries);
        return new CardText(parts[0], parts is [_, _, { Length: > 0 } name, ..] ? name : null, parts.Length > 3 ? Date(parts[3]) : null);
    }

    /// <summary>What it says of the person is what the register says; what it does not say agrees.</summary>
    public bool Agrees(PersonFacts facts) => (Name is null || NameSpelling.Of(Name) == NameSpelling.Of(facts.FullName ?? "")) && (Born is null || facts.Born is null || Born == facts.Born);

    private static PartialDate? Date(string text) => text.Length == 8 && PartialDate.TryParse($"{text[4..]}-{text[2..4]}-{text[..2]}", out var date) ? date : null;
}
