using System.Text;
using SkiaSharp;

namespace SoGoc.Kernel.Papers;

public enum PaperAlign
{
    Left,
    Centre,
    Right,
}

/// <summary>Text of a paper, as long as it likes: it is broken where the width ends.</summary>
/// <param name="Text">What is said.</param>
/// <param name="Size">Of the letters, in points.</param>
/// <param name="Bold">All of it.</param>
/// <param name="Before">Room above it.</param>
/// <param name="Keep">Not the last line on a sheet.</param>
public sealed record PaperLine(string Text, float Size = 12, bool Bold = false, float Before = 0, bool Keep = false, PaperAlign Align = PaperAlign.Left)
{
    /// <summary>What follows the text on the same line: the value behind a label, and the next label.</summary>
    public IReadOnlyList<(string Text, bool Bold)> Then { get; init; } = [];

    /// <summary>A line is drawn below it, as long as its words.</summary>
    public bool Ruled { get; init; }

    internal float Leading => (Size * 1.4f) + (Ruled ? 3 : 0);

    /// <summary>The line as it is set in a width.</summary>
    internal IEnumerable<LaidLine> Wrap(float width)
    {
        var (now, used, first) = (new List<(string Word, bool Bold)>(), 0f, true);
        using SKFont regular = PaperFonts.Font(false, Size), bold = PaperFonts.Font(true, Size);
        var space = regular.MeasureText(" ");
        foreach (var (word, strong) in Then.Prepend((Text, Bold)).SelectMany(run => Words(run.Item1, run.Item2, width, run.Item2 ? bold : regular)))
        {
            var wide = (strong ? bold : regular).MeasureText(word);
            if (now.Count > 0 && used + space + wide > width)
            {
                yield return new LaidLine(this with { Before = first ? Before : 0 }, now, used);
                (now, used, first) = ([], 0, false);
            }

            used += (now.Count > 0 ? space : 0) + wide;
            now.Add((word, strong));
        }

        yield return new LaidLine(this with { Before = first ? Before : 0 }, now, used);
    }

    /// <summary>A word that is wider than the sheet is cut.</summary>
    private static IEnumerable<(string, bool)> Words(string text, bool strong, float width, SKFont font)
    {
        foreach (var word in text.Normalize(NormalizationForm.FormC).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            var rest = word;
            while (rest.Length > 1 && font.MeasureText(rest) > width)
            {
                var fits = Math.Max(1, (int)font.BreakText(rest, width));
                yield return (rest[..fits], strong);
                rest = rest[fits..];
            }

            yield return (rest, strong);
        }
    }
}

/// <summary>One line as it is drawn.</summary>
internal sealed record LaidLine(PaperLine Line, IReadOnlyList<(string Word, bool Bold)> Words, float Wide)
{
    public void Draw(SKCanvas canvas, float x, float y, float width)
    {
        using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = true };
        using SKFont regular = PaperFonts.Font(false, Line.Size), bold = PaperFonts.Font(true, Line.Size);
        var at = x + (Line.Align switch { PaperAlign.Centre => (width - Wide) / 2, PaperAlign.Right => width - Wide, _ => 0 });
        var foot = y + (Line.Size * 1.4f);
        if (Line.Ruled)
        {
            using var stroke = new SKPaint { Color = SKColors.Black, IsStroke = true, StrokeWidth = 0.7f };
            canvas.DrawLine(at, foot + 4, at + Wide, foot + 4, stroke);
        }

        for (var i = 0; i < Words.Count;)
        {
            // Words of one weight are one text, so that a reader of the file finds them as written.
            var strong = Words[i].Bold;
            var run = string.Join(' ', Words.Skip(i).TakeWhile(w => w.Bold == strong).Select(w => w.Word));
            i += Words.Skip(i).TakeWhile(w => w.Bold == strong).Count();
            var font = strong ? bold : regular;
            canvas.DrawText(run, at, foot, SKTextAlign.Left, font, ink);
            at += font.MeasureText(run) + regular.MeasureText(" ");
        }
    }
}

/// <summary>The letters of all papers. They stand whole in each file, so they came here without what a paper has no use for: hints for screens, ligatures and kerning
/// (<c>hb-subset --unicodes='*' --no-hinting --drop-tables+=GSUB,GPOS,GDEF</c>), two fifths of their size.</summary>
internal static class PaperFonts
{
    private static readonly SKTypeface Regular = Load("Regular"), Bold = Load("Bold");

    /// <summary>As wide as they are drawn, and not as a screen would round them.</summary>
    public static SKFont Font(bool bold, float size) => new(bold ? Bold : Regular, size) { Hinting = SKFontHinting.None, Subpixel = true, LinearMetrics = true };

    private static SKTypeface Load(string weight)
    {
        using var font = typeof(PaperFonts).Assembly.GetManifestResourceStream($"SoGoc.Kernel.Papers.Fonts.BeVietnamPro-{weight}.ttf") ?? throw new InvalidOperationException($"The font {weight} is missing.");
        return SKTypeface.FromStream(font);
    }
}
