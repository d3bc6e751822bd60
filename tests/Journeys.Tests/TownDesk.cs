namespace SoGoc.Journeys.Tests;

/// <summary>A desk of many hands.</summary>
public sealed partial class Town
{
    internal const string DeskPassword = "mot cau that dai 7";

    /// <summary>Another official of the commune's police; his account.</summary>
    internal async Task<string> Policeman(string name)
    {
        var signIn = $"ca-{Guid.NewGuid():N}"[..12];
        await town.Execute("""
            with o as (insert into staff.official (id, name, sign_in, password_hash, agency_code) values (gen_random_uuid(), $1, $2, $3, 'CAX') returning id)
            insert into staff.post select id, 'commune-police', (select area_id from staff.agency where code = 'CAX'), daterange('2016-01-01', null) from o
            """, name, signIn, new Microsoft.AspNetCore.Identity.PasswordHasher<string>().HashPassword("", DeskPassword));
        return signIn;
    }

    /// <summary>They are gone again, and what was set for them.</summary>
    internal async Task Gone(params string[] accounts)
    {
        await town.Execute("delete from services.assignment_rule");
        await town.Execute("update staff.official set active = false where sign_in = any($1)", (object)accounts);
    }
}
