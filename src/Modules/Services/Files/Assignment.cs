using System.ComponentModel.DataAnnotations;
using NpgsqlTypes;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Services.Procedures;

namespace SoGoc.Services.Files;

/// <summary>Who of a desk gets a file that it receives: whom the rule of the desk names for the procedure, else for its group, else for all others; of several the one who has the least open. Who is away is passed by, or his stand-in gets it.</summary>
internal sealed class AssignmentBook(Session session, IColleagues colleagues, Journal journal)
{
    /// <summary>At the head of the name of a group of procedures.</summary>
    public const string Group = "sector:";

    /// <summary>Gives a file that has come to whom the rule names; nobody, where there is none.</summary>
    /// <returns>Who has it, as the journal names him.</returns>
    public async Task<string?> Assign(ServiceFile file, Procedure procedure, string ground)
    {
        string[] scopes = [procedure.Code, Group + procedure.Sector, ""];
        var rules = await session.Rows("select officials from services.assignment_rule where area_id is not distinct from $1 and desk = $2 and scope = any($3) order by array_position($3, scope)",
            r => r.Get<string[]>(0), file.Area.As(NpgsqlDbType.Integer), file.Desk, scopes);
        foreach (var named in rules)
        {
            var able = await colleagues.Among(named, Desks.Work(file.Desk), file.Area, file.Office);
            if (able.Count > 0)
            {
                var load = await Load([.. able.Select(Hands)]);
                return await Give(file, able.MinBy(c => load.GetValueOrDefault(Hands(c)))!, "rule", null, ground);
            }
        }

        return null;
    }

    /// <summary>Puts a file into somebody's hands, or into those of who stands in for him.</summary>
    public async Task<string> Give(ServiceFile file, Colleague to, string by, string? why, string ground)
    {
        var away = to.StandInReference is not null;
        var with = new Statements();
        with.Add("update services.file set holder = $2 where id = $1", file.Id, Hands(to));
        journal.Add(with, file.Id, new FileAssigned(file.Code, Hands(to), away ? to.StandIn! : to.Name, away ? to.Name : null, by, why), ground);
        await session.Execute(with);
        return Hands(to);
    }

    private static string Hands(Colleague c) => c.StandInReference ?? c.Reference;

    /// <summary>What each has open. Numbers only, and beyond the duty: a counter elsewhere hands in what it does not see.</summary>
    private async Task<Dictionary<string, long>> Load(string[] holders) => holders.Length == 1 ? [] : (await session.BeyondDuty(() =>
        session.Rows("select holder, count(*) from services.file where holder = any($1) and status in (2, 4, 5, 6) group by holder", r => (r.GetString(0), r.GetInt64(1)), (object)holders))).ToDictionary();
}

/// <summary>The head of a desk gives a file to a colleague by name; whoever had it has it no more.</summary>
internal sealed class AssignFile(FileSteps steps, AssignmentBook book, IColleagues colleagues)
{
    private const int LongestNote = 500;

    /// <param name="To">The colleague, as the list of those who may do it names him.</param>
    /// <param name="Why">What he says with it.</param>
    internal sealed record Request([MaxLength(60)] string Code, [Required, MaxLength(60)] string? To, [MaxLength(LongestNote)] string? Why = null);

    public async Task<Outcome<Done>> Run(Request r)
    {
        var held = await steps.Hold(r.Code);
        if (!held.Ok(out var h))
        {
            return held.Problems.ToList();
        }

        if (h.File.Status.IsOver())
        {
            return Problem.Conflict("services.over");
        }

        var mine = r.To == steps.Holder || (await colleagues.WhoMay(Desks.Work(h.File.Desk), h.File.Area is { } area ? [area] : [])).Any(c => c.Reference == r.To);
        if (!mine || (await colleagues.Among([r.To!], Desks.Work(h.File.Desk), h.File.Area, h.File.Office)) is not [var to])
        {
            return Problem.Invalid("to", "services.no-such-colleague");
        }

        if (h.File.Holder != (to.StandInReference ?? to.Reference))
        {
            await book.Give(h.File, to, "head", string.IsNullOrWhiteSpace(r.Why) ? null : r.Why.Trim(), h.Ground);
        }

        return Done.It;
    }
}

/// <summary>To whom the desks that an official leads give what they receive, and what each of their officials has open.</summary>
internal sealed class ShowAssignment(Session session, Offices offices, ProcedureBook procedures, IColleagues colleagues, CurrentActor actor, TimeProvider clock)
{
    internal sealed record Request;

    /// <param name="Key">Name of the desk in requests: its code, and the commune's.</param>
    internal sealed record Desk(string Key, string Name, IReadOnlyList<Load> Officials, IReadOnlyList<Rule> Rules);

    /// <param name="StandIn">Who does his work while he is away.</param>
    /// <param name="Open">Files in his hands; of them due today, and late.</param>
    internal sealed record Load(string Reference, string Name, string? StandIn, long Open, long Today, long Late);

    /// <param name="Scope">Code of a procedure, or sector:… for a group; empty: all others.</param>
    /// <param name="Name">Of the procedure; null: it is no procedure.</param>
    internal sealed record Rule(string Scope, string? Name, IReadOnlyList<string> Officials);

