using System.ComponentModel.DataAnnotations;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Text;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;
using SoGoc.Population.Lookups;

namespace SoGoc.Population.Persons;

/// <summary>A person's record with household, kin and journal, as far as the purpose and the official's rights go; also as of any day, as known on any day. A merged record answers with the one that stands for it.</summary>
internal sealed class ShowPerson(Session session, Journal journal, CurrentActor actor, Reasons reasons, TimeProvider clock)
{
    /// <param name="Id">The record, or one that was merged into it.</param>
    /// <param name="Purpose">Code of the purpose; written into the record of readings.</param>
    /// <param name="Case">Reference of the open case it is asked for.</param>
    /// <param name="AsOf">The day whose life is asked for; today if none.</param>
    /// <param name="KnownOn">What the office knew at the end of this day; today if none.</param>
    internal sealed record Request(Guid Id, [Required, Length(1, Reason.Longest)] string? Purpose, [Required, Length(1, Reason.Longest)] string? Case, DateOnly? AsOf = null, DateOnly? KnownOn = null);

    /// <param name="Link">The kin's own record, where the register has it.</param>
    internal sealed record KinLine(KinKind Kind, string? Name, string? Number, Guid? Link);

    internal sealed record HousemateLine(Guid Id, string Name, string Relation, string? Born);

    /// <param name="Hidden">Members whose records are confidential, or who were closed by an adoption, and whom this official may not see.</param>
    internal sealed record HouseholdShown(string? FileNumber, int? Area, string? Detail, IReadOnlyList<HousemateLine> Members, int Hidden);

    /// <param name="Withheld">Classes of fields that the purpose, or the official's right, leaves out: identity, origin, sensitive, papers, family, residence, household, contact, journal.</param>
    internal sealed record Shown(Guid Id, PersonState Person, IReadOnlyList<KinLine> Kin, HouseholdShown? Household, IReadOnlyList<EntryRow> Entries, Guid? MergedFrom, long Version, IReadOnlyList<string>? Withheld) : IVersioned;

    public async Task<Outcome<Shown>> Run(Request r)
    {
        var problems = new List<Problem>();
        var reason = await reasons.Check(r.Purpose, r.Case, problems);
        FieldClass.Check(reason, problems, FieldClass.Identity);
        return problems.Count > 0 ? problems : await Show(r, new Purview(reason!, actor.Value));
    }

    private async Task<Outcome<Shown>> Show(Request r, Purview purview)
    {
        var id = r.Id;
        if ((await PersonRows.Load(session, [id])).GetValueOrDefault(id) is not { } person)
        {
            return await session.IsElsewhere(id) ? Problem.Forbidden("population.outside-duty") : Problem.Missing("population.no-person");
        }

        Guid? mergedFrom = null;
        for (var step = 0; person.MergedInto is { } into && step < 10; step++)
        {
            mergedFrom ??= id;
            id = into;
            if ((await PersonRows.Load(session, [id])).GetValueOrDefault(id) is not { } answering)
            {
                return Problem.Forbidden("population.outside-duty");
            }

            person = answering;
        }

        var may = actor.Value.May(Permission.Of(PopulationPermission.ReadConfidential));
        if (person.Confidential > 0 && !may)
        {
            return Problem.Forbidden("population.confidential");
        }

        var (today, turned) = (clock.Today(), r.AsOf is not null || r.KnownOn is not null);
        var (on, known) = (r.AsOf ?? today, r.KnownOn ?? today);
        IReadOnlyList<EntryRow> entries = turned || purview.Sees(Purpose.Journal) ? await journal.Of(id) : [];
        var closed = actor.Value.May(Permission.Of(PopulationPermission.ReadClosed)) ? [] : ClosedKin.Of(entries);
        entries = closed.Count > 0 ? ClosedKin.Without(entries) : entries;
        if (turned)
        {
            if (PersonAsOf.Of(entries, on, known) is not { } then)
            {
                return Problem.Conflict("population.not-known-then", known.Shown());
            }

            person = then;
            entries = purview.Sees(Purpose.Journal) ? [.. entries.TakeWhile(e => OfficeTime.DayOf(e.At) <= known)] : [];
        }

        person = purview.Of(person);
        List<KinLine> kin = !purview.Sees(FieldClass.Family) ? [] : turned ? await Named(person) : await Kin(id, person);
        var household = person.Memberships.FirstOrDefault(m => new Period(m.From, m.Until).Holds(on)) is { } m ? await Household(m.Household, on, may, turned ? closed : []) : null;
        await Task.WhenAll(journal.Disclose([id], [.. purview.Seen], r.Purpose!, r.Case!),
            journal.Disclose([.. household?.Members.Select(h => h.Id).Where(h => h != id) ?? []], [FieldClass.Household], r.Purpose!, r.Case!));
        return new Shown(id, person, kin, household, entries, mergedFrom, await session.Value<long>("select max(position) from journal.entry where subject = $1", id), purview.Withheld is { Count: > 0 } some ? some : null);
    }

