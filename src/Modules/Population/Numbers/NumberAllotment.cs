using System.Globalization;
using System.Security.Cryptography;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Population.Numbers;

/// <summary>Finds a number nobody has or had: six random digits behind a prefix of place, century and sex, and year. It cannot be guessed from the ones before it,
/// and two clerks cannot get the same one, because taking it is one insert.</summary>
internal static class NumberAllotment
{
    private const int Space = 1_000_000;
    private const int RandomTries = 40;

    public static async Task<Outcome<PersonalNumber>> Take(Session session, string prefix, Guid person, DateTimeOffset at)
    {
        for (var attempt = 0; attempt < RandomTries; attempt++)
        {
            var number = prefix + RandomNumberGenerator.GetInt32(Space).ToString("000000", CultureInfo.InvariantCulture);
            if (await Insert(session, number, person, at))
            {
                return PersonalNumber.TryParse(number, out var n) ? n : throw new InvalidOperationException("Not a number.");
            }
        }

        // So full that chance does not find a gap: list the gaps and take one of them by chance.
        var gaps = await session.Rows($"""
            select $1 || lpad(n::text, 6, '0') from generate_series(0, {Space - 1}) n
            where not exists (select from population.person p where p.number = $1 || lpad(n::text, 6, '0'))
              and not exists (select from population.former_number f where f.number = $1 || lpad(n::text, 6, '0'))
              and not exists (select from population.allotted_number a where a.number = $1 || lpad(n::text, 6, '0'))
            """, r => r.GetString(0), prefix);
        foreach (var number in gaps.OrderBy(_ => RandomNumberGenerator.GetInt32(int.MaxValue)))
        {
            if (await Insert(session, number, person, at))
            {
                return PersonalNumber.TryParse(number, out var n) ? n : throw new InvalidOperationException("Not a number.");
            }
        }

        return Problem.Conflict("population.prefix-full", prefix);
    }

    /// <summary>How many numbers a prefix still has.</summary>
    public static async Task<int> Free(Session session, string prefix) => Space - (int)await session.Value<long>("""
        select count(*) from (
          select number::text from population.person where number >= $1 || '000000' and number <= $1 || '999999'
          union select number::text from population.former_number where number >= $1 || '000000' and number <= $1 || '999999'
          union select number::text from population.allotted_number where number >= $1 || '000000' and number <= $1 || '999999') n
        """, prefix);

    private static async Task<bool> Insert(Session session, string number, Guid person, DateTimeOffset at) => await session.Execute("""
        insert into population.allotted_number (number, person_id, allotted_at)
        select $1, $2, $3
        where not exists (select from population.person where number = $1) and not exists (select from population.former_number where number = $1)
        on conflict do nothing
        """, number, person, at) == 1;
}
