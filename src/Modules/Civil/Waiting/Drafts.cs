using System.Text.Json;
using NpgsqlTypes;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Laws;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;

namespace SoGoc.Civil.Waiting;

/// <summary>A field of a form, and what was filled in.</summary>
internal sealed record DraftField(string Name, string Value);

/// <summary>What is kept of an act.</summary>
/// <param name="About">Whom it is about, as the official has seen them for the case.</param>
internal sealed record Draft(string About, IReadOnlyList<DraftField> Fields);

/// <summary>What was filled in of acts that are not decided yet, with the case of each. Who holds the case, or an official of its office, goes on with it.</summary>
internal sealed class DraftBook(Session session, CaseBook cases, CurrentActor actor, TimeProvider clock)
{
    /// <summary>What nobody has touched for so long is gone with what it says about people.</summary>
    private static readonly TimeSpan Kept = TimeSpan.FromDays(60);

    private const int LongestAbout = 400;

    public async Task<Outcome<Done>> Keep(string reference, string about, IReadOnlyList<DraftField> fields)
    {
        var found = await cases.FindOpen(reference);
        if (!found.Ok(out var file))
        {
            return found.Problems.ToList();
        }

        await Write(file, about, JsonSerializer.Serialize(fields, Journal.Json), "fields = excluded.fields, about = excluded.about, saved_at = excluded.saved_at");
        await session.Execute("delete from civil.draft where saved_at < $1", clock.GetUtcNow() - Kept);
        return Done.It;
    }

    /// <summary>Says whom an act is about that is begun without a form, by a program.</summary>
    public async Task Name(CaseFile file, IEnumerable<string?> people)
    {
        await Write(file, string.Join(", ", people.OfType<string>().Distinct()), "[]", "about = coalesce(nullif(excluded.about, ''), civil.draft.about)");
    }

    /// <summary>Where it waits and until when is settled with its beginning: it is counted with what waits.</summary>
    /// <param name="again">What a later step writes.</param>
    private async Task Write(CaseFile file, string about, string fields, string again)
    {
        var (_, _, due) = ActTerm.Of(file.Reference, file.OpenedAt, await OfficeDays.Read(session), await LawBook.Read(session));
        int? area = actor.Value is { WholeProvince: false, Areas: [var one] } ? one : null;
        await session.Execute($"insert into civil.draft (case_id, about, fields, saved_at, area_id, due_at) values ($1, $2, $3, $4, $5, $6) on conflict (case_id) do update set {again}",
            file.Id, about.Length <= LongestAbout ? about : about[..LongestAbout], fields.As(NpgsqlDbType.Jsonb), clock.GetUtcNow(), area.As(NpgsqlDbType.Integer), due.As(NpgsqlDbType.TimestampTz));
    }

    public async Task<Outcome<Draft>> Find(string reference)
    {
        var found = await cases.FindOpen(reference);
        return !found.Ok(out var file) ? found.Problems.ToList()
            : await session.Row("select about, fields::text from civil.draft where case_id = $1", r => new Draft(r.GetString(0), JsonSerializer.Deserialize<List<DraftField>>(r.GetString(1), Journal.Json)!), file.Id) ?? new Draft("", []);
    }

    /// <summary>Whom the acts of these cases are about, where their forms have been kept.</summary>
    public async Task<IReadOnlyDictionary<Guid, string>> About(IEnumerable<Guid> of) =>
        (await session.Rows("select case_id, about from civil.draft where case_id = any($1) and about <> ''", r => (r.GetGuid(0), r.GetString(1)), of.ToArray())).ToDictionary(d => d.Item1, d => d.Item2);

    /// <summary>The act is decided or left.</summary>
    public Task Drop(CaseFile file) => session.Execute("delete from civil.draft where case_id = $1", file.Id);
}

/// <summary>Keeps what was filled in of an act, at each of its steps.</summary>
internal sealed class KeepDraft(DraftBook drafts)
{
    public Task<Outcome<Done>> Run(string reference, string about, IReadOnlyList<DraftField> fields) => drafts.Keep(reference, about, fields);
}

/// <summary>What was filled in of an act that was begun.</summary>
internal sealed class FindDraft(DraftBook drafts)
{
    public Task<Outcome<Draft>> Run(string reference) => drafts.Find(reference);
}
