using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Security.Cryptography;
using NpgsqlTypes;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Modules;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Sealing;
using SoGoc.Kernel.Time;

namespace SoGoc.Kernel.Cases;

/// <summary>Asks to read in an emergency. Nothing can be read until a second person has agreed; each reading then carries the purpose, and the person sees it.</summary>
internal sealed class AskEmergency(Session session, Journal journal, CurrentActor actor, ICasePersons persons, Purposes purposes, TimeProvider clock)
{
    public const int ShortestWhy = 10, LongestWhy = 500;

    /// <summary>How long it may wait for the second person, and then lasts.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromMinutes(60);

    /// <param name="Why">What has happened, in a sentence.</param>
    /// <param name="Number">Personal number of the one it is about, where it is known.</param>
    internal sealed record Request([Required, Length(ShortestWhy, LongestWhy)] string? Why, string? Number = null);

    /// <param name="Id">By which it is approved.</param>
    /// <param name="Case">Reference of the case that opens when it is approved.</param>
    internal sealed record Asked(Guid Id, string Case);

    public async Task<Outcome<Asked>> Run(Request r)
    {
        var (named, problems) = await OpenCase.Named(persons, string.IsNullOrWhiteSpace(r.Number) ? [] : [r.Number], anywhere: true);
        problems = problems.ConvertAll(p => p with { Field = "number" });
        var why = r.Why?.Trim() ?? "";
        if (why.Length is < ShortestWhy or > LongestWhy)
        {
            problems.Add(Problem.Invalid("why", "journal.emergency-why", ShortestWhy.ToString(CultureInfo.InvariantCulture), LongestWhy.ToString(CultureInfo.InvariantCulture)));
        }

        var now = clock.GetUtcNow();
        var purpose = await new PurposeCheck(purposes, actor.Value, clock.Today()).Find(Purpose.Emergency, problems);
        if (problems.Count > 0)
        {
            return problems;
        }

        var id = Guid.CreateVersion7(now);
        var reference = $"KC-{clock.Today():yyMMdd}-{RandomNumberGenerator.GetHexString(6)}";
        Guid? person = named.Count > 0 ? named[0] : null;
        await session.Execute("insert into journal.emergency (id, reference, why, person_id, office, asked_by, asked_name, asked_at) values ($1, $2, $3, $4, $5, $6, $7, $8)",
            id, reference, why, person.As(NpgsqlDbType.Uuid), actor.Value.Office, actor.Value.Reference, actor.Value.Name, now);
        await journal.Add(id, new EmergencyAsked(reference, why, person), purpose!.Ground);
        return new Asked(id, reference);
    }
}

/// <summary>A second person agrees to a reading in an emergency, or does not. Agreed to, a case of sixty minutes is open for the one who asked, and for nobody else.</summary>
internal sealed class DecideEmergency(Session session, Journal journal, CaseBook cases, CurrentActor actor, Purposes purposes, TimeProvider clock)
{
    /// <param name="Id">What was asked for.</param>
    /// <param name="Approved">Whether it is agreed to.</param>
    internal sealed record Request(Guid Id, bool Approved);

    /// <param name="Case">Reference of the case, where it was agreed to.</param>
    /// <param name="UntilAt">When it ends.</param>
    internal sealed record Decided(bool Approved, string? Case, DateTimeOffset? UntilAt);

    private sealed record Waiting(string Reference, string Office, string AskedBy, DateTimeOffset AskedAt, Guid? Person, bool Settled);

    public async Task<Outcome<Decided>> Run(Request r)
    {
        var waiting = await session.Row("select reference, office, asked_by, asked_at, person_id, decided_at is not null from journal.emergency where id = $1 for update",
            x => new Waiting(x.GetString(0), x.GetString(1), x.GetString(2), x.Get<DateTimeOffset>(3), x.Maybe<Guid>(4), x.GetBoolean(5)), r.Id);
        var now = clock.GetUtcNow();
        if (waiting is null)
        {
            return Problem.Missing("journal.emergency-unknown");
        }

        if (waiting.AskedBy == actor.Value.Reference)
        {
            return Problem.Forbidden("journal.emergency-second-person");
        }

        if (waiting.Settled || now - waiting.AskedAt > AskEmergency.Lasts)
        {
            return Problem.Conflict(waiting.Settled ? "journal.emergency-decided" : "journal.emergency-stale");
        }

        if ((await purposes.Find(Purpose.Emergency, clock.Today())).Purpose is not { } purpose)
        {
            return Problem.Conflict("journal.purpose-not-in-force", Purpose.Emergency);
        }

        await session.Execute("update journal.emergency set decided_by = $2, decided_at = $3, approved = $4 where id = $1", r.Id, actor.Value.Reference, now, r.Approved);
        await journal.Add(r.Id, new EmergencyDecided(waiting.Reference, r.Approved), purpose.Ground);
        if (!r.Approved)
        {
            return new Decided(false, null, null);
        }

        var until = now + AskEmergency.Lasts;
        var opened = await cases.Add(r.Id, new NewCase(CaseFile.Emergency, waiting.Reference, purpose.Code, waiting.Person is { } person ? [person] : null), waiting.AskedBy, waiting.Office, purpose, until);
        return opened.Ok(out var file) ? new Decided(true, file.Reference, until) : opened.Problems.ToList();
    }
}

/// <summary>What waits for a second person, and what the official himself has asked for in the last day.</summary>
internal sealed class ListEmergencies(Session session, CurrentActor actor, TimeProvider clock)
{
    internal sealed record Request;

    /// <param name="Mine">The official asked for it himself.</param>
    /// <param name="Approved">What was decided; null: it waits.</param>
    internal sealed record Line(Guid Id, string Case, string Why, string Name, string Office, DateTimeOffset AskedAt, bool Mine, bool? Approved);

    internal sealed record Lines(IReadOnlyList<Line> Emergencies);

    public async Task<Outcome<Lines>> Run(Request r)
    {
        var now = clock.GetUtcNow();
        return new Lines(await session.Rows("""
            select id, reference, why, asked_name, office, asked_at, asked_by = $1, approved from journal.emergency
             where (decided_at is null and asked_at > $2 and (asked_by = $1 or $3)) or (asked_by = $1 and asked_at > $4) order by asked_at desc limit 100
            """, x => new Line(x.GetGuid(0), x.GetString(1), x.GetString(2), x.GetString(3), x.GetString(4), x.Get<DateTimeOffset>(5), x.GetBoolean(6), x.Maybe<bool>(7)),
            actor.Value.Reference, now - AskEmergency.Lasts, actor.Value.May(Permission.Of(JournalPermission.ApproveEmergency)), now.AddDays(-1)));
    }
}

/// <summary>Emergencies that wait for somebody's agreement, on the first page.</summary>
internal sealed class EmergenciesAtHand(BeyondDuty reads, TimeProvider clock) : IWorkAtHand
{
    public async Task<IReadOnlyList<WorkItem>> For(Actor who)
    {
        if (!who.May(Permission.Of(JournalPermission.ApproveEmergency)))
        {
            return [];
        }

        var waiting = (await reads.Rows("select count(*) from journal.emergency where decided_at is null and asked_at > $1 and asked_by <> $2",
            r => r.GetInt64(0), clock.GetUtcNow() - AskEmergency.Lasts, who.Reference)).Single();
        return waiting == 0 ? [] : [new WorkItem("journal.emergency-at-hand", waiting.ToString("N0", CultureInfo.CurrentCulture), EmergenciesPage.Path, Waits: true)];
    }
}
