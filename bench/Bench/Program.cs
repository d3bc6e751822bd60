using System.Globalization;
using SoGoc.Bench;

CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
if (args is ["--limits", var connection, var url])
{
    return await Limits.Serve(connection, url);
}

// bench FOLDER REPORT [people [small | questions | logins | births | numbers | links | files]]: the folder is made when missing; a province that is in it already is used again.
var folder = Path.GetFullPath(args.ElementAtOrDefault(0) ?? "bench-data");
var report = new Report();
var people = int.Parse(args.ElementAtOrDefault(2) ?? "1900000", CultureInfo.InvariantCulture);
var small = int.Parse(args.ElementAtOrDefault(3) is { } size && size is not ("questions" or "logins" or "births" or "numbers" or "links" or "files") ? size : "50000", CultureInfo.InvariantCulture);
Directory.CreateDirectory(folder);

if (args.Contains("logins"))
{
    await Logins.Measure(Path.Combine(folder, "large"), people, report);
    return 0;
}

if (args.Contains("births"))
{
    await Births.Measure(Path.Combine(folder, "large"), people, report);
    return 0;
}

if (args.Contains("numbers"))
{
    await Numbers.Measure(Path.Combine(folder, "numbers"), report);
    return 0;
}

if (args.Contains("links"))
{
    await Links.Measure(Path.Combine(folder, "links"), report);
    return 0;
}

if (args.Contains("files"))
{
    await Files.Measure(Path.Combine(folder, "large"), people, report);
    return 0;
}

if (args.Contains("questions"))
{
    // For who makes answers faster: the lines of questions alone, said and not written.
    await Questions.Measure(Path.Combine(folder, "large"), people, report);
    return 0;
}

var little = await Questions.Measure(Path.Combine(folder, "small"), small, null);
var large = await Questions.Measure(Path.Combine(folder, "large"), people, report);
report.Add(new Line($"look-up, from {small:N0} to {people:N0} persons", $"{large.LookUp:N0}/s", $"{little.LookUp:N0}/s at {small:N0}", (large.LookUp / little.LookUp).ToString("0.00", CultureInfo.InvariantCulture), "flat (≥ 0.8)", large.LookUp / little.LookUp >= 0.8));
await Logins.Measure(Path.Combine(folder, "large"), people, report);
await Births.Measure(Path.Combine(folder, "large"), people, report);
await Files.Measure(Path.Combine(folder, "large"), people, report);
await Numbers.Measure(Path.Combine(folder, "numbers"), report);
await Imports.Measure(folder, report);
await Links.Measure(Path.Combine(folder, "links"), report);
report.Write(args.ElementAtOrDefault(1) ?? "benchmarks.md", people, TimeProvider.System.GetUtcNow());
return 0;
