using System.Globalization;
using SoGoc.Kernel.Access;

namespace SoGoc.Identity.Answers;

/// <summary>Who may answer what: the office that read answers a question, the office of the place where the person lives a request; what they leave unanswered beyond its time
/// rises to those whose duty is the whole province.</summary>
/// <param name="Areas">All versions of the units that the duty covers.</param>
internal sealed record Answerer(string Office, bool WholeProvince, int[] Areas)
{
    /// <summary>A question that waits for him: $1 his office, $2 whether his duty is the province, $3 now.</summary>
    public const string Question = "q.answered_at is null and (q.office = $1 or ($2 and q.due_at < $3))";

    /// <summary>A request that waits for him: $1 areas, $2 whether his duty is the province, $3 today.</summary>
    public const string Request = "r.decided_at is null and (r.area_id = any($1) or ($2 and (r.area_id is null or r.done_due < $3 or (r.answered_at is null and r.answer_due < $3))))";

    /// <summary>Who only answers for his own office has nothing to do with requests, nor with what others have left, however far his duty goes.</summary>
    public static Answerer Of(Actor who, IReach reach) => !who.May(Permission.Of(IdentityPermission.DecideRequests)) ? new(who.Office, false, []) : new(who.Office, who.WholeProvince,
        [.. (reach.Of(who)?.Areas ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries).Select(a => int.Parse(a, CultureInfo.InvariantCulture))]);
}
