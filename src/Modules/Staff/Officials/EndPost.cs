using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;

namespace SoGoc.Staff.Officials;

/// <summary>Ends a post; from that day on it gives no right, in an open session too.</summary>
internal sealed class EndPost(Session session, OfficialRows officials, Journal journal, TimeProvider clock)
{
    /// <param name="On">The first day without it; today if none.</param>
    internal sealed record Request(Guid Official, Guid Post, string? On, string? Ground);

    public async Task<Outcome<Done>> Run(Request r)
    {
        var managed = await officials.ToManage(r.Official);
        if (!managed.Ok(out var official))
        {
            return managed.Problems.ToList();
        }

        var problems = new List<Problem>();
        var day = FormText.Day(r.On, "on", problems) ?? clock.Today();
        FormText.Ground(r.Ground, problems);
        var post = (await officials.Posts(official.Id)).FirstOrDefault(p => p.Id == r.Post);
        if (post is null || post.Valid.Until <= day)
        {
            problems.Add(Problem.Conflict("staff.no-post-to-end"));
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        await session.Execute("update staff.post set valid = daterange(lower(valid), greatest(lower(valid), $2)) where id = $1", r.Post, day);
        await journal.Add(official.Id, new PostEnded(r.Post, post!.Role, post.Area, day), r.Ground!);
        return Done.It;
    }
}
