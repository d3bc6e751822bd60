using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using SoGoc.Linkage;
using SoGoc.Lists;

namespace SoGoc.Host.Commands;

/// <summary>What `sogoc link` writes and says. Its files are for programs: a weight below nought stays a number, where a list for people (<c>ListWriter</c>) would keep a spreadsheet from running it.</summary>
internal static class LinkFiles
{
    private const int Together = 8192;

    /// <summary>Where the model of a run is kept: beside its pairs.</summary>
    public static string ModelOf(FileInfo pairs) => Path.ChangeExtension(pairs.FullName, ".model.json");

    /// <summary>A file that the run reads and would write over, or would write twice; null: there is none.</summary>
    public static string? Overwritten(LinkCommand.Wish wish)
    {
        string[] written = [.. new[] { wish.Out.FullName, ModelOf(wish.Out), wish.Clusters?.FullName }.OfType<string>().Select(Real)];
        var read = new[] { wish.A, wish.B, wish.Model }.OfType<FileInfo>().Select(f => Real(f.FullName));
        return written.FirstOrDefault(read.Contains) ?? written.GroupBy(w => w).FirstOrDefault(w => w.Count() > 1)?.Key;
    }

    /// <summary>The file itself, whichever link leads to it.</summary>
    private static string Real(string path) => File.Exists(path) ? File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path : path;

    /// <summary>What is wrong with a list, in the words that the pages have for it.</summary>
    public static UsageException Refusal(ListException e, FileInfo file)
    {
        var code = file.Length == 0 ? "quality.list-empty" : e is { Code: "lists.no-heads", Row: not null } ? "quality.list-same-heads-row" : e.Code;
        string Say(string language) => Platform.Sentences().Say(code, CultureInfo.GetCultureInfo(language), e.Row?.ToString(CultureInfo.InvariantCulture) ?? "", e.Detail ?? "");
        return new UsageException($"{file.Name}: {Say("vi")} / {Say("en")}");
    }

    /// <summary>Pairs of the bands "sure" and "look": rows, weight, and how each field stands. Lines are made by all threads and written in their order.</summary>
    public static void WritePairs(string file, LinkTable table, LinkResult result, LinkedRows rows, int threads)
    {
        using var to = new StreamWriter(file, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16);
        var fields = table.Model.Fields.Where(f => f.Kind != FieldKind.Group).Select(f => f.Name).ToArray();
        var best = table.FirstList > 0 ? OneToOne.LinksOf(table, result) : null;
        to.Write(best is null ? "row_a,row_b,weight,probability,band" : "row_a,row_b,weight,probability,band,best");
        foreach (var field in fields)
        {
            to.Write($",{Quoted(field)}");
        }

        to.Write('\n');
        var parts = Enumerable.Range(0, threads * 2).Select(_ => new PairLines(result, rows, fields, best)).ToArray();
        for (var at = 0; at < result.Pairs.Count; at += parts.Length * Together)
        {
            var first = at;
            Parallel.For(0, parts.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, p => parts[p].Make(first + (p * Together), Together));
            foreach (var part in parts)
            {
                to.Write(part.Text);
            }
        }
    }

    /// <summary>For each row the first row of its cluster; a row that is alone is its own.</summary>
    public static void WriteClusters(string file, LinkClusters clusters, LinkedRows rows)
    {
        using var to = new StreamWriter(file, append: false, new UTF8Encoding(encoderShouldEmitUTF8Identifier: false), 1 << 16);
        to.Write("row,cluster\n");
        for (var row = 0; row < clusters.ClusterOf.Count; row++)
        {
            to.Write(string.Create(CultureInfo.InvariantCulture, $"{rows.RowOf(row)},{rows.RowOf(clusters.ClusterOf[row])}\n"));
        }
    }

