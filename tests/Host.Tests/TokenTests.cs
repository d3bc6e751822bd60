using System.Net.Http.Json;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using SoGoc.Host.Postgres;
using SoGoc.Kernel.Sealing;
using SoGoc.Testing;

namespace SoGoc.Host.Tests;

/// <summary>The key that signs heads may live in a token, which it never leaves.</summary>
[SupportedOSPlatform("linux")]
public sealed class TokenTests
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(20);

    private static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_head_signed_by_a_token_is_checked_like_any_other()
    {
        using var token = await SoftToken.Make();
        using var folder = new ProgramFolder();
        Settle(folder, token);
        using var program = folder.Start("run");
        using var http = new HttpClient { BaseAddress = new Uri(await Address(program)) };
        JsonElement head;
        while (true)
        {
            var heads = await (await http.PostAsJsonAsync("/api/v1/journal/heads", new { after = 0 }, Stop)).Content.ReadFromJsonAsync<JsonElement>(Stop);
            if (heads.GetProperty("heads") is { } list && list.GetArrayLength() > 0)
            {
                head = list[0];
                break;
            }

            await Task.Delay(Glance, Stop);
        }

        Assert.Equal(token.PublicKey, head.GetProperty("publicKey").GetBytesFromBase64());
        using var key = ECDsa.Create();
        key.ImportSubjectPublicKeyInfo(token.PublicKey, out _);
        Assert.True(key.VerifyData(Encoding.UTF8.GetBytes(head.GetProperty("note").GetString()!), head.GetProperty("signature").GetBytesFromBase64(), HashAlgorithmName.SHA256));
        Posix.Signal(program.Id, 15);
        await program.WaitForExitAsync(Stop);
        Assert.Equal(0, program.ExitCode);
        Assert.False(File.Exists(System.IO.Path.Combine(folder.Path, "keys", "head.pem")));
        var (code, said) = await folder.Command("journal", "verify");
        Assert.True(code == 0, said);
    }

    [Theory]
    [InlineData("SOGOC_SIGNER_PKCS11", "/khong/co/thu-vien.so", "host.token-module")]
    [InlineData("SOGOC_SIGNER_TOKEN", "thẻ khác", "host.token-absent")]
    [InlineData("SOGOC_SIGNER_KEY", "khóa khác", "host.token-key")]
    [InlineData("SOGOC_SIGNER_PIN_FILE", "/khong/co/pin", "host.token-pin-file")]
    [InlineData("PIN", "000000", "host.token-pin:")]
    [InlineData("SOGOC_SIGNER_KEY", "", "SOGOC_SIGNER_KEY")]
    public async Task A_token_that_cannot_be_used_ends_the_start_with_one_sentence_before_anything_is_founded(string setting, string value, string said)
    {
        using var token = await SoftToken.Make();
        using var folder = new ProgramFolder();
        Settle(folder, token);
        folder.Environment[setting] = value;
        if (setting == "PIN")
        {
            await File.WriteAllTextAsync(token.PinFile, value, Stop);
        }

        var (code, told) = await folder.Command("run");
        Assert.Equal(1, code);
        Assert.StartsWith(said, told, StringComparison.Ordinal);
        Assert.Single(told.Trim().Split('\n'));
        Assert.DoesNotContain(SoftToken.Pin, told, StringComparison.Ordinal);
        Assert.DoesNotContain("000000", told, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFileSystemEntries(folder.Path));
    }

    [Fact]
    public async Task A_token_that_is_pulled_out_costs_heads_and_no_work_and_signs_again_when_it_is_back()
    {
        using var token = await SoftToken.Make();
        token.ForThisProcess();
        await using var town = new TokenTown(token);
        await town.InitializeAsync();
        await town.Enter(People.Someone());
        await town.Seal();
        var heads = await Heads(town);

        token.PullOut();
        await town.Enter(People.Someone());
        town.Clock.MoveTo(new DateOnly(2026, 11, 25));
        await town.Lost.Seen;
        var rows = await town.Value<long>("select size from seal.log where name = 'entry'");
        await town.Enter(People.Someone());
        while (await town.Value<long>("select size from seal.log where name = 'entry'") == rows)
        {
            await Task.Delay(Glance, Stop);
        }

        Assert.Equal(heads, await Heads(town));

        token.PutBack();
        town.Clock.MoveTo(new DateOnly(2026, 11, 26));
        await town.Back.Seen;
        Assert.True(await Heads(town) > heads);
        Assert.Empty((await town.Services.GetRequiredService<VerifySeals>().Run(null, Stop)).Faults);
        Assert.Equal([token.PublicKey], await town.Rows("select public_key from seal.head_key", r => (byte[])r[0]));
    }

    private static Task<long> Heads(Town town) => town.Value<long>("select count(*) from seal.head");

    private static void Settle(ProgramFolder folder, SoftToken token)
    {
        foreach (var (name, value) in new (string, string)[]
        {
            ("SOFTHSM2_CONF", token.Configuration), ("SOGOC_SIGNER_PKCS11", token.Settings.Module), ("SOGOC_SIGNER_TOKEN", token.Settings.Token), ("SOGOC_SIGNER_KEY", token.Settings.Key), ("SOGOC_SIGNER_PIN_FILE", token.PinFile),
        })
        {
            folder.Environment[name] = value;
        }
    }

    private static async Task<string> Address(System.Diagnostics.Process program)
    {
        const string begin = "Sổ Gốc: ";
        while (await program.StandardOutput.ReadLineAsync(Stop) is { } line)
        {
            if (line.StartsWith(begin, StringComparison.Ordinal))
            {
                return line[begin.Length..].Split(' ')[0];
            }
        }

        throw new InvalidOperationException(await program.StandardError.ReadToEndAsync(Stop));
    }

    /// <summary>A town whose heads a token signs.</summary>
    private sealed class TokenTown(SoftToken token) : Town
    {
        public LogWatch Lost { get; } = new("No head can be signed");

        public LogWatch Back { get; } = new("Heads can be signed again");

        protected override void Furnish(WebApplicationBuilder builder)
        {
            builder.Services.AddSingleton<IHeadSigner>(_ => new TokenSigner(token.Settings));
            builder.Logging.AddProvider(new Watched(Lost)).AddProvider(new Watched(Back));
        }
    }

    private sealed class Watched(LogWatch watch) : ILoggerProvider
    {
        public ILogger CreateLogger(string categoryName) => watch;

        public void Dispose()
        {
        }
    }
}
