using SoGoc.Kernel.Data;

namespace SoGoc.Population.Names;

/// <summary>The syllables in use, and which of them a typed one can mean: itself, one that begins with it (while it is being typed), one that sounds like it
/// somewhere in the country, or one that is a slip of a finger away.</summary>
internal sealed class Syllables(BeyondDuty reads, TimeProvider clock)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(30);

    // Longer ones first. North and South say d, gi, r and v in each other's ways; tr and ch, s and x, l and n are mixed up too.
    private static readonly (string Written, string Sound)[] Beginnings =
    [
        ("ngh", "ng"), ("ng", "ng"), ("gh", "g"), ("gi", "di"), ("g", "g"), ("kh", "kh"), ("k", "c"), ("qu", "cu"), ("q", "c"), ("nh", "nh"), ("th", "th"), ("tr", "ch"), ("ph", "f"),
        ("r", "d"), ("v", "d"), ("x", "s"), ("n", "l"),
    ];

    private static readonly (string Written, string Sound)[] Ends = [("nh", "n"), ("ng", "n"), ("ch", "t"), ("c", "t")];

    private volatile string[] all = [];
    private long read;

    /// <summary>What a typed syllable can mean, each with how far it is: 0 itself; below 1 begun; 1 by sound; 2 by a slip.</summary>
    public async Task<Dictionary<string, double>> Near(string typed, bool open)
    {
        var sound = Sound(typed);
        var near = new Dictionary<string, double>(StringComparer.Ordinal) { [typed] = 0 };
        foreach (var known in await All())
        {
            if (known != typed && Distance(typed, known, sound, open) is { } far)
            {
                near[known] = far;
            }
        }

        return near;
    }

    private static double? Distance(string typed, string known, string sound, bool open) =>
        open && known.StartsWith(typed, StringComparison.Ordinal) ? 0.5
        : Sound(known) == sound ? 1
        : typed.Length > 2 && known.Length > 1 && Math.Abs(typed.Length - known.Length) < 2 && OneSlip(typed, known) ? 2 : null;

    private async ValueTask<string[]> All()
    {
        if (all.Length == 0 || clock.GetElapsedTime(Volatile.Read(ref read)) > Fresh)
        {
            all = [.. await reads.Rows("select syllable from population.syllable", r => r.GetString(0))];
            Volatile.Write(ref read, clock.GetTimestamp());
        }

        return all;
    }

    /// <summary>How a folded syllable sounds, North and South thrown together.</summary>
    internal static string Sound(string syllable)
    {
        var s = syllable;
        foreach (var (written, sound) in Beginnings)
        {
            if (s.StartsWith(written, StringComparison.Ordinal) && s.Length > written.Length)
            {
                s = sound + s[written.Length..];
                break;
            }
        }

        foreach (var (written, sound) in Ends)
        {
            if (s.EndsWith(written, StringComparison.Ordinal) && s.Length > written.Length)
            {
                s = s[..^written.Length] + sound;
                break;
            }
        }

        return s.Replace('y', 'i');
    }

    /// <summary>One letter more, less, other, or two neighbours changed about.</summary>
    internal static bool OneSlip(string a, string b)
    {
        if (a.Length > b.Length)
        {
            (a, b) = (b, a);
        }

        var at = 0;
        while (at < a.Length && a[at] == b[at])
        {
            at++;
        }

        var restA = a.AsSpan(at);
        var restB = b.AsSpan(at);
        return a.Length < b.Length ? restA.SequenceEqual(restB[1..])
            : restA.Length > 0 && (restA[1..].SequenceEqual(restB[1..])
                || (restA.Length > 1 && restA[0] == restB[1] && restA[1] == restB[0] && restA[2..].SequenceEqual(restB[2..])));
    }
}
