using System.ComponentModel.DataAnnotations;
using Npgsql;
using NpgsqlTypes;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Services.Payment;
using SoGoc.Services.Complaints;
using SoGoc.Population;
using SoGoc.Services.Procedures;
using SoGoc.Services.Store;

namespace SoGoc.Services.Files;

/// <summary>A file in a basket: no name of who is in the register.</summary>
/// <param name="Used">Share of its time that is used. Null: the clock stands or has not begun.</param>
/// <param name="Late">Its end has passed.</param>
/// <param name="Holder">Name of the official who has it; null: nobody, or a system.</param>
/// <param name="Mine">It is in the hands of who asks.</param>
/// <param name="Instead">It is in those of whom he stands in for.</param>
internal sealed record FileLine(string Code, string Procedure, string Name, FileStatus Status, Channel Channel, DateTimeOffset SubmittedAt, DateTimeOffset? Due, double? Used, bool Late, string? Holder, bool Mine, bool Instead)
{
    /// <summary>none, half, near, last, late: warned at 50, 75 and 90 in 100.</summary>
    public string Heat => Late ? "late" : Used switch { >= 0.9 => "last", >= 0.75 => "near", >= 0.5 => "half", _ => "none" };
}

/// <summary>Files as baskets show them.</summary>
internal sealed class FileLines(Session session, ProcedureBook procedures, IColleagues colleagues, CurrentActor actor, TimeProvider clock)
{
    public async Task<FileLine> Of(ServiceFile file) => (await Of([file]))[0];

    public async Task<IReadOnlyList<FileLine>> Of(IReadOnlyList<ServiceFile> files)
    {
        var (days, now, mine) = (await OfficeDays.Read(session), clock.GetUtcNow(), actor.Value.Holder);
        var names = await colleagues.Names([.. files.Select(f => f.Holder).OfType<string>().Distinct()]);
        var stoodInFor = (await colleagues.StoodInFor()).Select(c => c.Reference).ToHashSet(StringComparer.Ordinal);
        var lines = new List<FileLine>();
        foreach (var f in files)
        {
            lines.Add(new FileLine(f.Code, f.Procedure, (await procedures.Of(f.Procedure, f.Version)).Procedure.Name, f.Status, f.Channel, f.SubmittedAt, f.Clock?.Due, f.Clock is { Since: not null } running ? running.UsedAt(days, now) : null, f.Clock?.IsLate(now) ?? false,
                f.Holder is { } holder ? names.GetValueOrDefault(holder) : null, f.Holder == mine, f.Holder is not null && f.Holder != mine && stoodInFor.Contains(f.Holder)));
        }

        return lines;
    }
}

/// <summary>The baskets of an official: what waits to be received, what nobody has taken, what he has himself or stands in for, what his colleagues have, what waits for the citizen, what is to be handed over; the nearest end first.</summary>
internal sealed class ListFiles(Session session, FileLines lines, ProcedureBook procedures, IColleagues colleagues, CurrentActor actor, TimeProvider clock)
{
    public static readonly string[] Baskets = ["new", "hand", "mine", "others", "citizen", "return", "late"], Ends = ["today", "week", "late"];

    public const int Most = 200;

    /// <summary>Days of the week that is looked ahead.</summary>
    private const int Week = 7;

    private const string Open = "f.status in (1, 2, 4, 5, 6, 9)";

    /// <param name="Basket">new, hand, mine, others, citizen, return or late; null: all that is open.</param>
    /// <param name="Procedure">Only of this one.</param>
    /// <param name="Status">Only with this one of the ten codes.</param>
    /// <param name="Holder">Only in the hands of this official, as the journal names him.</param>
    /// <param name="Due">today, week (seven days) or late.</param>
    internal sealed record Request(string? Basket = null, [MaxLength(60)] string? Procedure = null, short? Status = null, [MaxLength(60)] string? Holder = null, string? Due = null);

    /// <param name="Counts">How many there are by basket.</param>
    /// <param name="Procedures">Those of which something is open, by code.</param>
    /// <param name="Holders">Who has something open, as the journal names him and by name.</param>
    internal sealed record Listed(IReadOnlyList<FileLine> Files, IReadOnlyDictionary<string, long> Counts, IReadOnlyDictionary<string, string> Procedures, IReadOnlyDictionary<string, string> Holders);

