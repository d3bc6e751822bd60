using System.Globalization;
using System.Text.Json;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Time;

namespace SoGoc.Civil.Residences;

/// <summary>A decision that was taken.</summary>
internal sealed record KeptDecision(Guid Id, string Office, ResidenceDecided Told);

/// <summary>A decision of today on somebody: what the second of two officials is told.</summary>
internal sealed record EarlierDecision(string Kind, string No, string Office);

/// <summary>The decisions of the commune police, numbered without a gap for each commune, kind and year.</summary>
internal sealed class DecisionBook(Session session, Journal journal, CurrentActor actor, TimeProvider clock)
{
    /// <summary>The next number, as it is shown. It is this transaction's until it ends.</summary>
    public async Task<string> Next(int area, string kind)
    {
        var year = clock.Today().Year;
        return Shown(await session.Value<int>("select civil.next_decision($1, $2, $3)", area, kind, (short)year), year);
    }

    /// <summary>Writes a decision and its own journal entry; its key.</summary>
    public async Task<Guid> Enter(ResidenceDecided d, string caseReference, Guid askedBy, string ground)
    {
        var id = Guid.CreateVersion7(clock.GetUtcNow());
        await session.Execute("""
            insert into civil.residence_decision (id, area_id, office, kind, year, no, decided_on, decided_by, case_ref, asked_by, persons, left_areas, body)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            """, id, d.Area, actor.Value.Office, d.Act, (short)d.On.Year, int.Parse(d.DecisionNo.Split('/')[0], CultureInfo.InvariantCulture), d.On, actor.Value.Reference, caseReference, askedBy,
            d.Persons.Select(p => p.Person).ToArray(), d.Left.ToArray(), JsonSerializer.Serialize(d, Journal.Json).As(NpgsqlTypes.NpgsqlDbType.Json));
        await journal.Add(id, d, ground);
        return id;
    }

    /// <summary>The decision that ended a case of the official's office; null: there is none.</summary>
    public Task<ResidenceDecided?> Of(string caseReference) => session.Row("select body::text from civil.residence_decision where case_ref = $1 and office = $2",
        r => JsonSerializer.Deserialize<ResidenceDecided>(r.GetString(0), Journal.Json)!, caseReference.Trim(), actor.Value.Office);

    /// <summary>One decision, as far as the official sees it.</summary>
    public Task<KeptDecision?> Find(Guid id) => session.Row("select id, office, body::text from civil.residence_decision where id = $1", Read, id);

    /// <summary>The newest that the official sees.</summary>
    public Task<List<KeptDecision>> Newest(int most) => session.Rows("select id, office, body::text from civil.residence_decision order by id desc limit $1", Read, most);

    /// <summary>Decisions of a day on any of these people, in whatever commune.</summary>
    public async Task<IReadOnlyList<EarlierDecision>> Of(Guid[] people, DateOnly day) =>
        await session.Rows("select kind, no, year, office from civil.decisions_on($1, $2)", r => new EarlierDecision(r.GetString(0), Shown(r.GetInt32(1), r.GetInt16(2)), r.GetString(3)), people, day);

    private static KeptDecision Read(Npgsql.NpgsqlDataReader r) => new(r.GetGuid(0), r.GetString(1), JsonSerializer.Deserialize<ResidenceDecided>(r.GetString(2), Journal.Json)!);

    private static string Shown(int no, int year) => string.Create(CultureInfo.InvariantCulture, $"{no:00}/{year}");
}
