using System.Xml;

namespace SoGoc.Lists;

/// <summary>Reads the XML of one part forward, with no DTD, no outside entities, and bounds on depth and on the number of names.</summary>
internal sealed class PartXml(PartStream part) : IDisposable
{
    const int MaxDepth = 64;

    readonly XmlReader _xml = XmlReader.Create(part, new XmlReaderSettings
    {
        DtdProcessing = DtdProcessing.Prohibit,
        XmlResolver = null,
        IgnoreComments = true,
        IgnoreProcessingInstructions = true,
        NameTable = new FewNames(),
        CloseInput = true,
    });

    public double Progress => part.Progress;

    public string Name => _xml.LocalName;

    public int Depth => _xml.Depth;

    public bool IsStart => _xml.NodeType == XmlNodeType.Element;

    public bool IsEnd => _xml.NodeType == XmlNodeType.EndElement;

    public bool IsEmpty => _xml.IsEmptyElement;

    /// <summary>An attribute of this element, whatever its namespace; null if it has none.</summary>
    public string? this[string name] => _xml.GetAttribute(name);

    /// <summary>The attribute of the relationship namespace ("r:id" in its two versions).</summary>
    public string? RelationId =>
        _xml.GetAttribute("id", "http://schemas.openxmlformats.org/officeDocument/2006/relationships") ??
        _xml.GetAttribute("id", "http://purl.oclc.org/ooxml/officeDocument/relationships");

    public bool Next()
    {
        if (!Read()) return false;
        if (_xml.Depth > MaxDepth) throw ListException.NotAList("xml");
        return true;
    }

    /// <summary>Appends the text inside this element; false if the text is longer than the limit.</summary>
    public bool AppendTextTo(CellBuffer cell, int limit)
    {
        if (_xml.IsEmptyElement) return true;
        var (depth, fits) = (_xml.Depth, true);
        while (Next() && _xml.Depth > depth)
        {
            if (_xml.NodeType is not (XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace)) continue;
            int read;
            do
            {
                var space = cell.Space(256);
                read = _xml.ReadValueChunk(space.Array!, space.Offset, space.Count);
                if (fits) cell.Grow(read);
                fits = cell.CurrentLength <= limit;
            }
            while (read > 0);
        }
        return fits;
    }

    public void Dispose() => _xml.Dispose();

    bool Read()
    {
        try
        {
            return _xml.Read();
        }
        catch (ArgumentException fault)
        {
            // On some bytes that are no UTF-8 the platform's reader loses count of its own buffer.
            throw new XmlException("The part is no text.", fault);
        }
    }

    /// <summary>Remembers only so many different names: a file full of invented ones must not fill the memory.</summary>
    sealed class FewNames : NameTable
    {
        const int Most = 5000;
        int _count;

        public override string Add(char[] key, int start, int len) => base.Get(key, start, len) ?? Counted(base.Add(key, start, len));

        public override string Add(string key) => base.Get(key) ?? Counted(base.Add(key));

        string Counted(string name) => ++_count > Most ? throw ListException.NotAList("xml") : name;
    }
}
