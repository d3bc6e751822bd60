using System.Text;
using SoGoc.Testing;

namespace SoGoc.Population.Tests;

/// <summary>Work whose end nobody waits for any more, or that somebody has stopped, stops.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class CancelTests(Town town) : IClassFixture<Town>
{
    private const string Waiting = "select count(*) from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and pid <> pg_backend_pid()";

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(10);

    private static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("/api/v1/persons/search", """{"text": "089262000001", "purpose": "one-stop", "case": "HS-1"}""")]
    [InlineData("/api/v1/places/residents", """{"area": "30367", "purpose": "one-stop", "case": "HS-1"}""")]
    [InlineData("/api/v1/persons/show", """{"id": "00000000-0000-0000-0000-000000000001", "purpose": "one-stop", "case": "HS-1"}""")]
    public async Task The_statement_of_a_client_who_went_away_stops_in_the_database(string path, string body)
    {
        using var clerk = await town.As("tinh");
        await using var holder = await town.Database.Owner.OpenConnectionAsync(Stop);
        await using var hold = await holder.BeginTransactionAsync(Stop);
        await using (var lockAll = holder.CreateCommand())
        {
            lockAll.CommandText = "lock table population.person in access exclusive mode";
            await lockAll.ExecuteNonQueryAsync(Stop);
        }

        using var away = new CancellationTokenSource();
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        var asked = clerk.Http.PostAsync(path, content, away.Token);
        await Until(Waiting, n => n > 0);
        await away.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => asked);
        // The table is still held: only a statement that was stopped no longer waits for it.
        await Until(Waiting, n => n == 0);
    }

    [Fact]
    public async Task A_list_that_is_stopped_while_it_goes_in_leaves_whole_batches_and_goes_on_from_there()
    {
        const int people = 4500;
        using var clerk = await town.As("tinh");
        var rows = string.Concat(Enumerable.Range(0, people).Select(i => $"{People.Number("089", 2, 1962)},Trần Thị Mẫu {Letters(i)},05/07/1962,Nữ,Kinh,Việt Nam,\"Ấp Mẫu, xã Vĩnh Trường, huyện An Phú, tỉnh An Giang\",MAU-{i},Chủ hộ\n"));
        var sent = (await clerk.Send("mau.csv", Encoding.UTF8.GetBytes("Số định danh,Họ và tên,Ngày sinh,Giới tính,Dân tộc,Quốc tịch,Nơi thường trú,Số hồ sơ cư trú,Quan hệ với chủ hộ\n" + rows))).Succeeds();
        var list = sent["list"].GetProperty("id").GetString()!;
        var before = await town.Value<long>("select count(*) from population.person");

        // The entering of lists is held at its first batch, so that the wish to stop comes while it works.
        await using (var holder = await town.Database.Owner.OpenConnectionAsync(Stop))
        {
            await using var hold = await holder.BeginTransactionAsync(Stop);
            await using var take = holder.CreateCommand();
            take.CommandText = $"select pg_advisory_xact_lock({0x656E746572})";
            await take.ExecuteNonQueryAsync(Stop);
            (await clerk.Post("/lists/enter", new { id = list })).Succeeds();
            await Until(Waiting, n => n > 0);
            (await clerk.Post("/lists/cancel", new { id = list })).Succeeds();
        }

        await Until($"select count(*) from kernel.job where subject = '{list}' and state = 'cancelled'", n => n > 0);
        var shown = (await clerk.Post("/lists/show", new { id = list })).Succeeds();
        Assert.Equal(("checked", "cancelled"), (shown["list"].GetProperty("state").GetString(), shown["job"].GetProperty("state").GetString()));
        var entered = shown["list"].GetProperty("entered").GetInt64();
        Assert.InRange(entered, 1, people - 1);
        Assert.Equal(entered, await town.Value<long>("select count(*) from population.person") - before);
        Assert.Equal(entered, await town.Value<long>("select count(distinct subject) from journal.entry where kind = 'population.person-entered' and (body ->> 'list') = $1", list));
        Assert.Empty((await town.Verify()).Differences);

        (await clerk.Enter(list)).Succeeds();
        Assert.Equal(people, await town.Value<long>("select count(*) from population.person") - before);
        Assert.Empty((await town.Verify()).Differences);
    }

    private static string Letters(int n) => n < 26 ? $"{(char)('A' + n)}" : $"{Letters(n / 26)}{(char)('a' + (n % 26))}";

    private async Task Until(string count, Func<long, bool> there)
    {
        using var patience = new CancellationTokenSource(Longest);
        while (!there(await town.Value<long>(count)))
        {
            await Task.Delay(Glance, patience.Token);
        }
    }
}
