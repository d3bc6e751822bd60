using SoGoc.Kernel.Cases;
using SoGoc.Testing;

namespace SoGoc.Kernel.Tests;

/// <summary>Purposes are law by date: what is not in force today is no reason, and what another law brings is one from its day on.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class PurposeTests(Town town) : IClassFixture<Town>
{
    [Fact]
    public async Task A_purpose_that_ended_is_no_reason_even_for_a_case_that_was_opened_for_it()
    {
        using var clerk = await town.As("canbo");
        var file = Path.GetTempFileName();
        await Load(file, "thi-diem,2020-01-01,,Thí điểm mẫu,Pilot,Quyết định mẫu 1,identity");
        (await clerk.Post("/cases/open", new { kind = "dossier", reference = "TD-1", purpose = "thi-diem" })).Succeeds();
        (await Read(clerk, "thi-diem", "TD-1")).Succeeds();
        await town.Execute("update journal.purpose set valid = daterange('2020-01-01', '2026-11-24') where code = 'thi-diem'");
        await Until(async () => !(await Read(clerk, "thi-diem", "TD-1")).IsGood);
        (await Read(clerk, "thi-diem", "TD-1")).Refuses("journal.purpose-not-in-force");
        (await clerk.Post("/cases/open", new { kind = "dossier", reference = "TD-2", purpose = "thi-diem" })).Refuses("journal.purpose-not-in-force");
        File.Delete(file);
    }

    [Fact]
    public async Task A_new_law_ends_the_one_before_it_and_a_purpose_has_one_law_a_day()
    {
        var file = Path.GetTempFileName();
        await Load(file, "doi-luat,2020-01-01,,Đổi luật mẫu,Changed,Luật mẫu cũ,identity");
        await Load(file, "doi-luat,2026-07-01,,Đổi luật mẫu,Changed,Luật mẫu mới,identity residence");
        Assert.Equal([("[2020-01-01,2026-07-01)", "Luật mẫu cũ"), ("[2026-07-01,)", "Luật mẫu mới")],
            await town.Rows("select valid::text, ground from journal.purpose where code = 'doi-luat' order by valid", r => (r.GetString(0), r.GetString(1))));
        File.Delete(file);
    }

    private static async Task<Reply> Read(Official clerk, string purpose, string @case) =>
        await clerk.Post("/persons/lookup", new { numbers = new[] { "089199999999" }, fields = new[] { "fullName" }, purpose, @case });

    private async Task Load(string file, string line)
    {
        await File.WriteAllTextAsync(file, "code,valid_from,valid_to,name_vi,name_en,ground,classes,who,needs,note\n" + line + ",officials,,\n", TestContext.Current.CancellationToken);
        await PurposeFile.Load(town.Database, file, TestContext.Current.CancellationToken);
        // What was read before is remembered for some seconds.
        using var clerk = await town.As("canbo");
        var code = line.Split(',')[0];
        await Until(async () => !(await Read(clerk, code, "x")).Text.Contains("journal.purpose-unknown", StringComparison.Ordinal));
    }

    private static async Task Until(Func<Task<bool>> so)
    {
        while (!await so())
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);
        }
    }
}
