using SoGoc.Kernel.Data;
using SoGoc.Kernel.Time;
using SoGoc.Population.Persons;

namespace SoGoc.Population.Lookups;

/// <inheritdoc/>
internal sealed class Representations(BeyondDuty all) : IRepresentations
{
    public async Task<IReadOnlyList<Represented>> By(Guid[] persons, DateOnly on) => [.. (await all.Rows("""
        with me as (select id, number from population.person where id = any($1) and status = 'living')
        select me.id, p.id, p.full_name, p.born_earliest, p.born_precision, k.kind
          from me join population.kin k on (k.number = me.number or k.kin_id = me.id) and k.kind in ('father', 'mother', 'guardian')
          join population.person p on p.id = k.person_id and p.status = 'living'
         where k.kind = 'guardian' or p.born_latest > $2
         order by p.born_earliest, p.id, k.kind = 'guardian' desc
        """, r => new Represented(r.GetGuid(0), r.GetGuid(1), r.GetString(2), PartialDate.Stored(r.Maybe<DateOnly>(3), r.Maybe<short>(4)), Word.Read<KinKind>(r.GetString(5)) == KinKind.Guardian ? "guardian" : "parent"),
        persons, on.AddYears(-Majority))).DistinctBy(r => (r.By, r.Person))];

    /// <summary>Until this age parents act for a person (Bộ luật Dân sự 2015, article 21).</summary>
    private const int Majority = 18;
}
