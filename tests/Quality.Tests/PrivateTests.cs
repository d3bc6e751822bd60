using System.Globalization;
using System.Net;
using System.Runtime.Versioning;
using System.Text;
using SoGoc.Host.Commands;
using SoGoc.Kernel.Time;
using SoGoc.Population;
using SoGoc.Testing;

namespace SoGoc.Quality.Tests;

/// <summary>A list is compared by keyed digests: each row learns whether it agrees, and no value leaves either side.</summary>
[SupportedOSPlatform("linux")]
public sealed class PrivateTests(Town town) : IClassFixture<Town>
{
    private static int people;

    private async Task<(PersonState State, Guid Key)> Person()
    {
        var n = Interlocked.Increment(ref people);
        var sound = town.Sound(2, $"{1960 + n}-0{1 + (n % 9)}-1{n % 9}").Named($"Lương Thị Hòa Nguyệt {(char)('A' + n)}n");
        return (sound, (await town.Settle(sound)).Person);
    }

    /// <summary>What an agency does where its list is: the command makes the digests.</summary>
    private static async Task<byte[]> Digests(string list, string key)
    {
        var folder = Directory.CreateTempSubdirectory("sogoc-digests");
        try
        {
            FileInfo In(string name) => new(Path.Combine(folder.FullName, name));
            await File.WriteAllTextAsync(In("danh-sach.csv").FullName, list);
            await File.WriteAllTextAsync(In("khoa.txt").FullName, key + "\n");
            Assert.Equal(0, await DigestCommand.Run(In("danh-sach.csv"), In("khoa.txt"), In("ma-bam.csv"), CancellationToken.None));
            return await File.ReadAllBytesAsync(In("ma-bam.csv").FullName);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<Reply> Send(Official who, Guid list, byte[] digests)
    {
        using var content = new ByteArrayContent(digests);
        return await Reply.Of(await who.Http.PostAsync($"/api/v1/quality/private-lists/{list}/digests", content));
    }

    private static async Task<Reply> Until(Official who, Guid id)
    {
        Reply shown;
        while ((shown = (await who.Post("/quality/private-lists/show", new { id })).Succeeds())["state"].GetString() == "matching")
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);
        }

        return shown;
    }

    private static async Task<(Guid Id, string Key)> Ask(Official who)
    {
        var asked = (await who.Post("/quality/private-lists/ask", new { name = "bao-hiem" })).Succeeds();
        return (asked["id"].GetGuid(), asked["key"].GetString()!);
    }

    [Fact]
    public async Task Each_row_learns_whether_it_agrees_and_neither_values_nor_digests_are_kept()
    {
        var (same, sameKey) = await Person();
        var (other, otherKey) = await Person();
        var (numberless, _) = await Person();
        var (dead, deadKey) = await Person();
        var (strange, _) = await Person();
        await town.Act(deadKey, new StatusChanged(PersonStatus.Dead, PartialDate.Of(2026, 10, 1)));
        string Line(PersonState p, string? number = null, string? name = null) => $"{number ?? p.Number()},{name ?? p.Facts.FullName},{p.Facts.Born!.Value.Shown},Nữ\n";
        // Capitals, the old place of a tone mark and letters in parts make no difference.
        var list = "Số CCCD,Họ và tên,Ngày sinh,Giới tính\n"
            + Line(same, name: same.Facts.FullName!.Replace("Hòa", "Hoà").ToUpper(CultureInfo.GetCultureInfo("vi-VN")).Normalize(NormalizationForm.FormD)) + Line(other, name: "Trần Thị Khác") + Line(numberless, number: "") + Line(dead) + Line(strange, number: "089199777666")
            + "089199888777,Phan Thị Không Có,01/02/1999,Nữ\n,,,\n";
        using var it = await town.As("tinhoc");
        var (id, key) = await Ask(it);
        var digests = await Digests(list, key);
        Assert.DoesNotContain(same.Number(), Encoding.UTF8.GetString(digests), StringComparison.Ordinal);
        (await Send(it, id, digests)).Succeeds();
        var shown = await Until(it, id);
        Assert.Equal("matched", shown["state"].GetString());
        var rows = await town.Rows("select outcome from quality.private_row where list_id = $1 order by row_no", r => r.GetString(0), id);
        Assert.Equal(["matched", "differs", "matched", "dead", "other-number", "not-found"], rows.Take(6));
        Assert.Equal(0, await town.Value<long>("select count(*) from quality.private_list where id = $1 and (key is not null or file is not null)", id));
        // The answer names nobody, and whoever was found can see that he was looked for.
        var answer = (await it.Get($"/api/v1/quality/private-lists/{id}/matched.csv")).Succeeds().Text;
        Assert.DoesNotContain(same.Number(), answer, StringComparison.Ordinal);
        Assert.DoesNotContain("Nguyệt", answer, StringComparison.Ordinal);
        Assert.Equal(2, await town.Value<long>("select count(distinct subject) from journal.disclosure where case_ref = $1 and fields = array['verify:digest'] and subject = any($2)", shown["case"].GetString()!, new[] { sameKey, otherKey }));
        // What was used is not taken again.
        (await Send(it, id, digests)).Refuses("quality.digests-sent", HttpStatusCode.Conflict);
    }

