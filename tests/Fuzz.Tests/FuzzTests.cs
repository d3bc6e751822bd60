using System.Globalization;
using System.Text;

[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]

namespace SoGoc.Fuzz.Tests;

/// <summary>Every parser against hostile input: so many cases in the tests, and by `dotnet dev.cs fuzz [target] [minutes | file]` as long as one likes.</summary>
public sealed class FuzzTests
{
    private static Target[] Targets() => [new DateTarget(), new NumberTarget(), new NameTarget(), new CsvTarget(), new XlsxTarget(), new RouteTarget(), new SearchTarget(), new ImportTarget(), new ProofTarget()];

    public static TheoryData<string> Names => [.. Targets().Select(t => t.Name).Where(n => Told("TARGET") is not { } one || one == n)];

    private static string Folder => Told("FOLDER") ?? Path.Combine(Path.GetTempPath(), "sogoc-fuzz");

    [Theory, MemberData(nameof(Names))]
    public async Task Whatever_comes_in_is_read_or_refused(string target)
    {
        await using var one = Targets().Single(t => t.Name == target);
        if (Told("FILE") is { } file)
        {
            await one.Again(file);
            return;
        }

        var tried = await one.Run(Folder, Told("MINUTES") is { } minutes ? TimeSpan.FromMinutes(double.Parse(minutes, CultureInfo.InvariantCulture)) : null);
        TestContext.Current.SendDiagnosticMessage($"{target}: {tried} cases");
    }

    /// <summary>Inputs that once did harm, each named by its target and by what it is.</summary>
    public static TheoryData<string> Kept => [.. Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Kept")).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    [Theory, MemberData(nameof(Kept))]
    public async Task What_once_did_harm_does_none(string file)
    {
        await using var one = Targets().Single(t => t.Name == file.Split('.')[0]);
        await one.Again(Path.Combine(AppContext.BaseDirectory, "Kept", file));
    }

    [Fact]
    public async Task A_case_that_fails_is_kept_and_fails_again_from_its_file()
    {
        var folder = Directory.CreateTempSubdirectory("sogoc-fuzz").FullName;
        await using var target = new Sore();
        var failed = await Assert.ThrowsAsync<FuzzException>(() => target.Run(folder, null));
        var file = Assert.Single(Directory.GetFiles(folder));
        Assert.Contains(file, failed.Message, StringComparison.Ordinal);
        Assert.Contains("sore", Encoding.UTF8.GetString(await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken)), StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => target.Again(file));
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public void The_same_seed_makes_the_same_cases()
    {
        static IEnumerable<byte[]> Some(Mutator m) => Enumerable.Range(0, 200).Select(i => i % 2 == 0 ? m.Json("""{"a":["b",1],"c":{"d":"05/07/1962"}}""", "{}") : m.Bytes("a,b,c\n1,2,3\n"u8.ToArray(), [0]));
        Assert.Equal(Some(new Mutator(5)), Some(new Mutator(5)));
        Assert.NotEqual(Some(new Mutator(5)), Some(new Mutator(6)));
    }

    private static string? Told(string what) => Environment.GetEnvironmentVariable("SOGOC_FUZZ_" + what) is { Length: > 0 } said ? said : null;

    /// <summary>A target that cannot bear what it gets in the end.</summary>
    private sealed class Sore : Target
    {
        private int made;

        public override string Name => "sore";

        public override int Cases => 10;

        public override byte[] Make(Mutator mutator) => Encoding.UTF8.GetBytes(++made == 7 ? "sore" : "sound");

        public override Task Try(byte[] input)
        {
            Holds(input.Length == "sound".Length, "cannot bear it");
            return Task.CompletedTask;
        }
    }
}
