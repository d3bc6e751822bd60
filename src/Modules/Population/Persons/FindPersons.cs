using System.ComponentModel.DataAnnotations;
using System.Globalization;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Text;
using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Population.Lookups;
using SoGoc.Population.Names;

namespace SoGoc.Population.Persons;

/// <summary>Finds persons by number (also an old or nine-digit one), or by name (any order of words, with or without marks, with slips of typing and hearing),
/// birth date, sex, place with its predecessors, household file and address. The best come first; the answer is capped, and says so.</summary>
internal sealed class FindPersons(Reads reads, NameSearch names, Journal journal, CurrentActor actor, Reasons reasons, IPlaces places, TimeProvider clock)
{
    /// <summary>More than an official reads at a counter is more than he needs to see.</summary>
    public const int Usual = 20;

    /// <summary>As many as a file or a program may ask for.</summary>
    public const int Largest = 1000;

    /// <param name="Text">A number, or words of a name.</param>
    /// <param name="Born">As people write dates: 5/7/1962, 7/1962, 1962.</param>
    /// <param name="Area">Code of a unit of today; its predecessors are searched too.</param>
    /// <param name="Purpose">Code of the purpose; written into the record of readings.</param>
    /// <param name="Case">Reference of the open case it is asked for.</param>
    /// <param name="Household">Number of the household's residence file.</param>
    /// <param name="Most">How many at most, up to 1000.</param>
    /// <param name="Address">Words of the permanent address below the unit.</param>
    internal sealed record Request(string? Text = null, string? Born = null, string? Area = null, short? Sex = null,
        [Required, Length(1, Reason.Longest)] string? Purpose = null, [Required, Length(1, Reason.Longest)] string? Case = null,
        string? Household = null, string? Address = null, [Range(1, Largest)] int Most = Usual);

    internal sealed record Person(Guid Id, string? Number, string FullName, string? Born, short? Sex, string Status, string? Home, string? HomeToday, bool Confidential);

    /// <param name="Capped">There are more than are shown.</param>
    /// <param name="Near">Those shown bear other names than the one typed: it may be misspelt.</param>
    /// <param name="Elsewhere">The number is that of somebody who lives outside of the official's duty.</param>
    internal sealed record Found(IReadOnlyList<Person> Persons, bool Capped, bool Near = false, bool Elsewhere = false);

    private sealed record Row(Guid Id, string? Number, string Name, PartialDate? Born, short? Sex, string Status, int? Area, string? Detail, short Confidential);

    private static readonly string[] Told = ["number", "fullName", "born", "sex", "status", "homeDetail"];

    public Task<Outcome<Found>> Run(Request r) => Find(r, Told);

    /// <summary>For an official who takes the people found along as a file; it is written down that he did.</summary>
    public Task<Outcome<Found>> AsFile(Request r) => Find(r, [.. Told, "file"]);

