using System.Diagnostics;
using System.Text.Json;
using SoGoc.Exchange;

namespace SoGoc.Host.Demo;

/// <summary>The program that plays the partners of the demonstration: a child of this one. It ends when its input ends, and so with us, however we end.</summary>
internal sealed class DemonstrationPartners : IAsyncDisposable
{
    private readonly Process process;

    private DemonstrationPartners(Process process) => this.process = process;

    /// <summary>Starts it and registers its partners, where SOGOC_PARTNERS names it; null otherwise.</summary>
    public static async Task<DemonstrationPartners?> Start(IServiceProvider services, Settings settings, string address)
    {
        if (settings.PartnerProgram is not { } program || !File.Exists(program))
        {
            return null;
        }

        var process = Process.Start(new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet", [program]) { RedirectStandardInput = true, RedirectStandardOutput = true })!;
        var partners = new DemonstrationPartners(process);
        if (!Uri.TryCreate(await process.StandardOutput.ReadLineAsync(), UriKind.Absolute, out var listens))
        {
            await partners.DisposeAsync();
            return null;
        }

        var seeded = await services.GetRequiredService<IExchange>().SeedDemonstration(listens);
        await process.StandardInput.WriteLineAsync(JsonSerializer.Serialize(new { answer = address + "/api/v1/exchange/acknowledgements", partners = seeded.ToDictionary(p => p.Code, p => p.Secret) }));
        Console.WriteLine($"Đối tác / partners: {string.Join(", ", seeded.Select(p => p.Code))}");
        return partners;
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
