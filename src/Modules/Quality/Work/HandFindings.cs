using System.ComponentModel.DataAnnotations;
using NpgsqlTypes;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;

namespace SoGoc.Quality.Work;

/// <summary>Who is the head of an office gives work to a colleague by name: that of a hamlet or of a rule, or findings that he has chosen, until a day. The colleague can read the records from then on; the giver reads none.</summary>
internal sealed class HandFindings(Session session, CaseBook cases, Journal journal, IColleagues colleagues, CurrentActor actor, TimeProvider clock)
{
    /// <summary>What one officer can do in a round.</summary>
    public const int MostHanded = 50;

    private const int LongestNote = 500;

    private const int MostDays = 366;

    /// <param name="To">The colleague, as the list of those who may do it names him.</param>
    /// <param name="Until">The day until which it is to be done.</param>
    /// <param name="Findings">These ones: free, taken by himself, or given by himself and not answered. Null: those of the hamlet and the rule that nobody has, whose term ends first.</param>
    /// <param name="Rule">Only of this rule.</param>
    /// <param name="Hamlet">Only of this hamlet.</param>
    /// <param name="Note">What he says with it.</param>
    internal sealed record Request([Required, MaxLength(60)] string? To, DateOnly? Until, [MaxLength(MostHanded)] IReadOnlyList<Guid>? Findings = null, [MaxLength(60)] string? Rule = null, [MaxLength(200)] string? Hamlet = null, [MaxLength(LongestNote)] string? Note = null);

    /// <param name="To">His name.</param>
    internal sealed record Handed(int Count, string To, DateOnly Until);

    private sealed record Row(Guid Id, Guid? Person, Guid? Household, int? Area, string? Hamlet);

    public async Task<Outcome<Handed>> Run(Request r)
    {
        var today = clock.Today();
        if (r.Until is not { } until || until < today || until > today.AddDays(MostDays))
        {
            return Problem.Invalid("until", "quality.until-wrong");
        }

        var (rule, hamlet) = (Told(r.Rule), Told(r.Hamlet));
        if (r.Findings is null ? rule is null && hamlet is null : r.Findings.Count is 0 or > MostHanded)
        {
            return Problem.Invalid("findings", "quality.nothing-chosen");
        }

        var rows = await (r.Findings is { } chosen ? Chosen([.. chosen.Distinct()], r.To!) : Free(rule, hamlet));
        if (rows.Count < (r.Findings?.Distinct().Count() ?? 1))
        {
            return Problem.Conflict(r.Findings is null ? "quality.nothing-free" : "quality.work-changed");
        }

        if ((await colleagues.WhoMay(Permission.Of(QualityPermission.WorkFindings), [.. rows.Select(f => f.Area).OfType<int>().Distinct()])).SingleOrDefault(c => c.Reference == r.To) is not { } to)
        {
            return Problem.Invalid("to", "quality.no-such-colleague");
        }

        var opened = await cases.Open(new NewCase("work-item", NewCase.Code(TakeFindings.Letters), TakeFindings.Purpose, await Persons(rows)));
        var given = opened.Ok(out var file) ? await cases.HandOver(file, to.Reference) : opened;
        return given.Ok(out file) ? await Give(rows, to, until, Told(r.Note), file.Reference) : given.Problems.ToList();
    }

    private static string? Told(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    /// <summary>Who works on something else of these at the same moment keeps it.</summary>
    private Task<List<Row>> Free(string? rule, string? hamlet) => session.Rows("""
        select f.id, f.person_id, f.household_id, f.area_id, f.hamlet from quality.finding f
         where f.rule not in (select code from quality.rule where base = 'duplicate') and f.gone_at is null and f.outcome is null and f.holder is null
           and ($1::text is null or f.rule = $1) and ($2::text is null or f.hamlet = $2) order by f.due_on, f.hamlet, f.found_at, f.id limit $3 for update skip locked
        """, Read, rule.As(NpgsqlDbType.Text), hamlet.As(NpgsqlDbType.Text), MostHanded);

    /// <summary>Of two who hand on the same, the second finds it changed; so does who sends his form twice.</summary>
    private Task<List<Row>> Chosen(Guid[] ids, string to) => session.Rows("""
        select f.id, f.person_id, f.household_id, f.area_id, f.hamlet from quality.finding f left join quality.handing h on h.id = f.handing_id
         where f.id = any($1) and f.rule not in (select code from quality.rule where base = 'duplicate') and f.gone_at is null and f.outcome is null
           and (f.holder is null or f.holder = $2 or (h.given_by = $2 and f.holder <> $3)) order by f.id for update of f
        """, Read, ids, actor.Value.Holder, to);

    private static Row Read(Npgsql.NpgsqlDataReader x) => new(x.GetGuid(0), x.Maybe<Guid>(1), x.Maybe<Guid>(2), x.Maybe<int>(3), x.Text(4));

    private async Task<Guid[]> Persons(List<Row> rows) =>
        [.. rows.Select(f => f.Person).OfType<Guid>().Concat(await TakeFindings.Members(session, rows.Select(f => f.Household))).Distinct()];

    private async Task<Handed> Give(List<Row> rows, Colleague to, DateOnly until, string? note, string reference)
    {
        foreach (var of in rows.GroupBy(f => f.Area))
        {
            var (id, now, hamlets) = (Guid.CreateVersion7(clock.GetUtcNow()), clock.GetUtcNow(), of.Select(f => f.Hamlet).Distinct().ToList());
            var hamlet = hamlets is [var one] ? one : null;
            Guid[] findings = [.. of.Select(f => f.Id)];
            await session.Execute("insert into quality.handing (id, area_id, hamlet, given_by, giver, given_to, taker, given_at, until_on, note, findings) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)",
                id, of.Key.As(NpgsqlDbType.Integer), hamlet.As(NpgsqlDbType.Text), actor.Value.Holder, actor.Value.Name, to.Reference, to.Name, now, until, note.As(NpgsqlDbType.Text), findings.Length);
            await session.Execute("update quality.finding set (holder, case_ref, handing_id, returned_why, returned_at) = ($2, $3, $4, null, null) where id = any($1)", findings, to.Reference, reference, id);
            await journal.Add(id, new WorkHanded(to.Reference, until, findings, reference, note), $"Phân công, hạn {until:dd/MM/yyyy}");
        }

        return new Handed(rows.Count, to.Name, until);
    }
}
