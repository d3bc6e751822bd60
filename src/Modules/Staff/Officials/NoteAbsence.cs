using NpgsqlTypes;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;

namespace SoGoc.Staff.Officials;

/// <summary>Notes that an official is away, and who stands in. The stand-in may act at his posts meanwhile, so whoever names him must hold what the posts give.</summary>
internal sealed class NoteAbsence(Session session, OfficialRows officials, Authority authority, Journal journal, TimeProvider clock)
{
    /// <param name="From">First day away; today if none.</param>
    /// <param name="Until">Last day away.</param>
    /// <param name="StandIn">Account of who stands in; empty: nobody does.</param>
    internal sealed record Request(Guid Official, string? From, string? Until, string? StandIn, string? Ground);

    public async Task<Outcome<Done>> Run(Request r)
    {
        var managed = await officials.ToManage(r.Official);
        if (!managed.Ok(out var official))
        {
            return managed.Problems.ToList();
        }

        var problems = new List<Problem>();
        var from = FormText.Day(r.From, "from", problems) ?? clock.Today();
        var last = FormText.Day(r.Until, "until", problems);
        if (last is null && problems.Count == 0)
        {
            problems.Add(Problem.Invalid("until", "staff.absence-ends"));
        }

        var valid = FormText.Span(from, last, problems);
        FormText.Ground(r.Ground, problems);
        var standIn = string.IsNullOrWhiteSpace(r.StandIn) ? null
            : await session.Row($"{OfficialRows.Select} where o.sign_in = $1 and o.active", OfficialRows.Read, r.StandIn.Trim().ToLowerInvariant(), clock.Today());
        if (standIn is null && !string.IsNullOrWhiteSpace(r.StandIn))
        {
            problems.Add(Problem.Invalid("standIn", "staff.no-stand-in"));
        }

        if (standIn is not null && problems.Count == 0)
        {
            problems.AddRange(await Refusals(official, standIn, valid));
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        var id = Guid.CreateVersion7(clock.GetUtcNow());
        await session.Execute("insert into staff.absence (id, official_id, stand_in_id, valid) values ($1, $2, $3, $4)", id, official.Id, ((object?)standIn?.Id).As(NpgsqlDbType.Uuid), valid.ToRange());
        await journal.Add(official.Id, new AbsenceNoted(id, from, valid.Until!.Value, standIn?.Id), r.Ground!);
        return Done.It;
    }

    /// <summary>Why these posts cannot go to that stand-in: nobody takes over what the manager could not grant him.</summary>
    private async Task<IEnumerable<Problem>> Refusals(Official official, Official standIn, Period valid)
    {
        if (await authority.Over(standIn.AgencyArea) is { } outside)
        {
            return [outside];
        }

        foreach (var post in (await officials.Posts(official.Id)).Where(p => p.Valid.Overlaps(valid)))
        {
            if (await authority.ToGrant(standIn.Id, post.Role, post.Area) is { } refused)
            {
                return [refused];
            }
        }

        return [];
    }
}

/// <summary>The official is back, or never went.</summary>
internal sealed class EndAbsence(Session session, OfficialRows officials, Journal journal, TimeProvider clock)
{
    internal sealed record Request(Guid Official, Guid Absence, string? Ground);

    public async Task<Outcome<Done>> Run(Request r)
    {
        var managed = await officials.ToManage(r.Official);
        if (!managed.Ok(out var official))
        {
            return managed.Problems.ToList();
        }

        var problems = new List<Problem>();
        FormText.Ground(r.Ground, problems);
        if (problems.Count > 0)
        {
            return problems;
        }

        var today = clock.Today();
        if (await session.Execute("update staff.absence set valid = daterange(lower(valid), greatest(lower(valid), $3)) where id = $1 and official_id = $2 and upper(valid) > $3", r.Absence, official.Id, today) == 0)
        {
            return Problem.Conflict("staff.no-absence");
        }

        await journal.Add(official.Id, new AbsenceEnded(r.Absence, today), r.Ground!);
        return Done.It;
    }
}
