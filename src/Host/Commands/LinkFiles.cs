using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using SoGoc.Linkage;

namespace SoGoc.Host.Commands;

/// <summary>What `sogoc link` writes and says. Its files are for programs: a weight below nought stays a number, where a list for people (<c>ListWriter</c>) would keep a spreadsheet from running it.</summary>
internal static class LinkFiles
{
    /// <summary>Pairs of the bands "sure" and "look": rows, weight, and how each field stands.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void WritePairs(string file, LinkTable table, LinkResult result, LinkedRows rows)
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
        foreach (var pair in result.Pairs)
        {
            var band = result.BandOf(pair);
            if (band == LinkBand.No)
            {
                continue;
            }

            to.Write(string.Create(CultureInfo.InvariantCulture, $"{rows.RowOf(pair.A)},{rows.RowOf(pair.B)},{pair.Weight:F2},{pair.Probability:F6},{(band == LinkBand.Sure ? "sure" : "look")}"));
            if (best is not null)
            {
                to.Write(best.Contains(pair) ? ",1" : ",0");
            }

            foreach (var field in fields)
            {
                to.Write(',');
                to.Write(result.LevelOf(pair, field));
            }

            to.Write('\n');
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

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"chắc chắn / sure: {result.Pairs.Count(p => result.BandOf(p) == LinkBand.Sure):N0} (sai dự kiến / expected wrong {result.Bands.FalseShare:P2}); xem lại / look: {result.Pairs.Count(p => result.BandOf(p) == LinkBand.Look):N0} (sót dự kiến / expected missed {result.Bands.MissedShare:P2})"));
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

    public static void Line(string name, Accuracy a) =>
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-20} {a.Weight,8:F2}   {a.Precision:F4}   {a.Recall:F4}   {a.F1:F4} {a.Right,11:N0} {a.Wrong,8:N0} {a.True,8:N0}"));

    private static string Quoted(string text) => text.AsSpan().ContainsAny(',', '"', '\n') ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
}
