using System.Diagnostics;
using System.Globalization;
using SoGoc.Linkage;
using SoGoc.Lists;

namespace SoGoc.Host.Commands;

/// <summary>`sogoc link A.csv [B.csv]`: finds the rows of one list, or of two, that are about one person. Needs no register.</summary>
internal static class LinkCommand
{
    internal sealed record Wish(FileInfo A, FileInfo? B, FileInfo? Model, FileInfo Out, FileInfo? Clusters, string? Truth, int Threads);

    private static readonly ListLimits Limits = ListLimits.Default with { MaxFileBytes = 16L << 30, MaxCellChars = 8000 };

    public static int Run(Wish wish, CancellationToken stop)
    {
        if (wish.Threads < 0)
        {
            throw new UsageException("--threads: 0 hoặc nhiều hơn. / 0 or more.");
        }

        if (LinkFiles.Overwritten(wish) is { } input)
        {
            throw new UsageException($"{input} là tệp đầu vào, không ghi đè lên nó: hãy đặt tên khác cho --out hoặc --clusters. / This file is read, and is not written over: name --out or --clusters otherwise.");
        }

        try
        {
            return Link(wish, stop);
        }
        catch (LinkException e)
        {
            throw new UsageException($"{e.Code}: {Say(e.Code)} {e.Detail}");
        }
    }

    private static int Link(Wish wish, CancellationToken stop)
    {
        var watch = Stopwatch.StartNew();
        var (table, truth) = ReadFirst(wish, stop);
        if (wish.B is { } other)
        {
            table.BeginSecondList();
            Read(table, truth, other, wish.Threads, stop);
        }

        var read = watch.Elapsed;
        var result = Linker.Run(table, new LinkRunOptions(wish.Threads), new Meters(), stop);
        Meter.Clear();
        var scored = watch.Elapsed;
        var saved = LinkFiles.ModelOf(wish.Out);
        var clusters = Write(wish, table, result, truth, saved);
        LinkFiles.Tell(table, result, saved);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"đọc / read {read.TotalSeconds:N2} s, so / scored {(scored - read).TotalSeconds:N2} s, tất cả / all {watch.Elapsed.TotalSeconds:N2} s, CPU {Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds:N2} s, bộ nhớ đỉnh / peak memory {Process.GetCurrentProcess().PeakWorkingSet64 >> 20:N0} MiB"));
        if (truth.Person is { } person)
        {
            LinkFiles.TellAccuracy(new Truth(table, result, person), clusters);
        }

        return 0;
    }

    /// <summary>Pairs, the model, and the clusters where somebody asks for them, side by side.</summary>
    private static LinkClusters? Write(Wish wish, LinkTable table, LinkResult result, LinkedRows rows, string model)
    {
        LinkClusters? clusters = null;
        var wanted = wish.B is null && (wish.Clusters is not null || wish.Truth is not null);
        var threads = wish.Threads > 0 ? wish.Threads : Environment.ProcessorCount;
        try
        {
            Parallel.Invoke(
                new ParallelOptions { MaxDegreeOfParallelism = threads },
                () => File.WriteAllText(model, result.Model.ToJson()),
                () => LinkFiles.WritePairs(wish.Out.FullName, table, result, rows, threads),
                () => clusters = wanted ? LinkClusters.Of(table, result) : null);
        }
        catch (AggregateException e)
        {
            // The fault itself, as it would come without a second thread.
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(e.InnerExceptions[0]);
        }

        if (clusters is not null && wish.Clusters is { } to)
        {
            LinkFiles.WriteClusters(to.FullName, clusters, rows);
        }

        return clusters;
    }

    /// <summary>The first list; where no model is told, one is guessed from its heads and first rows.</summary>
    private static (LinkTable Table, LinkedRows Rows) ReadFirst(Wish wish, CancellationToken stop)
    {
        (LinkTable, LinkedRows)? first = null;
        Reading(wish.A, list =>
        {
            var model = wish.Model is { } file ? LinkModel.Parse(ReadText(file)) : ModelGuess.From(list.Shape.Heads, list.Ahead(500), wish.Truth is { } told ? [told] : []);
            var (table, rows) = (new LinkTable(model), new LinkedRows(wish.Truth));
            table.Read(rows.Of(list), list.Shape.Heads, wish.Threads, new Meters(), stop);
            first = (table, rows);
        });
        return first!.Value;
    }

    private static void Read(LinkTable table, LinkedRows rows, FileInfo file, int threads, CancellationToken stop) =>
        Reading(file, list => table.Read(rows.Of(list), list.Shape.Heads, threads, new Meters(), stop));

    private static void Reading(FileInfo file, Action<ListReader> read)
    {
        using var stream = Open(file);
        try
        {
            using var list = ListReader.Open(stream, file.Name, Limits);
            read(list);
        }
        catch (ListException e)
        {
            throw LinkFiles.Refusal(e, file);
        }
    }

    private static FileStream Open(FileInfo file) =>
        file.Exists ? new FileStream(file.FullName, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16, FileOptions.SequentialScan) : throw new UsageException($"Không có tệp {file.FullName}. / There is no such file.");

    private static string ReadText(FileInfo file) => file.Exists ? File.ReadAllText(file.FullName) : throw new UsageException($"Không có tệp {file.FullName}. / There is no such file.");

    private static string Say(string code) => code switch
    {
        "linkage.bad-model" => "Mô hình sai hoặc không hợp với tệp. / The model is wrong, or does not fit the file.",
        "linkage.no-usable-column" => "Không có cột nào dùng để so người: cần họ tên, ngày sinh hoặc cột tương tự; gán cột bằng --model. / No column tells people apart: name the columns in a model.",
        "linkage.too-many-fields" => "Quá nhiều mục để so cùng lúc: bớt mục trong mô hình. / Too many fields: leave some out of the model.",
        "linkage.too-few-rows" => "Cần ít nhất hai dòng, và mỗi danh sách một dòng. / At least two rows are needed.",
        _ => "",
    };

    private sealed class Meters : IProgress<LinkProgress>
    {
        public void Report(LinkProgress value) => Meter.Tell($"{value.Stage switch { "read" => "đọc / reading", "plan" => "chọn khóa / choosing keys", "learn" => "học / learning", _ => "so / comparing" }} {100 * value.Share:N0} %");
    }
}

