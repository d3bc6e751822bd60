using System.Runtime.Versioning;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace SoGoc.Services.Tests;

/// <summary>A town whose papers are scanned.</summary>
[SupportedOSPlatform("linux")]
public sealed class StoreTown : ServiceTown
{
    internal FakeClamd Clamd { get; } = new();

    protected override void Furnish(WebApplicationBuilder builder) => builder.Services.AddSingleton(new ScannerSettings(Clamd.Address));

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Clamd.DisposeAsync();
    }
}
