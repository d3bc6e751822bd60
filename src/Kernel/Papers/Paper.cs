using System.Globalization;
using QRCoder;
using SkiaSharp;

namespace SoGoc.Kernel.Papers;

/// <summary>A paper of A4 sheets, as PDF whose text can be searched and read aloud: lines one below the other, and columns that stay together; each sheet says which of how many it is.</summary>
/// <param name="title">As readers of the file show it.</param>
/// <param name="foot">On each sheet; {0} of {1}.</param>
/// <param name="madeAt">Stands in the file.</param>
public sealed class Paper(string title, string foot, DateTimeOffset madeAt)
{
    private const float Width = 595, Height = 842, Margin = 54, Bottom = Height - 70, Between = 18, Dot = 1.5f, Cell = 3;

    private readonly List<Block> blocks = [];

    /// <summary>Something drawn at one height of a sheet.</summary>
    /// <param name="Before">Room above it, but at the head of a sheet.</param>
    /// <param name="Room">Its own height.</param>
    /// <param name="Keep">Not the last thing on a sheet.</param>
    /// <param name="Draw">Draws it, from its upper edge.</param>
    private sealed record Block(float Before, float Room, bool Keep, Action<SKCanvas, float> Draw);

    private static float Inner => Width - (2 * Margin);

    public Paper Add(params IEnumerable<PaperLine> lines)
    {
        foreach (var line in lines)
        {
            blocks.AddRange(line.Wrap(Inner).Select(l => new Block(l.Line.Before, l.Line.Leading, l.Line.Keep, (canvas, y) => l.Draw(canvas, Margin, y, Inner))));
        }

        return this;
    }

    /// <summary>Two columns beside each other, which no sheet parts.</summary>
    /// <param name="left">Lines on the left.</param>
    /// <param name="right">Lines on the right.</param>
    /// <param name="share">How much of the width the left has, 0 to 1.</param>
    /// <param name="code">Stands at the head of the left as a QR code.</param>
    public Paper Beside(IEnumerable<PaperLine> left, IEnumerable<PaperLine> right, float share = 0.5f, string? code = null)
    {
        var (one, two) = ((Inner - Between) * share, (Inner - Between) * (1 - share));
        var (first, second) = (left.SelectMany(l => l.Wrap(one)).ToList(), right.SelectMany(l => l.Wrap(two)).ToList());
        using var square = code is null ? null : QRCodeGenerator.GenerateQrCode(code, QRCodeGenerator.ECCLevel.L);
        var dots = square?.ModuleMatrix.Select(row => row.Cast<bool>().ToArray()).ToArray() ?? [];
        var picture = dots.Length * Dot;
        static float Room(List<LaidLine> lines) => lines.Sum(l => l.Line.Before + l.Line.Leading);
        blocks.Add(new Block(12, Math.Max(picture + Room(first), Room(second)), false, (canvas, y) =>
        {
            DrawDots(canvas, dots, Margin, y);
            Column(canvas, first, Margin, y + picture, one);
            Column(canvas, second, Margin + one + Between, y, two);
        }));
        return this;
    }

    /// <summary>A table with lines around its cells; a row stays on one sheet, and the heads do not stand alone.</summary>
    /// <param name="shares">How much of the width each column has; together 1.</param>
    /// <param name="rows">Cells of each row, as many as there are columns; the first row is the heads.</param>
    public Paper Table(IReadOnlyList<float> shares, IEnumerable<IReadOnlyList<PaperLine>> rows)
    {
        foreach (var (no, row) in rows.Index())
        {
            var cells = row.Select((cell, n) => cell.Wrap((Inner * shares[n]) - (2 * Cell)).ToList()).ToList();
            var room = cells.Max(c => c.Sum(l => l.Line.Leading)) + (2 * Cell);
            blocks.Add(new Block(no == 0 ? 6 : 0, room, no == 0, (canvas, y) =>
            {
                using var line = new SKPaint { Color = SKColors.Black, IsStroke = true, StrokeWidth = 0.5f };
                var x = Margin;
                foreach (var (n, cell) in cells.Index())
                {
                    canvas.DrawRect(x, y, Inner * shares[n], room, line);
                    Column(canvas, cell, x + Cell, y + Cell, (Inner * shares[n]) - (2 * Cell));
                    x += Inner * shares[n];
                }
            }));
        }

        return this;
    }

    public byte[] Draw()
    {
        var sheets = Sheets();
        using var stream = new MemoryStream();
        using (var document = SKDocument.CreatePdf(stream, new SKDocumentPdfMetadata { Title = title, Author = "Sổ Gốc", Creation = madeAt.UtcDateTime, Modified = madeAt.UtcDateTime, EncodingQuality = 100, RasterDpi = 72 }))
        {
            for (var i = 0; i < sheets.Count; i++)
            {
                var canvas = document.BeginPage(Width, Height);
                foreach (var (block, y) in sheets[i])
                {
                    block.Draw(canvas, y);
                }

                var last = new PaperLine(string.Format(CultureInfo.InvariantCulture, foot, i + 1, sheets.Count), 11);
                last.Wrap(Inner).First().Draw(canvas, Margin, Height - 40 - last.Leading, Inner);
                document.EndPage();
            }

            document.Close();
        }

        return stream.ToArray();
    }

    /// <summary>Blocks with their places, sheet by sheet.</summary>
    private List<List<(Block Block, float Y)>> Sheets()
    {
        var sheets = new List<List<(Block, float)>> { new() };
        var y = Margin;
        for (var i = 0; i < blocks.Count; i++)
        {
            // A head goes with what stands below it.
            var needed = 0f;
            for (var j = i; j < blocks.Count; j++)
            {
                needed += blocks[j].Before + blocks[j].Room;
                if (!blocks[j].Keep)
                {
                    break;
                }
            }

            if (y + needed > Bottom && sheets[^1].Count > 0)
            {
                sheets.Add([]);
                y = Margin;
            }

            y += sheets[^1].Count == 0 ? 0 : blocks[i].Before;
            sheets[^1].Add((blocks[i], y));
            y += blocks[i].Room;
        }

        return sheets;
    }

    private static void Column(SKCanvas canvas, List<LaidLine> lines, float x, float y, float width)
    {
        foreach (var line in lines)
        {
            y += line.Line.Before;
            line.Draw(canvas, x, y, width);
            y += line.Line.Leading;
        }
    }

    private static void DrawDots(SKCanvas canvas, bool[][] dots, float x, float y)
    {
        // All of it is one mark: each would be written with a head of its own.
        using var marks = new SKPathBuilder();
        for (var row = 0; row < dots.Length; row++)
        {
            // What is black side by side is one stroke: fewer marks, and no hair between them.
            for (var from = 0; from < dots[row].Length; from++)
            {
                var until = from;
                while (until < dots[row].Length && dots[row][until])
                {
                    until++;
                }

                if (until > from)
                {
                    marks.AddRect(SKRect.Create(x + (from * Dot), y + (row * Dot), (until - from) * Dot, Dot));
                    from = until;
                }
            }
        }

        using var ink = new SKPaint { Color = SKColors.Black, IsAntialias = false };
        using var all = marks.Detach();
        canvas.DrawPath(all, ink);
    }
}
