using SoGoc.Civil.Acts;
using SoGoc.Kernel.Laws;
using SoGoc.Kernel.Time;

namespace SoGoc.Civil.Waiting;

/// <summary>What an act is that was begun, where it goes on, and by when it has to be decided.</summary>
internal static class ActTerm
{
    /// <summary>What is begun after this hour is done on the next working day (Luật Hộ tịch 60/2014, articles 16, 18 and 34).</summary>
    private static readonly TimeOnly LastHour = new(15, 0);

    /// <param name="reference">Code of its case.</param>
    /// <param name="since">When it was begun.</param>
    /// <returns>The code of the sentence that names it, empty for a case that is no act of this module; its page; and the end of its term, null where the law sets none.</returns>
    public static (string What, string Link, DateTimeOffset? Due) Of(string reference, DateTimeOffset since, OfficeDays days, LawBook law)
    {
        return ActPlace.OfCase(reference) is { } act ? (act.Sentence, act.Path, law.Find(act.Term, OfficeTime.DayOf(since)) is { } rule ? Due(days, since, rule.Number) : null) : ("", "", null);
    }

    private static DateTimeOffset Due(OfficeDays days, DateTimeOffset since, int term)
    {
        var day = OfficeTime.DayOf(since);
        return term == 0 && days.Works(day) && TimeOnly.FromDateTime(OfficeTime.Local(since).DateTime) < LastHour ? days.Closes(day) : days.Due(since, new Term(Math.Max(term, 1), InHours: false));
    }
}
