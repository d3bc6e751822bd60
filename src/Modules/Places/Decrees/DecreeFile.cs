using System.Globalization;
using System.Text;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Places.Decrees;

/// <summary>A row of a decree as it was written; what it means is checked afterwards.</summary>
internal sealed record DecreeRow(int No, string Decree, string On, string Kind, string Code, string Name, string Type, string Into, string Share, string Default, string Parent);

/// <summary>Reads a decree from CSV: UTF-8, a head row, columns by name.</summary>
internal static class DecreeFile
{
    private const long Largest = 8 << 20;
    private static readonly string[] Needed = ["decree", "effective_on", "kind", "code"];

    public static Outcome<List<DecreeRow>> Read(string path)
    {
        var file = new FileInfo(path);
        if (!file.Exists)
        {
            return Problem.Invalid(null, "places.no-file", file.Name);
        }

        if (file.Length > Largest)
        {
            return new Problem(ProblemKind.TooLarge, "places.file-too-large", null, file.Name, "8 MB");
        }

        try
        {
            var rows = ReferenceTable.Read(path).ToList();
            if (rows.Count == 0)
            {
                return Problem.Invalid(null, "places.decree-empty", file.Name);
            }

            var missing = Needed.Where(c => !rows[0].Has(c)).Select(c => Problem.Invalid(c, "places.decree-column", c)).ToList();
            return missing.Count > 0 ? missing : rows.Select((r, i) => Row(r, i + 2)).ToList();
        }
        catch (Exception e) when (e is FormatException or ArgumentException or InvalidOperationException or IOException or System.Data.Common.DbException)
        {
            // Broken quoting, columns named twice, no text at all: whatever it is, it is no decree.
            return Problem.Invalid(null, "places.decree-unreadable", file.Name);
        }
    }

    private static DecreeRow Row(ReferenceTable.Row r, int no)
    {
        string Cell(string column) => r.Has(column) ? r[column].Trim().Normalize(NormalizationForm.FormC) : "";
        return new DecreeRow(no, Cell("decree"), Cell("effective_on"), Cell("kind").ToLower(CultureInfo.InvariantCulture), Cell("code"), Cell("new_name"),
            Cell("new_type").ToLower(CultureInfo.InvariantCulture), Cell("into_code"), Cell("share"), Cell("default"), Cell("parent_code"));
    }
}
