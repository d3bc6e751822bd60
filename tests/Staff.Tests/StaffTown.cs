using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Staff.Accounts;
using SoGoc.Testing;

namespace SoGoc.Staff.Tests;

/// <summary>What tests about officials do again and again.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public abstract class StaffTown(Town town)
{
    private static int accounts;

    protected Town Town => town;

    /// <summary>Another commune of the province.</summary>
    protected Area There => town.Places.All.First(a => a.Level == AreaLevel.Commune && a.Valid.Holds(town.Clock.Today()) && a.Id != town.Commune.Id && town.Places.Province(a)?.Id == town.Places.Province(town.Commune)?.Id);

    protected static string Account() => $"mau-{Interlocked.Increment(ref accounts)}";

    /// <summary>An official with the password of the demonstration.</summary>
    protected async Task<string> Make(string role, int? area, string agency)
    {
        var account = Account();
        await town.Execute("""
            with o as (insert into staff.official (id, name, sign_in, password_hash, agency_code) values (gen_random_uuid(), 'Vũ Văn ' || $1, $1, $2, $3) returning id)
            insert into staff.post select id, $4, $5, daterange('2016-01-01', null) from o
            """, account, SignIns.HashPassword("minh-hoa-2026"), agency, role, Kernel.Data.Columns.As(area, NpgsqlTypes.NpgsqlDbType.Integer));
        return account;
    }

    protected async Task Role(string role, params string[] permissions)
    {
        await town.Execute("insert into staff.role values ($1, $1, '') on conflict do nothing", role);
        await town.Execute("insert into staff.role_permission select $1, p from unnest($2) p on conflict do nothing", role, permissions);
    }

    /// <summary>Somebody who has signed in.</summary>
    protected async Task<Sitting> At(string account)
    {
        var sitting = town.Sit();
        Assert.Equal("/", (await sitting.SignIn(account)).Succeeds().Path);
        return sitting;
    }

    protected Task<Guid> Id(string account) => town.Value<Guid>("select id from staff.official where sign_in = $1", account);

    /// <summary>What the journal tells of an official.</summary>
    protected Task<List<string>> Kinds(string account) =>
        town.Rows("select kind from journal.entry e join staff.official o on o.id = e.subject where o.sign_in = $1 order by position", r => r.GetString(0), account);
}