    /// <summary>Those the record names, and the children whose records name this person.</summary>
    private async Task<List<KinLine>> Kin(Guid id, PersonState person)
    {
        var lines = await session.Rows("""
            select k.kind, coalesce(p.full_name, k.name), coalesce(p.number, k.number), p.id
              from population.kin k left join population.person p on p.id = k.kin_id or p.number = k.number
             where k.person_id = $1 order by k.no
            """, r => new KinLine(Word.Read<KinKind>(r.GetString(0)), r.Text(1), r.Text(2), r.Maybe<Guid>(3)), id);
        var children = await session.Rows("""
            select p.full_name, p.number, p.id from (
              select person_id from population.kin where number = $2 and kind in ('father', 'mother')
              union select person_id from population.kin where kin_id = $1 and kind in ('father', 'mother')) k
              join population.person p on p.id = k.person_id order by p.born_earliest, p.id
            """, r => new KinLine(KinKind.Child, r.GetString(0), r.Text(1), r.GetGuid(2)), id, person.Facts.Number?.ToString());
        return [.. lines, .. children.Where(c => lines.All(l => l.Link != c.Link))];
    }

    /// <summary>Those whom the record of then names, with their records of today.</summary>
    private async Task<List<KinLine>> Named(PersonState person)
    {
        var records = (await session.Rows("select id, number, full_name from population.person where number = any($1) or id = any($2)", r => (Id: r.GetGuid(0), Number: r.Text(1), Name: r.GetString(2)),
            person.Kin.Select(k => k.Number?.ToString()).OfType<string>().ToArray(), person.Kin.Select(k => k.Person).OfType<Guid>().ToArray())).ToList();
        return [.. person.Kin.Select(k =>
        {
            var record = records.FirstOrDefault(x => x.Id == k.Person || (x.Number is not null && x.Number == k.Number?.ToString()));
            return new KinLine(k.Kind, k.Name ?? record.Name, k.Number?.ToString(), record.Id == Guid.Empty ? null : record.Id);
        })];
    }

    /// <summary>Who lives with a confidential person does not tell where he lives. With whom a child lived before its adoption does not tell who its parents were.</summary>
    private async Task<HouseholdShown?> Household(Guid id, DateOnly on, bool may, IReadOnlyList<Kin> closed)
    {
        var members = await session.Rows("""
            select p.id, p.full_name, m.relation, p.born_earliest, p.born_precision, (p.confidential > 0 and not $2) or p.number = any($4) or p.id = any($5)
              from population.member m join population.person p on p.id = m.person_id
             where m.household_id = $1 and m.valid @> $3 order by m.relation, p.born_earliest
            """, r => (Line: new HousemateLine(r.GetGuid(0), r.GetString(1), r.GetString(2), PartialDate.Stored(r.Maybe<DateOnly>(3), r.Maybe<short>(4))?.Shown),
                Hidden: !r.IsDBNull(5) && r.GetBoolean(5)), id, may, on, closed.Select(k => k.Number?.ToString()).OfType<string>().ToArray(), closed.Select(k => k.Person).OfType<Guid>().ToArray());
        return await session.Row("select file_number, area_id, detail from population.household where id = $1",
            r => new HouseholdShown(r.Text(0), r.Maybe<int>(1), r.Text(2), [.. members.Where(m => !m.Hidden).Select(m => m.Line)], members.Count(m => m.Hidden)), id);
    }
}
