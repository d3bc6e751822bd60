namespace SoGoc.Lists;

/// <summary>Finds out what a file is and where its table starts.</summary>
internal static class ListOpening
{
    const int SampleRows = 1000, SampleChars = 1_000_000, SampleBytes = 1 << 16;

    static readonly byte[] OldExcel = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1];

    public static ListReader Open(Stream file, ListLimits limits)
    {
        if (file.Length > limits.MaxFileBytes) throw new ListException("lists.too-large", null, $"{limits.MaxFileBytes}");
        if (file.Length == 0) throw ListException.NotAList("empty");
        var head = new byte[SampleBytes];
        file.Position = 0;
        var start = head.AsSpan(0, file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false));
        if (start.StartsWith(OldExcel)) throw new ListException("lists.old-excel", null, "save as .xlsx or CSV");
        if (start.StartsWith("PK\x03\x04"u8) || start.StartsWith("PK\x05\x06"u8)) return OpenXlsx(file, limits);
        RefuseOtherKinds(start);
        return OpenCsv(file, limits);
    }

    static void RefuseOtherKinds(ReadOnlySpan<byte> start)
    {
        if (start.StartsWith("%PDF"u8)) throw ListException.NotAList("pdf");
        if (start.StartsWith("{\\rtf"u8)) throw ListException.NotAList("rtf");
        if (start is [0x1F, 0x8B, ..] or [(byte)'7', (byte)'z', 0xBC, ..] || start.StartsWith("PK"u8) || start.StartsWith("Rar!"u8)) throw ListException.NotAList("archive");
        var text = start is [0xEF, 0xBB, 0xBF, ..] ? start[3..] : start;
        text = text.TrimStart(" \r\n\t"u8);
        if (text is [(byte)'<', var next, ..] && (char.IsAsciiLetter((char)next) || next is (byte)'!' or (byte)'?')) throw ListException.NotAList("html");

        if (start is [0xFF, 0xFE, ..] or [0xFE, 0xFF, ..]) return;
        var controls = 0;
        foreach (var b in start)
            if (b is 0) throw ListException.NotAList("binary");
            else if (b < 0x20 && b is not ((byte)'\t' or (byte)'\r' or (byte)'\n' or 0x0B or 0x0C)) controls++;
        if (controls > 1 + (start.Length / 100)) throw ListException.NotAList("binary");
    }

    static ListReader OpenCsv(Stream file, ListLimits limits)
    {
        var charset = Charset.Of(file);
        var sample = new char[SampleBytes];
        var text = new ListText(file, charset);
        var separator = SeparatorLine.Guess(new string(sample, 0, text.ReadBlock(sample)), limits);
        var rows = new CsvRows(file, charset, separator, limits);
        return Start(rows, (encoding, heads, row) => new(ListFormat.Csv, encoding, charset.Name, separator, null, heads, row))
            ?? throw NoHeads(rows);
    }

    // Cover sheets come before the list now and then: the first visible sheet that has a row of heads is the one.
    static ListReader OpenXlsx(Stream file, ListLimits limits)
    {
        var book = Workbook.Open(file, limits);
        foreach (var sheet in book.VisibleSheets)
        {
            var rows = new SheetRows(book, sheet, limits);
            if (Start(rows, (encoding, heads, row) => new(ListFormat.Xlsx, encoding, "utf-8", null, sheet.Name, heads, row)) is { } reader) return reader;
            rows.Dispose();
        }
        throw new ListException("lists.no-heads");
    }

    static ListException NoHeads(RowSource rows)
    {
        rows.Dispose();
        return new("lists.no-heads");
    }

    static ListReader? Start(RowSource source, Func<VietnameseEncoding, string[], int, ListShape> shape)
    {
        try
        {
            var ahead = ReadAhead(source);
            var encoding = VietnameseText.Detect(ahead.SelectMany(r => r.Cells));
            var top = ahead.Take(HeadRow.Within).Select(r => Array.ConvertAll(r.Cells, c => VietnameseText.Decode(c, encoding))).ToList();
            if (HeadRow.Find(top) is not { } found)
            {
                // Columns of one name are no heads, and whose list it is has to hear why.
                if (HeadRow.Repeated(top) is { } repeated) throw new ListException("lists.no-heads", ahead[repeated].Row);
                return null;
            }
            // A row 1, 2, 3 without brackets and with nothing below it is the list itself.
            var first = found + 1 < top.Count && HeadRow.IsColumnNumbers(top[found + 1]) && (found + 2 < ahead.Count || Array.Exists(top[found + 1], c => c.StartsWith('('))) ? found + 2 : found + 1;
            return new(source, shape(encoding, HeadRow.Heads(top[found]), (int)ahead[found].Row), new(ahead.Skip(first)));
        }
        catch
        {
            source.Dispose();
            throw;
        }
    }

    static List<SampleRow> ReadAhead(RowSource source)
    {
        var (ahead, chars) = (new List<SampleRow>(), 0);
        while (ahead.Count < SampleRows && (chars < SampleChars || ahead.Count < HeadRow.Within) && source.Next())
        {
            if (!ListReader.HasText(source)) continue;
            var cells = new string[source.Count];
            for (var i = 0; i < cells.Length; i++)
            {
                cells[i] = source.Raw(i).ToString();
                chars += cells[i].Length;
            }
            ahead.Add(new(source.RowNumber, cells));
        }
        return ahead;
    }
}
