using SoGoc.Kernel.Data;
using SoGoc.Kernel.Jobs;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;
using SoGoc.Lists;

namespace SoGoc.Population.Imports;

/// <summary>Takes a list in: looks what it is, guesses its columns, keeps it, and begins the dry run. A file that is no list changes nothing.</summary>
internal sealed class SendList(ListBook lists, JobBook jobs) : IRunsOnce
{
    /// <param name="File">Seekable.</param>
    /// <param name="Name">As its owner calls it.</param>
    /// <param name="Told">Fields by the heads of their columns, as somebody said; the other columns are guessed.</param>
    internal sealed record Request(Stream File, string Name, IReadOnlyDictionary<string, string>? Told = null);

    internal sealed record Sent(Guid Id, IReadOnlyList<string> MissingFields);

    public async Task<Outcome<Sent>> Run(Request r)
    {
        if (r.File.Length > ListLimits.Default.MaxFileBytes)
        {
            return new Problem(ProblemKind.TooLarge, "lists.too-large", "file", "", Size(ListLimits.Default.MaxFileBytes));
        }

        ListShape shape;
        try
        {
            using var reader = ListReader.Open(r.File, r.Name, ListLimits.Default);
            shape = reader.Shape;
            if (!reader.Read())
            {
                return Problem.Invalid("file", "lists.no-rows");
            }
        }
        catch (ListException e)
        {
            return new Problem(e.Code == "lists.too-large" ? ProblemKind.TooLarge : ProblemKind.Invalid, e.Code, "file", DataOf(e));
        }

        var told = ColumnMap.Told(shape.Heads, ListField.Guess(shape.Heads, await lists.KnownHeads()), r.Told);
        if (!told.Ok(out var mapping))
        {
            return told.Problems.ToList();
        }

        var id = await lists.Keep(r.File, Arrival.NameOf(r.Name, "danh-sach"), shape, mapping);
        foreach (var head in r.Told?.Keys ?? [])
        {
            await lists.Remember(head, r.Told![head]);
        }

        var missing = ColumnMap.Missing(mapping);
        if (missing.Count == 0)
        {
            await jobs.Ask<CheckList>(id);
        }

        return new Sent(id, missing);
    }

    public static string[] DataOf(ListException e) => [e.Row?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "", e.Detail ?? ""];

    public static string Size(long bytes) => bytes >= 1 << 30 ? $"{bytes >> 30} GiB" : bytes >= 1 << 20 ? $"{bytes >> 20} MiB" : $"{bytes >> 10} KiB";
}
