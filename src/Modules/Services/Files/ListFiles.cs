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

/// <summary>A file in a basket: no name of anybody.</summary>
/// <param name="Used">Share of its time that is used; more than 1: late. Null: the clock stands or has not begun.</param>
internal sealed record FileLine(string Code, string Procedure, string Name, FileStatus Status, Channel Channel, DateTimeOffset SubmittedAt, DateTimeOffset? Due, double? Used, string? Holder, bool Mine)
{
    /// <summary>none, half, near, last, late: warned at 50, 75 and 90 in 100.</summary>
    public string Heat => Used switch { > 1 => "late", >= 0.9 => "last", >= 0.75 => "near", >= 0.5 => "half", _ => "none" };
}

/// <summary>The baskets of an official: what waits to be received, what is in hand, what waits for the citizen, what is to be handed over; the nearest end first.</summary>
internal sealed class ListFiles(Session session, ProcedureBook procedures, CurrentActor actor, TimeProvider clock)
{
    public static readonly string[] Baskets = ["new", "hand", "mine", "citizen", "return", "late"];

    public const int Most = 200;

    /// <param name="Basket">new, hand, mine, citizen, return or late; null: all that is open.</param>
    internal sealed record Request(string? Basket = null, string? Procedure = null);

    /// <param name="Counts">How many there are by basket.</param>
    internal sealed record Listed(IReadOnlyList<FileLine> Files, IReadOnlyDictionary<string, long> Counts);

    public async Task<Outcome<Listed>> Run(Request r)
    {
        if (r.Basket is not null && !Baskets.Contains(r.Basket))
        {
            return Problem.Invalid("basket", "services.no-basket");
        }

        var (who, now, days) = (actor.Value, clock.GetUtcNow(), await OfficeDays.Read(session));
        object?[] served = [Desks.Of(who), Desks.Agency(who), who.Holder, now];
        var counts = new Dictionary<string, long>();
        foreach (var (basket, n) in await session.Rows($"select b, count(*) from services.file f cross join lateral (values {string.Join(", ", Baskets.Select(b => $"('{b}', {Where(b)})"))}) k(b, is_in) where {Desks.Served} and f.status in (1, 2, 4, 5, 6, 9) and is_in group by b",
            x => (x.GetString(0), x.GetInt64(1)), served))
        {
            counts[basket] = n;
        }

        var files = await session.Rows($"""
            select {ServiceFile.Columns} from services.file f where {Desks.Served} and f.status in (1, 2, 4, 5, 6, 9) and ({(r.Basket is null ? "f.status <> 9" : Where(r.Basket))}) and ($5::text is null or f.procedure = $5) and $3::text is not null and $4::timestamptz is not null
             order by f.due_at nulls last, f.submitted_at limit {Most}
            """, ServiceFile.Read, [.. served, r.Procedure.As(NpgsqlDbType.Text)]);
        var lines = new List<FileLine>();
        foreach (var f in files)
        {
            lines.Add(new FileLine(f.Code, f.Procedure, (await procedures.Of(f.Procedure, f.Version)).Procedure.Name, f.Status, f.Channel, f.SubmittedAt, f.Clock?.Due, f.Clock is { Since: not null } running ? running.UsedAt(days, now) : null, f.Holder, f.Holder == who.Holder));
        }

        return new Listed(lines, counts);
    }

    private static string Where(string basket) => basket switch
    {
        "new" => "f.status = 1",
        "hand" => "f.status in (2, 4) and f.holder is distinct from $3",
        "mine" => "f.status in (2, 4) and f.holder = $3",
        "citizen" => "f.status in (5, 6)",
        "return" => "f.status = 9",
        _ => "f.due_at < $4",
    };
}

/// <summary>A step of a file, in its story.</summary>
/// <param name="Kind">Of the journal entry.</param>
internal sealed record FileStep(DateTimeOffset At, string Kind, string Office, string? Text);

/// <summary>A file for the official who deals with it, with what the register says of its people: a reading, on record.</summary>
internal sealed class ShowFile(Session session, FileBook files, FileSteps steps, Facts facts, FeeBook fees, PaperShelf shelf, IPopulation population, Journal journal, CurrentActor actor, TimeProvider clock)
{
    internal sealed record Request(string Code);

