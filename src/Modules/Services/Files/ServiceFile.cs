using System.Text.Json;
using Npgsql;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Services.Procedures;

namespace SoGoc.Services.Files;

/// <summary>A file of the one-stop shop as it stands.</summary>
/// <param name="Clock">Null before it was received.</param>
internal sealed record ServiceFile(Guid Id, string Code, string Procedure, int Version, Channel Channel, FileStatus Status, Guid Applicant, Guid Subject, Guid? Account, int? Area, string Desk, string Office, string? Holder,
    IReadOnlyDictionary<string, string> Answers, DateTimeOffset SubmittedAt, DateTimeOffset? ReceivedAt, FileClock? Clock, DateTimeOffset? FirstDue)
{
    public string? Supplement { get; init; }
    public short Supplements { get; init; }
    public DateOnly? SupplementUntil { get; init; }
    public FileStatus? Before { get; init; }
    public short Apologies { get; init; }
    public string? Refusal { get; init; }
    public string? Case { get; init; }
    public string? ActCase { get; init; }
    public DateTimeOffset? DecidedAt { get; init; }
    public string? ResultNo { get; init; }
    public string? ResultText { get; init; }
    public string? ResultLink { get; init; }
    public DateTimeOffset? ReturnedAt { get; init; }
    public short? Stars { get; init; }
    public string? TakenInBy { get; init; }
    public Guid? ResultSource { get; init; }
    public string? ResultCode { get; init; }

    /// <summary>Its result is a signed file.</summary>
    public bool HasPaper => ResultSource is not null || ResultCode is not null;

    /// <summary>Somebody has begun to deal with it; who was only given it has not.</summary>
    public bool DealtWith { get; init; }

    /// <summary>Until when what the office has asked for can be paid.</summary>
    public DateOnly? PaymentUntil { get; init; }

    /// <summary>It was entered in this transaction.</summary>
    internal bool IsNew { get; init; }

    internal const string Columns = "f.id, f.code, f.procedure, f.version, f.channel, f.status, f.applicant_id, f.subject_id, f.account_id, f.area_id, f.desk, f.office, f.holder, f.answers::text, f.submitted_at, f.received_at, f.total_minutes, f.left_minutes, "
        + "f.runs_since, f.due_at, f.first_due_at, f.supplement, f.supplements, f.supplement_until, f.before_status, f.apologies, f.refusal, f.case_ref, f.act_case, f.decided_at, f.result_no, f.result_text, f.result_link, f.returned_at, f.stars, f.taken_in_by, f.result_source, f.result_code, f.dealt_with, f.payment_until";

    /// <summary>How many columns these are.</summary>
    internal const int Count = 40;

    internal static ServiceFile Read(NpgsqlDataReader r) => new(r.GetGuid(0), r.GetString(1), r.GetString(2), r.GetInt32(3), (Channel)r.GetInt16(4), (FileStatus)r.GetInt16(5), r.GetGuid(6), r.GetGuid(7), r.Maybe<Guid>(8), r.Maybe<int>(9), r.GetString(10), r.GetString(11), r.Text(12),
        JsonSerializer.Deserialize<Dictionary<string, string>>(r.GetString(13), Journal.Json)!, r.Get<DateTimeOffset>(14), r.Maybe<DateTimeOffset>(15),
        r.Maybe<int>(16) is { } total ? new FileClock(TimeSpan.FromMinutes(total), TimeSpan.FromMinutes(r.GetInt32(17)), r.Maybe<DateTimeOffset>(18), r.Maybe<DateTimeOffset>(19)) : null, r.Maybe<DateTimeOffset>(20))
    {
        Supplement = r.Text(21),
        Supplements = r.GetInt16(22),
        SupplementUntil = r.Maybe<DateOnly>(23),
        Before = (FileStatus?)r.Maybe<short>(24),
        Apologies = r.GetInt16(25),
        Refusal = r.Text(26),
        Case = r.Text(27),
        ActCase = r.Text(28),
        DecidedAt = r.Maybe<DateTimeOffset>(29),
        ResultNo = r.Text(30),
        ResultText = r.Text(31),
        ResultLink = r.Text(32),
        ReturnedAt = r.Maybe<DateTimeOffset>(33),
        Stars = r.Maybe<short>(34),
        TakenInBy = r.Text(35),
        ResultSource = r.Maybe<Guid>(36),
        ResultCode = r.Text(37),
        DealtWith = r.GetBoolean(38),
        PaymentUntil = r.Maybe<DateOnly>(39),
    };
}

