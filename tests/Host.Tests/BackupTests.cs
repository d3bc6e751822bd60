using System.Runtime.Versioning;
using System.Text;

namespace SoGoc.Host.Tests;

/// <summary>The whole register into one file and out again, by the real program.</summary>
[SupportedOSPlatform("linux")]
public sealed class BackupTests
{
    private const string One = "Họ và tên,Ngày sinh,Giới tính,Số định danh cá nhân\nNguyễn Thị Mẫu Một,5/7/1962,Nữ,089162000123\n";
    private const string Two = "Họ và tên,Ngày sinh,Giới tính,Số định danh cá nhân\nTrần Văn Mẫu Hai,6/8/1970,Nam,089070000124\n";

    [Fact]
    public async Task A_restored_register_is_the_same_proves_itself_and_goes_on()
    {
        using var folder = new ProgramFolder();
        await Import(folder, One);
        var file = Path.Combine(folder.Path, "sao-luu.sogoc");
        await Succeeds(folder, "backup", file);

        using var other = new ProgramFolder();
        await Succeeds(other, "restore", file);

        Assert.Equal(await Print(folder), await Print(other));
        // Transaction ids begin anew in the new cluster: what is written now must still come behind what was.
        await Import(other, Two);
        await Succeeds(other, "backup", Path.Combine(other.Path, "tiep.sogoc"));
        await Succeeds(other, "journal", "verify");
        await other.WithServer(async connection =>
        {
            await using var places = new Npgsql.NpgsqlCommand("select count(*) = (select size from seal.log where name = 'entry') from journal.entry", connection);
            Assert.True((bool)(await places.ExecuteScalarAsync())!);
        });
    }

    [Fact]
    public async Task A_register_with_people_is_not_overwritten_and_a_damaged_file_restores_nothing()
    {
        using var folder = new ProgramFolder();
        await Import(folder, One);
        var file = Path.Combine(folder.Path, "sao-luu.sogoc");
        await Succeeds(folder, "backup", file);
        var (code, said) = await folder.Command("restore", file);
        Assert.Equal(1, code);
        Assert.Contains("Sổ đã có dữ liệu", said, StringComparison.Ordinal);

        using var other = new ProgramFolder();
        var bytes = await File.ReadAllBytesAsync(file);
        await File.WriteAllBytesAsync(file + ".cut", bytes[..(bytes.Length / 2)]);
        (code, said) = await other.Command("restore", file + ".cut");
        Assert.Equal(1, code);
        Assert.Contains("không phải bản sao lưu", said, StringComparison.Ordinal);
        await Succeeds(other, "restore", file);
    }

    private static async Task Import(ProgramFolder folder, string list)
    {
        var path = Path.Combine(folder.Path, "danh-sach.csv");
        await File.WriteAllTextAsync(path, list, Encoding.UTF8);
        await Succeeds(folder, "import", path, "--apply");
    }

    private static async Task Succeeds(ProgramFolder folder, params string[] words)
    {
        var (code, said) = await folder.Command(words);
        Assert.True(code == 0, said);
    }

    private static async Task<List<string>> Print(ProgramFolder folder)
    {
        var print = new List<string>();
        await folder.WithServer(async connection => print = await RegisterPrint.Of(connection));
        return print;
    }
}
