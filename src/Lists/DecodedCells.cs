namespace SoGoc.Lists;

/// <summary>Decodes cells of a list that is not plain Unicode, and remembers the last ones, because the same few words stand in half of the columns.</summary>
/// <remarks>One place per hash, so memory is fixed.</remarks>
internal sealed class DecodedCells(VietnameseEncoding encoding)
{
    const int Places = 4096, LongestKept = 48;

    readonly (string Raw, string Text)[] _kept = new (string, string)[Places];

    public string this[ReadOnlySpan<char> raw]
    {
        get
        {
            if (raw.Length > LongestKept) return VietnameseText.Decode(raw.ToString(), encoding);
            ref var place = ref _kept[string.GetHashCode(raw) & (Places - 1)];
            if (place.Raw is null || !raw.SequenceEqual(place.Raw))
            {
                var cell = raw.ToString();
                place = (cell, VietnameseText.Decode(cell, encoding));
            }
            return place.Text;
        }
    }
}
