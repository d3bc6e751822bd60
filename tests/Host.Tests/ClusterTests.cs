using Microsoft.Extensions.Logging.Abstractions;
using SoGoc.Host.Postgres;

namespace SoGoc.Host.Tests;

/// <summary>Real servers in folders of their own. Only the first test flushes to the disk: the others kill processes, not the power.</summary>
public sealed class ClusterTests : IDisposable
{
    private readonly DataFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task An_empty_folder_becomes_a_durable_cluster_that_only_the_socket_reaches()
    {
        await using var cluster = await Start(folder.Settings with { Durable = true });

        Assert.False(cluster.Adopted);
        Assert.Equal("on on on ''", await cluster.Text(
            "select concat_ws(' ', current_setting('fsync'), current_setting('synchronous_commit'), current_setting('data_checksums'), quote_literal(current_setting('listen_addresses')))"));
    }

    [Fact]
    public async Task The_second_start_finds_what_the_first_wrote_and_has_nothing_to_recover()
    {
        await using (var first = await Start())
            await first.Do("create table kept as select 7 as number");

        Assert.Contains("database system is shut down", folder.Cluster.LastLogLines(1).Single(), StringComparison.Ordinal);
        // The one that writes the log goes a moment after the server; none is left to be ended by force.
        using var moment = new CancellationTokenSource(TimeSpan.FromSeconds(8));
        await folder.Cluster.Processes.Vanish(Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance, moment.Token);
        Assert.Empty(folder.Cluster.Processes.Alive());
        await using var second = await Start();
        Assert.Equal("7", await second.Text("select number from kept"));
        Assert.DoesNotContain("recovery", folder.Log(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_second_program_is_told_who_holds_the_folder()
    {
        await using var first = await Start();

        var refusal = await Assert.ThrowsAsync<ClusterException>(() => Start());

        Assert.Equal("host.folder-busy", refusal.Code);
        Assert.Contains($"pid {Environment.ProcessId}", refusal.Message, StringComparison.Ordinal);
        Assert.Equal("1", await first.Text("select 1"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Committed_rows_survive_a_kill_and_the_server_comes_back_by_itself(bool sessionsToo)
    {
        var log = new LogWatch("starting it again");
        await using var cluster = await Start(log: log);
        await cluster.Do("create table answered as select generate_series(1, 1000) as number");

        var victims = sessionsToo ? folder.Cluster.Processes.Alive() : [folder.Cluster.Processes.Postmaster()!.Value];
        foreach (var victim in victims) Posix.Signal(victim, Posix.Kill);
        await log.Seen;

        Assert.Equal("1000", await cluster.TextOnceItAnswers("select count(*) from answered"));
    }

    [Fact]
    public async Task A_server_whose_program_was_killed_is_taken_over_and_still_stopped_cleanly()
    {
        await using (var first = await Start()) await first.Do("create table kept as select 7 as number");
        var orphan = await folder.RunServerAlone();

        await using (var second = await Start())
        {
            Assert.True(second.Adopted);
            Assert.Equal("7", await second.Text("select number from kept"));
        }

        Assert.Equal(0, (await orphan).ExitCode);
        Assert.Empty(folder.Cluster.Processes.Alive());
    }

    [Fact]
    public async Task An_adopted_server_that_is_killed_comes_back()
    {
        await using (var first = await Start()) await first.Do("create table kept as select 7 as number");
        var orphan = await folder.RunServerAlone();
        var log = new LogWatch("starting it again");
        await using var second = await Start(log: log);

        Posix.Signal(folder.Cluster.Processes.Postmaster()!.Value, Posix.Kill);
        await orphan;
        await log.Seen;

        Assert.Equal("7", await second.TextOnceItAnswers("select number from kept"));
    }

    [Fact]
    public async Task A_first_start_that_was_interrupted_is_begun_anew()
    {
        Directory.CreateDirectory(Path.Combine(folder.Path, "pg.init", "base"));
        await File.WriteAllTextAsync(Path.Combine(folder.Path, "pg.init", "PG_VERSION"), "15");

        await using var cluster = await Start();

        Assert.Equal("1", await cluster.Text("select 1"));
        Assert.False(Directory.Exists(folder.Cluster.Unfinished));
    }

    [Fact]
    public async Task A_lock_left_by_a_dead_server_does_not_stand_in_the_way()
    {
        await using (await Start()) { }
        var ours = $"{Environment.ProcessId}\n{folder.Cluster.Cluster}\n0\n5432\n{folder.Cluster.Run}\n\n\nready\n";   // alive, but no server
        await File.WriteAllTextAsync(Path.Combine(folder.Cluster.Cluster, "postmaster.pid"), ours);
        await File.WriteAllTextAsync(Path.Combine(folder.Cluster.Run, ".s.PGSQL.5432.lock"), ours);

        await using var cluster = await Start();

        Assert.False(cluster.Adopted);
        Assert.Equal("1", await cluster.Text("select 1"));
    }

    [Theory]
    [InlineData("Dữ liệu gốc")]
    [InlineData("tỉnh, huyện: 'xã' \"ấp\"")]
    [InlineData("một-thư-mục-có-tên-rất-dài/mà-ổ-cắm-unix-không-chứa-nổi/vì-chỉ-được-một-trăm-lẻ-bảy-byte/còn-đây-thì-dài-hơn-nhiều")]
    public async Task Any_folder_name_will_do(string name)
    {
        await using var cluster = await Start(folder.Settings with { DataFolder = Path.Combine(folder.Path, name) });

        Assert.Equal(Path.Combine(folder.Path, name, "pg"), await cluster.Text("show data_directory"));
    }

    [Fact]
    public async Task A_folder_that_only_root_may_enter_will_do_for_root()
    {
        Assert.SkipUnless(Environment.IsPrivilegedProcess, "Only root starts servers as another account.");
        folder.CloseToOthers();

        await using (var first = await Start()) await first.Do("create table kept as select 7 as number");

        await using var second = await Start();
        Assert.Equal("7", await second.Text("select number from kept"));
    }

    [Fact]
    public async Task Missing_programs_are_answered_with_what_to_do()
    {
        var refusal = await Assert.ThrowsAsync<ClusterException>(() => Start(folder.Settings with { Binaries = folder.Path }));

        Assert.Equal("host.programs-missing", refusal.Code);
        Assert.Contains("hãy cài gói", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("install the package", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Data_of_another_version_are_refused_untouched()
    {
        Directory.CreateDirectory(folder.Cluster.Cluster);
        await File.WriteAllTextAsync(Path.Combine(folder.Cluster.Cluster, "PG_VERSION"), "9\n");

        var refusal = await Assert.ThrowsAsync<ClusterException>(() => Start());

        Assert.Equal("host.wrong-version", refusal.Code);
        Assert.Single(Directory.EnumerateFileSystemEntries(folder.Cluster.Cluster));
    }

    [Fact]
    public async Task A_start_that_is_given_up_leaves_the_folder_free()
    {
        using var stop = new CancellationTokenSource();
        var starting = Cluster.Start(folder.Settings, new LogWatch("Making a new", stop.Cancel), stop.Token);

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => starting);

        await using var cluster = await Start();
        Assert.Equal("1", await cluster.Text("select 1"));
    }

    [Fact]
    public async Task What_a_failed_statement_said_about_a_person_is_not_in_the_servers_log()
    {
        await using (var cluster = await Start())
        {
            await cluster.Do("create table person (name text primary key, born_on date)");
            await cluster.Do("insert into person values ('Nguyễn Thị Bịa', null)");
            await Assert.ThrowsAsync<Npgsql.PostgresException>(() => cluster.Do("insert into person values ('Nguyễn Thị Bịa', null)"));
            await Assert.ThrowsAsync<Npgsql.PostgresException>(() => cluster.Do("insert into person values ('Trần Văn Bịa', '31/02/1962')"));
        }

        Assert.DoesNotContain("Bịa", folder.Log(), StringComparison.Ordinal);
        Assert.DoesNotContain("31/02/1962", folder.Log(), StringComparison.Ordinal);
    }

    private Task<Cluster> Start(ClusterSettings? settings = null, LogWatch? log = null) =>
        Cluster.Start(settings ?? folder.Settings, (Microsoft.Extensions.Logging.ILogger?)log ?? NullLogger.Instance, TestContext.Current.CancellationToken);
}
