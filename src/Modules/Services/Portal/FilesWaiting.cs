using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Modules;
using SoGoc.Kernel.Time;
using SoGoc.Services.Files;

namespace SoGoc.Services.Portal;

/// <summary>What a citizen's first page tells of his files: what he has to bring or to pay and until when, results he has not opened, and where he is expected in the next days.</summary>
internal sealed class FilesWaiting(Reads reads, TimeProvider clock) : IWaitsForCitizen
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(3);

    public async Task<IReadOnlyList<WorkItem>> For(Actor who)
    {
        var (mine, items) = (who.Persons.ToArray(), new List<WorkItem>());
        foreach (var (code, status, until) in await reads.Rows("select code, status, case status when 5 then supplement_until when 6 then payment_until end from services.file where (applicant_id = any($1) or subject_id = any($1)) and status in (5, 6, 9) order by 3 nulls last",
            r => (r.GetString(0), (FileStatus)r.GetInt16(1), r.Maybe<DateOnly>(2)), (object)mine))
        {
            items.Add(new WorkItem(status switch { FileStatus.Supplement => "services.mine-supplement", FileStatus.Payment => "services.mine-payment", _ => "services.mine-result" },
                until?.Shown() ?? code, $"/cua-toi/ho-so/{code}", true));
        }

        var now = clock.GetUtcNow();
        items.AddRange(await reads.Rows("select code, starts_at from services.visit where person_id = any($1) and state = 'open' and starts_at > $2 and starts_at < $3 order by starts_at",
            r => new WorkItem("services.mine-visit", r.Get<DateTimeOffset>(1).Shown(), $"/cua-toi/lich-hen/{r.GetString(0)}", true), mine, now.AddHours(-1), now + Soon));
        return items;
    }
}
