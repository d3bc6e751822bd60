using SoGoc.Testing;

namespace SoGoc.Staff.Tests;

/// <summary>A register that an older program has founded has at the next start what the newer one brings, and keeps what its administrators have changed.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class BringTests(Town town) : StaffTown(town), IClassFixture<Town>
{
    [Fact]
    public async Task A_database_without_a_permission_or_a_whole_role_gets_it_at_the_next_start_and_the_journal_tells_it()
    {
        var all = await Town.Value<long>("select count(*) from staff.role_permission where role = 'it'");
        await Town.Execute("delete from staff.role_permission where (role, permission) in (('leader', 'identity.approve-clients'), ('staff-admin', 'identity.approve-clients'))");
        await Town.Execute("delete from staff.post where role = 'it'");
        await Town.Execute("delete from staff.role_permission where role = 'it'");
        await Town.Execute("delete from staff.role where role = 'it'");
        var before = await All();
        await Town.StartAgain();
        var added = (await All()).Except(before).ToList();
        Assert.Contains("leader identity.approve-clients False", added);
        Assert.Contains("staff-admin identity.approve-clients True", added);
        Assert.Contains("it host.read-metrics False", added);
        Assert.Equal("Tin học, nhập danh sách", await Town.Value<string>("select name from staff.role where role = 'it'"));
        Assert.Equal([$"it {all} system:program", """leader 1 system:program""", """staff-admin 1 system:program"""],
            await Town.Rows("select (body ->> 'role') || ' ' || json_array_length(body -> 'added') || ' ' || actor from journal.entry where kind = 'staff.role-written' and actor like 'system:%' order by 1", r => r.GetString(0)));
        await Town.StartAgain();
        Assert.Equal(3, await Town.Value<long>("select count(*) from journal.entry where actor = 'system:program'"));
    }

    [Fact]
    public async Task An_agency_that_the_register_has_not_comes_at_the_next_start_and_what_an_office_wrote_stays()
    {
        await Town.Execute("delete from staff.agency where code = 'TTVL'");
        await Town.Execute("update staff.agency set name = 'Điện lực tỉnh (tên mới)' where code = 'DIENLUC'");
        var before = await Town.Value<long>("select count(*) from staff.agency");
        await Town.StartAgain();
        Assert.Equal((before + 1, "Điện lực tỉnh (tên mới)"), (await Town.Value<long>("select count(*) from staff.agency"), await Town.Value<string>("select name from staff.agency where code = 'DIENLUC'")));
        await Town.StartAgain();
        Assert.Equal(before + 1, await Town.Value<long>("select count(*) from staff.agency"));
    }

    [Fact]
    public async Task What_an_administrator_took_away_or_wrote_anew_stays_so()
    {
        using var admin = await At("quantri");
        var kept = (await Town.Rows("select permission from staff.role_permission where role = 'commune-clerk'", r => r.GetString(0))).Where(p => p != "population.import-list");
        (await admin.Send("/can-bo/vai-tro", [("role", "commune-clerk"), ("name", "Cán bộ phường"), ("second", "true"), ("ground", "Quyết định 11/QĐ mẫu"), .. kept.Select(p => ("may", (string?)p))])).Succeeds();
        await Town.Execute("update kernel.rule set value = '125' where key = 'population.oldest-age'");
        await Town.Execute("update journal.purpose set name_vi = 'Một cửa của tỉnh' where code = 'one-stop' and upper_inf(valid)");
        await Town.StartAgain();
        Assert.DoesNotContain("commune-clerk population.import-list False", await All());
        Assert.Equal("Cán bộ phường", await Town.Value<string>("select name from staff.role where role = 'commune-clerk'"));
        Assert.Equal("125", await Town.Value<string>("select value from kernel.rule where key = 'population.oldest-age'"));
        Assert.Equal("Một cửa của tỉnh", await Town.Value<string>("select name_vi from journal.purpose where code = 'one-stop' and upper_inf(valid)"));
    }

    [Fact]
    public async Task Rules_and_purposes_that_are_lacking_come_and_one_that_was_open_ends_where_the_new_law_begins()
    {
        await Town.Execute("delete from kernel.rule where key = 'identity.recovery-wait-hours'");
        await Town.Execute("delete from journal.purpose where code = 'statistics'");
        // As it stood before the decree of 2025: one row, open.
        await Town.Execute("delete from journal.purpose where code = 'one-stop' and lower(valid) = '2025-07-01'");
        await Town.Execute("update journal.purpose set valid = daterange(lower(valid), null) where code = 'one-stop'");
        await Town.Execute("delete from kernel.rule where key = 'population.card-exchange-ages' and lower(valid) = '2024-07-01'");
        await Town.Execute("update kernel.rule set valid = daterange(lower(valid), null) where key = 'population.card-exchange-ages'");
        await Town.StartAgain();
        Assert.Equal("24", await Town.Value<string>("select value from kernel.rule where key = 'identity.recovery-wait-hours'"));
        Assert.Equal(1, await Town.Value<long>("select count(*) from journal.purpose where code = 'statistics'"));
        Assert.Equal(["[2018-06-21,2025-07-01)", "[2025-07-01,)"], await Town.Rows("select valid::text from journal.purpose where code = 'one-stop' order by valid", r => r.GetString(0)));
        Assert.Equal(["[2016-01-01,2024-07-01) 25 40 60", "[2024-07-01,) 14 25 40 60"], await Town.Rows("select valid::text || ' ' || value from kernel.rule where key = 'population.card-exchange-ages' order by valid", r => r.GetString(0)));
    }

    private Task<List<string>> All() => Town.Rows("select role, permission, only_to_grant from staff.role_permission", r => $"{r.GetString(0)} {r.GetString(1)} {r.GetBoolean(2)}");
}
