using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Places;

namespace SoGoc.Staff.Officials;

/// <summary>What who manages officials may do: nothing outside of his own duty, and nobody gets a permission or an area that he does not hold himself. A permission can be held only to be handed on.</summary>
internal sealed class Authority(Session session, CurrentActor actor, IDuty duty, IPlaces places, Sentences say, TimeProvider clock)
{
    private const string Head = "official:";

    /// <summary>The official who acts, not the one for whom he acts.</summary>
    public static Guid Self(Actor who) => Guid.Parse(who.Reference.AsSpan(Head.Length, 36));

    /// <summary>At whose posts he acts.</summary>
    private static Guid Holder(Actor who) => Guid.Parse(who.Reference.AsSpan()[^36..]);

    /// <summary>Both of them: whoever acts at another's posts is neither of the two to himself.</summary>
    public static Guid[] Himself(Actor who) => [Self(who), Holder(who)];

    /// <summary>May he manage the people and the life of an agency that serves this area (null: the province)?</summary>
    public async Task<Problem?> Over(int? area) => actor.Value.WholeProvince || (area is { } a && await duty.Covers(a)) ? null : Problem.Forbidden("staff.outside-duty");

    /// <summary>May he put this official into this role in this area?</summary>
    public async Task<Problem?> ToGrant(Guid official, string role, int? area)
    {
        if (official == Self(actor.Value) || official == Holder(actor.Value))
        {
            return Problem.Forbidden("staff.not-to-oneself");
        }

        if (await Over(area) is { } outside)
        {
            return outside;
        }

        if (!await session.Value<bool>("select exists (select from staff.role where role = $1)", role))
        {
            return Problem.Invalid("role", "staff.no-role");
        }

        return await ToGive([.. await session.Rows("select permission from staff.role_permission where role = $1", r => r.GetString(0), role)]);
    }

    /// <summary>May he give, or take away, these permissions?</summary>
    public async Task<Problem?> ToGive(IReadOnlyCollection<string> permissions)
    {
        var held = (await session.Rows("select rp.permission from staff.post p join staff.role_permission rp on rp.role = p.role where p.official_id = $1 and p.valid @> $2",
            r => r.GetString(0), Holder(actor.Value), clock.Today())).ToHashSet(StringComparer.Ordinal);
        var lacking = permissions.Where(p => !held.Contains(p)).Select(p => say[Spoken(p)]).ToList();
        return lacking.Count == 0 ? null : Problem.Forbidden("staff.not-held", string.Join("; ", lacking));
    }

    /// <summary>Roles that he has himself, and so leaves alone.</summary>
    public async Task<bool> HasRole(string role) =>
        await session.Value<bool>("select exists (select from staff.post where official_id = any($1) and role = $2 and valid @> $3)", new[] { Self(actor.Value), Holder(actor.Value) }, role, clock.Today());

    /// <summary>The unit of a form's choice; empty is the whole province.</summary>
    public (int? Area, Problem? Problem) Area(string? code) => string.IsNullOrWhiteSpace(code) ? (null, null)
        : places.Book.Find(code.Trim(), clock.Today()) is { } area ? (area.Id, null) : (null, Problem.Invalid("area", "staff.no-area"));

    /// <summary>The code of the sentence that names a permission.</summary>
    public static string Spoken(string permission) => "may." + permission.Replace('.', '-');
}

/// <summary>Days and grounds as forms bring them.</summary>
internal static class FormText
{
    private const int LongestGround = 500;

    /// <summary>A day as people write it.</summary>
    public static DateOnly? Day(string? text, string field, List<Problem> problems)
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            return null;
        }

        if (DateOnly.TryParseExact(text.Trim(), "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.None, out var iso))
        {
            return iso;
        }

        if (DateWriting.TryRead(text, out var day) && day is { Precision: DatePrecision.Day, Earliest: { } read })
        {
            return read;
        }

        problems.Add(Problem.Invalid(field, "staff.not-a-day"));
        return null;
    }

    /// <summary>From a first day to a last one, both included.</summary>
    public static Period Span(DateOnly from, DateOnly? last, List<Problem> problems)
    {
        if (last < from)
        {
            problems.Add(Problem.Invalid("until", "staff.ends-before"));
        }

        return new Period(from, last is { } l && l < DateOnly.MaxValue ? l.AddDays(1) : null);
    }

    public static void Ground(string? ground, List<Problem> problems)
    {
        if (string.IsNullOrWhiteSpace(ground) || ground.Length > LongestGround)
        {
            problems.Add(Problem.Invalid("ground", "staff.ground-missing"));
        }
    }
}
