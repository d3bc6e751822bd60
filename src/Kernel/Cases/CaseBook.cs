using NpgsqlTypes;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;

namespace SoGoc.Kernel.Cases;

/// <summary>A case to be opened.</summary>
/// <param name="Kind">dossier, work-item, act, reconciliation, request.</param>
/// <param name="Reference">Its code; no other case of the office has or had it.</param>
/// <param name="Purpose">What persons are read for in it.</param>
/// <param name="Persons">Whom it is about, where that is known.</param>
/// <param name="Until">When it ends by itself; null: it is closed.</param>
public sealed record NewCase(string Kind, string Reference, string Purpose, IReadOnlyList<Guid>? Persons = null, DateTimeOffset? Until = null)
{
    /// <summary>A code that no case has: these letters, and twelve digits and letters by chance.</summary>
    public static string Code(string letters) => $"{letters}-{Guid.NewGuid().ToString("N")[..12]}";
}

/// <summary>Cases: opened, handed on and ended, each with its entry, in the caller's transaction. A module that has work of its own with persons (a dossier, an act)
/// opens a case with it and closes it with it; whoever then reads names purpose and reference, and <see cref="Reasons"/> checks them.</summary>
public sealed class CaseBook(Session session, Journal journal, CurrentActor actor, Purposes purposes, CheckedCases remembered, TimeProvider clock)
{
    private const int MostShown = 100;

    public async Task<Outcome<CaseFile>> Open(NewCase n)
    {
        var reference = n.Reference.Trim();
        var problems = new List<Problem>();
        if (!CaseFile.Kinds.Contains(n.Kind))
        {
            problems.Add(Problem.Invalid("kind", "journal.case-kind-unknown"));
        }

        if (reference.Length is 0 or > Reason.Longest || reference.Any(char.IsControl))
        {
            problems.Add(Problem.Invalid("reference", "journal.case-reference-malformed"));
        }

        var purpose = await new PurposeCheck(purposes, actor.Value, clock.Today()).Find(n.Purpose, problems);
        if (purpose?.Code == Purpose.Emergency)
        {
            problems.Add(Problem.Invalid("purpose", "journal.emergency-needs-two"));
        }

        return problems.Count > 0 ? problems : await Add(Guid.CreateVersion7(clock.GetUtcNow()), n with { Reference = reference }, actor.Value.Holder, actor.Value.Desk, purpose!, n.Until);
    }

    /// <summary>Goes on with the case of an act that an earlier look has opened, or opens one; the act is the official's from here on.</summary>
    /// <param name="letters">At the head of the code of a new case: KS, KT, CT ….</param>
    /// <param name="reference">Of the earlier look; null or empty: none is named, and an open one of the official's on the same people serves.</param>
    /// <param name="persons">Whom it is about.</param>
    public async Task<Outcome<CaseFile>> GoOn(string letters, string purpose, string? reference, IReadOnlyList<Guid> persons)
    {
        if (string.IsNullOrWhiteSpace(reference))
        {
            // Who looks twice at one act goes on with the first look, instead of leaving a case behind for each.
            var again = persons.Count == 0 ? null : await session.Row($"""
                select {CaseFile.Columns} from journal.case_file c
                 where c.holder = $1 and c.closed_at is null and c.office = $2 and c.kind = 'act' and c.purpose = $3 and c.reference like $4 and (c.until_at is null or c.until_at > $5)
                   and not exists (select from unnest($6) p where not exists (select from journal.case_person n where n.case_id = c.id and n.person_id = p))
                 order by c.opened_at desc limit 1
                """, CaseFile.Read, actor.Value.Reference, actor.Value.Desk, purpose, letters + "-%", clock.GetUtcNow(), persons.Distinct().ToArray());
            return again is not null ? again : await Open(new NewCase("act", NewCase.Code(letters), purpose, persons));
        }

        var found = await FindOpen(reference);
        if (!found.Ok(out var file))
        {
            return found.Problems.Select(p => p with { Field = "case" }).ToList();
        }

        if (file.Purpose != purpose)
        {
            return Problem.Conflict("journal.case-other-purpose") with { Field = "case" };
        }

        await Name(file, persons);
        return file.Holder == actor.Value.Reference ? file : await HandOver(file, actor.Value.Reference);
    }

    /// <summary>Writes the case with its entry; by whom it is held, and until when, its way in has settled.</summary>
    internal async Task<Outcome<CaseFile>> Add(Guid id, NewCase n, string holder, string office, Purpose purpose, DateTimeOffset? until)
    {
        var now = clock.GetUtcNow();
        var added = await session.Execute("""
            insert into journal.case_file (id, kind, reference, office, purpose, opened_by, opened_at, holder, until_at, seen_until)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, now() + ($9 - $7))
            on conflict (reference, office) do nothing
            """, id, n.Kind, n.Reference, office, n.Purpose, actor.Value.Reference, now, holder, until.As(NpgsqlDbType.TimestampTz));
        if (added == 0)
        {
            return Problem.Conflict("journal.case-reference-taken") with { Field = "reference" };
        }

        var with = new Statements();
        if (n.Persons is { Count: > 0 } named)
        {
            with.Add(Persons, id, named.Distinct().ToArray());
        }

        journal.Add(with, id, new CaseOpened(n.Kind, n.Reference, n.Purpose, until, n.Persons is { Count: > 0 } some ? some : null), purpose.Ground);
        await session.Execute(with);
        return new CaseFile(id, n.Kind, n.Reference, n.Purpose, office, actor.Value.Reference, now, holder, until, null);
    }