    /// <summary>A frequent name hides nobody whose number is known, and a year alone contradicts another year only.</summary>
    [Fact]
    public async Task Whose_number_is_known_agrees_by_his_own_name_and_birth_however_many_namesakes_he_has()
    {
        var namesakes = new List<PersonState>();
        for (var n = 1; n <= 12; n++)
        {
            var one = town.Sound(1, $"1971-{n:00}-07").Named("Nguyễn Văn Mẫu Chung");
            await town.Settle(one);
            namesakes.Add(one);
        }

        var ofYear = town.Sound(1, "1958-01-01").Named("Ưng Văn Mẫu Riêng");
        ofYear = ofYear with { Facts = ofYear.Facts with { Born = PartialDate.Of(1958, 0, 0) } };
        await town.Settle(ofYear);
        var list = "Số CCCD,Họ và tên,Ngày sinh,Giới tính\n" + string.Concat(namesakes.Select(p => $"{p.Number()},nguyen van mau chung,1971,Nam\n"))
            + $"{ofYear.Number()},Ưng Văn Mẫu Riêng,05/06/1958,Nam\n{ofYear.Number()},Ưng Văn Mẫu Riêng,05/06/1957,Nam\n,Nguyễn Văn Mẫu Chung,1971,Nam\n";
        using var it = await town.As("tinhoc");
        var (id, key) = await Ask(it);
        (await Send(it, id, await Digests(list, key))).Succeeds();
        await Until(it, id);
        var rows = await town.Rows("select outcome from quality.private_row where list_id = $1 order by row_no", r => r.GetString(0), id);
        Assert.Equal([.. Enumerable.Repeat("matched", 13), "differs", "several"], rows);
    }

    [Fact]
    public async Task Digests_of_another_key_malformed_ones_and_what_is_no_list_of_digests_are_refused_and_the_key_still_serves()
    {
        var (same, _) = await Person();
        var list = $"Số CCCD,Họ và tên\n{same.Number()},{same.Facts.FullName}\n";
        using var it = await town.As("tinhoc");
        var (id, key) = await Ask(it);
        (await Send(it, id, await Digests(list, (await Ask(it)).Key))).Refuses("quality.digest-other-key");
        var right = Encoding.UTF8.GetString(await Digests(list, key));
        var lines = right.TrimEnd().Split('\n');
        (await Send(it, id, Encoding.UTF8.GetBytes(right.Replace(lines[1].Split(',')[1], "AAAA", StringComparison.Ordinal)))).Refuses("quality.digest-malformed");
        (await Send(it, id, Encoding.UTF8.GetBytes(right + lines[1] + "\n"))).Refuses("quality.digest-row-twice");
        (await Send(it, id, Encoding.UTF8.GetBytes(list))).Refuses("quality.no-digests");
        (await Send(it, id, Encoding.UTF8.GetBytes(right))).Succeeds();
        Assert.Equal(1, (await Until(it, id))["counts"].GetProperty("matched").GetInt32());
        // The key is not told again, and not to another office.
        Assert.DoesNotContain(key, (await it.Post("/quality/private-lists/show", new { id })).Succeeds().Text, StringComparison.Ordinal);
        using var clerk = await town.As("canbo");
        Assert.Equal(HttpStatusCode.Forbidden, (await clerk.Post("/quality/private-lists/show", new { id })).Status);
        using var other = await town.Official("it", null);
        (await other.Post("/quality/private-lists/show", new { id })).Refuses("quality.no-list", HttpStatusCode.NotFound);
    }
}
