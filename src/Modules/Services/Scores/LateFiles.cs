using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;

namespace SoGoc.Services.Scores;

/// <summary>For who steers: the files that are late at this moment, those that wait longest first. Codes and days; nobody is named.</summary>
internal sealed class ListLate(Reads reads, TimeProvider clock)
{
    public const int Most = 300;

    /// <param name="Due">The last day that the citizen was told.</param>
    internal sealed record Line(string Code, string Procedure, DateTimeOffset Due);

    /// <param name="Files">The longest first.</param>
    internal sealed record Office(string Name, IReadOnlyList<Line> Files);

    /// <param name="More">There are more than are listed.</param>
    internal sealed record Listed(IReadOnlyList<Office> Offices, bool More);

    public async Task<Outcome<Listed>> Run()
    {
        var files = await reads.Rows($"""
            select f.office, f.code, p.body ->> 'name', f.last_due_at from services.file f join services.procedure p on p.code = f.procedure and p.version = f.version
             where {Late} order by f.last_due_at, f.code limit {Most + 1}
            """, r => (Office: r.GetString(0), Line: new Line(r.GetString(1), r.GetString(2), r.Get<DateTimeOffset>(3))), clock.GetUtcNow());
        return new Listed([.. files.Take(Most).GroupBy(f => f.Office, f => f.Line).Select(o => new Office(o.Key, [.. o])).OrderByDescending(o => o.Files.Count)], files.Count > Most);
    }

    /// <summary>SQL: file f is being dealt with and late; $1 is now.</summary>
    public const string Late = "f.status in (2, 4) and f.last_due_at < $1";
}

/// <summary>What is late now, office by office.</summary>
[Needs(ServicesPermission.ReadScores)]
internal sealed class LateFilesPage(TimeProvider clock) : OfficePage
{
    public const string Path = "/chi-so/tre-han";

    public ListLate.Listed Listed { get; private set; } = new([], false);

    public async Task OnGetAsync() => Listed = (await Do<ListLate, ListLate.Listed>(f => f.Run())).Value ?? Listed;

    /// <summary>Days since it was promised, the begun one counted.</summary>
    public int Days(ListLate.Line line) => Math.Max(1, clock.Today().DayNumber - OfficeTime.DayOf(line.Due).DayNumber);
}
