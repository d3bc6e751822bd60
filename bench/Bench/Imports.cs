using System.Diagnostics;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using SoGoc.Host;
using SoGoc.Host.Postgres;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Sealing;

namespace SoGoc.Bench;

/// <summary>Lists on their way in, beside a plain COPY of what they became; and the cost of sealing while they do.</summary>
internal static class Imports
{
    private static readonly string[] Tables = ["population.household", "population.person", "population.residence", "population.member", "population.kin", "population.id_paper", "population.doubt", "population.name", "journal.entry"];

    public static async Task Measure(string folder, Report report)
    {
        var small = await Import(folder, 20_000, keep: false);
        var large = await Import(folder, 100_000, keep: true);
        var copy = await Copy(folder, "import-100000");
        report.Ratio("import of a clean list of 100,000 rows, all checks", Rate(large), string.Create(CultureInfo.InvariantCulture, $"{100_000 / copy.TotalSeconds:N0} rows/s COPY"), copy / large.Time, 0.33);
        var linear = large.PerSecond / small.PerSecond;
        report.Add(new Line("import, from 20,000 to 100,000 rows", Rate(large), Rate(small), linear.ToString("0.00", CultureInfo.InvariantCulture), "linear (≥ 0.9)", linear >= 0.9));
        var memory = (double)large.Peak / small.Peak;
        report.Add(new Line("memory of the import, from 20,000 to 100,000 rows", $"{large.Peak >> 20} MiB", $"{small.Peak >> 20} MiB", memory.ToString("0.00", CultureInfo.InvariantCulture), "flat (≤ 1.3)", memory <= 1.3));
        await Sealing(folder, report);
    }

    private sealed record Imported(TimeSpan Time, int Rows, long Peak)
    {
        public double PerSecond => Rows / Time.TotalSeconds;
    }

    private static string Rate(Imported i) => string.Create(CultureInfo.InvariantCulture, $"{i.PerSecond:N0} rows/s ({i.Time.TotalSeconds:0.0} s, {i.Peak >> 20} MiB)");

    private static async Task<Imported> Import(string folder, int rows, bool keep)
    {
        var lists = Path.Combine(folder, $"list-{rows}");
        var data = Path.Combine(folder, $"import-{rows}");
        if (Directory.Exists(data))
        {
            Directory.Delete(data, true);
        }

        await Server.Command(data, "generate", "--people", rows.ToString(CultureInfo.InvariantCulture), "--seed", "11", "--as-lists", lists, "--one-list");
        await Server.Command(data, "journal", "verify"); // An empty register stands before the clock starts.
        var (time, peak, _) = await Server.Command(data, "import", Path.Combine(lists, "danh-sach.csv"), "--apply");
        if (!keep)
        {
            Directory.Delete(data, true);
        }

        return new Imported(time, rows, peak);
    }

    /// <summary>The same rows into the same tables of an empty register, by binary COPY, one transaction.</summary>
    private static async Task<TimeSpan> Copy(string folder, string from)
    {
        var rows = Path.Combine(folder, "copy-rows");
        Directory.CreateDirectory(rows);
        await using (var full = await Open(Path.Combine(folder, from)))
        {
            await using var connection = await full.Database.Owner.OpenConnectionAsync();
            foreach (var table in Tables)
            {
                await using var file = File.Create(Path.Combine(rows, table));
                await using var stream = await connection.BeginRawBinaryCopyAsync($"copy {table} to stdout (format binary)");
                await stream.CopyToAsync(file);
            }
        }

        var data = Path.Combine(folder, "copied");
        await Server.Command(data, "journal", "verify");
        var watch = new Stopwatch();
        await using (var empty = await Open(data))
        {
            await using var connection = await empty.Database.Owner.OpenConnectionAsync();
            watch.Start();
            await using var transaction = await connection.BeginTransactionAsync();
            foreach (var table in Tables)
            {
                await using var file = File.OpenRead(Path.Combine(rows, table));
                await using var stream = await connection.BeginRawBinaryCopyAsync($"copy {table} from stdin (format binary)");
                await file.CopyToAsync(stream, 1 << 20);
            }

            await transaction.CommitAsync();
            watch.Stop();
        }

        Directory.Delete(data, true);
        Directory.Delete(rows, true);
        return watch.Elapsed;
    }

    /// <summary>Entries written one transaction each by eight writers, without a sealer and beside one; the better of three rounds each, taken in turns.</summary>
    private static async Task Sealing(string folder, Report report)
    {
        var data = Path.Combine(folder, "import-100000");
        await using (var storage = await Open(data))
        {
            var (without, with) = (0.0, 0.0);
            for (var round = 0; round < 3; round++)
            {
                without = Math.Max(without, await Writes(storage.Database));
                using var sealer = new Sealer(storage.Database, new FileSigner(Path.Combine(data, "keys", "head.pem")), TimeProvider.System, NullLogger<Sealer>.Instance);
                await sealer.SealNow(CancellationToken.None);
                await sealer.StartAsync(CancellationToken.None);
                with = Math.Max(with, await Writes(storage.Database));
                await sealer.StopAsync(CancellationToken.None);
            }

            report.Ratio("writing with journal and sealing", string.Create(CultureInfo.InvariantCulture, $"{with:N0} entries/s"), string.Create(CultureInfo.InvariantCulture, $"{without:N0} entries/s without sealing"), with / without, 0.95);
        }

        Directory.Delete(data, true);
    }

    private static async Task<double> Writes(Database database)
    {
        var watch = Stopwatch.StartNew();
        var counts = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            await using var connection = await database.App.OpenConnectionAsync();
            await using var command = connection.CreateCommand("""
                insert into journal.entry (at, actor, office, ground, subject, kind, body)
                values (now(), 'system:bench', 'Sổ Gốc', 'bench', gen_random_uuid(), 'population.person-changed', '{"before":{},"after":{"phone":"0900000001","other":"một dòng dài như thật để băm cho đúng công sức"}}')
                """);
            var written = 0;
            for (; watch.Elapsed < TimeSpan.FromSeconds(6); written++)
            {
                await command.ExecuteNonQueryAsync();
            }

            return written;
        })));
        return counts.Sum() / watch.Elapsed.TotalSeconds;
    }

    private static Task<Storage> Open(string data) =>
        Storage.Open(Settings.FromEnvironment() with { Data = data, Connection = null }, share: false, NullLogger.Instance, CancellationToken.None);
}
