using System.Text.Json;
using SoGoc.Testing;

namespace SoGoc.Fuzz.Tests;

/// <summary>A target that is reached over HTTP, in a town with a family and a list.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public abstract class TownTarget : Target
{
    protected Town Town { get; } = new();

    protected Official Registrar { get; private set; } = null!;

    public override async Task Begin()
    {
        await Town.InitializeAsync();
        Registrar = await Town.As("tinh");
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Registrar?.Dispose();
        await Town.DisposeAsync();
        await base.DisposeAsync();
    }

    protected Task<long> Entries() => Town.Value<long>("select count(*) from journal.entry");

    /// <summary>An answer is no fault of ours, and a refusal says by a code and a sentence what is wrong.</summary>
    protected static void Answers(int status, string path, string text)
    {
        Holds(status < 500, $"{path} answered {status}: {Short(text)}");
        if (status >= 400)
        {
            using var body = Body(status, path, text);
            var (code, faults) = (body.RootElement.GetProperty("code").GetString(), body.RootElement.GetProperty("faults").EnumerateArray().ToList());
            Holds(code is { Length: > 0 } && faults.Count > 0 && faults.All(f => f.GetProperty("sentence").GetString() is { Length: > 0 } said && said != f.GetProperty("code").GetString()), $"{path} answered {status} without a sentence: {Short(text)}");
        }
    }

    private static string Short(string text) => text.Length <= 300 ? text : text[..300];

    private static JsonDocument Body(int status, string path, string text)
    {
        try
        {
            return JsonDocument.Parse(text);
        }
        catch (JsonException)
        {
            throw new InvalidOperationException($"{path} answered {status} without a problem: {Short(text)}");
        }
    }
}