    /// <summary>A short account of the run.</summary>
    public static void Tell(LinkTable table, LinkResult result, string model)
    {
        Console.WriteLine($"{table.Rows:N0} dòng / rows; {result.Keys.Sum(k => k.Pairs):N0} cặp được so / pairs compared; mô hình / model: {model}");
        foreach (var (key, pairs) in result.Keys)
        {
            Console.WriteLine($"  {pairs,14:N0}  {key}");
        }

        if (result.LeftOut > 0)
        {
            Console.WriteLine($"  {result.LeftOut,14:N0}  cặp bỏ qua vì nhóm quá lớn và không chia được / left out: blocks too large to split");
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"chắc chắn / sure: {result.Pairs.Count(p => result.BandOf(p) == LinkBand.Sure):N0} (theo mô hình, sai / wrong by the model's own estimate: {result.Bands.FalseShare:P2}); xem lại / look: {result.Pairs.Count(p => result.BandOf(p) == LinkBand.Look):N0}"));
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"theo mô hình, {result.Bands.MissedShare:P2} số cặp cùng người trong các cặp đã so nằm dưới mức xem lại; cặp không khóa nào đưa ra so thì mô hình không biết / by the model's own estimate {result.Bands.MissedShare:P2} of the true pairs among those compared lie below look; of pairs that no key brought up it knows nothing"));
    }

    /// <summary>Accuracy against the truth: at the bands, where it is best, and by group.</summary>
    public static void TellAccuracy(Truth truth, LinkClusters? clusters)
    {
        var best = truth.Best();
        Console.WriteLine("                       weight  precision   recall       F1       right    wrong     true");
        foreach (var weight in (ReadOnlySpan<double>)[20, 15, 10, 7, 5, 3, 2, 1, 0, -2])
        {
            Line("", truth.At(weight));
        }

        Line("sure", truth.AtSure());
        Line("look", truth.AtLook());
        Line("best", best);
        if (clusters is not null)
        {
            Line("clusters", truth.OfClusters(clusters.ClusterOf));
        }

        foreach (var (name, group) in truth.Groups())
        {
            Line(name, truth.At(best.Weight, group));
        }
    }

    /// <summary>A share of nothing is no share: where nothing was linked, or there is nothing to find, it says so by a dash.</summary>
    public static void Line(string name, Accuracy a)
    {
        static string Share(bool known, double share) => known ? share.ToString("F4", CultureInfo.InvariantCulture) : "–";
        var (linked, any) = (a.Right + a.Wrong > 0, a.True > 0);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-20} {a.Weight,8:F2}   {Share(linked, a.Precision),6}   {Share(any, a.Recall),6}   {Share(any, a.F1),6} {a.Right,11:N0} {a.Wrong,8:N0} {a.True,8:N0}"));
    }

    private static string Quoted(string text) => text.AsSpan().ContainsAny(',', '"', '\n') ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}

/// <summary>Lines of some pairs. One for each thread.</summary>
internal sealed class PairLines(LinkResult result, LinkedRows rows, string[] fields, IReadOnlySet<LinkPair>? best)
{
    // Pairs are many, patterns few: how the fields stand is put into words once for each.
    private readonly Dictionary<(ulong Pattern, int Settled), string> told = [];

    public StringBuilder Text { get; } = new();

    /// <summary>Makes the lines anew, of so many pairs from the first on.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Make(int first, int count)
    {
        Text.Clear();
        for (var n = first; n < Math.Min(result.Pairs.Count, first + count); n++)
        {
            var pair = result.Pairs[n];
            var band = result.BandOf(pair);
            if (band == LinkBand.No)
            {
                continue;
            }

            Text.Append(rows.RowOf(pair.A)).Append(',').Append(rows.RowOf(pair.B)).Append(',');
            Decimal(pair.Weight, 100);
            Text.Append(',');
            Decimal(pair.Probability, 1_000_000);
            Text.Append(band == LinkBand.Sure ? ",sure" : ",look");
            if (best is not null)
            {
                Text.Append(best.Contains(pair) ? ",1" : ",0");
            }

            if (!told.TryGetValue((pair.Pattern, pair.Settled), out var levels))
            {
                told[(pair.Pattern, pair.Settled)] = levels = string.Concat(fields.Select(f => ',' + result.LevelOf(pair, f))) + '\n';
            }

            Text.Append(levels);
        }
    }

    // Whole numbers are written many times faster.
    private void Decimal(double value, int parts)
    {
        var whole = (long)Math.Round(Math.Abs(value) * parts, MidpointRounding.AwayFromZero);
        Text.Append(value < 0 && whole > 0 ? "-" : "").Append(whole / parts).Append('.');
        // The one in front keeps the noughts, and is cut off.
        var at = Text.Length;
        Text.Append((whole % parts) + parts).Remove(at, 1);
    }
}