    public async Task<Outcome<Listed>> Run(Request r)
    {
        if ((r.Basket is not null && !Baskets.Contains(r.Basket)) || (r.Due is not null && !Ends.Contains(r.Due)))
        {
            return Problem.Invalid(r.Due is null || Ends.Contains(r.Due) ? "basket" : "due", "services.no-basket");
        }

        var (who, now, today) = (actor.Value, clock.GetUtcNow(), clock.Today());
        object?[] served = [Desks.Of(who), Desks.Agency(who), await Notice.Hands(colleagues, who), now];
        var counts = (await session.Rows($"select b, count(*) from services.file f cross join lateral (values {string.Join(", ", Baskets.Select(b => $"('{b}', {Where(b)})"))}) k(b, is_in) where {Desks.Served} and {Open} and is_in group by b",
            x => (x.GetString(0), x.GetInt64(1)), served)).ToDictionary();
        var files = await session.Rows($"""
            select {ServiceFile.Columns} from services.file f where {Desks.Served} and {Open} and ({(r.Basket is null ? "f.status <> 9" : Where(r.Basket))}) and ($5::text is null or f.procedure = $5) and $3::text[] is not null
               and ($6::smallint is null or f.status = $6) and ($7::text is null or f.holder = $7) and ($8::timestamptz is null or f.due_at >= $4) and ($9::timestamptz is null or f.due_at < $9)
             order by f.due_at nulls last, f.submitted_at limit {Most}
            """, ServiceFile.Read, [.. served, r.Procedure.As(NpgsqlDbType.Text), r.Status.As(NpgsqlDbType.Smallint), r.Holder.As(NpgsqlDbType.Text), (r.Due is "today" or "week" ? now : (DateTimeOffset?)null).As(NpgsqlDbType.TimestampTz),
            (r.Due switch { "today" => OfficeTime.At(today.AddDays(1)), "week" => OfficeTime.At(today.AddDays(Week)), "late" => now, _ => (DateTimeOffset?)null }).As(NpgsqlDbType.TimestampTz)]);
        var there = await session.Rows($"select distinct f.procedure, f.holder from services.file f where {Desks.Served} and {Open}", x => (Procedure: x.GetString(0), Holder: x.Text(1)), served[0], served[1]);
        var known = (await procedures.Published()).ToDictionary(p => p.Procedure.Code, p => p.Procedure.Name, StringComparer.Ordinal);
        return new Listed(await lines.Of(files), counts, there.Select(t => t.Procedure).Distinct().ToDictionary(p => p, p => known.GetValueOrDefault(p, p)), await colleagues.Names([.. there.Select(t => t.Holder).OfType<string>().Distinct()]));
    }

    private static string Where(string basket) => basket switch
    {
        "new" => "f.status = 1",
        "hand" => "f.status in (2, 4) and f.holder is null",
        "mine" => "f.status in (2, 4) and f.holder = any($3)",
        "others" => "f.status in (2, 4) and f.holder is not null and not f.holder = any($3)",
        "citizen" => "f.status in (5, 6)",
        "return" => "f.status = 9",
        _ => "f.due_at < $4",
    };
}

/// <summary>A step of a file, in its story.</summary>
/// <param name="Kind">Of the journal entry.</param>
/// <param name="By">Who said it, of what was said inside.</param>
internal sealed record FileStep(DateTimeOffset At, string Kind, string Office, string? Text, string? By = null);

/// <summary>A file for the official who deals with it, with what the register says of its people: a reading, on record.</summary>
internal sealed class ShowFile(Session session, FileBook files, FileSteps steps, Facts facts, FilePartsBook parted, PaperShelf shelf, IPopulation population, IColleagues colleagues, Journal journal, CurrentActor actor, TimeProvider clock)
{
    internal sealed record Request(string Code);

    /// <param name="Known">What the register says, by fact; null: the file is over, or its people are out of reach.</param>
    /// <param name="Used">Share of its time that is used.</param>
    /// <param name="Fees">What is to be paid.</param>
    /// <param name="Conditions">By which it is settled what a supplement asks; null as <paramref name="Known"/>.</param>
    /// <param name="Papers">What was sent in or scanned, without the bytes.</param>
    /// <param name="Stored">What else of what the procedure wants stands in the citizen's store, compared with the original; none where his people are out of reach.</param>
    /// <param name="Holder">Name of the official who has it.</param>
    internal sealed record Shown(ServiceFile File, Procedure Procedure, IReadOnlyDictionary<string, Fact>? Known, string? Applicant, double? Used, bool Late, TimeSpan? Left, IReadOnlyList<FileStep> Steps, IReadOnlyDictionary<string, string>? Conditions, IReadOnlyList<Complaint> Complaints, IReadOnlyList<StoredPaper> Papers, IReadOnlyList<StoredPaper> Stored, IReadOnlyList<FeeLine> Fees, string? Holder);

