using System.Text;

namespace SoGoc.Lists;

/// <summary>Decodes cells of a list that is not plain Unicode, and remembers the last ones, because the same few words stand in half of the columns.</summary>
/// <remarks>One place per hash, so memory is fixed.</remarks>
/// <param name="encoding">Of the list.</param>
/// <param name="mixed">Lines of several offices are in it: what stands in none of the codes of the list is read in the one that makes it Vietnamese.</param>
internal sealed class DecodedCells(VietnameseEncoding encoding, bool mixed)
{
    const int Places = 4096, LongestKept = 48;

    readonly (string Raw, string Text)[] _kept = new (string, string)[Places];

    public string this[ReadOnlySpan<char> raw]
    {
        get
        {
            if (raw.Length > LongestKept) return Decode(raw.ToString());
            ref var place = ref _kept[string.GetHashCode(raw) & (Places - 1)];
            if (place.Raw is null || !raw.SequenceEqual(place.Raw))
            {
                var cell = raw.ToString();
                place = (cell, Decode(cell));
            }
            return place.Text;
        }
    }

    string Decode(string cell) => VietnameseText.Decode(cell, mixed && !Ascii.IsValid(cell) ? EncodingGuess.OfCell(cell, encoding) : encoding);
}
