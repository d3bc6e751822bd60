using System.Runtime.Versioning;

namespace SoGoc.Host.Tests;

/// <summary>`sogoc link`, as an office runs it on its own lists.</summary>
[SupportedOSPlatform("linux")]
public sealed class LinkCommandTests : IDisposable
{
    private const string List = "Họ tên,Ngày sinh,Mã\nNguyễn Văn Mẫu,01/02/1980,1\nTrần Thị Thử,03/04/1990,2\nLê Văn Nháp,05/06/1970,3\n";

    private readonly ProgramFolder folder = new();

    public void Dispose() => folder.Dispose();

    private string File(string name, string? text = null)
    {
        var path = Path.Combine(folder.Path, name);
        if (text is not null)
        {
            System.IO.File.WriteAllText(path, text);
        }

        return path;
    }

    [Fact]
    public async Task What_is_read_is_not_written_over()
    {
        var (list, model) = (File("a.csv", List), File("a.model.json", "{}"));
        var link = File("b.csv");
        System.IO.File.CreateSymbolicLink(link, list);
        foreach (var args in (string[][])[[list, "--out", list], [list, "--out", link], [list, "--out", File("p.csv"), "--clusters", list], [list, "--model", model, "--out", File("a.txt")], [list, "--out", File("p.csv"), "--clusters", File("p.csv")]])
        {
            var (code, said) = await folder.Command(["link", .. args]);
            Assert.True(code == 1 && said.Contains("không ghi đè", StringComparison.Ordinal), $"{string.Join(' ', args)}: {said}");
        }

        Assert.Equal((List, "{}"), (System.IO.File.ReadAllText(list), System.IO.File.ReadAllText(model)));
    }

    [Fact]
    public async Task An_empty_list_is_refused_in_words_and_a_share_of_nothing_is_a_dash()
    {
        var (code, said) = await folder.Command("link", File("rong.csv", ""), "--out", File("p.csv"));
        Assert.True(code == 1 && said.Contains("Tệp trống", StringComparison.Ordinal) && !said.Contains("lists.", StringComparison.Ordinal), said);
        (code, said) = await folder.Command("link", File("a.csv", List), "--out", File("p.csv"), "--truth", "Mã");
        Assert.True(code == 0, said);
        var line = said.Split('\n').Single(l => l.StartsWith("best ", StringComparison.Ordinal));
        Assert.Equal(["–", "–"], line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[3..5]);
        Assert.Contains("theo mô hình", said, StringComparison.Ordinal);
    }
}
