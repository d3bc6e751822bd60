using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;

namespace SoGoc.Staff.Officials;

/// <summary>Whose absence an official may note: his own, and where he leads an office, those of its officials. Managers have a page of their own, and a wider reach.</summary>
internal sealed class OwnOffice(Session session, OfficialRows officials, CurrentActor actor, TimeProvider clock)
{
    public bool Leads => actor.Value.May(Permission.Of(StaffPermission.NameStandIns));

    /// <summary>Those of the same agency who are at work, himself first.</summary>
    public async Task<IReadOnlyList<Official>> People() => await session.Rows($"{OfficialRows.Select} where o.active and staff.agency_name(o.agency_code, $2) = $3 and exists (select from staff.post p where p.official_id = o.id and p.valid @> $2) order by o.id <> $1, o.name, o.id",
        OfficialRows.Read, Authority.Self(actor.Value), clock.Today(), actor.Value.Office);

    /// <summary>Whom he may say of that he is away.</summary>
    public async Task<Outcome<Official>> Mine(Guid official) => official != Authority.Self(actor.Value) && !Leads ? Problem.Forbidden("staff.not-your-office")
        : await officials.Find(official) is { Active: true } found && (found.Id == Authority.Self(actor.Value) || found.Agency == actor.Value.Office) ? found : Problem.Forbidden("staff.not-your-office");
}

/// <summary>An official says that he will be away and who of his office stands in for him, or the head of the office does; so nothing waits for who is not there. Whoever names gives no more than he holds himself.</summary>
internal sealed class NameStandIn(OwnOffice office, NoteAbsence noting)
{
    /// <param name="Official">Who is away.</param>
    /// <param name="From">First day away; today if none.</param>
    /// <param name="Until">Last day away.</param>
    /// <param name="StandIn">Account of a colleague of the same office.</param>
    internal sealed record Request(Guid Official, string? From, string? Until, string? StandIn, string? Ground);

    public async Task<Outcome<Done>> Run(Request r)
    {
        var mine = await office.Mine(r.Official);
        if (!mine.Ok(out var official))
        {
            return mine.Problems.ToList();
        }

        return (await office.People()).Any(p => p.Id != official.Id && p.SignIn == r.StandIn?.Trim())
            ? await noting.Run(new NoteAbsence.Request(official.Id, r.From, r.Until, r.StandIn, r.Ground)) : Problem.Invalid("standIn", "staff.stand-in-of-office");
    }
}

/// <summary>He is back earlier, or never went.</summary>
internal sealed class EndStandIn(OwnOffice office, EndAbsence ending)
{
    internal sealed record Request(Guid Official, Guid Absence, string? Ground);

    public async Task<Outcome<Done>> Run(Request r)
    {
        var mine = await office.Mine(r.Official);
        return mine.Ok(out var official) ? await ending.Run(new EndAbsence.Request(official.Id, r.Absence, r.Ground)) : mine.Problems.ToList();
    }
}

/// <summary>Who of the office is or will be away, and who stands in: one's own, or for its head those of all.</summary>
internal sealed class ShowStandIns(Session session, OwnOffice office, CurrentActor actor, TimeProvider clock)
{
    internal sealed record Request;

    internal sealed record Line(Guid Id, Guid Official, string Name, Period Valid, string? StandIn);

    /// <param name="May">Whose absence can be noted.</param>
    /// <param name="People">Who can stand in.</param>
    internal sealed record Shown(IReadOnlyList<Official> May, IReadOnlyList<Official> People, IReadOnlyList<Line> Absences);

    public async Task<Outcome<Shown>> Run(Request _)
    {
        var (people, self) = (await office.People(), Authority.Self(actor.Value));
        var may = people.Where(p => office.Leads || p.Id == self).ToList();
        var absences = await session.Rows("""
            select b.id, o.id, o.name, b.valid, s.name from staff.absence b join staff.official o on o.id = b.official_id left join staff.official s on s.id = b.stand_in_id
             where o.id = any($1) and upper(b.valid) > $2 order by lower(b.valid), o.name
            """, x => new Line(x.GetGuid(0), x.GetGuid(1), x.GetString(2), Period.Of(x.Get<NpgsqlTypes.NpgsqlRange<DateOnly>>(3)), x.Text(4)), may.Select(p => p.Id).ToArray(), clock.Today());
        return new Shown(may, [.. people.Where(p => p.Id != self)], absences);
    }
}
