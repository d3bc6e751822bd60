using Npgsql;

namespace SoGoc.Host.Tests;

/// <summary>A register as sorted lines without keys and times, so that two registers with the same people are the same lines; what the demonstration works on (kernel) is not of the register.</summary>
internal static class RegisterPrint
{
    private const string Sql = """
        with p as (select id, coalesce(number, name_key || ' ' || coalesce(born_earliest::text, '') || ' ' || coalesce(home_place, '')) as who from population.person)
        select 'person ' || (to_jsonb(person) - 'id' - 'fingerprint')::text from population.person
        union all select 'home ' || p.who || (to_jsonb(r) - 'person_id')::text from population.residence r join p on p.id = r.person_id
        union all select 'member ' || p.who || h.file_number || (to_jsonb(m) - 'person_id' - 'household_id')::text from population.member m join p on p.id = m.person_id join population.household h on h.id = m.household_id
        union all select 'kin ' || p.who || (to_jsonb(k) - 'person_id')::text from population.kin k join p on p.id = k.person_id
        union all select 'paper ' || p.who || (to_jsonb(i) - 'person_id')::text from population.id_paper i join p on p.id = i.person_id
        union all select 'doubt ' || p.who || (to_jsonb(d) - 'person_id')::text from population.doubt d join p on p.id = d.person_id
        union all select 'household ' || (to_jsonb(h) - 'id')::text from population.household h
        union all select 'entries ' || kind || ' ' || count(*) from journal.entry where kind not like 'kernel.%' group by kind
        union all select 'fault ' || (to_jsonb(f) - 'list_id')::text from population.list_fault f
        union all select 'list ' || jsonb_build_object('state', state, 'rows', rows, 'entered', entered, 'completed', completed, 'unchanged', unchanged)::text from population.list
        union all select 'keys left ' || count(*) from population.list_key
        """;

    public static async Task<List<string>> Of(NpgsqlConnection connection)
    {
        await using var command = new NpgsqlCommand(Sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var lines = new List<string>();
        while (await reader.ReadAsync())
        {
            lines.Add(reader.GetString(0));
        }

        lines.Sort(StringComparer.Ordinal);
        return lines;
    }
}
