using SoGoc.Kernel.Data;

namespace SoGoc.Population.Imports;

/// <summary>What only shows between rows of the list: a number twice, a second head, a parent too young, a circle of parents. The later row is the one held back.</summary>
internal sealed class AmongRows(Session session)
{
    private const string Sql = """
        with recursive k as materialized (select * from population.list_key where list_id = $1),
        first as materialized (select distinct on (number) number, row_no, born_earliest, born_latest from k where number is not null order by number, row_no),
        parent as materialized (
          select k.row_no, k.number, k.born_latest, p.field, p.number as parent
            from k cross join lateral (values ('fatherNumber', k.father), ('motherNumber', k.mother)) p(field, number)
           where p.number is not null
             and not exists (select from population.list_fault f where f.list_id = $1 and f.row_no = k.row_no and not f.warning)),
        -- Parents are at least twelve years older, so a circle can only close over somebody whose birth is not known: few rows are walked.
        up(start, number) as (
          select number, parent from parent where number is not null and born_latest is null
          union
          select up.start, p.parent from up join parent p on p.number = up.number),
        found(row_no, field, code, given, data) as (
          select k.row_no, 'number', 'population.number-repeated', k.number, array[first.row_no::text]
            from k join first using (number) where k.row_no > first.row_no
          union all
          select row_no, 'fullName', 'population.row-repeated', '', array[min_row::text]
            from (select row_no, min(row_no) over (partition by fingerprint, file_number) min_row from k where fingerprint is not null) r where row_no > min_row
          union all
          select row_no, 'relation', 'population.household-two-heads', file_number, array[file_number, min_row::text]
            from (select row_no, file_number, min(row_no) over (partition by file_number) min_row from k where head and file_number is not null) h where row_no > min_row
          union all
          select p.row_no, p.field, 'population.parent-not-older', p.parent, array[first.row_no::text]
            from parent p join first on first.number = p.parent and first.row_no <> p.row_no
           where first.born_earliest > p.born_latest - interval '12 years'
          union all
          select first.row_no, 'number', 'population.kin-circle', up.start, array[]::text[]
            from up join first on first.number = up.start where up.number = up.start)
        insert into population.list_fault (list_id, row_no, no, field, code, data, given, warning)
        select $1, row_no, 100 + row_number() over (partition by row_no order by code, field), field, code, data, given, false from found
         where not exists (select from population.list_fault f where f.list_id = $1 and (f.row_no, f.field, f.code) = (found.row_no, found.field, found.code))
        """;

    /// <summary>Keeps of each row what the others are compared with.</summary>
    public async Task Note(Guid list, IReadOnlyList<Draft> batch)
    {
        await using var copy = await CopyWriter.Begin(await session.Open(), "population.list_key",
            "list_id, row_no, number, fingerprint, file_number, head, father, mother, born_earliest, born_latest");
        foreach (var d in batch)
        {
            var born = d.IsSound ? d.Facts.Born : null;
            copy.Row().Uuid(list).Long(d.Row).Text(d.Facts.Number?.ToString()).Uuid(d.IsSound && d.Facts.Number is null ? RowChecks.Fingerprint(d, null) : null)
                .Text(d.FileNumber).Bool(d.Relation == "01").Text(d.NumberOf(KinKind.Father)).Text(d.NumberOf(KinKind.Mother)).Date(born?.Earliest).Date(born?.Latest);
        }

        await copy.Complete();
    }

    /// <summary>Compares the rows and forgets what they were compared by.</summary>
    public async Task Run(Guid list)
    {
        // The keys came a moment ago and no statistics know them yet: the planner takes a million rows for one, and loops over them for each of them.
        await session.Execute("set local enable_nestloop = off");
        await Patiently(Sql, list);
        await Patiently("delete from population.list_key where list_id = $1", list);
    }

    /// <summary>A list of a million rows takes its time.</summary>
    private async Task Patiently(string sql, Guid list)
    {
        await using var command = await session.Command(sql, list);
        command.CommandTimeout = 0;
        await command.ExecuteNonQueryAsync();
    }
}
