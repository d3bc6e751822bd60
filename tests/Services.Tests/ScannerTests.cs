using Microsoft.Extensions.Logging.Abstractions;
using SoGoc.Services.Store;

namespace SoGoc.Services.Tests;

/// <summary>What is asked of a scanner, and what of it that does not answer.</summary>
public sealed class ScannerTests
{
    private static readonly byte[] Large = new byte[9 << 20];

    [Fact]
    public async Task Clamd_finds_what_is_malicious_and_passes_what_is_not_also_where_it_is_large()
    {
        await using var clamd = new RealClamd();
        await clamd.Start();
        await Tries(Of(clamd.Socket));
    }

    [Fact]
    public async Task The_scanner_of_the_other_tests_answers_as_clamd_does()
    {
        await using var clamd = new FakeClamd();
        await Tries(Of(clamd.Address.ToString()!));
    }

    [Theory]
    [InlineData("/nowhere/clamd.sock")]
    [InlineData("127.0.0.1:1")]
    public async Task A_scanner_that_is_not_there_is_waited_for(string address) => Assert.Equal(Scan.Waiting, await Of(address).Ask("%PDF-1.4"u8.ToArray()));

    [Fact]
    public async Task Without_one_nothing_is_scanned_and_that_is_said() => Assert.Equal(Scan.Unscanned, await Of("").Ask("%PDF-1.4"u8.ToArray()));

    [Theory]
    [InlineData("clamd")]
    [InlineData("may:0x1")]
    [InlineData(":3310")]
    public void An_address_that_is_none_is_refused(string text) => Assert.Null(ScannerSettings.Parse(text));

    private static async Task Tries(Scanner scanner)
    {
        Assert.Equal(Scan.Infected, await scanner.Ask(Eicar.Bytes));
        Assert.Equal(Scan.Clean, await scanner.Ask("%PDF-1.4 Giấy mẫu"u8.ToArray()));
        Assert.Equal(Scan.Clean, await scanner.Ask(Large));
        Assert.Equal(Scan.Infected, await scanner.Ask(Eicar.AsPdf));
    }

    private static Scanner Of(string address) => new(ScannerSettings.Parse(address)!, NullLogger<Scanner>.Instance);
}
