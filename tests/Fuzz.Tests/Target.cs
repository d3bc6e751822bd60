using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;

namespace SoGoc.Fuzz.Tests;

/// <summary>A way by which strangers' input comes in, and what must hold whatever it is.</summary>
public abstract class Target : IAsyncDisposable
{
    private const int Seed = 20_261_124;
    private const int MostFaults = 10;
    private const long MostBytes = 512L << 20;
    private static readonly TimeSpan Longest = TimeSpan.FromSeconds(60);

    /// <summary>As it is called on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>How many cases the tests try.</summary>
    public abstract int Cases { get; }

    public virtual Task Begin() => Task.CompletedTask;

    /// <summary>The next case.</summary>
    public abstract byte[] Make(Mutator mutator);

    /// <summary>Throws when what must hold does not.</summary>
    public abstract Task Try(byte[] input);

    /// <summary>What must hold after all cases.</summary>
    public virtual Task End() => Task.CompletedTask;

    public virtual ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }

    /// <summary>Tries cases: so many of the fixed seed, or new ones for a time. Those that fail, each in another way, are kept in files of this folder and told at the end.</summary>
    public async Task<long> Run(string folder, TimeSpan? during)
    {
        var faults = new Dictionary<string, FuzzException>();
        await Begin();
        var mutator = new Mutator(during is null ? Seed : Environment.TickCount);
        var clock = Stopwatch.StartNew();
        long tried = 0;
        for (; during is { } time ? clock.Elapsed < time : tried < Cases; tried++)
        {
            var input = Make(mutator);
            if (await Fault(input) is { } fault && Way(fault) is var way && !faults.ContainsKey(way))
            {
                faults.Add(way, await Keep(input, fault, folder));
                if (faults.Count == MostFaults || fault is TimeoutException)
                {
                    break;
                }
            }
        }

        if (faults.Count > 0)
        {
            throw new FuzzException(string.Join("\n\n", faults.Values.Select(f => f.Message)), faults.Values.First());
        }

        await End();
        return tried;
    }

    /// <summary>Tries the case of a file again.</summary>
    public async Task Again(string file)
    {
        await Begin();
        await Bounded(await File.ReadAllBytesAsync(file));
        await End();
    }

    private static string Way(Exception fault) => fault.GetType().Name + new string([.. fault.Message.Take(40)]);

    private async Task<Exception?> Fault(byte[] input)
    {
        var before = GC.GetTotalAllocatedBytes();
        try
        {
            await Bounded(input);
            return GC.GetTotalAllocatedBytes() - before < MostBytes ? null : new InvalidOperationException($"took more than {MostBytes >> 20} MiB of memory");
        }
        catch (Exception e)
        {
            return e;
        }
    }

    /// <summary>A case that hangs is left hanging: what is to be known is known.</summary>
    private Task Bounded(byte[] input) => Task.Run(() => Try(input)).WaitAsync(Longest);

    private async Task<FuzzException> Keep(byte[] input, Exception fault, string folder)
    {
        var file = Path.Combine(Directory.CreateDirectory(folder).FullName, $"{Name}-{Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(input))[..12]}");
        await File.WriteAllBytesAsync(file, input);
        return new FuzzException($"{fault.GetType().Name}: {fault.Message}\nThe input is kept; again: dotnet dev.cs fuzz {Name} {file}", fault);
    }

    protected static void Holds(bool what, string otherwise)
    {
        if (!what)
        {
            throw new InvalidOperationException(otherwise);
        }
    }
}

/// <summary>A case did what it must not.</summary>
public sealed class FuzzException(string message, Exception cause) : Exception(message, cause);

/// <summary>A target whose input is text in memory. In a file it is ASCII with escapes (\u0000), so that halves of surrogate pairs can be kept too.</summary>
public abstract class TextTarget : Target
{
    public override int Cases => 20_000;

    protected abstract IReadOnlyList<string> Sound { get; }

    protected abstract void Read(string text);

    public override byte[] Make(Mutator mutator) => Written(mutator.Text(mutator.Any(Sound), mutator.Any(Sound)));

    public override Task Try(byte[] input)
    {
        Read(Regex.Unescape(Encoding.ASCII.GetString(input)));
        return Task.CompletedTask;
    }

    private static byte[] Written(string text)
    {
        var written = new StringBuilder(text.Length + 16);
        foreach (var c in text)
        {
            _ = c is >= ' ' and < '\u007f' and not '\\' ? written.Append(c) : written.Append(CultureInfo.InvariantCulture, $"\\u{(int)c:x4}");
        }

        return Encoding.ASCII.GetBytes(written.ToString());
    }
}
