using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace SoGoc.Lists;

/// <summary>Writes a workbook as a stream of inline strings. The first rows wait until the widths of the columns can be judged.</summary>
internal sealed class XlsxSink : IRowSink
{
    const int RowsForWidths = 100, MostRows = 1_048_576, MostCellChars = 32_767, MostNameChars = 31;
    const int Narrowest = 6, Widest = 60;
    const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";

    // The oldest moment a ZIP can hold: the same list always gives the same bytes.
    static readonly DateTimeOffset NoTime = new(1980, 1, 1, 0, 0, 0, TimeSpan.Zero);

    readonly ZipArchive _zip;
    readonly List<ListValue[]> _waiting = [];
    XmlWriter? _sheet;
    int _row;

    public XlsxSink(Stream file, VietnameseEncoding encoding, string sheet)
    {
        _zip = new(file, ZipArchiveMode.Create, leaveOpen: true, Encoding.UTF8);
        Part("[Content_Types].xml", WorkbookParts.ContentTypes);
        Part("_rels/.rels", WorkbookParts.PackageRelations);
        Part("xl/workbook.xml", WorkbookParts.Book(NameOf(sheet)));
        Part("xl/_rels/workbook.xml.rels", WorkbookParts.BookRelations);
        Part("xl/styles.xml", WorkbookParts.Styles(FontFor(encoding)));
    }

    public void Row(string[] cells) => Values([.. cells.Select(c => new ListValue(_row + _waiting.Count == 0 ? ListValueKind.Head : ListValueKind.Text, c))]);

    public void Values(ListValue[] cells)
    {
        if (_row + _waiting.Count >= MostRows) throw new ListException("lists.too-many-rows", null, $"{MostRows}");
        if (_sheet is not null)
        {
            WriteRow(cells);
            return;
        }
        _waiting.Add(cells);
        if (_waiting.Count == RowsForWidths) StartSheet();
    }

    public void Dispose()
    {
        if (_sheet is null) StartSheet();
        _sheet!.WriteEndDocument();
        _sheet.Dispose();
        _zip.Dispose();
    }

    // Legacy letters look right only in their own fonts.
    static string FontFor(VietnameseEncoding encoding) => encoding switch
    {
        VietnameseEncoding.Tcvn3 => ".VnTime",
        VietnameseEncoding.Vni => "VNI-Times",
        _ => "Times New Roman",
    };

    static string NameOf(string sheet)
    {
        var name = string.Concat(XmlText(sheet).Where(c => !"[]:*?/\\".Contains(c))).Trim('\'', ' ');
        return name.Length == 0 ? "Sheet1" : name.Length > MostNameChars ? name[..MostNameChars] : name;
    }

    void StartSheet()
    {
        var settings = new XmlWriterSettings { Encoding = new UTF8Encoding(false), CheckCharacters = false, CloseOutput = true, NewLineHandling = NewLineHandling.Entitize };
        _sheet = XmlWriter.Create(Entry("xl/worksheets/sheet1.xml").Open(), settings);
        _sheet.WriteStartDocument(standalone: true);
        _sheet.WriteStartElement("worksheet", Main);
        _sheet.WriteRaw("<sheetViews><sheetView workbookViewId=\"0\"><pane ySplit=\"1\" topLeftCell=\"A2\" activePane=\"bottomLeft\" state=\"frozen\"/></sheetView></sheetViews>");
        WriteWidths();
        _sheet.WriteStartElement("sheetData", Main);
        foreach (var row in _waiting) WriteRow(row);
        _waiting.Clear();
    }

    void WriteWidths()
    {
        var columns = _waiting.Count == 0 ? 0 : _waiting.Max(r => r.Length);
        if (columns == 0) return;
        _sheet!.WriteStartElement("cols", Main);
        for (var i = 0; i < columns; i++)
        {
            var longest = _waiting.Max(r => i < r.Length ? r[i].Text.Length : 0);
            _sheet.WriteStartElement("col", Main);
            _sheet.WriteAttributeString("min", Number(i + 1));
            _sheet.WriteAttributeString("max", Number(i + 1));
            _sheet.WriteAttributeString("width", Number(Math.Clamp(longest + 2, Narrowest, Widest)));
            _sheet.WriteAttributeString("style", "1");
            _sheet.WriteAttributeString("customWidth", "1");
            _sheet.WriteEndElement();
        }
        _sheet.WriteEndElement();
    }

    void WriteRow(ListValue[] cells)
    {
        _row++;
        _sheet!.WriteStartElement("row", Main);
        _sheet.WriteAttributeString("r", Number(_row));
        for (var i = 0; i < cells.Length; i++)
        {
            if (cells[i].Text.Length == 0) continue;
            _sheet.WriteStartElement("c", Main);
            _sheet.WriteAttributeString("r", Column(i) + Number(_row));
            _sheet.WriteAttributeString("s", Number(WorkbookParts.StyleOf(cells[i].Kind)));
            if (cells[i].Kind is ListValueKind.Text or ListValueKind.Head) WriteText(cells[i].Text);
            else _sheet.WriteElementString("v", Main, cells[i].Text);
            _sheet.WriteEndElement();
        }
        _sheet.WriteEndElement();
    }

    void WriteText(string text)
    {
        _sheet!.WriteAttributeString("t", "inlineStr");
        _sheet.WriteStartElement("is", Main);
        _sheet.WriteStartElement("t", Main);
        _sheet.WriteAttributeString("xml", "space", null, "preserve");
        text = XmlText(text);
        _sheet.WriteString(text.Length > MostCellChars ? text[..MostCellChars] : text);
        _sheet.WriteEndElement();
        _sheet.WriteEndElement();
    }

    void Part(string name, string xml)
    {
        using var part = Entry(name).Open();
        part.Write(Encoding.UTF8.GetBytes(xml));
    }

    ZipArchiveEntry Entry(string name)
    {
        var entry = _zip.CreateEntry(name, CompressionLevel.Fastest);
        entry.LastWriteTime = NoTime;
        return entry;
    }

    // Characters that XML cannot hold are dropped, and what looks like an escape of .xlsx ("_x0041_") is escaped itself.
    static string XmlText(string text)
    {
        var clean = true;
        foreach (var c in text) clean &= c is >= ' ' and < '\uD800' and not '_';
        if (clean) return text;
        var kept = new StringBuilder(text.Length);
        for (var i = 0; i < text.Length; i++)
        {
            if (XmlConvert.IsXmlChar(text[i])) kept.Append(text[i] == '_' && IsEscape(text.AsSpan(i)) ? "_x005F_" : text[i]);
            else if (i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1])) kept.Append(text, i++, 2);
        }
        return kept.ToString();
    }

    static bool IsEscape(ReadOnlySpan<char> text) => text is ['_', 'x' or 'X', _, _, _, _, '_', ..] or ['_', 'x' or 'X', _, _, _, _, _, _, _, _, '_', ..];

    static string Number(int n) => n.ToString(CultureInfo.InvariantCulture);

    static string Column(int index) => index < 26 ? ((char)('A' + index)).ToString() : Column((index / 26) - 1) + (char)('A' + (index % 26));
}
