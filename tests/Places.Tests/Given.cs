using SoGoc.Kernel.Data;

namespace SoGoc.Places.Tests;

/// <summary>The book of the project's own reference files, read once.</summary>
internal static class Given
{
    public static readonly DateOnly Article = new(2022, 4, 12);
    public static readonly DateOnly EndOf2022 = new(2022, 12, 31);
    public static readonly DateOnly DayBefore = new(2025, 6, 30);
    public static readonly DateOnly GreatChange = new(2025, 7, 1);
    public static readonly DateOnly Now = new(2026, 11, 1);

    public static string Reference { get; } = Folder();

    public static PlaceBook Book { get; } = PlaceBook.FromFiles(Reference);

    public static IReadOnlyList<ReferenceTable.Row> Table(string name) => [.. ReferenceTable.Read(Path.Combine(Reference, name))];

    public static Area Unit(string code, DateOnly on) => Book.Find(code, on) ?? throw new InvalidOperationException($"no {code} on {on}");

    public static int Count(AreaLevel level, DateOnly on) => Book.All.Count(a => a.Level == level && a.Valid.Holds(on));

    public static IEnumerable<Area> In(string province, AreaLevel level, DateOnly on) =>
        Book.All.Where(a => a.Level == level && a.Valid.Holds(on) && Book.Province(a)!.Code == province);

    private static string Folder()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at!.FullName, "SoGoc.slnx")))
        {
            at = at.Parent;
        }

        return Path.Combine(at.FullName, "reference");
    }
}
