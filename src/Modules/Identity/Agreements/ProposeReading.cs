using System.Globalization;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Places;

namespace SoGoc.Identity.Agreements;

/// <summary>Proposes that an agency's system reads persons by itself, without their being there: for which purposes of the list, how much of a person, of whom, and until when (NĐ 278/2025).
/// It works once a second official has approved it.</summary>
internal sealed class ProposeReading(Session session, Journal journal, CurrentActor actor, Purposes purposes, IPlaces places, TimeProvider clock)
{
    public const int Longest = 300;

    private const int MostYears = 5, MostAreas = 200;

    /// <param name="Client">client_id of a system that is registered.</param>
    /// <param name="Agreement">Number of the paper that was signed.</param>
    /// <param name="Purposes">Codes of the list.</param>
    /// <param name="Classes">Classes of fields.</param>
    /// <param name="Areas">Codes of units of today, one a line.</param>
    /// <param name="WholeProvince">Everybody in the province; then no units.</param>
    /// <param name="Until">The last day.</param>
    internal sealed record Request(string? Client, string? Agreement, IReadOnlyList<string>? Purposes, IReadOnlyList<string>? Classes, string? Areas, bool WholeProvince, DateOnly? Until);

    internal sealed record Proposed(Guid Id);

    public async Task<Outcome<Proposed>> Run(Request r)
    {
        var today = clock.Today();
        var problems = new List<Problem>();
        if (string.IsNullOrWhiteSpace(r.Agreement) || r.Agreement.Length > Longest)
        {
            problems.Add(Problem.Invalid("agreement", "identity.text-missing"));
        }

        var known = (await Offered(purposes, today)).ToList();
        var wanted = known.Where(p => r.Purposes?.Contains(p.Code) == true).ToList();
        if (wanted.Count == 0 || wanted.Count != r.Purposes!.Distinct().Count())
        {
            problems.Add(Problem.Invalid("purposes", "identity.reading-purposes"));
        }

        // What none of the purposes lets be read nobody can agree to.
        var classes = Classes(wanted).Where(c => r.Classes?.Contains(c) == true).ToArray();
        if (classes.Length == 0 || classes.Length != r.Classes!.Distinct().Count())
        {
            problems.Add(Problem.Invalid("classes", "identity.reading-classes"));
        }

        var areas = Areas(r, today, problems);
        if (r.Until is not { } until || until <= today || until > today.AddYears(MostYears))
        {
            problems.Add(Problem.Invalid("until", "identity.reading-until", MostYears.ToString(CultureInfo.InvariantCulture)));
            return problems;
        }

        return problems.Count > 0 ? problems : await Keep(r, [.. wanted.Select(p => p.Code)], classes, areas, until);
    }

    /// <summary>The purposes that a system may read for.</summary>
    public static async Task<IEnumerable<Purpose>> Offered(Purposes purposes, DateOnly day) => (await purposes.On(day)).Where(p => p.ForAgencies && p.Classes.Count > 0);

    /// <summary>Of all that these purposes let be read, what a system may; how a record came about stays with officials.</summary>
    public static IReadOnlyList<string> Classes(IEnumerable<Purpose> purposes) => [.. purposes.SelectMany(p => p.Classes).Where(c => c != Purpose.Journal).Distinct().Order(StringComparer.Ordinal)];

    private List<Area> Areas(Request r, DateOnly today, List<Problem> problems)
    {
        var codes = (r.Areas ?? "").Split(['\n', ',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Distinct().ToList();
        if (codes.Count > MostAreas || r.WholeProvince == (codes.Count > 0))
        {
            problems.Add(Problem.Invalid("areas", "identity.reading-areas"));
            return [];
        }

        var home = places.Book.Home(today);
        var found = codes.ConvertAll(c => (Code: c, Area: places.Book.Find(c, today)));
        problems.AddRange(found.Where(f => f.Area is null || home is null || !places.Book.Covers(home, f.Area, today)).Select(f => Problem.Invalid("areas", "identity.reading-area-unknown", f.Code)));
        return [.. found.Select(f => f.Area).OfType<Area>()];
    }

    private async Task<Outcome<Proposed>> Keep(Request r, string[] codes, string[] classes, List<Area> areas, DateOnly until)
    {
        if (await session.Value<bool?>("select ended_at is null from identity.client where id = $1", r.Client ?? "") != true)
        {
            return Problem.Missing("identity.no-client");
        }

        var (now, paper) = (clock.GetUtcNow(), r.Agreement!.Trim());
        var id = Guid.CreateVersion7(now);
        var added = await session.Execute("""
            insert into identity.reading (id, client_id, agreement, purposes, classes, areas, whole_province, until_on, asked_by, asked_at, asked_name) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)
            on conflict (client_id) where decided_at is null and ended_at is null do nothing
            """, id, r.Client!, paper, codes, classes, areas.Select(a => a.Id).ToArray(), r.WholeProvince, until, actor.Value.Reference, now, actor.Value.Signature);
        if (added == 0)
        {
            return Problem.Conflict("identity.reading-waits");
        }

        await journal.Add(id, new ReadingProposed(r.Client!, paper, codes, classes, [.. areas.Select(a => a.Code)], until), Ground(paper));
        return new Proposed(id);
    }

    internal static string Ground(string paper) => $"thỏa thuận chia sẻ {paper}";
}
