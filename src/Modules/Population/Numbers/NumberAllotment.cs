using System.Collections;
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
    private const int RandomTries = 40;

    private const string Used = """
        select number::text from population.person where number between $1 || '000000' and $1 || '999999'
        union all select number from population.former_number where number between $1 || '000000' and $1 || '999999'
        union all select number from population.allotted_number where number between $1 || '000000' and $1 || '999999'
        union all select number from population.kin where number between $1 || '000000' and $1 || '999999'
        """;

    public static async Task<Outcome<PersonalNumber>> Take(Session session, string prefix, Guid person, DateTimeOffset at)
    {
        for (var attempt = 0; attempt < RandomTries; attempt++)
        {
            if (await TryTake(session, prefix, RandomNumberGenerator.GetInt32(Space), person, at) is { } number)
            {
                return number;
            }
        }

        // So full that chance does not find a gap: look at all of them, by chance.
        foreach (var gap in await Gaps(session, prefix))
        {
            if (await TryTake(session, prefix, gap, person, at) is { } number)
            {
                return number;
            }
        }

        return Problem.Conflict("population.prefix-full", prefix);
    }

    /// <summary>How many numbers of a prefix are or were somebody's.</summary>
    public static async Task<int> CountUsed(BeyondDuty reads, string prefix) => (int)(await reads.Rows($"select count(*) from (select distinct number from ({Used}) n) d", r => r.GetInt64(0), prefix)).Single();

    private static async Task<int[]> Gaps(Session session, string prefix)
    {
        var used = new BitArray(Space);
        foreach (var n in await session.Rows($"select substr(number, 7)::integer from ({Used}) n", r => r.GetInt32(0), prefix))
        {
            used[n] = true;
        }

        int[] gaps = [.. Enumerable.Range(0, Space).Where(n => !used[n])];
        RandomNumberGenerator.Shuffle<int>(gaps);
        return gaps;
    }

    private static async Task<PersonalNumber?> TryTake(Session session, string prefix, int last, Guid person, DateTimeOffset at)
    {
        var number = prefix + last.ToString("000000", CultureInfo.InvariantCulture);
        return await session.Execute("""
            insert into population.allotted_number (number, person_id, allotted_at)
            select $1, $2, $3
            where not exists (select from population.person where number = $1) and not exists (select from population.former_number where number = $1)
              and not exists (select from population.kin where number = $1)
            on conflict do nothing
            """, number, person, at) == 1 && PersonalNumber.TryParse(number, out var taken) ? taken : null;
    }
}
