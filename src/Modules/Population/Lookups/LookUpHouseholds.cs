using System.ComponentModel.DataAnnotations;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Population.Persons;

namespace SoGoc.Population.Lookups;

/// <summary>Households by file number, by key, or by the number of somebody who belongs to them, with their members on a day; 1 to 100 of them.</summary>
internal sealed class LookUpHouseholds(Session session, Journal journal, CurrentActor actor, Reasons reasons, IPlaces places, TimeProvider clock)
{
    private const int MostHouseholds = 100;

    /// <param name="FileNumbers">Numbers of residence files (số hồ sơ cư trú).</param>
    /// <param name="Ids">Keys of households.</param>
    /// <param name="Members">Personal numbers of members; one that was replaced still answers.</param>
    /// <param name="AsOf">Who belonged to it on this day; today if none.</param>
    /// <param name="Purpose">Code of the purpose; written into the record of readings.</param>
    /// <param name="Case">Reference of the open case it is asked for.</param>
    internal sealed record Request(IReadOnlyList<string>? FileNumbers, IReadOnlyList<Guid>? Ids, IReadOnlyList<string>? Members, DateOnly? AsOf,
        [Required, Length(1, Reason.Longest)] string? Purpose, [Required, Length(1, Reason.Longest)] string? Case);

    /// <param name="Relation">To the head, code of the list of relations; 01 is the head.</param>
    internal sealed record Member(Guid Id, string? Number, string FullName, PartialDate? Born, short? Sex, string Relation, DateOnly? Since);

    /// <param name="Hidden">Members whose records are confidential, and whom this official may not see.</param>
    internal sealed record Household(Guid Id, string? FileNumber, int? Area, string? Address, string? Today, DateOnly? OpenedOn, DateOnly? ClosedOn, IReadOnlyList<Member> Members, int Hidden);

    /// <param name="Elsewhere">Those asked for, as they were asked, that the register has outside of the official's duty; null where there are none.</param>
    internal sealed record Answers(DateOnly AsOf, IReadOnlyList<Household> Households, IReadOnlyList<string>? Elsewhere = null);

    public async Task<Outcome<Answers>> Run(Request r)
    {
        var problems = new List<Problem>();
        FieldClass.Check(await reasons.Check(r.Purpose, r.Case, problems), problems, FieldClass.Identity, FieldClass.Household);
        var asked = (r.FileNumbers?.Count ?? 0) + (r.Ids?.Count ?? 0) + (r.Members?.Count ?? 0);
        if (asked is 0 or > MostHouseholds)
        {
            problems.Add(Problem.Invalid("fileNumbers", "population.lookup-households"));
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        var (today, on) = (clock.Today(), r.AsOf ?? clock.Today());
        var all = actor.Value.May(Permission.Of(PopulationPermission.ReadConfidential));
        var homes = await session.Rows("""
            select h.id, h.file_number, h.area_id, h.detail, h.opened_on, h.closed_on
              from (select id from population.household where file_number = any($1) union select unnest($2)
                union select m.household_id from (select id from population.person where number = any($3) union select person_id from population.former_number where number = any($3)) told
                  join population.person p on p.id = told.id join population.member m on m.person_id = p.id and m.valid @> $4 where p.confidential = 0 or $5) asked
              join population.household h on h.id = asked.id
             order by h.file_number, h.id
            """, x => (Id: x.GetGuid(0), File: x.Text(1), Area: x.Maybe<int>(2), Detail: x.Text(3), Opened: x.Maybe<DateOnly>(4), Closed: x.Maybe<DateOnly>(5)),
            (r.FileNumbers ?? []).ToArray(), (r.Ids ?? []).ToArray(), (r.Members ?? []).ToArray(), on, all);
        var members = (await session.Rows("""
            select m.household_id, p.id, p.number, p.full_name, p.born_earliest, p.born_precision, p.sex, m.relation, lower(m.valid), p.confidential
              from population.member m join population.person p on p.id = m.person_id
             where m.household_id = any($1) and m.valid @> $2 order by m.relation, p.born_earliest, p.id
            """, x => (Home: x.GetGuid(0), Member: new Member(x.GetGuid(1), x.Text(2), x.GetString(3), PartialDate.Stored(x.Maybe<DateOnly>(4), x.Maybe<short>(5)), x.Maybe<short>(6), x.GetString(7), x.Maybe<DateOnly>(8)),
                Open: x.GetInt16(9) == 0), homes.Select(h => h.Id).ToArray(), on)).ToLookup(m => m.Home);
        var answers = homes.ConvertAll(h =>
        {
            var (written, now) = AddressLine.Of(places.Book, h.Area, h.Detail, today);
            return new Household(h.Id, h.File, h.Area, written, now, h.Opened, h.Closed, [.. members[h.Id].Where(m => m.Open || all).Select(m => m.Member)], members[h.Id].Count(m => !m.Open && !all));
        });
        var elsewhere = await Elsewhere(r, [.. homes.Select(h => h.File).OfType<string>(), .. homes.Select(h => h.Id.ToString()), .. members.SelectMany(g => g).Select(m => m.Member.Number).OfType<string>()]);
        if (homes.Count == 0 && elsewhere.Length == asked)
        {
            return Problem.Forbidden("population.outside-duty");
        }

        await journal.Disclose([.. answers.SelectMany(h => h.Members).Select(m => m.Id).Distinct()], ["household"], r.Purpose!, r.Case!);
        return new Answers(on, answers, elsewhere.Length > 0 ? elsewhere : null);
    }

    /// <summary>Of what was asked for and not seen, what the register has all the same.</summary>
    private async Task<string[]> Elsewhere(Request r, HashSet<string> seen) => !session.Limited ? [] : [.. (await session.Rows("""
        select k from population.known_households($1, $2) k union all select n from population.known_numbers($3) n where not exists (select from population.person p where p.number = n) and not exists (select from population.former_number f where f.number = n)
        """, x => x.GetString(0), (r.FileNumbers ?? []).ToArray(), (r.Ids ?? []).ToArray(), (r.Members ?? []).ToArray())).Where(k => !seen.Contains(k))];
}
