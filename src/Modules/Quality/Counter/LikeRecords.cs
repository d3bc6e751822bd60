using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Linkage;
using SoGoc.Places;
using SoGoc.Population;
using SoGoc.Quality.Duplicates;

namespace SoGoc.Quality.Counter;

/// <summary>Whom of the register somebody at the counter may be: a few hundred records that the database finds by name, day of birth and mother, weighed as the night weighs all.</summary>
internal sealed class LikeRecords(BeyondDuty reads, ICandidates candidates, CounterScale scales, TellApart apart, IPlaces places, Sentences say, TimeProvider clock) : ILikeRecords
{
    /// <summary>So many by each way; whose name or day is more frequent is found by the other ways, or not at all.</summary>
    private const int MostByName = 200, MostByDay = 300, MostByMother = 50;

    /// <summary>Of quite another name nobody is warned of, however much else is alike: who is warned of too much confirms without a look. The night proposes such pairs to those who have the time for it.</summary>
    private static readonly string[] OtherNames = ["different", "family-only", "given-only"];

    private const double Any = -100;

    private const int YearsOff = 1;

    /// <summary>Telephones are compared, and not shown: neither purpose lets contacts be read.</summary>
    private const string Unshown = "phone";

    /// <summary>Born on that day, or with day and month exchanged. Of whom the year alone is known is found by his name.</summary>
    private const string ByDay = """
        select p.id from population.report_person p where p.born_earliest = any($1) and p.born_precision = 3 and p.merged_into is null and p.status <> 'cancelled' and p.confidential = 0 limit $2
        """;

    private const string ByMother = """
        select k.person_id from population.report_kin k join population.report_person p on p.id = k.person_id
         where k.kin_id = $1 and k.kind = 'mother' and p.merged_into is null and p.status <> 'cancelled' and p.confidential = 0 limit $2
        """;

    /// <summary>Of these those whom the register has as the children of others: whose mother or father is known by a record is not taken for a child of someone else who bears that name.</summary>
    private const string OfAnother = """
        select k.person_id from population.report_kin k left join population.report_person m on m.number = k.number
         where k.person_id = any($1) and coalesce(k.kin_id, m.id) <> case k.kind when 'mother' then $2 when 'father' then $3 end
        """;

    /// <summary>Who was told apart from him once, at a counter or on the page of the pair.</summary>
    private const string ToldApart = "select case when d.a = $1 then d.b else d.a end from quality.pair d where (d.a = $1 or d.b = $1) and d.state = 'different'";

    public Task Differ(Guid person, IReadOnlyList<LikeRecord> others, string counter, string ground) => apart.Run(person, others, counter, ground);

    public async Task<IReadOnlyList<LikeRecord>> Find(Newcomer who, int most)
    {
        if (who is not { Name: { } name, Born: { Earliest: { } earliest } born })
        {
            return [];
        }

        var found = (await candidates.Find(name, born, YearsOff, MostByName)).Select(c => c.Person).ToHashSet();
        DateOnly[] days = born.Precision != DatePrecision.Day ? [] : earliest.Day <= 12 ? [earliest, new DateOnly(earliest.Year, earliest.Day, earliest.Month)] : [earliest];
        found.UnionWith(await reads.Rows(ByDay, r => r.GetGuid(0), days, MostByDay));
        if (who.MotherRecord is { } mother)
        {
            found.UnionWith(await reads.Rows(ByMother, r => r.GetGuid(0), mother, MostByMother));
        }

        found.ExceptWith(await reads.Rows(OfAnother, r => r.GetGuid(0), found.ToArray(), ((object?)who.MotherRecord).As(NpgsqlDbType.Uuid), ((object?)who.FatherRecord).As(NpgsqlDbType.Uuid)));
        if (who.Person is { } himself)
        {
            found.Remove(himself);
            found.ExceptWith(await reads.Rows(ToldApart, r => r.GetGuid(0), himself));
        }

        var rows = await reads.Rows(RegisterRows.Some, Read, clock.Today(), found.ToArray());
        var cells = Cells(who, name, born);
        var weighed = (await scales.Now()).Weigh(cells, [.. rows.Select(r => r.Cells)], Any);
        return [.. weighed.Where(w => IsTold(w)).Take(most).Select(w => Told(rows[w.At], cells, w))];
    }

    /// <summary>Whoever is more likely the same than not; and whoever bears the same name and was born on the same day, however frequent that is: a second number must not be.</summary>
    private static bool IsTold(Weighed w)
    {
        var levels = w.Fields.ToDictionary(f => f.Field, f => f.Level);
        return (w.Probability >= SeekDuplicates.Likelier && !OtherNames.Contains(levels["name"])) || (levels["name"] is "same" or "same-letters" && levels["born"] == "same" && levels["sex"] != "different");
    }

    private sealed record Row(Guid Person, PersonalNumber? Number, string[] Cells);

    private static Row Read(NpgsqlDataReader r) => new(r.GetGuid(0), r.Text(RegisterRows.Heads.Length + 2) is { } n && PersonalNumber.TryParse(n, out var number) ? number : null,
        [.. RegisterRows.Heads.Select((_, at) => r.GetString(at + 1))]);

    private string[] Cells(Newcomer who, string name, PartialDate born) =>
    [
        name, RegisterRows.Written(born), who.Sex is 1 or 2 ? $"{who.Sex}" : "", who.Mother ?? "", who.Phone ?? "", who.Address ?? "",
        who.Area is { } area ? Unit(area).ToString(CultureInfo.InvariantCulture) : "", who.Ethnicity ?? "", "",
    ];

    /// <summary>The unit of today, as the rows of the register name it.</summary>
    private int Unit(int area) => places.Book[area] is { } unit && !unit.Valid.Holds(clock.Today()) && places.Book.Resolve(unit, clock.Today()).Area is { } today ? today.Id : area;

    private LikeRecord Told(Row row, string[] cells, Weighed w)
    {
        var lines = w.Fields.Select(f => (f.Level, f.Field, At: Array.IndexOf(RegisterRows.Heads, f.Field))).OrderBy(f => f.At).Where(f => f.Field != Unshown && cells[f.At].Length + row.Cells[f.At].Length > 0)
            .Select(f => new LikeRecord.Line(say["quality.field-" + f.Field], Text(f.Field, cells[f.At]), Text(f.Field, row.Cells[f.At]), say["quality.level-" + f.Level], f.Level == "same"));
        return new(row.Person, row.Number, row.Cells[0], DateWriting.TryRead(row.Cells[1], out var born) ? born : null, w.Probability, [.. lines]);
    }

    private string Text(string field, string cell) => RegisterRows.Text(field, cell, places, say);
}
