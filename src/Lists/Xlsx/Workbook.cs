using System.Xml;

namespace SoGoc.Lists;

/// <summary>A sheet of a workbook and the part that holds its rows.</summary>
internal sealed record Sheet(string Name, string Part);

/// <summary>The parts of an .xlsx that reading rows needs: sheets, shared texts, number formats.</summary>
internal sealed class Workbook
{
    const int MostSheets = 1000;

    readonly ZipParts _zip;

    Workbook(ZipParts zip, ListLimits limits)
    {
        _zip = zip;
        var main = Relations("_rels/.rels", "").FirstOrDefault(r => r.Kind.EndsWith("/officeDocument", StringComparison.Ordinal))?.Target ?? "xl/workbook.xml";
        var slash = main.LastIndexOf('/') + 1;
        var folder = main[..slash];
        var relations = Relations($"{folder}_rels/{main[slash..]}.rels", folder);
        VisibleSheets = Sheets(main, relations, out var from1904);
        using var texts = Xml(TargetOf(relations, "/sharedStrings"));
        Texts = new(texts, limits);
        using var styles = Xml(TargetOf(relations, "/styles"));
        Formats = new(styles, from1904);
    }

    public IReadOnlyList<Sheet> VisibleSheets { get; }

    public SharedStrings Texts { get; }

    public CellFormats Formats { get; }

    public static Workbook Open(Stream file, ListLimits limits) => Sound(() => new Workbook(new(file, limits), limits));

    public PartXml OpenSheet(Sheet sheet) => Sound(() => Xml(sheet.Part)) ?? throw ListException.NotAList("xlsx without its sheet");

    /// <summary>What the platform throws on broken ZIP or XML; faults of the disk are not among them.</summary>
    public static bool IsBroken(Exception fault) => fault is XmlException or InvalidDataException or System.Text.DecoderFallbackException;

    static T Sound<T>(Func<T> open)
    {
        try
        {
            return open();
        }
        catch (Exception fault) when (IsBroken(fault))
        {
            throw ListException.NotAList("xlsx", fault);
        }
    }

    static string? TargetOf(List<Relation> relations, string kind) => relations.FirstOrDefault(r => r.Kind.EndsWith(kind, StringComparison.Ordinal))?.Target;

    PartXml? Xml(string? name) => name is not null && _zip.Open(name) is { } part ? new(part) : null;

    List<Sheet> Sheets(string main, List<Relation> relations, out bool from1904)
    {
        from1904 = false;
        var sheets = new List<Sheet>();
        using var xml = Xml(main) ?? throw ListException.NotAList("zip without a workbook");
        while (xml.Next())
        {
            if (!xml.IsStart) continue;
            if (xml.Name == "workbookPr") from1904 = xml["date1904"] is "1" or "true" or "on";
            if (xml.Name != "sheet" || xml["state"] is "hidden" or "veryHidden" || sheets.Count >= MostSheets) continue;
            var id = xml.RelationId;
            if (relations.Find(r => r.Id == id && r.Kind.EndsWith("/worksheet", StringComparison.Ordinal)) is { } relation)
                sheets.Add(new(xml["name"] ?? "", relation.Target));
        }
        return sheets.Count > 0 ? sheets : throw ListException.NotAList("xlsx without a visible sheet");
    }

    List<Relation> Relations(string part, string folder)
    {
        var relations = new List<Relation>();
        using var xml = Xml(part);
        while (xml?.Next() == true)
            if (xml.IsStart && xml.Name == "Relationship" && xml["TargetMode"] != "External" && relations.Count < 10 * MostSheets)
                relations.Add(new(xml["Id"] ?? "", xml["Type"] ?? "", Path(folder, xml["Target"] ?? "")));
        return relations;
    }

    static string Path(string folder, string target)
    {
        if (target.StartsWith('/')) return target[1..];
        while (target.StartsWith("../", StringComparison.Ordinal) && folder.Length > 0)
            (target, folder) = (target[3..], folder[..(folder.TrimEnd('/').LastIndexOf('/') + 1)]);
        return folder + (target.StartsWith("./", StringComparison.Ordinal) ? target[2..] : target);
    }

    sealed record Relation(string Id, string Kind, string Target);
}