/// <summary>Which row of which file each row of the table is, and whom it is about if a column tells.</summary>
internal sealed class LinkedRows(string? truth)
{
    private readonly List<int> rows = [];
    private readonly List<int> person = [];
    private readonly Dictionary<string, int> known = new(StringComparer.Ordinal);

    public IReadOnlyList<int>? Person => truth is null ? null : person;

    /// <summary>The row as a spreadsheet counts it.</summary>
    public int RowOf(int row) => rows[row];

    public IRowReader Of(ListReader list)
    {
        var column = -1;
        for (var i = 0; truth is not null && i < list.Shape.Heads.Count; i++)
        {
            column = string.Equals(list.Shape.Heads[i], truth, StringComparison.OrdinalIgnoreCase) ? i : column;
        }

        return truth is null || column >= 0 ? new Rows(this, list, column) : throw new UsageException($"Không có cột {truth}. / There is no such column.");
    }

    private void Take(ListReader list, int column)
    {
        rows.Add((int)list.RowNumber);
        if (column < 0)
        {
            return;
        }

        var told = list.Text(column);
        var look = known.GetAlternateLookup<ReadOnlySpan<char>>();
        if (told.IsEmpty)
        {
            person.Add(-1);
        }
        else if (look.TryGetValue(told, out var id))
        {
            person.Add(id);
        }
        else
        {
            person.Add(known[told.ToString()] = known.Count);
        }
    }

    private sealed class Rows(LinkedRows all, ListReader list, int column) : IRowReader
    {
        public double Progress => list.Progress;

        public bool Next()
        {
            if (!list.Read())
            {
                return false;
            }

            all.Take(list, column);
            return true;
        }

        public ReadOnlySpan<char> Cell(int at) => list.Text(at);
    }
}
