using System.Globalization;
using SoGoc.Civil.Books;
using SoGoc.Civil.Papers;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Civil.Changes;

/// <summary>Which decisions rest on what is registered about a person: acts in the books, and cases for which it was read. They are not undone; who has to look again is told.</summary>
internal sealed class ValueUses(Session session, Purposes purposes, Sentences say, TimeProvider clock)
{
    private const int Most = 200, Shown = 12;

    /// <summary>The newest first. An act that was looked at and not registered has used nothing; one that was, is in the books.</summary>
    public Task<IReadOnlyList<ValueUsed>> Of(Guid person) => session.BeyondDuty<IReadOnlyList<ValueUsed>>(async () => await session.Rows($"""
        (select b.kind, lpad(e.no::text, 2, '0') || '/' || b.year, b.office, e.registered_on from civil.party y join civil.entry e on e.id = y.entry_id join civil.book b on b.id = e.book_id where y.person_id = $1)
        union all
        (select d.purpose, d.case_ref, d.office, min(d.at at time zone 'Asia/Ho_Chi_Minh')::date from journal.disclosure d
          where d.subject = $1 and d.case_ref <> '' and (d.purpose not in ('civil-status', 'residence') or exists (select from civil.residence_decision r where r.case_ref = d.case_ref)) group by d.purpose, d.case_ref, d.office)
        order by 4 desc, 2 limit {Most}
        """, r => new ValueUsed(r.GetString(0), r.GetString(1), r.GetString(2), r.Get<DateOnly>(3)), person));

    /// <summary>What comes of a change, in sentences, before it is decided and after.</summary>
    /// <param name="number">The number as it was.</param>
    /// <param name="renumbers">It is cancelled.</param>
    /// <param name="fresh">The new one, once there is one.</param>
    /// <param name="relatives">Whose records name the person.</param>
    /// <param name="birth">The birth entry.</param>
    /// <param name="used">What rests on what was changed.</param>
    public async Task<IReadOnlyList<string>> Told(PersonalNumber? number, bool renumbers, PersonalNumber? fresh, int relatives, KeptEntry? birth, IReadOnlyList<ValueUsed> used)
    {
        static string Count(int n) => n.ToString("N0", CultureInfo.CurrentCulture);
        var (told, today) = (new List<string>(), clock.Today());
        told.AddRange(!renumbers ? [] : [fresh is { } now ? say["civil.followed-number", now.ToString(), number.ToString()!] : say["civil.follows-number", number.ToString()!]]);
        told.AddRange(relatives == 0 ? [] : [say["civil.follows-relatives", Count(relatives)]]);
        told.AddRange(birth is null ? [] : [say["civil.follows-birth-entry", birth.No]]);
        told.AddRange(used.Count == 0 ? [] : [say["civil.follows-used", Count(used.Count)]]);
        foreach (var use in used.Take(Shown))
        {
            var what = PaperForms.All.Any(f => f.Kind == use.What) ? say["civil.book-" + use.What] : (await purposes.Find(use.What, today)).Purpose?.Name ?? use.What;
            told.Add(say["civil.follows-use", what, use.Reference, use.Office, use.On.Shown()]);
        }

        told.AddRange(used.Count <= Shown ? [] : [say["civil.follows-more", Count(used.Count - Shown)]]);
        return told;
    }
}
