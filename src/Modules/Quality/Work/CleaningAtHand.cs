using System.Globalization;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Modules;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Population;
using SoGoc.Quality.Rules;

namespace SoGoc.Quality.Work;

/// <summary>What the first page shows: what the official has taken and not answered, what is late in his area, and pairs that wait to be decided.</summary>
internal sealed class CleaningAtHand(Reads reads, TimeProvider clock) : IWorkAtHand
{
    public async Task<IReadOnlyList<WorkItem>> For(Actor who)
    {
        var items = new List<WorkItem>();
        void Tell(long count, string sentence, string link, bool waits)
        {
            if (count > 0)
            {
                items.Add(new WorkItem(sentence, count.ToString("N0", CultureInfo.CurrentCulture), link, waits));
            }
        }

        if (who.May(Permission.Of(QualityPermission.WorkFindings)))
        {
            var (mine, soon, late) = (await reads.Rows("select count(*) filter (where f.holder = $1), count(*) filter (where f.holder = $1 and least(f.due_on, h.until_on) between $2 and $2 + 3), count(*) filter (where f.due_on < $2) from quality.finding f left join quality.handing h on h.id = f.handing_id where f.gone_at is null and f.outcome is null",
                r => (r.GetInt64(0), r.GetInt64(1), r.GetInt64(2)), who.Holder, clock.Today()))[0];
            Tell(mine, "quality.at-hand-mine", "/lam-sach/cua-toi", waits: true);
            Tell(soon, "quality.at-hand-soon", "/lam-sach/cua-toi", waits: true);
            if (!who.WholeProvince)
            {
                Tell(late, "quality.at-hand-late", "/lam-sach", waits: false);
            }
        }

        if (who.May(Permission.Of(QualityPermission.AssignWork)))
        {
            var (late, back) = (await reads.Rows("select count(*) filter (where f.holder is not null and h.until_on < $2), count(*) filter (where f.returned_why is not null) from quality.finding f join quality.handing h on h.id = f.handing_id where h.given_by = $1 and f.gone_at is null and f.outcome is null",
                r => (r.GetInt64(0), r.GetInt64(1)), who.Holder, clock.Today()))[0];
            Tell(late, "quality.at-hand-given-late", HandPage.GivenPath, waits: true);
            Tell(back, "quality.at-hand-given-back", HandPage.GivenPath, waits: true);
        }

        // Who answers for the area, and cleans nothing himself, hears what lies there beyond its term.
        if (who.May(Permission.Of(QualityPermission.ReadMeasures)) && (who.WholeProvince || !who.May(Permission.Of(QualityPermission.WorkFindings))))
        {
            var lying = (await reads.Rows("select count(*) from quality.finding f where f.gone_at is null and f.outcome is null and f.due_on < $1", r => r.GetInt64(0), clock.Today()))[0];
            Tell(lying, "quality.at-hand-late-units", "/chat-luong?quaHan=true#communes", waits: true);
        }

        if (who.May(Permission.Of(QualityPermission.JudgeDuplicates)))
        {
            Tell((await reads.Rows("select count(*) from quality.pair d where d.state = 'open'", r => r.GetInt64(0)))[0], "quality.at-hand-pairs", "/trung-lap", waits: true);
        }

        return items;
    }
}

/// <summary>What counts against a person: what the rules have found in the record and in the household, on the page of the person. Who sees the page reads it for a case.</summary>
internal sealed class FindingsOfPerson(Session session, Sentences say, TimeProvider clock) : IPersonNotes
{
    public async Task<IReadOnlyList<PersonNote>> Of(Guid person)
    {
        var found = await session.Rows($"""
            select {Rule.Columns}, f.note, f.household_id is not null from quality.finding f join quality.rule r on r.code = f.rule
             where (f.person_id = $1 or f.household_id in (select m.household_id from population.report_member m where m.person_id = $1 and m.valid @> $2))
               and f.gone_at is null and f.outcome is distinct from 'confirmed' and r.severity <> 'notice' order by f.household_id is not null, r.severity desc, f.due_on, r.code
            """, x => (Rule: Rule.Read(x), Note: x.GetString(12), Household: x.GetBoolean(13)), person, clock.Today());
        return [.. found.Select(f => new PersonNote($"{say["quality.severity-" + f.Rule.Severity]} · {say["quality.measure-" + f.Rule.Measure]}", (f.Household ? say["quality.of-household"] + " " : "") + f.Rule.Sentence(f.Note)))];
    }
}
