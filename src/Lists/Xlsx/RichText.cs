namespace SoGoc.Lists;

/// <summary>Text in runs of different fonts, as in shared and inline strings; reading aids above the line (rPh) are no part of the text.</summary>
internal static class RichText
{
    /// <summary>Reads to the end of the element that is open; false if the text is longer than the limit.</summary>
    public static bool Read(PartXml xml, CellBuffer cell, int limit)
    {
        if (xml.IsEmpty) return true;
        var (depth, aid, fits) = (xml.Depth, int.MaxValue, true);
        while (xml.Next() && xml.Depth > depth)
        {
            if (xml.IsStart && xml.Depth <= aid) aid = xml.Name == "rPh" ? xml.Depth : int.MaxValue;
            if (xml.IsStart && xml.Name == "t" && aid == int.MaxValue) fits &= xml.AppendTextTo(cell, limit);
        }
        return fits;
    }
}

/// <summary>How .xlsx writes characters that XML cannot hold: "_x000D_" is a carriage return, "_x005F_" the underscore that starts no such code.</summary>
internal static class CellEscapes
{
    public static string Undo(ReadOnlySpan<char> text) =>
        text.Contains("_x", StringComparison.OrdinalIgnoreCase) ? System.Xml.XmlConvert.DecodeName(text.ToString()) : text.ToString();
}
