using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SoGoc.Kernel.Sealing;
using SoGoc.Population;
using SoGoc.Testing;

namespace SoGoc.Kernel.Tests;

/// <summary>The journal as a reader who trusts nobody sees it: the feed, the heads, the proofs; and what a superuser can do to it unseen, which is nothing.</summary>
[SupportedOSPlatform("linux")]
public sealed class SealTests(Town town) : IClassFixture<Town>
{
    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    private Sealer Sealer => town.Services.GetRequiredService<Sealer>();

    [Fact]
    public async Task The_feed_has_every_entry_once_even_when_an_older_transaction_commits_last()
    {
        using var reader = await town.As("tinh");
        await town.Seal();
        var cursor = (await Page(reader, 0)).Next;

        // The slow one takes its place first, and commits after the others.
        await using var slow = await town.Database.App.OpenConnectionAsync(Stop);
        await using var transaction = await slow.BeginTransactionAsync(Stop);
        await Insert(slow, "population.slow");
        var quick = await town.Enter(People.Someone());
        await Sealer.SealNow(Stop);
        var before = await Page(reader, cursor);
        Assert.DoesNotContain(before.Subjects, s => s == quick);
        await transaction.CommitAsync(Stop);
        await town.Seal();

        var after = await Page(reader, before.Next);
        Assert.Equal(["population.slow", "population.person-entered"], after.Kinds);
        Assert.Equal(after.Next, (await Page(reader, after.Next)).Next);
    }

    [Fact]
    public async Task A_reader_who_starts_at_zero_gets_each_position_exactly_once()
    {
        for (var i = 0; i < 600; i++)
        {
            await town.Enter(People.Someone());
        }

        await town.Seal();
        using var reader = await town.As("tinhoc");
        var seen = new List<long>();
        long cursor = 0;
        for (var more = true; more;)
        {
            var page = await reader.Post("/journal/feed", new { after = cursor, most = 77 });
            seen.AddRange(page.Succeeds()["entries"].EnumerateArray().Select(e => e.GetProperty("position").GetInt64()));
            (cursor, more) = (page["next"].GetInt64(), page["more"].GetBoolean());
        }

        Assert.Equal(seen.Count, seen.Distinct().Count());
        Assert.Equal(await town.Rows("select position from journal.entry order by position", r => r.GetInt64(0)), seen.Order());
    }

    [Fact]
    public async Task A_row_is_proved_to_be_in_a_signed_head_without_trusting_the_register()
    {
        var person = await town.Enter(People.Someone());
        await town.Seal();
        using var reader = await town.As("tinh");
        var position = (await town.Rows("select position from journal.entry where subject = $1", r => r.GetInt64(0), person)).Single();

        var proof = (await reader.Post("/journal/proofs", new { log = "entry", position, purpose = Town.Inspection, @case = Town.InspectionCase })).Succeeds().Body;

        var head = Signed(proof.GetProperty("head"));
        Assert.Equal(head.Root("entry"), Led(Leaf(proof), proof.GetProperty("leaf").GetInt64(), head.Size("entry"), Hashes(proof.GetProperty("path"))));
        var other = JsonSerializer.SerializeToElement(JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(proof.GetRawText()));
        Assert.NotEqual(head.Root("entry"), Led(SHA256.HashData("another row"u8), other.GetProperty("leaf").GetInt64(), head.Size("entry"), Hashes(proof.GetProperty("path"))));
    }

    [Fact]
    public async Task A_reading_is_proved_like_an_entry()
    {
        var person = People.Someone().LivingAt(town.Commune.Id, "Ấp Mẫu");
        await town.Enter(person);
        using var clerk = await town.As("canbo");
        (await clerk.Post("/persons/lookup", new { numbers = new[] { person.Facts.Number.ToString() }, fields = new[] { "born" }, purpose = Town.Purpose, @case = Town.Case })).Succeeds();
        await town.Seal();
        var position = (await town.Rows("select max(position) from journal.disclosure where case_ref = $1", r => r.GetInt64(0), Town.Case)).Single();
        using var reader = await town.As("tinh");
        var proof = (await reader.Post("/journal/proofs", new { log = "disclosure", position, purpose = Town.Inspection, @case = Town.InspectionCase })).Succeeds().Body;
        var head = Signed(proof.GetProperty("head"));
        Assert.Equal(head.Root("disclosure"), Led(Leaf(proof), proof.GetProperty("leaf").GetInt64(), head.Size("disclosure"), Hashes(proof.GetProperty("path"))));
    }

    [Fact]
    public async Task What_is_not_sealed_yet_has_no_proof_and_what_is_not_there_is_missing()
    {
        using var reader = await town.As("tinh");
        (await reader.Post("/journal/proofs", new { log = "entry", position = 99_999_999, purpose = Town.Inspection, @case = Town.InspectionCase })).Refuses("journal.no-row");
        (await reader.Post("/journal/proofs", new { log = "other", position = 1 })).Refuses("journal.no-log");
        (await reader.Post("/journal/feed", new { after = 99_999_999 })).Refuses("journal.no-such-cursor");
        using var leader = await town.As("lanhdao");
        (await leader.Post("/journal/feed", new { })).Refuses("kernel.not-permitted");
    }

    /// <summary>Head, tree size and root as anybody reads them from the note, after checking its signature.</summary>
    private sealed record Head(string[] Lines)
    {
        public long Size(string log) => long.Parse(Line(log)[1], System.Globalization.CultureInfo.InvariantCulture);

