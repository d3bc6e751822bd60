using System.Globalization;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Modules;
using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Population.Lookups;

namespace SoGoc.Population;

/// <summary>What the first page shows of the register: lists that wait for a decision, rows that were held back, and how many people there are.</summary>
internal sealed class AtHand(BeyondDuty reads, PopulationCounts counts, IPlaces places, TimeProvider clock) : IWorkAtHand
{
    /// <summary>Lists older than this are history; nobody waits for them.</summary>
    private const int Days = 60;

    public async Task<IReadOnlyList<WorkItem>> For(Actor who)
    {
        var items = new List<WorkItem>();
        if (who.May(Permission.Of(PopulationPermission.ImportList)))
        {
            items.AddRange(await Lists(who));
        }

        if (who.May(Permission.Of(PopulationPermission.CountPopulation))
            && (await new CountPopulation(reads, counts, places, clock).Run(new CountPopulation.Request(null, null))).Ok(out var counted))
        {
            items.Add(new WorkItem("population.at-hand-persons", N(counted.Persons), "/dan-so", Waits: false));
        }

        return items;
    }

    /// <summary>Lists of the official's office.</summary>
    private async Task<IEnumerable<WorkItem>> Lists(Actor who)
    {
        var rows = await reads.Rows("""
            select l.id, l.state, (select count(distinct f.row_no) from population.list_fault f where f.list_id = l.id and not f.warning)
              from population.list l where l.office = $1 and l.sent_at > $2 and l.state in ('received', 'checking', 'checked', 'applying', 'done') order by l.sent_at desc
            """, r => (Id: r.GetGuid(0), State: r.GetString(1), Held: r.GetInt64(2)), who.Office, clock.GetUtcNow().AddDays(-Days));
        WorkItem? Item(string sentence, Func<(Guid Id, string State, long Held), bool> which, bool waits, Func<(Guid Id, string State, long Held), long> count)
        {
            var some = rows.Where(which).ToList();
            return some.Count == 0 ? null : new WorkItem(sentence, N(some.Sum(count)), some.Count == 1 ? $"/nhap/{some[0].Id}" : "/nhap", waits);
        }

        return new[]
        {
            Item("population.at-hand-decide", l => l.State == "checked", true, _ => 1),
            Item("population.at-hand-held", l => l.State == "done" && l.Held > 0, true, l => l.Held),
            Item("population.at-hand-running", l => l.State is "received" or "checking" or "applying", false, _ => 1),
        }.OfType<WorkItem>();
    }

    private static string N(long number) => number.ToString("N0", CultureInfo.CurrentCulture);
}
