using System.ComponentModel.DataAnnotations;
using System.Globalization;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Text;
using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Population.Persons;

namespace SoGoc.Population.Lookups;

/// <summary>Who lived in a unit, or at an address in it, in a period; page by page.</summary>
internal sealed class FindResidents(Session session, Journal journal, CurrentActor actor, Reasons reasons, IDuty duty, IPlaces places, TimeProvider clock)
{
    private const int MostPersons = 200;

    /// <param name="Area">Code of the unit.</param>
    /// <param name="Day">The day on which the code has the meant meaning; today if none. Predecessors and successors of its territory are searched too.</param>
    /// <param name="Address">Words of the address below the unit, with or without marks.</param>
    /// <param name="Kind">permanent, temporary, current or stay; permanent if none.</param>
    /// <param name="From">First day of the period; today if none.</param>
    /// <param name="Until">Last day of the period; the first if none.</param>
    /// <param name="After">The cursor of the answer before.</param>
    /// <param name="Most">How many at most.</param>
    /// <param name="Purpose">Code of the purpose; written into the record of readings.</param>
    /// <param name="Case">Reference of the open case it is asked for.</param>
    internal sealed record Request([Required] string? Area, DateOnly? Day, string? Address, string? Kind, DateOnly? From, DateOnly? Until, string? After,
        [Range(1, MostPersons)] int Most = 100, [Required, Length(1, Reason.Longest)] string? Purpose = null, [Required, Length(1, Reason.Longest)] string? Case = null);

    internal sealed record Resident(Guid Id, string? Number, string FullName, PartialDate? Born, short? Sex, string? Address, string? Today, DateOnly? Since, DateOnly? UntilDay);

    internal sealed record Page(IReadOnlyList<Resident> Residents, string? Next);

    public async Task<Outcome<Page>> Run(Request r)
    {
        var today = clock.Today();
        var (from, until) = (r.From ?? today, r.Until ?? r.From ?? today);
        var problems = new List<Problem>();
        FieldClass.Check(await reasons.Check(r.Purpose, r.Case, problems), problems, FieldClass.Identity, FieldClass.Residence);
        if (places.Book.Find(r.Area ?? "", r.Day ?? today) is not { } area)
        {
            problems.Add(Problem.Invalid("area", "population.area-unknown"));
            return problems;
        }

        if (!await duty.Covers(area.Id))
        {
            problems.Add(Problem.Forbidden("population.outside-duty"));
        }

        if (until < from)
        {
            problems.Add(Problem.Invalid("until", "population.period-malformed"));
        }

        var kind = r.Kind ?? "permanent";
        if (kind is not ("permanent" or "temporary" or "current" or "stay"))
        {
            problems.Add(Problem.Invalid("kind", "population.no-field", kind));
        }

        var (person, no) = Cursor(r.After, problems);
        if (problems.Count > 0)
        {
            return problems;
        }

        var most = Math.Clamp(r.Most, 1, MostPersons);
        var words = NameKey.Of(r.Address ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var rows = await Read(area, r.Day ?? today, kind, new Period(from, until == DateOnly.MaxValue ? null : until.AddDays(1)), person, no, words, most);
        var shown = rows.Take(most).Select(x => x.Resident).ToList();
        await journal.Disclose([.. shown.Select(s => s.Id).Distinct()], ["residence"], r.Purpose!, r.Case!);
        return new Page(shown, rows.Count > most ? $"{rows[most - 1].Resident.Id:N}-{rows[most - 1].No.ToString(CultureInfo.InvariantCulture)}" : null);
    }

    /// <summary>Words of an address are compared folded, by whole words, in any order: the database reads on until the page is full.</summary>
    private async Task<List<(Resident Resident, short No)>> Read(Area area, DateOnly day, string kind, Period period, Guid person, short no, string[] words, int most)
    {
        var today = clock.Today();
        var all = actor.Value.May(Permission.Of(PopulationPermission.ReadConfidential));
        var found = new List<(Resident, short)>();
        var within = places.Book.Within(area, day).ToArray();
        while (found.Count <= most)
        {
            const int step = 2000;
            var rows = await session.Rows($"""
                select r.person_id, r.no, p.number, p.full_name, p.born_earliest, p.born_precision, p.sex, r.area_id, r.detail, r.valid
                  from population.residence r join population.person p on p.id = r.person_id
                 where r.area_id = any($1) and r.kind = $2 and r.valid && $3 and (r.person_id, r.no) > ($4, $5) and p.status <> 'merged' and (p.confidential = 0 or $6)
                 order by r.person_id, r.no limit {(words.Length == 0 ? most + 1 : step)}
                """, x =>
            {
                var valid = Period.Of(x.Get<NpgsqlTypes.NpgsqlRange<DateOnly>>(9));
                var (written, now) = AddressLine.Of(places.Book, x.Maybe<int>(7), x.Text(8), today);
                return (Resident: new Resident(x.GetGuid(0), x.Text(2), x.GetString(3), PartialDate.Stored(x.Maybe<DateOnly>(4), x.Maybe<short>(5)), x.Maybe<short>(6), written, now, valid.From, valid.Until?.AddDays(-1)), No: x.GetInt16(1), Detail: x.Text(8));
            }, within, kind, period.ToRange(), person, no, all);
            found.AddRange(rows.Where(x => HasAll(x.Detail, words)).Select(x => (x.Resident, x.No)));
            if (words.Length == 0 || rows.Count < step)
            {
                break;
            }

            (person, no) = (rows[^1].Resident.Id, rows[^1].No);
        }

        return found;
    }

    private static bool HasAll(string? detail, string[] words) =>
        words.Length == 0 || (detail is not null && NameKey.Of(detail).Split(' ') is var has && words.All(has.Contains));

    private static (Guid Person, short No) Cursor(string? text, List<Problem> problems)
    {
        if (string.IsNullOrEmpty(text))
        {
            return (Guid.Empty, -1);
        }

        if (text.Split('-') is [var id, var no] && Guid.TryParseExact(id, "N", out var person) && short.TryParse(no, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
        {
            return (person, number);
        }

        problems.Add(Problem.Invalid("after", "population.cursor-malformed"));
        return default;
    }
}
