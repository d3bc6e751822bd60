using System.ComponentModel.DataAnnotations;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Population.Persons;

namespace SoGoc.Population.Lookups;

/// <summary>A person as of one day, as known on another: the fold of the entries of then, cut to what held.</summary>
internal sealed class TellHistory(Reads reads, Journal journal, CurrentActor actor, Reasons reasons, TimeProvider clock)
{
    /// <param name="Number">The personal number; one that was given up answers too. Or the key:</param>
    /// <param name="Id">Key of the record.</param>
    /// <param name="AsOf">The day whose life is asked for; today if none.</param>
    /// <param name="KnownOn">What the office knew at the end of this day; today if none.</param>
    /// <param name="Purpose">Code of the purpose; written into the record of readings.</param>
    /// <param name="Case">Reference of the open case it is asked for.</param>
    internal sealed record Request(string? Number, Guid? Id, DateOnly? AsOf, DateOnly? KnownOn,
        [Required, Length(1, Reason.Longest)] string? Purpose, [Required, Length(1, Reason.Longest)] string? Case);

    internal sealed record Line(long Position, DateTimeOffset At, string Actor, string Office, string Ground, string Kind);

    /// <param name="Person">Null when the office knew nothing of the person on the day.</param>
    /// <param name="NotYetBorn">The day lies before the birth.</param>
    /// <param name="Entries">What had been entered by then.</param>
    internal sealed record History(Guid Id, DateOnly AsOf, DateOnly KnownOn, PersonState? Person, bool NotYetBorn, IReadOnlyList<Line> Entries);

    public async Task<Outcome<History>> Run(Request r)
    {
        var problems = new List<Problem>();
        FieldClass.Check(await reasons.Check(r.Purpose, r.Case, problems), problems, Purpose.Journal);
        PersonalNumber number = default;
        if (r.Id is null && !PersonalNumber.TryParse(r.Number, out number, out var fault))
        {
            problems.Add(fault with { Field = "number" });
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        // One statement: which record, whether it may be read, and its entries.
        var rows = (await reads.ByKey($"""
            select k, p.id, p.confidential, e.position, e.at, e.actor, e.office, e.ground, e.subject, e.kind, e.body::text
              from unnest($1) k cross join lateral (select {(r.Id is null ? "coalesce((select id from population.person where number = k), (select person_id from population.former_number where number = k))" : "k::uuid")} as id offset 0) i
              join population.person p on p.id = i.id
              join journal.entry e on e.subject = p.id
             order by k, e.position
            """, [r.Id?.ToString() ?? number.ToString()], x => (Id: x.GetGuid(1), Confidential: x.GetInt16(2),
                Entry: new EntryRow(x.GetInt64(3), x.Get<DateTimeOffset>(4), x.GetString(5), x.GetString(6), x.GetString(7), x.GetGuid(8), x.GetString(9), x.GetString(10))))).ConvertAll(x => x.Row);
        if (rows.Count == 0)
        {
            var elsewhere = r.Id is { } id ? await reads.IsElsewhere(id) : (await reads.Elsewhere([number.ToString()])).Count > 0;
            return elsewhere ? Problem.Forbidden("population.outside-duty") : Problem.Missing("population.no-person");
        }

        if (rows[0].Confidential > 0 && !actor.Value.May(Permission.Of(PopulationPermission.ReadConfidential)))
        {
            return Problem.Forbidden("population.confidential");
        }

        var today = clock.Today();
        var (on, known) = (r.AsOf ?? today, r.KnownOn ?? today);
        IReadOnlyList<EntryRow> entries = [.. rows.Select(x => x.Entry)];
        entries = actor.Value.May(Permission.Of(PopulationPermission.ReadClosed)) ? entries : ClosedKin.Without(entries);
        var state = PersonAsOf.Of(entries, on, known);
        await journal.Disclose([rows[0].Id], ["history"], r.Purpose!, r.Case!);
        return new History(rows[0].Id, on, known, state, state?.Facts.Born?.Earliest > on,
            [.. entries.TakeWhile(e => OfficeTime.DayOf(e.At) <= known).Select(e => new Line(e.Position, e.At, e.Actor, e.Office, e.Ground, e.Kind))]);
    }
}
