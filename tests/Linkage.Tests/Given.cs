using System.Globalization;
using SoGoc.Invented;

namespace SoGoc.Linkage.Tests;

/// <summary>Rows for tests: written out, or of an invented province.</summary>
internal static class Given
{
    public static readonly string[] Heads = ["name", "born", "sex", "ethnicity", "commune", "address", "phone", "mother", "number"];

    public static LinkModel Model(bool number = true) => new(
    [
        new("name", FieldKind.Name, ["name"]), new("born", FieldKind.Date, ["born"]), new("sex", FieldKind.Sex, ["sex"]), new("group", FieldKind.Group, ["ethnicity"]),
        new("place", FieldKind.Place, ["commune"]), new("address", FieldKind.Address, ["address"], true), new("phone", FieldKind.Phone, ["phone"], true), new("mother", FieldKind.Parent, ["mother"], true),
        .. number ? [new LinkField("number", FieldKind.Number, ["number"])] : Array.Empty<LinkField>(),
    ]);

    public static LinkTable Table(LinkModel model, IEnumerable<string[]> rows, IReadOnlyList<string>? heads = null, int threads = 2)
    {
        var table = new LinkTable(model);
        table.Read(new Rows(rows), heads ?? Heads, threads);
        return table;
    }

    /// <summary>Records about the people of an invented province, and whom each is about. The same for all tests of a run.</summary>
    public static (List<string[]> Rows, List<int> Person) Province { get; } = Invent(20_000);

    private static (List<string[]> Rows, List<int> Person) Invent(int people)
    {
        var file = Path.Combine(Path.GetTempPath(), $"sogoc-linkage-{Guid.NewGuid():N}.csv");
        try
        {
            InventedRecords.Write(new InventedProvince(new InventedSettings(people, 11, new DateOnly(2026, 1, 1), Reference())), new RecordSettings(file, Verified: 0.2));
            var (rows, person) = (new List<string[]>(), new List<int>());
            foreach (var line in File.ReadLines(file).Skip(1))
            {
                var cells = Cells(line);
                person.Add(int.Parse(cells[1], CultureInfo.InvariantCulture));
                rows.Add([.. cells.Skip(3)]);
            }

            return (rows, person);
        }
        finally
        {
            File.Delete(file);
        }
    }

    private static List<string> Cells(string line)
    {
        var (cells, cell, quoted) = (new List<string>(), new System.Text.StringBuilder(), false);
        foreach (var c in line + ",")
        {
            if (c == '"')
            {
                quoted = !quoted;
            }
            else if (c == ',' && !quoted)
            {
                cells.Add(cell.ToString());
                cell.Clear();
            }
            else
            {
                cell.Append(c);
            }
        }

        return cells;
    }

    private static string Reference() => Path.Combine(Root(), "reference");

    public static string Root()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "SoGoc.slnx")))
            {
                return folder.FullName;
            }
        }

        throw new InvalidOperationException("The tests have to be run from a clone of the project.");
    }
}

/// <summary>Rows from memory.</summary>
internal sealed class Rows(IEnumerable<string[]> rows) : IRowReader
{
    private readonly IEnumerator<string[]> at = rows.GetEnumerator();

    public double Progress => 0;

    public bool Next() => at.MoveNext();

    public ReadOnlySpan<char> Cell(int column) => column < at.Current.Length ? at.Current[column] : "";
}
