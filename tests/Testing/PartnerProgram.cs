using System.Diagnostics;
using System.Net.Http.Json;
using System.Runtime.Versioning;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using SoGoc.Exchange;

namespace SoGoc.Testing;

/// <summary>The partners of a town: a program of their own, spoken to over HTTP; it ends with the test.</summary>
[SupportedOSPlatform("linux")]
public sealed class PartnerProgram : IAsyncDisposable
{
    private readonly Process process;
    private readonly HttpClient http;

    private PartnerProgram(Process process, Uri address)
    {
        this.process = process;
        http = new HttpClient { BaseAddress = address };
    }

    /// <summary>Starts the program and registers the partners of the demonstration.</summary>
    public static async Task<PartnerProgram> Start(Town town)
    {
        var process = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "SoGoc.Partners.dll")]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var address = new Uri((await process.StandardOutput.ReadLineAsync())!);
        var partners = await town.Services.GetRequiredService<IExchange>().SeedDemonstration(address);
        await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new { answer = new Uri(town.Address, "/api/v1/exchange/acknowledgements"), partners = partners.ToDictionary(p => p.Code, p => p.Secret) }));
        Assert.Equal("ready", await process.StandardOutput.ReadLineAsync());
        return new PartnerProgram(process, address);
    }

    public async Task Behave(string partner, string mode, int delayMs = 0, string? reason = null) =>
        (await http.PostAsJsonAsync($"/{partner}/behave", new { mode, delayMs, reason })).EnsureSuccessStatusCode();

    /// <summary>What a partner has taken in: id, type, sequence, data, and how often each came.</summary>
    public async Task<IReadOnlyList<JsonElement>> Received(string partner) => (await http.GetFromJsonAsync<List<JsonElement>>($"/{partner}/received"))!;

    /// <summary>Has a partner send an answer; the status that it gets.</summary>
    public async Task<int> Answer(string partner, string id, string state, string? reason = null, string? reference = null, string? secret = null, int ageSeconds = 0) =>
        await (await http.PostAsJsonAsync($"/{partner}/answer", new { @event = id, state, reason, reference, secret, ageSeconds })).Content.ReadFromJsonAsync<int>();

    public async ValueTask DisposeAsync()
    {
        http.Dispose();
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