        public byte[] Root(string log) => Convert.FromBase64String(Line(log)[2]);

        private string[] Line(string log) => Lines.Single(l => l.StartsWith(log + " ", StringComparison.Ordinal)).Split(' ');
    }

    private static Head Signed(JsonElement head)
    {
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(head.GetProperty("publicKey").GetBytesFromBase64(), out _);
        var note = head.GetProperty("note").GetString()!;
        Assert.True(key.VerifyData(Encoding.UTF8.GetBytes(note), head.GetProperty("signature").GetBytesFromBase64(), HashAlgorithmName.SHA256));
        return new Head(note.Split('\n'));
    }

    private static byte[] Leaf(JsonElement proof)
    {
        var texts = proof.GetProperty("fields").EnumerateArray().Select(f => f.GetProperty("text").GetString()!);
        return SHA256.HashData([0, .. Encoding.UTF8.GetBytes(string.Concat(texts.Select(t => $"{Encoding.UTF8.GetByteCount(t)}:{t},")))]);
    }

    private static List<byte[]> Hashes(JsonElement path) => [.. path.EnumerateArray().Select(h => h.GetBytesFromBase64())];

    private static byte[] Led(byte[] leaf, long place, long size, List<byte[]> path)
    {
        var (hash, last) = (leaf, size - 1);
        foreach (var beside in path)
        {
            while ((place & 1) == 0 && place == last)
            {
                place >>= 1;
                last >>= 1;
            }

            hash = (place & 1) == 1 ? SHA256.HashData([1, .. beside, .. hash]) : SHA256.HashData([1, .. hash, .. beside]);
            place >>= 1;
            last >>= 1;
        }

        return hash;
    }

    private static async Task<(long Next, List<string> Kinds, List<Guid> Subjects)> Page(Official reader, long after)
    {
        var page = (await reader.Post("/journal/feed", new { after, most = 5000 })).Succeeds();
        return (page["next"].GetInt64(), [.. page["entries"].EnumerateArray().Select(e => e.GetProperty("kind").GetString()!)], [.. page["entries"].EnumerateArray().Select(e => e.GetProperty("subject").GetGuid())]);
    }

    private static async Task Insert(Npgsql.NpgsqlConnection connection, string kind)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = $"insert into journal.entry (at, actor, office, ground, subject, kind, body) values (now(), 'system:test', 'Sổ Gốc', 'thử', gen_random_uuid(), '{kind}', '{{}}')";
        await command.ExecuteNonQueryAsync(Stop);
    }
}

/// <summary>A superuser who gets around the triggers. Each does it to a town of his own.</summary>
[SupportedOSPlatform("linux")]
public sealed class TamperingTests
{
    [Theory]
    [InlineData("update journal.entry set ground = 'khác' where position = $1", "changed")]
    [InlineData("update journal.entry set body = '{}' where position = $1", "changed")]
    [InlineData("delete from journal.entry where position = $1", "removed")]
    [InlineData("update journal.entry set position = case position when $1 then $1 + 1 else $1 end where position in ($1, $1 + 1)", "changed or moved")]
    public async Task A_row_that_was_changed_removed_or_moved_is_named(string deed, string found)
    {
        await using var town = await Founded();
        await town.Execute("set session_replication_role = replica; alter table journal.entry drop constraint entry_pkey; alter table journal.entry alter column position drop identity");
        await town.Execute("set session_replication_role = replica;" + deed.Replace("$1", "300", StringComparison.Ordinal));

        var verified = await town.Services.GetRequiredService<VerifySeals>().Run(null, TestContext.Current.CancellationToken);

        Assert.Contains("position 300", verified.Faults[0], StringComparison.Ordinal);
        Assert.Contains(found, verified.Faults[0], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_untouched_journal_has_no_fault_and_a_row_put_in_afterwards_is_named()
    {
        await using var town = await Founded();
        Assert.Empty((await town.Services.GetRequiredService<VerifySeals>().Run(null, TestContext.Current.CancellationToken)).Faults);
        await town.Execute("""
            insert into journal.entry (position, xid, at, actor, office, ground, subject, kind, body) overriding system value
            select 999999, xid, at, actor, office, ground, gen_random_uuid(), kind, body from journal.entry where position = 300
            """);
        var verified = await town.Services.GetRequiredService<VerifySeals>().Run(null, TestContext.Current.CancellationToken);
        Assert.Contains("position 999999", Assert.Single(verified.Faults), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_tree_rewritten_with_the_rows_does_not_fit_the_signed_heads()
    {
        await using var town = await Founded();
        await town.Execute("""
            set session_replication_role = replica;
            update journal.entry set ground = 'khác' where position = 300;
            delete from seal.tile;
            update seal.log set size = 0, era = 0, xid = '0', position = 0;
            """);
        await town.Seal();
        var verified = await town.Services.GetRequiredService<VerifySeals>().Run(null, TestContext.Current.CancellationToken);
        Assert.Contains("head ", verified.Faults[0], StringComparison.Ordinal);
    }

    private static async Task<Town> Founded()
    {
        var town = new Town();
        await town.InitializeAsync();
        await town.Execute("""
            insert into journal.entry (at, actor, office, ground, subject, kind, body)
            select now(), 'system:test', 'Sổ Gốc', 'mẫu ' || n, gen_random_uuid(), 'test.entry', '{"n": 1}' from generate_series(1, 700) n
            """);
        await town.Enter(People.Someone());
        await town.Seal();
        return town;
    }
}