    internal sealed record Shown(IReadOnlyList<Desk> Desks, IReadOnlyList<(string Code, string Name)> Procedures);

    public async Task<Outcome<Shown>> Run(Request _)
    {
        var (who, now, today, desks) = (actor.Value, clock.GetUtcNow(), clock.Today(), new List<Desk>());
        var published = (await procedures.Published()).Select(p => p.Procedure).ToList();
        foreach (var office in await offices.Of(who))
        {
            var others = await colleagues.WhoMay(Desks.Work(office.Desk), office.Area is { } area ? [area] : []);
            Colleague[] all = [new Colleague(who.Holder, who.Name, null), .. others];
            var load = (await session.Rows("""
                select holder, count(*), count(*) filter (where due_at >= $2 and due_at < $3), count(*) filter (where due_at < $2) from services.file
                 where holder = any($1) and status in (2, 4, 5, 6) group by holder
                """, r => (r.GetString(0), (r.GetInt64(1), r.GetInt64(2), r.GetInt64(3))), all.Select(c => c.Reference).ToArray(), now, OfficeTime.At(today.AddDays(1)))).ToDictionary();
            var rules = await session.Rows("select scope, officials from services.assignment_rule where area_id is not distinct from $1 and desk = $2 order by scope = '', scope",
                r => (Scope: r.GetString(0), Officials: r.Get<string[]>(1)), office.Area.As(NpgsqlDbType.Integer), office.Desk);
            var names = await colleagues.Names([.. rules.SelectMany(r => r.Officials)]);
            desks.Add(new Desk(office.Key, office.Name, [.. all.Select(c => (c, n: load.GetValueOrDefault(c.Reference))).Select(x => new Load(x.c.Reference, x.c.Name, x.c.StandIn, x.n.Item1, x.n.Item2, x.n.Item3))],
                [.. rules.Select(r => new Rule(r.Scope, published.FirstOrDefault(p => p.Code == r.Scope)?.Name, [.. r.Officials.Select(o => names.GetValueOrDefault(o, o))]))]));
        }

        var served = desks.Select(d => d.Key.Split(':')[0]).ToHashSet(StringComparer.Ordinal);
        return new Shown(desks, [.. published.Where(p => p.Office(today) is { } c && served.Contains(c.Desk)).Select(p => (p.Code, p.Name))]);
    }
}

/// <summary>Sets to whom a desk gives what it receives; only its head may. Nobody named: the rule is no more.</summary>
internal sealed class SetAssignmentRule(Session session, Offices offices, ProcedureBook procedures, IColleagues colleagues, Journal journal, CurrentActor actor, TimeProvider clock)
{
    private const int Most = 20;

    /// <param name="Desk">Which desk, as <see cref="ShowAssignment"/> names it.</param>
    /// <param name="Scope">Code of a procedure, or sector:… for a group; empty: all others.</param>
    /// <param name="Officials">One, or several of whom the one gets a file who has the least open.</param>
    internal sealed record Request([Required, MaxLength(60)] string? Desk, [MaxLength(60)] string? Scope, [MaxLength(Most)] IReadOnlyList<string>? Officials);

    public async Task<Outcome<Done>> Run(Request r)
    {
        if ((await offices.Of(actor.Value)).FirstOrDefault(o => o.Key == r.Desk) is not { } desk)
        {
            return Problem.Invalid("desk", "services.not-your-desk");
        }

        var scope = (r.Scope ?? "").Trim();
        if (scope.Length > 0 && !(scope.StartsWith(AssignmentBook.Group, StringComparison.Ordinal) ? ProcedureCheck.Sectors.Contains(scope[AssignmentBook.Group.Length..]) : (await procedures.Now(scope)).IsGood))
        {
            return Problem.Invalid("scope", "services.no-procedure");
        }

        string[] named = [.. (r.Officials ?? []).Distinct()];
        var may = (await colleagues.WhoMay(Desks.Work(desk.Desk), desk.Area is { } area ? [area] : [])).Select(c => c.Reference).Append(actor.Value.Holder).ToHashSet(StringComparer.Ordinal);
        if (!named.All(may.Contains))
        {
            return Problem.Invalid("officials", "services.no-such-colleague");
        }

        var now = clock.GetUtcNow();
        var id = named.Length == 0
            ? (await session.Rows("delete from services.assignment_rule where area_id is not distinct from $1 and desk = $2 and scope = $3 returning id", x => x.GetGuid(0), desk.Area.As(NpgsqlDbType.Integer), desk.Desk, scope)).Select(x => (Guid?)x).FirstOrDefault()
            : await session.Value<Guid>("""
                insert into services.assignment_rule (id, area_id, desk, scope, officials, made_at, made_by) values ($1, $2, $3, $4, $5, $6, $7)
                on conflict (coalesce(area_id, 0), desk, scope) do update set officials = excluded.officials, made_at = excluded.made_at, made_by = excluded.made_by returning id
                """, Guid.CreateVersion7(now), desk.Area.As(NpgsqlDbType.Integer), desk.Desk, scope, named, now, actor.Value.Reference);
        if (id is { } rule)
        {
            await journal.Add(rule, new AssignmentRuleSet(desk.Area, desk.Desk, scope, named), "Phân công của người phụ trách");
        }

        return Done.It;
    }
}
