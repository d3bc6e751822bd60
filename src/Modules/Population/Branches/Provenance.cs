using Npgsql;
using SoGoc.Kernel.Data;
using SoGoc.Population.Persons;

namespace SoGoc.Population.Branches;

/// <summary>Where a value in a branch came from and how fresh it is.</summary>
internal sealed record Origin(string Field, string Source, DateTimeOffset AsOf);

/// <summary>In a branch each value has an origin: a row for the whole record, and one for each field that came or was confirmed later. A register of record needs
/// none, because its journal is the origin.</summary>
internal sealed class Provenance(Session session)
{
    private const string WholeRecord = "";

    /// <summary>New records, whole.</summary>
    public static async Task Whole(NpgsqlConnection connection, IEnumerable<Guid> persons, string source, DateTimeOffset asOf)
    {
        await using var copy = await CopyWriter.Begin(connection, "population.provenance", "person_id, field, source, as_of");
        foreach (var person in persons)
        {
            copy.Row().Uuid(person).Text(WholeRecord).Text(source).Instant(asOf);
        }

        await copy.Complete();
    }

    /// <summary>Fields that were told anew. An older message never makes a value look older than it is.</summary>
    public Task Fields(Guid person, IEnumerable<string> fields, string source, DateTimeOffset asOf) => session.Execute("""
        insert into population.provenance (person_id, field, source, as_of) select $1, f, $3, $4 from unnest($2) f
        on conflict (person_id, field) do update set source = excluded.source, as_of = excluded.as_of where population.provenance.as_of < excluded.as_of
        """, person, fields.Distinct().ToArray(), source, asOf);

    public Task<List<Origin>> Of(Guid person) => session.Rows("select field, source, as_of from population.provenance where person_id = $1 order by field",
        r => new Origin(r.GetString(0), r.GetString(1), r.Get<DateTimeOffset>(2)), person);

    /// <summary>Which fields an entry tells anew.</summary>
    public static IEnumerable<string> Told(IPersonEntry entry) => entry switch
    {
        PersonCorrected e => Facts(e.After).Concat(e.Cleared ?? []),
        PersonChanged e => Facts(e.After).Concat(e.Cleared ?? []),
        PersonCompleted e => Facts(e.After).Concat(Parts(e)),
        ResidenceBegan or ResidenceEnded => ["residence"],
        HouseholdJoined or HouseholdLeft => ["household"],
        KinNamed or KinEnded => ["kin"],
        PaperIssued => ["papers"],
        StatusChanged => ["status", "ended"],
        PersonRestored e => [.. Facts(e.Facts ?? new PersonFacts()), .. e.Cleared ?? [], "status", "residence", "household", "kin"],
        PersonMerged or PersonSeparated => ["status"],
        NumberAllotted or NumberReplaced => ["number"],
        ConfidentialitySet => ["confidential"],
        _ => [],
    };

    public static IEnumerable<string> Facts(PersonFacts facts) => FactField.All.Where(f => f.Get(facts) is not null).Select(f => f.Name);

    private static IEnumerable<string> Parts(PersonCompleted e)
    {
        if (e.Kin is { Count: > 0 })
        {
            yield return "kin";
        }

        if (e.Papers is { Count: > 0 })
        {
            yield return "papers";
        }

        if (e.Residences is { Count: > 0 })
        {
            yield return "residence";
        }

        if (e.Membership is not null)
        {
            yield return "household";
        }
    }
}
