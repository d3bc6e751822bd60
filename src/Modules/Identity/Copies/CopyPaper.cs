using System.Globalization;
using System.Text;
using SkiaSharp;
using SoGoc.Population;

namespace SoGoc.Identity.Copies;

/// <summary>A paper of A4 sheets in large type: a title, what it is, and parts of labelled lines; each sheet says which of how many it is.</summary>
/// <param name="foot">{0} of {1}.</param>
internal sealed class CopyPaper(string title, string foot, DateTimeOffset madeAt)
{
    private const float Width = 595, Height = 842, Margin = 54, Bottom = Height - 70;

    private static readonly SKTypeface Regular = Load("Regular"), Bold = Load("Bold");

    private readonly List<Line> lines = [new(title, Bold, 24, 0, false)];

    /// <summary>One line of the paper.</summary>
    /// <param name="Before">Room above it.</param>
    /// <param name="Keep">Not the last one on a sheet.</param>
    private sealed record Line(string Text, SKTypeface Face, float Size, float Before, bool Keep);

    public CopyPaper Lead(string text)
    {
        lines.Add(new Line(text, Regular, 14, 8, false));
        return this;
    }

    public CopyPaper Parts(IEnumerable<ToldPart> parts)
    {
        foreach (var part in parts)
        {
            lines.Add(new Line(part.Head, Bold, 18, 26, true));
            foreach (var (label, text) in part.Lines)
            {
                lines.Add(new Line(label, Bold, 12, 10, true));
                lines.Add(new Line(text, Regular, 14, 2, false));
            }
        }

        return this;
    }

    public byte[] Draw()
    {
        var sheets = Sheets();
        using var stream = new MemoryStream();
        using (var document = SKDocument.CreatePdf(stream, new SKDocumentPdfMetadata { Title = title, Author = "Sổ Gốc", Creation = madeAt.UtcDateTime, Modified = madeAt.UtcDateTime, EncodingQuality = 100, RasterDpi = 72 }))
        {
            using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = true };
            for (var i = 0; i < sheets.Count; i++)
            {
                var canvas = document.BeginPage(Width, Height);
                foreach (var (line, y) in sheets[i])
                {
                    using var font = new SKFont(line.Face, line.Size);
                    canvas.DrawText(line.Text, Margin, y, SKTextAlign.Left, font, ink);
                }

                using var small = new SKFont(Regular, 11);
                canvas.DrawText(string.Format(CultureInfo.InvariantCulture, foot, i + 1, sheets.Count), Margin, Height - 40, SKTextAlign.Left, small, ink);
                document.EndPage();
            }

            document.Close();
        }

        return stream.ToArray();
    }

    /// <summary>Lines with their places, sheet by sheet.</summary>
    private List<List<(Line Line, float Y)>> Sheets()
    {
        var sheets = new List<List<(Line, float)>> { new() };
        var y = Margin;
        var all = lines.SelectMany(Wrap).ToList();
        for (var i = 0; i < all.Count; i++)
        {
            // A head goes with what stands below it.
            var needed = 0f;
            for (var j = i; j < all.Count; j++)
            {
                needed += all[j].Before + Leading(all[j]);
                if (!all[j].Keep)
                {
                    break;
                }
            }

            if (y + needed > Bottom && sheets[^1].Count > 0)
            {
                sheets.Add([]);
                y = Margin;
            }

            y += (sheets[^1].Count == 0 ? 0 : all[i].Before) + Leading(all[i]);
            sheets[^1].Add((all[i], y));
        }

        return sheets;
    }

    private static float Leading(Line line) => line.Size * 1.4f;

    private static IEnumerable<Line> Wrap(Line line)
    {
        using var font = new SKFont(line.Face, line.Size);
        var now = new StringBuilder();
        var first = true;
        foreach (var word in Words(line.Text.Normalize(NormalizationForm.FormC), font))
        {
            if (now.Length > 0 && font.MeasureText($"{now} {word}") > Width - (2 * Margin))
            {
                yield return line with { Text = now.ToString(), Before = first ? line.Before : 0 };
                (first, now) = (false, now.Clear());
            }

            now.Append(now.Length > 0 ? " " : "").Append(word);
        }

        yield return line with { Text = now.ToString(), Before = first ? line.Before : 0 };
    }

    /// <summary>A word that is wider than the sheet is cut.</summary>
    private static IEnumerable<string> Words(string text, SKFont font)
    {
        foreach (var word in text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var rest = word;
            while (rest.Length > 1 && font.MeasureText(rest) > Width - (2 * Margin))
            {
                var fits = (int)font.BreakText(rest, Width - (2 * Margin));
                yield return rest[..Math.Max(1, fits)];
                rest = rest[Math.Max(1, fits)..];
            }

            yield return rest;
        }
    }

    private static SKTypeface Load(string weight)
    {
        using var font = typeof(CopyPaper).Assembly.GetManifestResourceStream($"SoGoc.Identity.Copies.Fonts.BeVietnamPro-{weight}.ttf") ?? throw new InvalidOperationException($"The font {weight} is missing.");
        return SKTypeface.FromStream(font);
    }
}