    private async Task<Outcome<Found>> Find(Request r, string[] told)
    {
        var problems = new List<Problem>();
        FieldClass.Check(await reasons.Check(r.Purpose, r.Case, problems), problems, FieldClass.Identity, FieldClass.Residence);
        var text = (r.Text ?? "").Trim();
        var born = PartialDate.Unknown;
        if (!string.IsNullOrWhiteSpace(r.Born) && !DateWriting.TryRead(r.Born, out born))
        {
            problems.Add(Problem.Invalid("born", "population.birth-not-a-date"));
        }

        var today = clock.Today();
        var area = string.IsNullOrWhiteSpace(r.Area) ? null : places.Book.Find(r.Area.Trim(), today);
        if (!string.IsNullOrWhiteSpace(r.Area) && area is null)
        {
            problems.Add(Problem.Invalid("area", "population.area-unknown"));
        }

        var digits = new string([.. text.Where(char.IsAsciiDigit)]);
        var isNumber = digits.Length > 0 && text.All(c => char.IsAsciiDigit(c) || c is ' ' or '.');
        if (isNumber && digits.Length is not (9 or 12))
        {
            problems.Add(Problem.Invalid("text", "population.number-length", digits.Length.ToString(CultureInfo.InvariantCulture)));
        }

        var filter = new Filter(born, area is null ? null : [.. places.Book.Within(area, today)], r.Sex, Blank(r.Household), Blank(r.Address), actor.Value.May(Permission.Of(PopulationPermission.ReadConfidential)), Math.Clamp(r.Most, 1, Largest));
        if (text.Length == 0 && born.Precision != DatePrecision.Day && filter.Household is null && (filter.Address is null || area is null))
        {
            problems.Add(Problem.Invalid("text", "population.search-too-wide"));
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        var (rows, near) = isNumber ? (await ByNumber(digits, filter.Most), false) : text.Length > 0 ? await ByName(text, filter) : (await Persons(Shown, "true", "p.status = 'dead', p.born_earliest", filter, []), false);
        var shown = rows.Take(filter.Most).Select(p => Show(p, today)).ToList();
        await journal.Disclose([.. shown.Select(p => p.Id)], told, r.Purpose!, r.Case!);
        var elsewhere = isNumber && rows.Count == 0 && (await reads.Elsewhere([digits])).Count > 0;
        return new Found(shown, rows.Count > filter.Most, near, elsewhere);
    }

    /// <summary>What narrows a search beside the name.</summary>
    /// <param name="All">Confidential records are found by place too; for others, being found would tell where the person lives.</param>
    private sealed record Filter(PartialDate Born, int[]? Within, short? Sex, string? Household, string? Address, bool All, int Most)
    {
        public bool Narrows => Born.Precision != DatePrecision.Unknown || Within is not null || Sex is 1 or 2 || Household is not null || Address is not null;
    }

    private const string Shown = """
        select p.id, p.number, p.full_name, p.born_earliest, p.born_precision, p.sex, p.status, r.area_id, r.detail, p.confidential
          from population.person p
          left join population.residence r on r.person_id = p.id and r.kind = 'permanent' and upper_inf(r.valid)
        """;

    private Task<List<Row>> ByNumber(string digits, int most) => reads.Rows($"""
        {Shown}
         where {(digits.Length == 12
            ? "p.number = $1 or p.id = (select f.person_id from population.former_number f where f.number = $1)"
            : reads.Limited ? "p.id in (select population.bearers_of_old_id($1))" : "p.old_ids @> array[$1]")}
         limit {most + 1}
        """, Read, digits);

    /// <summary>The names that hold all the words; where nobody bears one of them, those that the words can mean.</summary>
    private async Task<(List<Row> Rows, bool Near)> ByName(string text, Filter filter)
    {
        var words = NameKey.Of(text).Split(' ', StringSplitOptions.RemoveEmptyEntries);
        if (words.Length == 0)
        {
            return ([], false);
        }

        var exact = await names.Exact(words);
        var rows = exact.Capped && filter.Narrows
            ? await Persons(Shown.Replace("from population.person p", "from population.name n join population.person p on p.name_key = n.key", StringComparison.Ordinal),
                "n.syllables @> $1", "length(n.key), n.key, p.status = 'dead', p.born_earliest", filter, [words])
            : await Bearing(exact.Names, text, filter);
        if (rows.Count > 0)
        {
            return (rows, false);
        }

        var near = await Bearing((await names.Near(words)).Names, text, filter);
        return (near, near.Count > 0);
    }

    /// <summary>Persons who bear one of the names, in the order of the names; those spelled as typed first, and the living before the dead. Most questions are answered by the first names.</summary>
    private async Task<List<Row>> Bearing(IReadOnlyList<string> keys, string typed, Filter filter)
    {
        var rows = new List<Row>();
        foreach (var some in keys.Take(100).Any() ? new[] { keys.Take(100), keys.Skip(100) } : [])
        {
            if (rows.Count <= filter.Most && some.ToArray() is { Length: > 0 } part)
            {
                rows.AddRange(await Persons(Shown.Replace("from population.person p", "from unnest($1) with ordinality k(key, n) join population.person p on p.name_key = k.key", StringComparison.Ordinal),
                    "true", "k.n, lower(p.full_name) = lower($2) desc, p.status = 'dead', p.born_earliest", filter, [part, Normal.Composed(typed)]));
            }
        }

        return rows.Count > filter.Most + 1 ? rows[..(filter.Most + 1)] : rows;
    }

    private Task<List<Row>> Persons(string from, string condition, string order, Filter filter, List<object?> values)
    {
        var where = new List<string> { condition };
        string Value(object? v)
        {
            values.Add(v);
            return "$" + values.Count;
        }

        if (filter.Born.Precision != DatePrecision.Unknown)
        {
            where.Add($"p.born_earliest <= {Value(filter.Born.Latest)} and p.born_latest >= {Value(filter.Born.Earliest)}");
        }

        if (filter.Within is not null)
        {
            where.Add($"r.area_id = any({Value(filter.Within)})");
        }

        if (filter.Sex is 1 or 2)
        {
            where.Add($"p.sex = {Value(filter.Sex)}");
        }

        if (filter.Household is not null)
        {
            where.Add($"p.id in (select m.person_id from population.household h join population.member m on m.household_id = h.id and upper_inf(m.valid) where h.file_number = {Value(filter.Household)})");
        }

        if (!filter.All && (filter.Within is not null || filter.Household is not null || filter.Address is not null))
        {
            where.Add("p.confidential = 0");
        }

        foreach (var word in NameKey.Of(filter.Address ?? "").Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            where.Add($"population.fold(r.detail) like {Value($"%{word}%")}");
        }

        return reads.Rows($"{from} where {string.Join(" and ", where)} order by {order}, p.id limit {filter.Most + 1}", Read, [.. values]);
    }

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();

    private static Row Read(Npgsql.NpgsqlDataReader r) => new(r.GetGuid(0), r.Text(1), r.GetString(2), PartialDate.Stored(r.Maybe<DateOnly>(3), r.Maybe<short>(4)),
        r.Maybe<short>(5), r.GetString(6), r.Maybe<int>(7), r.Text(8), r.GetInt16(9));

    private Person Show(Row p, DateOnly today)
    {
        var (written, now) = p.Confidential > 0 ? (null, null) : AddressLine.Of(places.Book, p.Area, p.Detail, today);
        return new Person(p.Id, p.Number, p.Name, p.Born?.ToString(), p.Sex, p.Status, written, now, p.Confidential > 0);
    }
}
