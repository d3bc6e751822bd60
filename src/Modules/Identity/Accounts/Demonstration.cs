using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Identity.Accounts;

/// <summary>The citizens of the demonstration who have accounts, for the page that shows them.</summary>
internal sealed class Seeded
{
    public string Password => Demonstration.Password;

    public IReadOnlyList<DemonstrationCitizen> Citizens { get; set; } = [];
}

/// <summary>Opens accounts for a few of the invented people: a mother of a small child at level 2, and others at level 2 and 1.</summary>
internal sealed class Demonstration(Database database, Seeded seeded, IReach reach, TimeProvider clock) : IIdentity
{
    public const string Password = "cong-dan-thu-2026";

    public async Task<IReadOnlyList<DemonstrationCitizen>> SeedDemonstration(int? area, CancellationToken stop)
    {
        await using var connection = await database.Owner.OpenConnectionAsync(stop);
        var today = clock.Today();
        // Grown up, with a number and a telephone, a mother of the officials' commune first; the same ones every time, because keys of invented people are.
        await using var choose = connection.CreateCommand("""
            with chosen as (
              select p.id, p.phone, row_number() over (order by exists (select from population.report_residence h where h.person_id = p.id and h.kind = 'permanent' and upper_inf(h.valid) and h.area_id = any($5)) desc, (p.sex = 2 and p.marital = 2) desc, p.id) as n from population.person p
               where p.status = 'living' and p.number is not null and p.phone is not null and p.confidential = 0 and p.born_latest between $1 and $2 limit 3)
            insert into identity.account (id, person_id, level, phone, password_hash, opened_at)
            select gen_random_uuid(), id, case when n < 3 then 2 else 1 end, phone, ($3::text[])[n], $4 from chosen
             where not exists (select from identity.account)
            """, today.AddYears(-40), today.AddYears(-25), new[] { Passwords.Hash(Password), Passwords.Hash(Password), Passwords.Hash(Password) }, clock.GetUtcNow(), reach.Versions(area) ?? []);
        await choose.ExecuteNonQueryAsync(stop);
        await using var read = connection.CreateCommand("select p.number, a.level from identity.account a join population.person p on p.id = a.person_id where a.closed_at is null and a.password_hash is not null and a.opened_at <= $1 order by a.level desc, p.id limit 3", clock.GetUtcNow());
        await using var reader = await read.ExecuteReaderAsync(stop);
        var citizens = new List<DemonstrationCitizen>();
        while (await reader.ReadAsync(stop))
        {
            citizens.Add(new DemonstrationCitizen(reader.GetString(0), Password, reader.GetInt16(1)));
        }

        return seeded.Citizens = citizens;
    }
}
