using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Text;
using SoGoc.Kernel.Time;
using SoGoc.Places;

namespace SoGoc.Population.Persons;

/// <summary>Finds persons by number (also an old or nine-digit one), or by name (any order of words, with or without marks), birth date and place with its predecessors.</summary>
internal sealed class FindPersons(Session session, Journal journal, IPlaces places, TimeProvider clock)
{
    public const int Most = 50;

    /// <param name="Text">A number, or words of a name.</param>
    /// <param name="Born">As people write dates: 5/7/1962, 7/1962, 1962.</param>
    /// <param name="Area">Code of a unit of today; its predecessors are searched too.</param>
    /// <param name="Purpose">Why; written into the record of readings.</param>
    /// <param name="Case">For which case; empty where the purpose needs none.</param>
    internal sealed record Request(string? Text, string? Born = null, string? Area = null, short? Sex = null, string? Purpose = null, string? Case = null);

    internal sealed record Person(Guid Id, string? Number, string FullName, string? Born, short? Sex, string Status, string? Home, string? HomeToday, bool Confidential);

    internal sealed record Found(IReadOnlyList<Person> Persons, bool Capped);

    private sealed record Row(Guid Id, string? Number, string Name, PartialDate? Born, short? Sex, string Status, int? Area, string? Detail, short Confidential);

    public async Task<Outcome<Found>> Run(Request r)
    {
        var text = (r.Text ?? "").Trim();
        var born = PartialDate.Unknown;
        if (!string.IsNullOrWhiteSpace(r.Born) && !DateWriting.TryRead(r.Born, out born))
        {
            return Problem.Invalid(nameof(r.Born), "population.birth-not-a-date");
        }

        var today = clock.Today();
        var area = string.IsNullOrWhiteSpace(r.Area) ? null : places.Book.Find(r.Area.Trim(), today);
        if (!string.IsNullOrWhiteSpace(r.Area) && area is null)
        {
            return Problem.Invalid(nameof(r.Area), "population.area-unknown");
        }

        var digits = new string([.. text.Where(char.IsAsciiDigit)]);
        var isNumber = digits.Length > 0 && text.All(c => char.IsAsciiDigit(c) || c is ' ' or '.');
        if (isNumber && digits.Length is not (9 or 12))
        {
            return Problem.Invalid(nameof(r.Text), "population.number-malformed");
        }

        if (text.Length == 0 && born.Precision != DatePrecision.Day)
        {
            return Problem.Invalid(nameof(r.Text), "population.search-too-wide");
        }

        var rows = isNumber ? await ByNumber(digits) : await ByName(NameKey.Of(text), born, area is null ? null : [.. places.Book.Within(area, today)], r.Sex);
        var shown = rows.Take(Most).Select(p => Show(p, today)).ToList();
        await journal.Disclose([.. shown.Select(p => p.Id)], ["number", "fullName", "born", "sex", "status", "homeDetail"], r.Purpose ?? "population.counter-lookup", r.Case ?? "");
        return new Found(shown, rows.Count > Most);
    }

    private const string Shown = """
        select p.id, p.number, p.full_name, p.born_earliest, p.born_precision, p.sex, p.status, r.area_id, r.detail, p.confidential
          from population.person p
          left join population.residence r on r.person_id = p.id and r.kind = 'permanent' and upper_inf(r.valid)
        """;

    private Task<List<Row>> ByNumber(string digits) => session.Rows($"""
        {Shown}
         where {(digits.Length == 12
            ? "p.number = $1 or p.id = (select f.person_id from population.former_number f where f.number = $1)"
            : "p.old_ids @> array[$1]")}
         limit {Most + 1}
        """, Read, digits);

    private Task<List<Row>> ByName(string key, PartialDate born, int[]? within, short? sex)
    {
        var where = new List<string>();
        var values = new List<object?>();
        string Value(object? v)
        {
            values.Add(v);
            return "$" + values.Count;
        }

        var order = "p.born_earliest";
        var from = Shown;
        if (key.Length > 0)
        {
            from = Shown.Replace("from population.person p", "from population.name n join population.person p on p.name_key = n.key", StringComparison.Ordinal);
            where.Add($"n.syllables @> {Value(key.Split(' '))}");
            order = $"(n.key = {Value(key)}) desc, length(n.key), n.key, p.born_earliest";
        }

        if (born.Precision != DatePrecision.Unknown)
        {
            where.Add($"p.born_earliest <= {Value(born.Latest)} and p.born_latest >= {Value(born.Earliest)}");
        }

        if (within is not null)
        {
            where.Add($"r.area_id = any({Value(within)})");
        }

        if (sex is 1 or 2)
        {
            where.Add($"p.sex = {Value(sex)}");
        }

        return session.Rows($"{from} where {string.Join(" and ", where)} order by {order}, p.id limit {Most + 1}", Read, [.. values]);
    }

    private static Row Read(Npgsql.NpgsqlDataReader r) => new(r.GetGuid(0), r.Text(1), r.GetString(2), PartialDate.Stored(r.Maybe<DateOnly>(3), r.Maybe<short>(4)),
        r.Maybe<short>(5), r.GetString(6), r.Maybe<int>(7), r.Text(8), r.GetInt16(9));

    private Person Show(Row p, DateOnly today)
    {
        var (written, now) = p.Confidential > 0 ? (null, null) : AddressLine.Of(places.Book, p.Area, p.Detail, today);
        return new Person(p.Id, p.Number, p.Name, p.Born?.ToString(), p.Sex, p.Status, written, now, p.Confidential > 0);
    }
}
