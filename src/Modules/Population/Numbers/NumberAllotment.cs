using System.Globalization;
using System.Security.Cryptography;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Population.Numbers;

/// <summary>Finds a number nobody has or had: six random digits behind a prefix of place, century and sex, and year. It cannot be guessed from the ones before it,
/// and two clerks cannot get the same one, because taking it is one insert. A number by which a relative outside this register is named counts as had.</summary>
internal static class NumberAllotment
{
    public const int Space = 1_000_000;

    /// <summary>How many numbers are drawn for one question: an empty prefix is done with the first, one of a thousand free numbers with the last.</summary>
    private static readonly int[] Draws = [4, 64, 1024];

    /// <summary>A prefix falls into so many blocks, which begin with the seventh and eighth digit; and so many of them are looked through for one question.</summary>
    private const int Blocks = 100;
    private static readonly int[] Looks = [1, 9, 90];

    /// <summary>More gaps than that need not be known to take one.</summary>
    private const int MostGaps = 256;

    private static readonly string CountSql = $"select count(*) from (select distinct number from ({Used("$1 || '000000'", "$1 || '999999'")}) n) d";

    /// <summary>One insert of the first that is free. The union keeps the look at each table a look-up by key, whatever the tables held when the plan was made.</summary>
    private const string TakeSql = """
        insert into population.allotted_number (number, person_id, allotted_at)
        select c.number, $2, $3 from unnest($1::text[]) c(number)
         where not exists (select from population.person where number = c.number union all select from population.former_number where number = c.number
                 union all select from population.allotted_number where number = c.number union all select from population.kin where number = c.number)
         limit 1
        on conflict do nothing returning number::text
        """;

    private static readonly string GapsSql = $"""
        select g.number from unnest($1::text[]) b(head), lateral (
          select b.head || to_char(n, 'FM0000') as number from generate_series(0, {Space / Blocks - 1}) n
          except select number from ({Used("b.head || '0000'", "b.head || '9999'")}) u) g
         limit {MostGaps}
        """;

    public static async Task<Outcome<PersonalNumber>> Take(Session session, string prefix, Guid person, DateTimeOffset at)
    {
        foreach (var draws in Draws)
        {
            if (await TakeOneOf(session, Drawn(prefix, draws), person, at) is { } number)
            {
                return number;
            }
        }

        // So full that chance does not find a gap: look for one. Who looks does so alone, so that two do not run after the same last ones, and who is told that there is none can rely on it.
        await session.Execute("select pg_advisory_xact_lock(hashtextextended($1, 0))", $"population.allotted_number {prefix}");
        while (await Gaps(session, prefix) is { Length: > 0 } gaps)
        {
            // Not taken: somebody has drawn it since. Then it is no gap any more, and the next look finds others or none.
            if (await TakeOneOf(session, gaps, person, at) is { } number)
            {
                return number;
            }
        }

        return Problem.Conflict("population.prefix-full", prefix);
    }

    /// <summary>How many numbers of a prefix are or were somebody's.</summary>
    public static async Task<int> CountUsed(BeyondDuty reads, string prefix) => (int)(await reads.Rows(CountSql, r => r.GetInt64(0), prefix)).Single();

    private static string[] Drawn(string prefix, int draws) => [.. Enumerable.Range(0, draws).Select(_ => prefix + RandomNumberGenerator.GetInt32(Space).ToString("000000", CultureInfo.InvariantCulture)).Distinct()];

    /// <summary>Some numbers that are free, in random order: of one random block, else of some more, else of the rest.</summary>
    private static async Task<string[]> Gaps(Session session, string prefix)
    {
        string[] blocks = [.. Enumerable.Range(0, Blocks).Select(n => prefix + n.ToString("00", CultureInfo.InvariantCulture))];
        RandomNumberGenerator.Shuffle<string>(blocks);
        var seen = 0;
        foreach (var look in Looks)
        {
            string[] gaps = [.. await session.Rows(GapsSql, r => r.GetString(0), (object)blocks[seen..(seen + look)])];
            if (gaps.Length > 0)
            {
                RandomNumberGenerator.Shuffle<string>(gaps);
                return gaps;
            }

            seen += look;
        }

        return [];
    }

    private static async Task<PersonalNumber?> TakeOneOf(Session session, string[] numbers, Guid person, DateTimeOffset at) =>
        await session.Value<string>(TakeSql, numbers, person, at) is { } taken && PersonalNumber.TryParse(taken, out var number) ? number : null;

    /// <summary>A question for all numbers between two that are or were somebody's; an allotted one comes twice where the person has it now.</summary>
    public static string Used(string first, string last) => $"""
        select number::text from population.person where number between {first} and {last}
        union all select number from population.former_number where number between {first} and {last}
        union all select number from population.allotted_number where number between {first} and {last}
        union all select number from population.kin where number between {first} and {last}
        """;
}
