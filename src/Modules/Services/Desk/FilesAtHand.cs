using System.Globalization;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Modules;
using SoGoc.Kernel.Time;
using SoGoc.Services.Files;
using SoGoc.Services.Scores;
using SoGoc.Services.Visits;

namespace SoGoc.Services.Desk;

/// <summary>What the first page shows of files: what came online and nobody has received, what ends today, what is late, what citizens have to say, who waits at the counter. Who steers hears how many are late in all.</summary>
internal sealed class FilesAtHand(Reads reads, Counters counters, IColleagues colleagues, TimeProvider clock) : IWorkAtHand
{
    public async Task<IReadOnlyList<WorkItem>> For(Actor who)
    {
        var items = new List<WorkItem>();
        void Tell(long count, string sentence, string link, bool waits = true)
        {
            if (count > 0)
            {
                items.Add(new WorkItem(sentence, count.ToString("N0", CultureInfo.CurrentCulture), link, waits));
            }
        }

        var (now, desks, agency) = (clock.GetUtcNow(), Desks.Of(who), Desks.Agency(who));
        if (desks.Length > 0 || agency.Length > 0)
        {
            var (fresh, today, late) = (await reads.Rows($"""
                select count(*) filter (where f.status = 1), count(*) filter (where f.due_at >= $3 and f.due_at < $4), count(*) filter (where f.due_at < $3)
                  from services.file f where {Desks.Served} and f.status in (1, 2, 4, 5, 6)
                """, r => (r.GetInt64(0), r.GetInt64(1), r.GetInt64(2)), desks, agency, now, OfficeTime.At(clock.Today().AddDays(1))))[0];
            var reader = await Notice.Reader(colleagues, who);
            Tell((await reads.Rows($"select count(*) from services.file f where {Desks.Served} and f.status = 2 and f.holder = any($3)", r => r.GetInt64(0), reader[..3]))[0], "services.at-hand-given", BasketsPage.Path + "?gio=mine");
            Tell((await reads.Rows($"select count(*) from services.notice n join services.file f on f.id = n.file_id where {Notice.IsHis}", r => r.GetInt64(0), reader))[0], "services.at-hand-notices", BasketsPage.Path + "#notices");
            Tell(fresh, "services.at-hand-new", BasketsPage.Path + "?gio=new");
            Tell(today, "services.at-hand-today", BasketsPage.Path);
            Tell(late, "services.at-hand-late", BasketsPage.Path + "?gio=late");
            Tell((await reads.Rows($"select count(*) from services.complaint c join services.file f on f.id = c.file_id where c.answered_at is null and {Desks.Served}", r => r.GetInt64(0), desks, agency))[0], "services.at-hand-complaints", BasketsPage.Path);
        }

        if (await counters.Mine() is { Count: > 0 } mine)
        {
            Tell((await reads.Rows("select count(*) from services.turn where counter = any($1) and day = $2 and state = 'waiting'", r => r.GetInt64(0), mine.Select(c => c.Key).ToArray(), clock.Today()))[0], "services.at-hand-queue", QueuePage.Path);
        }

        if (who.May(Permission.Of(ServicesPermission.ReadScores)))
        {
            Tell((await reads.Rows($"select count(*) from services.file f where {ListLate.Late}", r => r.GetInt64(0), now))[0], "services.at-hand-late-all", LateFilesPage.Path, waits: false);
        }

        return items;
    }
}
