using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Population;
using SoGoc.Quality.Rules;

namespace SoGoc.Quality.Work;

/// <summary>What the officer has taken, with names and addresses, hamlet by hamlet, for the way from door to door. The readings are on record.</summary>
internal sealed class MyFindings(Session session, IPopulation population, Journal journal, CurrentActor actor, TimeProvider clock)
{
    private static readonly string[] Fields = ["identity", "residence", "household", "contact"];

    /// <param name="Id">Only this one.</param>
    internal sealed record Request(Guid? Id = null);

    /// <param name="Says">What is wrong.</param>
    /// <param name="Mend">Which act mends it.</param>
    /// <param name="Person">Whose record; null: a household's.</param>
    /// <param name="Who">The person; or the head, else the eldest, of the household.</param>
    /// <param name="Members">The others of a household.</param>
    /// <param name="Back">How often it came back.</param>
    /// <param name="Late">Beyond its term, or beyond the day that the giver has set.</param>
    internal sealed record Item(Guid Id, string Rule, string Says, string Ground, string Mend, Guid? Person, Guid? Household, string Part, string Who, string? Number, string? Born, string? Phone, string? Address, string? Hamlet, IReadOnlyList<string> Members, DateOnly Due, bool Late, int Back,
        string? Outcome, string? OutcomeText, GivenBy? Given = null);

    /// <param name="Giver">Who gave it to him.</param>
    /// <param name="Until">The day until which it is to be done.</param>
    internal sealed record GivenBy(string Giver, DateOnly Until, string? Note);

    internal sealed record Shown(IReadOnlyList<Item> Items);

    private sealed record Row(Guid Id, Rule Rule, Guid? Person, Guid? Household, string Part, string? Hamlet, string Note, DateOnly Due, short Back, string? Outcome, string? Text, string Case, GivenBy? Given);

    public async Task<Outcome<Shown>> Run(Request r)
    {
        var rows = await session.Rows($"""
            select {Rule.Columns}, f.id, f.person_id, f.household_id, f.part, f.hamlet, f.note, f.due_on, f.back, f.outcome, f.outcome_text, f.case_ref, h.giver, h.until_on, h.note
              from quality.finding f join quality.rule r on r.code = f.rule left join quality.handing h on h.id = f.handing_id
             where f.holder = $1 and f.gone_at is null and f.case_ref is not null and {AnswerFinding.IsWork} and ($2::uuid is null or f.id = $2) order by f.hamlet nulls last, least(f.due_on, h.until_on), f.id limit 200
            """, x => new Row(x.GetGuid(12), Rule.Read(x), x.Maybe<Guid>(13), x.Maybe<Guid>(14), x.GetString(15), x.Text(16), x.GetString(17), x.Get<DateOnly>(18), x.GetInt16(19), x.Text(20), x.Text(21), x.GetString(22),
                x.Text(23) is { } giver ? new GivenBy(giver, x.Get<DateOnly>(24), x.Text(25)) : null),
            actor.Value.Holder, r.Id.As(NpgsqlTypes.NpgsqlDbType.Uuid));
        var (items, read) = (new List<Item>(), new Dictionary<string, HashSet<Guid>>());
        foreach (var row in rows)
        {
            var people = new List<(Guid Id, PersonState State)>();
            foreach (var id in row.Person is { } one ? [one] : await population.MembersOf(row.Household!.Value))
            {
                if (await population.Find(id) is { } state && (state.Confidential == 0 || actor.Value.May(Permission.Of(PopulationPermission.ReadConfidential))))
                {
                    people.Add((id, state));
                    (read.TryGetValue(row.Case, out var of) ? of : read[row.Case] = []).Add(id);
                }
            }

            items.Add(await Tell(row, people));
        }

        foreach (var (file, persons) in read)
        {
            await journal.Disclose(persons, Fields, TakeFindings.Purpose, file);
        }

        // House by house, so that one way does for all that is to be asked there; the house where something ends first before the others of its hamlet.
        return new Shown([.. items.GroupBy(i => (i.Hamlet, i.Address)).OrderBy(h => h.Key.Hamlet is null).ThenBy(h => h.Key.Hamlet, StringComparer.Ordinal).ThenBy(h => h.Min(i => i.Given is { } given && given.Until < i.Due ? given.Until : i.Due))
            .ThenBy(h => h.Key.Address, StringComparer.Ordinal).SelectMany(h => h.OrderBy(i => i.Who, StringComparer.Ordinal).ThenBy(i => i.Due))]);
    }

    private async Task<Item> Tell(Row row, List<(Guid Id, PersonState State)> people)
    {
        var today = clock.Today();
        var first = people.OrderByDescending(p => p.State.Memberships.Any(m => m is { Relation: "01", Until: null })).Select(p => p.State).FirstOrDefault();
        var home = first?.Residences.Where(x => x.Kind is ResidenceKind.Permanent or ResidenceKind.Temporary && (x.Until is null || x.Until > today)).OrderBy(x => x.Kind).FirstOrDefault();
        var household = row.Household is { } key ? await population.Household(key) : null;
        var address = household is { } h ? population.Address(population.InForce(new Residence(0, ResidenceKind.Permanent, h.Area, h.Detail, h.OpenedOn))) : home is null ? (null, null) : population.Address(population.InForce(home));
        return new Item(row.Id, row.Rule.Code, row.Rule.Sentence(row.Note), row.Rule.Ground, (row.Outcome is { } answered ? Mending.Of(row.Rule, answered) : null) ?? row.Rule.Mend, row.Person, row.Household, row.Part, first?.Facts.FullName ?? household?.FileNumber ?? "–", first?.Facts.Number?.ToString(), first?.Facts.Born?.Shown, first?.Facts.Phone,
            address.Written, row.Hamlet, row.Household is null ? [] : [.. people.Select(p => p.State.Facts.FullName ?? "")], row.Due, row.Due < today || row.Given?.Until < today, row.Back, row.Outcome, row.Text, row.Given);
    }
}
