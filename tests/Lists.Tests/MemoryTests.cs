namespace SoGoc.Lists.Tests;

/// <summary>Runs alone: what other tests hold would be counted too.</summary>
[CollectionDefinition(nameof(MemoryTests), DisableParallelization = true)]
[Collection(nameof(MemoryTests))]
public class MemoryTests
{
    [Fact]
    public void Reading_300_megabytes_of_CSV_keeps_nothing()
    {
        var file = new EndlessList(300 << 20, "STT,Họ tên,Dân tộc,Ngày sinh,Số,Ấp,Xã\n");
        var before = GC.GetTotalMemory(forceFullCollection: true);
        using var list = Given.Open(file);
        var (rows, most) = (0L, 0L);
        while (list.Read())
        {
            if (list[1].Length == 0) Assert.Fail("a name is missing");
            if (++rows % 500_000 == 0) most = Math.Max(most, GC.GetTotalMemory(forceFullCollection: true));
        }
        Assert.True(rows > 3_000_000, $"{rows} rows");
        Assert.True(most - before < 20 << 20, $"{(most - before) >> 20} MiB held");
    }

    [Fact]
    public void Reading_and_writing_a_large_workbook_keeps_nothing()
    {
        var path = Path.GetTempFileName();
        try
        {
            var before = GC.GetTotalMemory(forceFullCollection: true);
            using var file = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.None, 1 << 16, FileOptions.DeleteOnClose);
            using (var list = ListWriter.Xlsx(file))
            {
                list.Row(Given.Heads);
                for (var i = 0; i < 150_000; i++) list.Row(Given.Person(i));
                Assert.True(GC.GetTotalMemory(forceFullCollection: true) - before < 20 << 20);
            }
            using var read = Given.Open(file);
            var rows = 0;
            while (read.Read())
                if (++rows % 50_000 == 0) Assert.True(GC.GetTotalMemory(forceFullCollection: true) - before < 20 << 20);
            Assert.Equal(150_000, rows);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