    /// <summary>The case of a code, of the official or his office, open or not.</summary>
    public Task<CaseFile?> Find(string reference) => session.Row($"""
        select {CaseFile.Columns} from journal.case_file c where c.reference = $3 and {CaseFile.IsHis} order by c.office = $2 desc limit 1
        """, CaseFile.Read, actor.Value.Reference, actor.Value.Desk, reference.Trim());

    /// <summary>As <see cref="Find"/>, where it is open; or why not.</summary>
    public async Task<Outcome<CaseFile>> FindOpen(string reference) => await Find(reference) is not { } file ? Problem.Missing("journal.case-unknown") with { Field = "reference" }
        : file.IsOpen(clock.GetUtcNow()) ? file : Problem.Conflict(file.ClosedAt is null ? "journal.case-expired" : "journal.case-closed") with { Field = "reference" };

    /// <summary>What the official has open, and the one he stands in for; the newest first. An emergency is his alone who asked for it.</summary>
    public Task<List<CaseFile>> Mine() => session.Rows($"""
        select {CaseFile.Columns} from journal.case_file c
         where (c.holder = $1 or (c.holder = $3 and c.kind <> 'emergency')) and c.closed_at is null and (c.until_at is null or c.until_at > $2) order by c.opened_at desc limit {MostShown}
        """, CaseFile.Read, actor.Value.Reference, clock.GetUtcNow(), actor.Value.Holder);

    /// <summary>Says whom an open case is about.</summary>
    public async Task Name(CaseFile file, IReadOnlyList<Guid> persons)
    {
        if (persons.Count > 0 && await session.Execute(Persons, file.Id, persons.Distinct().ToArray()) > 0)
        {
            await journal.Add(file.Id, new CasePersonsNamed(persons), await Ground(file));
        }
    }

    /// <summary>Gives an open case to another official of the office.</summary>
    public async Task<Outcome<CaseFile>> HandOver(CaseFile file, string to)
    {
        if (file.Kind == CaseFile.Emergency)
        {
            return Problem.Forbidden("journal.emergency-is-his");
        }

        if (file.Holder == to)
        {
            return file;
        }

        remembered.Changes(file.Reference);
        await session.Execute("update journal.case_file set holder = $2 where id = $1", file.Id, to);
        await journal.Add(file.Id, new CaseHandedOver(file.Holder, to), await Ground(file));
        return file with { Holder = to };
    }

    public async Task<Outcome<CaseFile>> Close(string reference)
    {
        var found = await FindOpen(reference);
        if (!found.Ok(out var file))
        {
            return found;
        }

        remembered.Changes(file.Reference);
        var now = clock.GetUtcNow();
        if (await session.Execute("update journal.case_file set closed_at = $2, closed_by = $3 where id = $1 and closed_at is null", file.Id, now, actor.Value.Reference) == 0)
        {
            return Problem.Conflict("journal.case-closed") with { Field = "reference" };
        }

        var with = new Statements();
        with.Add("delete from journal.case_current where case_id = $1", file.Id);
        journal.Add(with, file.Id, new CaseClosed(file.Reference), await Ground(file));
        await session.Execute(with);
        return file with { ClosedAt = now };
    }

    /// <summary>Ends cases that nobody goes on with, whoever holds them: the register itself clears the desks.</summary>
    /// <param name="letters">At the head of their codes.</param>
    /// <param name="before">Opened before.</param>
    /// <param name="work">Codes of those that still have work.</param>
    public async Task<int> CloseLeft(string letters, DateTimeOffset before, IReadOnlyCollection<string> work)
    {
        var left = await session.Rows($"select {CaseFile.Columns} from journal.case_file c where c.closed_at is null and c.reference like $1 and c.opened_at < $2 and not c.reference = any($3) order by c.id for update", CaseFile.Read, letters + "-%", before, work.ToArray());
        await Shut(left);
        return left.Count;
    }

    /// <summary>Ends the open cases of a code, whoever holds them and in whichever office: what they were for has ended elsewhere (a citizen takes his file back, another office or a partner has it).</summary>
    /// <returns>Those that were ended.</returns>
    public async Task<IReadOnlyList<CaseFile>> End(string reference)
    {
        var open = await session.Rows($"select {CaseFile.Columns} from journal.case_file c where c.closed_at is null and c.reference = $1 order by c.id for update", CaseFile.Read, reference);
        await Shut(open);
        return open;
    }

    private async Task Shut(IReadOnlyList<CaseFile> open)
    {
        foreach (var file in open)
        {
            remembered.Changes(file.Reference);
            await session.Execute("update journal.case_file set closed_at = $2, closed_by = $3 where id = $1", file.Id, clock.GetUtcNow(), actor.Value.Reference);
            await session.Execute("delete from journal.case_current where case_id = $1", file.Id);
            await journal.Add(file.Id, new CaseClosed(file.Reference), await Ground(file));
        }
    }

    /// <summary>The official goes on with this case; his pages read for it.</summary>
    public Task<int> TakeUp(CaseFile file) => session.Execute("""
        insert into journal.case_current (actor, case_id, since) values ($1, $2, $3) on conflict (actor) do update set case_id = excluded.case_id, since = excluded.since
        """, actor.Value.Reference, file.Id, clock.GetUtcNow());

    private const string Persons = "insert into journal.case_person (case_id, person_id) select $1, p from unnest($2) p on conflict do nothing";

    /// <summary>The law of the case's purpose on the day it was opened.</summary>
    private async Task<string> Ground(CaseFile file) => (await purposes.Find(file.Purpose, OfficeTime.DayOf(file.OpenedAt))).Purpose?.Ground ?? file.Purpose;
}
