using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Text;
using SoGoc.Kernel.Time;

namespace SoGoc.Staff.Officials;

/// <summary>Officials by words of their name, account or agency, with their posts of today; those who left come last.</summary>
internal sealed class FindOfficials(Session session, TimeProvider clock)
{
    public const int Most = 100;

    internal sealed record Request(string? Text);

    internal sealed record Line(Guid Id, string Name, string SignIn, string Agency, bool Active, IReadOnlyList<string> Roles, bool Away);

    internal sealed record Found(IReadOnlyList<Line> Officials, bool Capped);

    public async Task<Outcome<Found>> Run(Request r)
    {
        var words = NameKey.Of(r.Text ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries);
        var all = await session.Rows("""
            select o.id, o.name, o.sign_in, staff.agency_name(o.agency_code, $1), o.active, coalesce(array_agg(distinct ro.name) filter (where ro.name is not null), '{}'),
                   exists (select from staff.absence b where b.official_id = o.id and b.valid @> $1)
              from staff.official o
              left join staff.post p on p.official_id = o.id and p.valid @> $1 left join staff.role ro on ro.role = p.role
             group by o.id order by o.active desc, o.name, o.sign_in
            """, x => new Line(x.GetGuid(0), x.GetString(1), x.GetString(2), x.GetString(3), x.GetBoolean(4), x.Get<string[]>(5), x.GetBoolean(6)), clock.Today());
        var found = all.Where(o => NameKey.Of($"{o.Name} {o.SignIn} {o.Agency}") is var key && words.All(w => key.Contains(w, StringComparison.Ordinal))).Take(Most + 1).ToList();
        return new Found([.. found.Take(Most)], found.Count > Most);
    }
}