/// <summary>Finds files, and holds them while they are moved: of two who move one at once, the second is told what the first has made of it.</summary>
internal sealed class FileBook(Session session, CurrentActor actor)
{
    /// <summary>A file by its code, within reach.</summary>
    /// <param name="hold">Nobody else moves it before the transaction has ended.</param>
    public async Task<Outcome<ServiceFile>> Find(string? code, bool hold = false) =>
        await session.Row($"select {ServiceFile.Columns} from services.file f where f.code = $1{(hold ? " for no key update" : "")}", ServiceFile.Read, (code ?? "").Trim().ToUpperInvariant()) is { } file
            ? file : Problem.Missing("services.no-file") with { Field = "code" };

    /// <summary>The same for an official to move: only who serves its desk may.</summary>
    public async Task<Outcome<ServiceFile>> Take(string? code)
    {
        var found = await Find(code, hold: true);
        return found.Ok(out var file) && !Desks.Serves(actor.Value, file) ? Problem.Forbidden("services.other-desk", file.Office) : found;
    }

    /// <summary>The same to look at: who has taken it in sees it too, whoever decides.</summary>
    public async Task<Outcome<ServiceFile>> See(string? code)
    {
        var found = await Find(code, hold: true);
        return found.Ok(out var file) && file.TakenInBy != actor.Value.Reference && !Desks.Serves(actor.Value, file) ? Problem.Forbidden("services.other-desk", file.Office) : found;
    }

    /// <summary>The same to say something about it, inside: an office that has handed it over takes part too, and learns no more of it than that.</summary>
    public async Task<Outcome<ServiceFile>> Discuss(string? code)
    {
        var found = await See(code);
        return found.IsGood || !await session.Value<bool>($"select exists (select from services.former_desk f where f.code = $3 and {Desks.Served})", Desks.Of(actor.Value), Desks.Agency(actor.Value), (code ?? "").Trim().ToUpperInvariant())
            ? found : await session.BeyondDuty(() => Find(code));
    }

    /// <summary>The citizen's own, or that of whom he acts for.</summary>
    public async Task<Outcome<ServiceFile>> Own(string? code, bool hold = false)
    {
        var found = await Find(code, hold);
        return found.Ok(out var file) && !actor.Value.Persons.Contains(file.Applicant) && !actor.Value.Persons.Contains(file.Subject) ? Problem.Missing("services.no-file") with { Field = "code" } : found;
    }
}

/// <summary>Which desks an official serves.</summary>
internal static class Desks
{
    public const string Justice = "justice", Police = "police";

    public static bool Serves(Actor who, ServiceFile file) => file.Desk switch
    {
        Justice => who.May(Permission.Of(ServicesPermission.HandleJustice)),
        Police => who.May(Permission.Of(ServicesPermission.HandlePolice)),
        _ => who.May(Permission.Of(ServicesPermission.HandleAgency)) && who.Office == file.Office,
    };

    /// <summary>What somebody has to be allowed to do to deal with the files of a desk.</summary>
    public static Permission Work(string desk) => Permission.Of(desk switch { Justice => ServicesPermission.HandleJustice, Police => ServicesPermission.HandlePolice, _ => ServicesPermission.HandleAgency });

    /// <summary>SQL: files f of the desks that an official serves, where $1 and $2 are what <see cref="Of"/> and <see cref="Agency"/> say.</summary>
    public const string Served = "(f.desk = any($1) or (f.area_id is null and f.office = $2))";

    /// <summary>The agency of the province whose files he deals with, by the name of its office; empty: none.</summary>
    public static string Agency(Actor who) => who.May(Permission.Of(ServicesPermission.HandleAgency)) ? who.Office : "";

    /// <summary>Of the commune; an agency's files are told by the name of the office.</summary>
    public static string[] Of(Actor who) => [.. who.May(Permission.Of(ServicesPermission.HandleJustice)) ? [Justice] : Array.Empty<string>(), .. who.May(Permission.Of(ServicesPermission.HandlePolice)) ? [Police] : Array.Empty<string>()];
}
