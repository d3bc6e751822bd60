using System.Globalization;
using System.Text;

namespace SoGoc.Bench;

/// <summary>One line of the table: what was measured, its limit in the same run, and the ratio it is to reach.</summary>
internal sealed record Line(string Path, string Measured, string Limit, string Ratio, string Reach, bool? Reached);

/// <summary>Collects the lines and writes docs/benchmarks.md.</summary>
internal sealed class Report
{
    private readonly List<Line> lines = [];

    public void Add(Line line)
    {
        lines.Add(line);
        Console.WriteLine($"{line.Path,-60} {line.Measured,-40} limit {line.Limit,-30} {line.Ratio,-8} {line.Reach}");
    }

    public void Ratio(string path, string measured, string limit, double ratio, double reach) =>
        Add(new Line(path, measured, limit, ratio.ToString("0.00", CultureInfo.InvariantCulture), string.Create(CultureInfo.InvariantCulture, $"≥ {reach}"), ratio >= reach));

    public void Write(string file, long persons, DateTimeOffset at)
    {
        var text = new StringBuilder();
        text.AppendLine("# Benchmarks\n");
        text.AppendLine("Made by `dotnet dev.cs bench`. Each line stands against a limit measured in the same run: machines are noisy, ratios less so.\n");
        text.AppendLine(CultureInfo.InvariantCulture, $"{at:yyyy-MM-dd} · {Machine()} · {persons:N0} invented persons\n");
        text.AppendLine("| path | measured | limit in the same run | ratio | to reach | reached |\n|---|---|---|---|---|---|");
        foreach (var l in lines)
        {
            text.AppendLine(CultureInfo.InvariantCulture, $"| {l.Path} | {l.Measured} | {l.Limit} | {l.Ratio} | {l.Reach} | {(l.Reached switch { true => "yes", false => "**no**", null => "–" })} |");
        }

        text.AppendLine();
        text.AppendLine("""
            What the limits are:
            - *one row*: Kestrel and Npgsql alone, one endpoint that reads one person by number and writes eight columns as JSON; no permission, no purpose, no disclosure.
            - *two tables*: the same, a person with all his journal entries.
            - *COPY*: the rows that the import made, copied in binary into the same tables of an empty register, with their indexes, constraints and triggers.
            - The generator of the load (64 connections), the servers and PostgreSQL share the machine.

            Where the time goes, and why a line falls short: [speed.md](speed.md).
            """);
        File.WriteAllText(file, text.ToString());
    }

    private static string Machine()
    {
        var model = File.Exists("/proc/cpuinfo") ? File.ReadLines("/proc/cpuinfo").FirstOrDefault(l => l.StartsWith("model name", StringComparison.Ordinal))?.Split(':', 2)[1].Trim() : null;
        return $"{Environment.ProcessorCount} cores {model}, {GC.GetGCMemoryInfo().TotalAvailableMemoryBytes >> 30} GiB, .NET {Environment.Version}";
    }
}
