using Npgsql;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Text;
using SoGoc.Kernel.Time;
using SoGoc.Population.Persons;

namespace SoGoc.Population.Names;

/// <summary>By the search of names: the very name first, then what it can mean with slips; of the bearers those who were born about then.</summary>
internal sealed class FindCandidates(BeyondDuty reads, NameSearch names, CurrentActor actor) : ICandidates
{
    /// <summary>Names a slip away that are looked at. The nearest come first, and what is farther is another name.</summary>
    private const int MostNear = 100;

    private const string Sql = """
        select p.id, p.number, p.full_name, p.born_earliest, p.born_precision, p.sex, father.name, mother.name, p.birth_area, p.birth_place, p.registered_area, p.registered_place, p.status,
               p.ended_earliest, p.ended_precision, array_remove(array[p.registered_area, p.birth_area, p.home_area] || array(select r.area_id from population.residence r where r.person_id = p.id), null)
          from unnest($1) with ordinality k(key, n) join population.person p on p.name_key = k.key
          left join lateral (select coalesce(f.full_name, l.name) as name from population.kin l left join population.person f on f.id = l.kin_id or f.number = l.number
            where l.person_id = p.id and l.kind = 'father' limit 1) father on true
          left join lateral (select coalesce(f.full_name, l.name) as name from population.kin l left join population.person f on f.id = l.kin_id or f.number = l.number
            where l.person_id = p.id and l.kind = 'mother' limit 1) mother on true
         where p.merged_into is null and p.status <> 'cancelled' and (p.confidential = 0 or $2)
           and ($3::date is null or p.born_earliest is null or (p.born_earliest <= $4 and p.born_latest >= $3))
         order by k.n, p.born_earliest, p.id limit $5
        """;

    public async Task<IReadOnlyList<Candidate>> Find(string name, PartialDate? born, int years, int most)
    {
        var words = NameKey.Of(name).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
        {
            return [];
        }

        var same = string.Join(' ', words);
        var near = (await names.Near(words)).Names.Where(n => n != same && n.Count(c => c == ' ') < words.Length + 1).Take(MostNear);
        var (first, last) = (born?.Earliest, born?.Latest);
        return await reads.Rows(Sql, Read, (string[])[same, .. near], actor.Value.May(Permission.Of(PopulationPermission.ReadConfidential)),
            (first is { } f && f.Year > years ? f.AddYears(-years) : first).As(NpgsqlTypes.NpgsqlDbType.Date), (last is { } l && l.Year < 9999 - years ? l.AddYears(years) : last).As(NpgsqlTypes.NpgsqlDbType.Date), most);
    }

    private static Candidate Read(NpgsqlDataReader r) => new(r.GetGuid(0), r.Text(1) is { } n && PersonalNumber.TryParse(n, out var number) ? number : null, r.GetString(2),
        PartialDate.Stored(r.Maybe<DateOnly>(3), r.Maybe<short>(4)), r.Maybe<short>(5), r.Text(6), r.Text(7), Place(r, 8), Place(r, 10), Word.Read<PersonStatus>(r.GetString(12)),
        PartialDate.Stored(r.Maybe<DateOnly>(13), r.Maybe<short>(14)), r.Get<int[]>(15));

    private static PlaceFact? Place(NpgsqlDataReader r, int at) => r.IsDBNull(at) && r.IsDBNull(at + 1) ? null : new PlaceFact(r.Maybe<int>(at), r.Text(at + 1));
}