    /// <param name="Known">What the register says, by fact; null: the file is over, or its people are out of reach.</param>
    /// <param name="Used">Share of its time that is used.</param>
    /// <param name="Fees">What is to be paid.</param>
    /// <param name="Conditions">By which it is settled what a supplement asks; null as <paramref name="Known"/>.</param>
    /// <param name="Papers">What was sent in or scanned, without the bytes.</param>
    /// <param name="Stored">What else of what the procedure wants stands in the citizen's store, compared with the original; none where his people are out of reach.</param>
    internal sealed record Shown(ServiceFile File, Procedure Procedure, IReadOnlyDictionary<string, Fact>? Known, string? Applicant, double? Used, TimeSpan? Left, IReadOnlyList<FileStep> Steps, IReadOnlyDictionary<string, string>? Conditions, IReadOnlyList<Complaint> Complaints, IReadOnlyList<StoredPaper> Papers, IReadOnlyList<StoredPaper> Stored, IReadOnlyList<FeeLine> Fees);

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
        var (there, stored) = (await shelf.Of(file.Id), new List<StoredPaper>());
        // A file that is over, or another office's, is no reason to read about its people.
        if (!file.Status.IsOver() && Desks.Serves(actor.Value, file))
        {
            var reason = await steps.Case(file);
            await journal.Disclose([.. new[] { file.Subject, file.Applicant }.Distinct()], ["identity", "family", "residence", "household", "contact"], FileSteps.Purpose, reason);
            stored = h.Procedure.Papers.Any(PaperShelf.IsHanded) ? [.. (await shelf.Usable(new PaperPlace(h.Procedure, file.Subject, null, null, file))).Where(o => there.All(t => t.Id != o.Id))] : stored;
            if (stored.Count > 0)
            {
                await journal.Disclose([file.Subject], ["papers"], FileSteps.Purpose, reason);
            }

            known = await facts.Of(file.Subject, [.. h.Procedure.Fields.Where(f => f.Ask == Ask.Register).Select(f => f.Fact!), "name", "number", "born", "phone"]);
            conditions = await population.Find(file.Subject) is { } subject ? FormCheck.Conditions(h.Procedure, subject, new Dictionary<string, string>()) : null;
            applicant = file.Applicant == file.Subject ? null : (await facts.Of(file.Applicant, ["name"]))?["name"].Text;
        }

        var running = file.Clock is { Since: not null } ? file.Clock : null;
        return new Shown(file, h.Procedure, known, applicant, running?.UsedAt(h.Days, clock.GetUtcNow()), running?.LeftAt(h.Days, clock.GetUtcNow()), await FileStory.Of(session, file.Id), conditions, await Complaint.Of(session, file.Id), there, stored, await fees.Of(file));
    }
}

/// <summary>What has happened to a file, out of the journal.</summary>
internal static class FileStory
{
    private static readonly string[] Turns = [FileSubmitted.Kind, SupplementAsked.Kind, SupplementMade.Kind, FileHandedOver.Kind];

    /// <summary>Since when it is whose it is now: the office's, or the citizen's.</summary>
    public static DateTimeOffset? Since(IReadOnlyList<FileStep> steps) => steps.LastOrDefault(s => Turns.Contains(s.Kind))?.At;

    public static async Task<IReadOnlyList<FileStep>> Of(Session session, Guid file) => await session.Rows("""
        select e.at, e.kind, e.office, case when e.kind = 'services.file-handed-over' then (e.body ->> 'to') || ': ' || (e.body ->> 'why') else coalesce(replace(to_char((e.body ->> 'amount')::bigint, 'FM999,999,999,999'), ',', '.') || ' đồng', e.body ->> 'what', e.body ->> 'why', e.body ->> 'text', e.body ->> 'resultNo') end from journal.entry e where e.subject = $1 and e.kind like 'services.%' order by e.position
        """, r => new FileStep(r.Get<DateTimeOffset>(0), r.GetString(1), r.GetString(2), r.Text(3)), file);
}
