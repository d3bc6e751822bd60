using System.Security;

namespace SoGoc.Lists;

/// <summary>The small fixed parts of a workbook of one sheet.</summary>
internal static class WorkbookParts
{
    const string Head = """<?xml version="1.0" encoding="UTF-8" standalone="yes"?>""";
    const string Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const string Package = "http://schemas.openxmlformats.org/package/2006";
    const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const string Kind = "application/vnd.openxmlformats-officedocument.spreadsheetml";

    public const string ContentTypes = $"""
        {Head}<Types xmlns="{Package}/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{Kind}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{Kind}.worksheet+xml"/><Override PartName="/xl/styles.xml" ContentType="{Kind}.styles+xml"/></Types>
        """;

    public const string PackageRelations = $"""
        {Head}<Relationships xmlns="{Package}/relationships"><Relationship Id="rId1" Type="{Office}/officeDocument" Target="xl/workbook.xml"/></Relationships>
        """;

    public const string BookRelations = $"""
        {Head}<Relationships xmlns="{Package}/relationships"><Relationship Id="rId1" Type="{Office}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{Office}/styles" Target="styles.xml"/></Relationships>
        """;

    public static string Book(string sheet) => $"""
        {Head}<workbook xmlns="{Main}" xmlns:r="{Office}"><sheets><sheet name="{SecurityElement.Escape(sheet)}" sheetId="1" r:id="rId1"/></sheets></workbook>
        """;

    /// <summary>Style of a cell: text, bold text, a whole number, a decimal one, percent, a day.</summary>
    public static int StyleOf(ListValueKind kind) => (int)kind + 1;

    /// <summary>Style 1: text (format 49), so that a number typed in keeps its zeros. Style 2: text, bold. 3 to 6: the spreadsheet's own formats of numbers (3, 4), percent (10) and days (14), which follow its reader's country.</summary>
    public static string Styles(string font) => $"""
        {Head}<styleSheet xmlns="{Main}"><fonts count="2"><font><sz val="11"/><name val="{font}"/></font><font><b/><sz val="11"/><name val="{font}"/></font></fonts><fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills><borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders><cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs><cellXfs count="7"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/><xf numFmtId="49" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="49" fontId="1" fillId="0" borderId="0" xfId="0" applyNumberFormat="1" applyFont="1"/><xf numFmtId="3" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="4" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="10" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/><xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs><cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>
        """;
}
