using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SoGoc.Civil.Signatures;
using SoGoc.Testing;

namespace SoGoc.Civil.Tests;

/// <summary>Who decides signs, and what was signed cannot be changed, denied or signed by another.</summary>
[SupportedOSPlatform("linux")]
public sealed class SignatureTests(Town town) : IClassFixture<Town>
{
    [Fact]
    public async Task An_entry_and_a_paper_carry_the_signature_of_who_decided_and_strangers_can_check_it()
    {
        using var canbo = await town.As("canbo");
        var (entry, name) = await town.Birth(canbo);
        var paper = (await canbo.Issue(entry)).Succeeds();
        var shown = (await canbo.Show(entry)).Succeeds();
        Assert.Equal(("good", "Trần Thị Thử"), (shown["signature"].GetProperty("state").GetString(), shown["signature"].GetProperty("name").GetString()));
        Assert.Equal("good", shown["papers"][0].GetProperty("signature").GetProperty("state").GetString());

        var (body, jws) = (await town.Rows("select e.body::text, s.jws from civil.entry e join civil.signature s on s.entry_id = e.id where e.id = $1", r => (r.GetString(0), r.GetString(1)), entry)).Single();
        var told = await NpmClient.Of("papers.mjs", new { register = town.Address, token = paper["address"].GetString()!.Split('#')[1], body, signature = jws });
        Assert.Equal((name, paper["code"].GetString()), (told.GetProperty("facts").GetProperty("name").GetString(), told.GetProperty("facts").GetProperty("code").GetString()));
        Assert.Equal(("Trần Thị Thử", "commune-clerk"), (told.GetProperty("signer").GetProperty("name").GetString(), told.GetProperty("signer").GetProperty("post").GetString()));
        Assert.Equal(["ERR_JWS_SIGNATURE_VERIFICATION_FAILED", "ERR_JWS_SIGNATURE_VERIFICATION_FAILED"], [told.GetProperty("forged").GetString(), told.GetProperty("changed").GetString()]);
    }

    [Fact]
    public async Task A_text_that_was_changed_and_a_signature_of_somebody_else_are_found()
    {
        using var canbo = await town.As("canbo");
        var (entry, _) = await town.Birth(canbo);
        var keys = town.Services.GetRequiredService<SigningKeys>();
        var stranger = await keys.Of("official:nguoi-khac", "Vũ Văn Thử", "UBND Xã Mẫu");
        var body = await town.Value<string>("select body::text from civil.entry where id = $1", entry);
        var (key, own) = (await town.Rows("select key_id, jws from civil.signature where entry_id = $1", r => (r.GetString(0), r.GetString(1)), entry)).Single();
        // By another's key; under the clerk's name too.
        var header = JsonSerializer.Serialize(new { alg = "ES256", kid = stranger.Id, name = "Trần Thị Thử" });
        await Replace(entry, stranger.Id, Jws.Detach(Jws.Sign(stranger.Key, header, SHA256.HashData(Encoding.UTF8.GetBytes(body)))));
        Assert.Equal("stranger", await State(canbo, entry));
        await Replace(entry, key, Jws.Detach(Jws.Sign(stranger.Key, header.Replace(stranger.Id, key, StringComparison.Ordinal), SHA256.HashData(Encoding.UTF8.GetBytes(body)))));
        Assert.Equal("altered", await State(canbo, entry));
        await Replace(entry, key, own);
        Assert.Equal("good", await State(canbo, entry));

        await town.Execute("alter table civil.entry disable trigger entry_append_only");
        await town.Execute("update civil.entry set body = replace(body::text, '\"late\":false', '\"late\":true')::json where id = $1", entry);
        await town.Execute("alter table civil.entry enable trigger entry_append_only");
        Assert.Equal("altered", await State(canbo, entry));
    }

    [Fact]
    public async Task What_was_signed_before_its_key_was_revoked_stays_and_nothing_is_signed_with_it_afterwards()
    {
        using var canbo = await town.Official("commune-clerk", town.Commune.Id);
        using var tinhoc = await town.As("tinhoc");
        var (before, _) = await town.Birth(canbo);
        var key = await town.Value<string>("select key_id from civil.signature where entry_id = $1", before);
        (await canbo.Post("/civil/keys/revoke", new { key, ground = "Máy bị mất" })).Refuses("kernel.not-permitted");
        (await tinhoc.Post("/civil/keys/revoke", new { key, ground = " " })).Refuses("civil.ground-missing");
        (await tinhoc.Post("/civil/keys/revoke", new { key, ground = "Máy bị mất" })).Succeeds();
        (await tinhoc.Post("/civil/keys/revoke", new { key, ground = "Máy bị mất" })).Refuses("civil.no-key");

        var (after, _) = await town.Birth(canbo);
        Assert.NotEqual(key, await town.Value<string>("select key_id from civil.signature where entry_id = $1", after));
        using var reader = await town.As("canbo");
        Assert.Equal(("good", "good"), (await State(reader, before), await State(reader, after)));
        Assert.Equal("civil.key-revoked", await Refusal("insert into civil.signature (entry_id, key_id, signed_at, jws) select $1, $2, now(), 'x..y'", after, key));
        // A signature that claims to be later than the revocation is not believed, whoever has put it there.
        await town.Execute("alter table civil.signature disable trigger user");
        await town.Execute("update civil.signature set signed_at = (select revoked_at from civil.signing_key where id = $2) + interval '1 second' where entry_id = $1", before, key);
        await town.Execute("alter table civil.signature enable trigger user");
        Assert.Equal("revoked", await State(reader, before));
        using var stranger = town.Stranger();
        var published = (await stranger.Get("/api/v1/civil/keys")).Succeeds()["keys"].EnumerateArray().Single(k => k.GetProperty("kid").GetString() == key);
        Assert.True(published.TryGetProperty("revokedAt", out _));
        Assert.DoesNotContain("protected", published.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_database_takes_no_entry_that_nobody_has_signed()
    {
        using var canbo = await town.As("canbo");
        await town.Birth(canbo);
        Assert.Equal("civil.unsigned", await Refusal("""
            insert into civil.entry (id, book_id, no, registered_on, decided_by, person_id, body)
            select gen_random_uuid(), e.book_id, b.last_no + 1, e.registered_on, e.decided_by, e.person_id, e.body from civil.entry e join civil.book b on b.id = e.book_id limit 1
            """));
        Assert.Equal("civil.unsigned", await Refusal("insert into civil.annotation (id, entry_id, no, noted_on, decided_by, kind, body) select gen_random_uuid(), id, 99, registered_on, decided_by, 'corrected', '{}' from civil.entry limit 1"));
        Assert.Equal("journal.append-only", await Refusal("delete from civil.signature"));
    }

    private async Task Replace(Guid entry, string key, string jws)
    {
        await town.Execute("alter table civil.signature disable trigger user");
        await town.Execute("update civil.signature set key_id = $2, jws = $3 where entry_id = $1", entry, key, jws);
        await town.Execute("alter table civil.signature enable trigger user");
    }

    private static async Task<string?> State(Official official, Guid entry) => (await official.Show(entry)).Succeeds()["signature"].GetProperty("state").GetString();

    private async Task<string> Refusal(string sql, params object?[] values) => (await Assert.ThrowsAsync<PostgresException>(() => town.Execute(sql, values))).MessageText.Split(':')[0];
}
