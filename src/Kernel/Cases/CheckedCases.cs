using System.Collections.Concurrent;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;

namespace SoGoc.Kernel.Cases;

/// <summary>Cases that were found open for an official, remembered for a few seconds: a program that asks a thousand times a second for one case is checked once.
/// A case that is closed here is forgotten at once; one that is closed by another Host, when the memory fades. What was not found open is not remembered.</summary>
public sealed class CheckedCases(BeyondDuty reads, TimeProvider clock)
{
    private const int Most = 20_000;
    private static readonly TimeSpan Fades = TimeSpan.FromSeconds(5);
    private readonly ConcurrentDictionary<(string Actor, string Office, string Reference), (CaseFile File, long Since)> open = new();
    private readonly ConcurrentDictionary<string, long> changing = new(StringComparer.Ordinal);

    /// <summary>The case of this code that is his or his office's, open or not.</summary>
    internal ValueTask<CaseFile?> Find(Actor who, string reference) =>
        open.TryGetValue((who.Reference, who.Desk, reference), out var known) && clock.GetElapsedTime(known.Since) < Fades && !IsChanging(reference) ? new(known.File) : new(Ask(who, reference));

    /// <summary>A transaction changes cases of this code: until it has certainly ended they are asked for each time.</summary>
    internal void Changes(string reference)
    {
        if (changing.Count >= Most)
        {
            open.Clear();
            changing.Clear();
        }

        changing[reference] = clock.GetTimestamp();
    }

    private bool IsChanging(string reference)
    {
        if (changing.IsEmpty || !changing.TryGetValue(reference, out var since))
        {
            return false;
        }

        if (clock.GetElapsedTime(since) < Fades)
        {
            return true;
        }

        changing.TryRemove(reference, out _);
        return false;
    }

    private async Task<CaseFile?> Ask(Actor who, string reference)
    {
        var since = clock.GetTimestamp();
        var file = (await reads.Rows($"select {CaseFile.Columns} from journal.case_file c where c.reference = $3 and {CaseFile.IsHis} order by c.office = $2 desc limit 1",
            CaseFile.Read, who.Reference, who.Desk, reference)).FirstOrDefault();
        var key = (who.Reference, who.Desk, reference);
        if (file is not { ClosedAt: null } || IsChanging(reference))
        {
            open.TryRemove(key, out _);
            return file;
        }

        if (open.Count >= Most)
        {
            open.Clear();
        }

        open[key] = (file, since);
        return file;
    }
}
