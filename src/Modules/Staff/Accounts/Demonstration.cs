using System.Security.Cryptography;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Time;

namespace SoGoc.Staff.Accounts;

/// <summary>The demonstration's officials: plainly invented, the same ones every time, with a password meant to be shown.</summary>
internal sealed class Demonstration(TimeProvider clock, Places.IPlaces places) : IStaff
{
    public const string Password = "minh-hoa-2026";

    private static readonly (string SignIn, string Name, string Agency, string[] Roles, bool Commune)[] People =
    [
        ("canbo", "Trần Thị Thử", "XA", ["commune-clerk"], true),
        ("congan", "Vũ Văn Nghiệm", "CAX", ["commune-police"], true),
        ("truongca", "Bùi Thị Minh Họa", "CAX", ["head-of-office", "commune-police"], true),
        ("thue", "Lý Thị Thử", "CTHUE", ["agency-officer"], false),
        ("dienluc", "Hồ Văn Mẫu", "DIENLUC", ["agency-officer"], false),
        ("tinh", "Nguyễn Văn Mẫu", "CAT", ["province-registrar"], false),
        ("tinhoc", "Lê Văn Nghiệm", "STTTT", ["it"], false),
        ("ketoan", "Mai Thị Nghiệm", "UBND", ["accountant"], false),
        ("phapche", "Ngô Văn Thử", "STP", ["procedure-keeper"], false),
        ("lanhdao", "Phạm Thị Minh Họa", "UBND", ["leader"], false),
        ("quantri", "Đỗ Thị Giả", "SNV", ["staff-admin"], false),
    ];

    public async Task<IReadOnlyList<DemonstrationAccount>> SeedDemonstration(Database owner, CancellationToken stop)
    {
        var today = clock.Today();
        var home = places.Book.Home(today);
        var commune = places.Book.All.Where(a => a.Level == Places.AreaLevel.Commune && a.Valid.Holds(today) && places.Book.Province(a)?.Id == home?.Id).OrderBy(a => a.Code, StringComparer.Ordinal).FirstOrDefault();
        await using var connection = await owner.Owner.OpenConnectionAsync(stop);
        async Task Run(string sql, params object?[] values)
        {
            await using var command = connection.CreateCommand(sql, values);
            await command.ExecuteNonQueryAsync(stop);
        }

        foreach (var (code, office) in new[] { ("XA", "UBND"), ("CAX", "Công an") })
        {
            await Run("insert into staff.agency (code, name, area_id) values ($1, $2, $3) on conflict (code) do update set name = excluded.name, area_id = excluded.area_id",
                code, $"{office} {commune?.FullName}", (commune?.Id).As(NpgsqlTypes.NpgsqlDbType.Integer));
        }

        var accounts = new List<DemonstrationAccount>();
        foreach (var (signIn, name, wanted, roles, inCommune) in People)
        {
            // As the office is called today: one that was merged goes on under the name of its successor.
            await using var which = connection.CreateCommand("""
                select a.code, case when a.valid @> $2 then a.name else coalesce(s.name, a.name) end
                  from staff.agency a left join staff.agency s on s.code = a.successor order by (a.code = $1) desc, (a.code = 'UBND') desc limit 1
                """, wanted, today);
            await using var reader = await which.ExecuteReaderAsync(stop);
            await reader.ReadAsync(stop);
            var (code, agency) = (reader.GetString(0), reader.GetString(1));
            await reader.DisposeAsync();
            await Run("""
                with o as (
                  insert into staff.official (id, name, sign_in, password_hash, agency_code) values ($1, $2, $3, $4, $5) on conflict (sign_in) do nothing returning id)
                insert into staff.post select id, role, $7, daterange('2016-01-01', null) from o, unnest($6) role
                """, Guid.CreateVersion7(clock.GetUtcNow()), name, signIn, SignIns.HashPassword(Password), code, roles, (inCommune ? commune?.Id : null).As(NpgsqlTypes.NpgsqlDbType.Integer));
            accounts.Add(new DemonstrationAccount(signIn, Password, name, agency, roles[0], inCommune ? commune?.Id : null));
        }

        return accounts;
    }

    public async Task<string> MakeToken(Database owner, string signIn, CancellationToken stop)
    {
        var secret = "sg_" + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(32));
        await using var connection = await owner.Owner.OpenConnectionAsync(stop);
        await using var command = connection.CreateCommand("insert into staff.session (hash, official_id, kind, made_at, expires_at) select $1, id, 'token', $2, $3 from staff.official where sign_in = $4",
            Kernel.Access.Secret.Hash(secret), clock.GetUtcNow(), clock.GetUtcNow().AddDays(30), signIn);
        await command.ExecuteNonQueryAsync(stop);
        return secret;
    }
}
