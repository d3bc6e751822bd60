using Sylvan.Data.Csv;

namespace SoGoc.Lists;

/// <summary>Finds the separator of a CSV by trying each on the first rows.</summary>
internal static class SeparatorLine
{
    const string Candidates = "\t;,|";

    /// <summary>The separator that a spreadsheet wrote in a first line "sep=;", else the one that gives the most even table.</summary>
    public static char Guess(string sample, ListLimits limits)
    {
        if (sample is ['s' or 'S', 'e' or 'E', 'p' or 'P', '=', var told, '\r' or '\n', ..] && Separates(told)) return told;
        return Candidates.MaxBy(c => Evenness(sample, c, limits));
    }

    /// <summary>Steps over a line "sep=;".</summary>
    public static bool Skip(ListText text)
    {
        if (!text.StartsWithSeparatorLine()) return false;
        _ = text.ReadLine();
        return true;
    }

    static bool Separates(char c) => char.IsAscii(c) && !char.IsAsciiLetterOrDigit(c) && c is not ('"' or '\'' or '-' or '.' or '_' or ' ' or '+' or '=');

    // Share of rows with the usual number of cells, more for wider tables. A separator inside prose ("xã A, huyện B") has a blank behind it: those count little.
    static double Evenness(string sample, char separator, ListLimits limits)
    {
        var widths = new List<int>();
        try
        {
            using var csv = CsvDataReader.Create(new StringReader(sample), CsvRows.OptionsFor(separator, limits));
            while (csv.Read() && widths.Count < 500)
                if (csv.GetRawRecordSpan().Trim().Length > 0) widths.Add(csv.RowFieldCount);
        }
        catch (CsvFormatException)
        {
            // The sample may end inside a quote; the rows before it count.
        }
        if (widths.Count == 0) return 0;
        var usual = widths.GroupBy(w => w).MaxBy(g => g.Count() * (g.Key > 1 ? 1.0 : 0.01))!;
        if (usual.Key < 2) return 0;
        var (all, prose) = (0, 0);
        for (var i = 0; i + 1 < sample.Length; i++)
        {
            if (sample[i] != separator) continue;
            all++;
            if (sample[i + 1] == ' ') prose++;
        }
        var plain = separator == '\t' || all == 0 ? 1 : 1 - (0.8 * prose / all);
        return (double)usual.Count() / widths.Count * Math.Sqrt(usual.Key) * plain;
    }
}
