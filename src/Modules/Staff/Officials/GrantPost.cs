using NpgsqlTypes;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;

namespace SoGoc.Staff.Officials;

/// <summary>Puts an official into a role in an area, from a day on; a temporary duty has its last day. Several areas are several posts.</summary>
internal sealed class GrantPost(Session session, OfficialRows officials, Authority authority, Journal journal, TimeProvider clock)
{
    /// <param name="Area">Code of the unit as it is today; empty: the whole province.</param>
    /// <param name="From">First day; today if none.</param>
    /// <param name="Until">Last day; open if none.</param>
    internal sealed record Request(Guid Official, string? Role, string? Area, string? From, string? Until, string? Ground);

    public async Task<Outcome<Done>> Run(Request r)
    {
        var managed = await officials.ToManage(r.Official);
        if (!managed.Ok(out var official))
        {
            return managed.Problems.ToList();
        }

        var problems = new List<Problem>();
        var from = FormText.Day(r.From, "from", problems) ?? clock.Today();
        var valid = FormText.Span(from, FormText.Day(r.Until, "until", problems), problems);
        var (area, unknown) = authority.Area(r.Area);
        FormText.Ground(r.Ground, problems);
        if (unknown is not null)
        {
            problems.Add(unknown);
        }

        if (problems.Count == 0 && await authority.ToGrant(official.Id, r.Role ?? "", area) is { } refused)
        {
            problems.Add(refused);
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        var id = Guid.CreateVersion7(clock.GetUtcNow());
        await session.Execute("insert into staff.post (id, official_id, role, area_id, valid) values ($1, $2, $3, $4, $5)", id, official.Id, r.Role, ((object?)area).As(NpgsqlDbType.Integer), valid.ToRange());
        await journal.Add(official.Id, new PostGranted(id, r.Role!, area, from, valid.Until), r.Ground!);
        return Done.It;
    }
}
