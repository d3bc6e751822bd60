using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Time;

namespace SoGoc.Population.Persons;

/// <summary>A record in two times: as the office knew it at the end of one day (record time), and as life was on another (valid time).</summary>
internal static class PersonAsOf
{
    /// <param name="entries">The person's entries, oldest first.</param>
    /// <param name="on">The day whose life is asked for.</param>
    /// <param name="known">The last day whose entries count.</param>
    /// <returns>Null when the office knew nothing of the person then.</returns>
    public static PersonState? Of(IEnumerable<EntryRow> entries, DateOnly on, DateOnly known)
    {
        PersonState? state = null;
        var notYet = new HashSet<int>();
        foreach (var row in entries.TakeWhile(e => OfficeTime.DayOf(e.At) <= known))
        {
            if (PersonFold.Read(row.Kind, row.Body) is { } entry && HadHappened(entry, row, on, notYet))
            {
                state = PersonFold.Apply(state, entry);
            }
        }

        return state is null ? null : Living(state, on);
    }

    /// <summary>A change happens in life on a day; a correction says what had been so all along.</summary>
    /// <param name="entry">What was entered.</param>
    /// <param name="row">When.</param>
    /// <param name="on">The day whose life is asked for.</param>
    /// <param name="notYet">Lines of kin that come after it: who is only called otherwise there has not come by that.</param>
    private static bool HadHappened(IPersonEntry entry, EntryRow row, DateOnly on, HashSet<int> notYet)
    {
        switch (entry)
        {
            case PersonChanged change:
                return (change.On ?? OfficeTime.DayOf(row.At)) <= on;
            case KinNamed { On: { } since } named when since > on:
                notYet.Add(named.Kin.No);
                return false;
            case KinNamed named:
                return named.On is not null || !notYet.Contains(named.Kin.No);
            case KinEnded ended:
                return !(ended.On > on);
            default:
                return true;
        }
    }

    /// <summary>Only what held on the day.</summary>
    private static PersonState Living(PersonState s, DateOnly on)
    {
        var later = s.Status is PersonStatus.Dead or PersonStatus.Missing && s.Facts.Ended?.Earliest > on;
        return s with
        {
            Status = later ? PersonStatus.Living : s.Status,
            Facts = later ? s.Facts with { Ended = null } : s.Facts,
            Residences = [.. s.Residences.Where(r => new Period(r.From, r.Until).Holds(on))],
            Memberships = [.. s.Memberships.Where(m => new Period(m.From, m.Until).Holds(on))],
            Papers = [.. s.Papers.Where(p => !(p.Issued?.Earliest > on) && !(p.Expires < on))],
        };
    }
}