    public async Task<Outcome<Shown>> Run(Request r)
    {
        var found = await files.See(r.Code);
        if (!found.Ok(out var file))
        {
            return found.Problems.ToList();
        }

        var h = await steps.Of(file);
        IReadOnlyDictionary<string, Fact>? known = null;
        IReadOnlyDictionary<string, string>? conditions = null;
        string? applicant = null;
        var (parts, stored) = (await parted.Of(file, inside: true), new List<StoredPaper>());
        // A file that is over, or another office's, is no reason to read about its people.
        if (!file.Status.IsOver() && Desks.Serves(actor.Value, file))
        {
            var reason = await steps.Case(file);
            await journal.Disclose([.. new[] { file.Subject, file.Applicant }.Distinct()], ["identity", "family", "residence", "household", "contact"], FileSteps.Purpose, reason);
            stored = h.Procedure.Papers.Any(PaperShelf.IsHanded) ? [.. (await shelf.Usable(new PaperPlace(h.Procedure, file.Subject, null, null, file))).Where(o => parts.Papers.All(t => t.Id != o.Id))] : stored;
            if (stored.Count > 0)
            {
                await journal.Disclose([file.Subject], ["papers"], FileSteps.Purpose, reason);
            }

            if (await population.Find(file.Subject) is { } subject)
            {
                known = await facts.Of(subject, [.. h.Procedure.Fields.Where(f => f.Ask == Ask.Register).Select(f => f.Fact!), "name", "number", "born", "phone"]);
                conditions = FormCheck.Conditions(h.Procedure, subject, new Dictionary<string, string>());
            }

            applicant = file.Applicant == file.Subject ? null : (await facts.Of(file.Applicant, ["name"]))?["name"].Text;
        }

        else if (file.Status is FileStatus.Decided && Desks.Serves(actor.Value, file))
        {
            // Whoever hands the result over has to know to whom.
            await steps.Glance(file, file.Applicant, "identity");
            applicant = await facts.Of(file.Applicant, ["name", "number"]) is { } him ? $"{him["name"].Text}, {him["number"].Text}" : null;
        }

        // What he was told of it he has seen now.
        await session.Execute($"update services.notice n set seen_at = $5 from services.file f where f.id = n.file_id and f.id = $6 and {Notice.IsHis}", [.. await Notice.Reader(colleagues, actor.Value), clock.GetUtcNow(), file.Id]);
        var running = file.Clock is { Since: not null } ? file.Clock : null;
        return new Shown(file, h.Procedure, known, applicant, running?.UsedAt(h.Days, clock.GetUtcNow()), running?.IsLate(clock.GetUtcNow()) ?? false, running?.LeftAt(h.Days, clock.GetUtcNow()), parts.Steps, conditions, parts.Complaints, parts.Papers, stored, parts.Fees,
            file.Holder is { } holder ? (await colleagues.Names([holder])).GetValueOrDefault(holder) : null);
    }
}

/// <summary>What has happened to a file, out of the journal.</summary>
internal static class FileStory
{
    private static readonly string[] Turns = [FileSubmitted.Kind, SupplementAsked.Kind, SupplementMade.Kind, FileHandedOver.Kind];

    /// <summary>Since when it is whose it is now: the office's, or the citizen's.</summary>
    public static DateTimeOffset? Since(IReadOnlyList<FileStep> steps) => steps.LastOrDefault(s => Turns.Contains(s.Kind))?.At;

    /// <summary>The story of file $1: for an office; and for its citizen, without what is the office's own: who of it has the file, and what was said of it inside.</summary>
    public static readonly string Whole = $"{From} order by e.position", Told = $"{From} and e.kind not in ('{FileAssigned.Kind}', '{CommentMade.Kind}') order by e.position";

    private const string From = """
        select e.at, e.kind, e.office, case e.kind when 'services.file-handed-over' then (e.body ->> 'to') || ': ' || (e.body ->> 'why') when 'services.file-assigned' then concat_ws(': ', (e.body ->> 'name') || coalesce(' (thay ' || (e.body ->> 'instead') || ')', ''), e.body ->> 'why')
               else coalesce(replace(to_char((e.body ->> 'amount')::bigint, 'FM999,999,999,999'), ',', '.') || ' đồng', e.body ->> 'what', case when e.kind <> 'services.agency-recalled' then e.body ->> 'why' end, e.body ->> 'text', e.body ->> 'resultNo') end,
               case when e.kind = 'services.comment-made' then e.body ->> 'by' end
          from journal.entry e where e.subject = $1 and e.kind like 'services.%'
        """;

    public static FileStep Read(NpgsqlDataReader r) => new(r.Get<DateTimeOffset>(0), r.GetString(1), r.GetString(2), r.Text(3), r.Text(4));

    /// <param name="inside">For an office.</param>
    public static async Task<IReadOnlyList<FileStep>> Of(Session session, Guid file, bool inside = false) => await session.Rows(inside ? Whole : Told, Read, file);
}
