using System.Diagnostics;
using System.Text;

namespace SoGoc.Lists.Tests;

/// <summary>Whatever happens to a file, reading it gives rows or a <see cref="ListException"/>, soon.</summary>
public class FuzzTests
{
    static readonly ListLimits Small = new(10 << 20, 50 << 20, 50, 500);

    [Fact]
    public void Mutated_files_give_rows_or_a_fault()
    {
        byte[][] seeds =
        [
            Given.Csv(Given.List(40)).ToArray(), Given.Csv(Given.List(40), VietnameseEncoding.Tcvn3, ';').ToArray(), Given.Csv(Given.List(40), VietnameseEncoding.Viqr, '\t').ToArray(),
            [0xFF, 0xFE, .. Encoding.Unicode.GetBytes("Họ,Tên,Xã\n\"An\",\"B\"\"\",C\n")], Given.Xlsx(Given.List(40)).ToArray(), Given.Xlsx(Given.List(3), VietnameseEncoding.Vni).ToArray(),
        ];
        Try(11, 6000, random => Mutate(seeds[random.Next(seeds.Length)], random));
    }

    [Fact]
    public void Mutated_parts_of_a_workbook_give_rows_or_a_fault()
    {
        var rows = Encoding.UTF8.GetBytes(Given.Sheet(Given.Row(1, "Họ tên", "Ngày sinh", "Xã") + string.Concat(Enumerable.Range(2, 20).Select(i =>
            $"""<row r="{i}"><c r="A{i}" t="s"><v>{i % 3}</v></c><c r="B{i}" s="1"><f>1+1</f><v>2283{i % 10}.5</v></c><c r="C{i}" t="inlineStr"><is><t>_x000D_</t></is></c></row>"""))));
        var texts = """<sst><si><t>Lê An</t></si><si><r><t>Đỗ</t></r></si><si><t>_xD83D_</t></si></sst>"""u8.ToArray();
        var styles = """<styleSheet><numFmts><numFmt numFmtId="164" formatCode="[$-1]dd\/mm;@"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/></cellXfs></styleSheet>"""u8.ToArray();
        Try(12, 4000, random =>
        {
            byte[] Maybe(byte[] part) => random.Next(2) == 0 ? part : Mutate(part, random);
            return Given.Book("", more: [("xl/worksheets/sheet1.xml", Encoding.UTF8.GetString(Maybe(rows))), ("xl/sharedStrings.xml", Encoding.UTF8.GetString(Maybe(texts))), ("xl/styles.xml", Encoding.UTF8.GetString(Maybe(styles)))]).ToArray();
        });
    }

    static void Try(int seed, int times, Func<Random, byte[]> make)
    {
        var random = new Random(seed);
        var (read, refused) = (0, 0);
        for (var i = 0; i < times; i++)
        {
            var file = make(random);
            var watch = Stopwatch.StartNew();
            try
            {
                Given.Rows(new MemoryStream(file), Small);
                read++;
            }
            catch (ListException fault)
            {
                Assert.StartsWith("lists.", fault.Code);
                refused++;
            }
            Assert.True(watch.Elapsed < TimeSpan.FromSeconds(10), $"round {i} of seed {seed} took {watch.Elapsed}");
        }
        Assert.True(read > times / 50 && refused > times / 50, $"{read} read, {refused} refused: the mutations are too weak or too strong");
    }

    static byte[] Mutate(byte[] file, Random random)
    {
        var bytes = file.ToList();
        for (var n = random.Next(1, 5); n > 0 && bytes.Count > 8; n--)
        {
            var at = random.Next(bytes.Count);
            var length = Math.Min(random.Next(1, 40), bytes.Count - at);
            switch (random.Next(7))
            {
                case 0: bytes[at] ^= (byte)(1 << random.Next(8)); break;
                case 1: bytes[at] = (byte)random.Next(256); break;
                case 2: bytes.RemoveRange(at, length); break;
                case 3: bytes.InsertRange(at, bytes.GetRange(random.Next(bytes.Count - length), length)); break;
                case 4: bytes.RemoveRange(at, bytes.Count - at); break;
                case 5: bytes.Insert(at, (byte)"\"\"',;\t<>&0\r\n"[random.Next(12)]); break;
                default: for (var i = 0; i < Math.Min(4, bytes.Count - at); i++) bytes[at + i] = random.Next(2) == 0 ? (byte)0xFF : (byte)0; break;
            }
        }
        return [.. bytes];
    }
}
