using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;
using Npgsql;
using NpgsqlTypes;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;

namespace SoGoc.Kernel.Journaling;

/// <summary>The body of a journal entry: a record of a module, with its kind (module.kebab-name, never renamed).</summary>
public interface IEntry
{
    /// <summary>Every entry names its own; without a default the interface could not stand in lists of entries.</summary>
    static virtual string Kind => throw new InvalidOperationException("An entry has to name its kind.");
}

/// <summary>An entry as it stands in the journal.</summary>
public sealed record EntryRow(long Position, DateTimeOffset At, string Actor, string Office, string Ground, Guid Subject, string Kind, string Body);

/// <summary>Writes to the journal in the session's transaction, so that a change without its entry, or an entry without its change, cannot be.</summary>
public sealed class Journal(Session session, CurrentActor actor, DisclosureWriter disclosures, TimeProvider clock)
{
    /// <summary>How bodies are written: camelCase names, no nulls, letters as they are.</summary>
    public static JsonSerializerOptions Json { get; } = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.KebabCaseLower) },
    };

    public Task Add<T>(Guid subject, T entry, string ground) where T : IEntry => AddAll([(subject, entry)], ground);

    /// <summary>Several entries of one act, in order.</summary>
    public async Task AddAll<T>(IReadOnlyCollection<(Guid Subject, T Entry)> entries, string ground) where T : IEntry
    {
        const string sql = """
            insert into journal.entry (at, actor, office, ground, subject, kind, body)
            select $1, $2, $3, $4, s, $5, b from unnest($6, $7) with ordinality as e(s, b, n) order by n
            """;
        var who = actor.Value;
        await session.Execute(sql, clock.GetUtcNow(), who.Reference, who.Office, ground, T.Kind,
            entries.Select(e => e.Subject).ToArray(),
            entries.Select(e => JsonSerializer.Serialize(e.Entry, Json)).ToArray().As(NpgsqlDbType.Array | NpgsqlDbType.Json));
    }

    /// <summary>One entry, with what else goes to the server in one trip.</summary>
    public void Add<T>(Statements to, Guid subject, T entry, string ground) where T : IEntry
    {
        var who = actor.Value;
        to.Add("insert into journal.entry (at, actor, office, ground, subject, kind, body) values ($1, $2, $3, $4, $5, $6, $7)",
            clock.GetUtcNow(), who.Reference, who.Office, ground, subject, T.Kind, JsonSerializer.Serialize(entry, Json).As(NpgsqlDbType.Json));
    }

    public Task<List<EntryRow>> Of(Guid subject) =>
        session.Rows("select position, at, actor, office, ground, subject, kind, body::text from journal.entry where subject = $1 order by position", Read, subject);

    public static EntryRow Read(NpgsqlDataReader r) =>
        new(r.GetInt64(0), r.Get<DateTimeOffset>(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetGuid(5), r.GetString(6), r.GetString(7));

    private readonly HashSet<string> told = [];
    private HashSet<string> before = [];

    /// <summary>The request is tried again: what it has disclosed already is durable, and is not disclosed a second time.</summary>
    internal void Again() => before = [.. told];

    /// <summary>Records that persons' data were read; it is durable when the task ends, and so before the answer leaves.</summary>
    public async Task Disclose(IReadOnlyCollection<Guid> subjects, string[] fields, string purpose, string caseRef = "")
    {
        var what = $"{string.Join(',', subjects.Order())} {string.Join(',', fields)} {purpose} {caseRef}";
        if (subjects.Count > 0 && !before.Remove(what))
        {
            await disclosures.Write(new Disclosure(clock.GetUtcNow(), actor.Value.Reference, actor.Value.Office, subjects, string.Join(',', fields), purpose, caseRef));
            told.Add(what);
        }
    }
}
