using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Npgsql;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Factors;
using SoGoc.Kernel.Modules;
using SoGoc.Staff.Accounts;
using SoGoc.Staff.Agencies;
using SoGoc.Staff.Duties;
using SoGoc.Staff.Factors;
using SoGoc.Staff.Officials;
using SoGoc.Staff.Roles;

namespace SoGoc.Staff;

/// <summary>ManageStaff: appoints officials, gives and ends their posts, and says what roles may do. NameStandIns: leads an office, and says who of it stands in for whom.</summary>
public enum StaffPermission { ReadStaff, ManageStaff, NameStandIns }

/// <summary>Officials, roles and duties: table of contents.</summary>
public sealed class StaffModule : IModule
{
    public string Name => "staff";

    public Type? Permissions => typeof(StaffPermission);

    public void Services(IServiceCollection services)
    {
        services.AddScoped<SignIns>();
        services.AddScoped<FactorRows>();
        services.AddScoped<OwnFactors>();
        services.AddPasskeys(new PasskeyTable<StaffModule>("staff.passkey", "official_id", "select id from staff.official where id = $1 and active"));
        services.AddScoped<Authority>();
        services.AddScoped<OfficialRows>();
        services.AddScoped<GrantPost>();
        services.AddScoped<OwnOffice>();
        services.AddScoped<NoteAbsence>();
        services.AddScoped<EndAbsence>();
        services.AddSingleton<Remembered>();
        services.AddScoped<IDuty, Duty>();
        services.AddSingleton<IReach, DutyReach>();
        services.AddScoped<IAgencies, AgenciesOfToday>();
        services.AddScoped<IColleagues, ColleaguesOfToday>();
        services.AddSingleton<IStaff, Demonstration>();
        services.AddDataProtection().SetApplicationName("sogoc");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(s => new ConfigureOptions<KeyManagementOptions>(o => o.XmlRepository = new SharedKeys(s.GetRequiredService<Database>())));
    }

    public void Routes(IEndpointRouteBuilder api)
    {
        // Managing officials is work of pages; scripts sign in by token only.
    }

    public async Task Found(Database database, string referenceFolder, CancellationToken stop)
    {
        await using var connection = await database.Owner.OpenConnectionAsync(stop);
        await BringAgencies(connection, referenceFolder, stop);
        // Before anybody has a role nothing of it is told.
        await BringRoles.Names(connection, referenceFolder, stop);
        foreach (var row in BringRoles.Permissions(referenceFolder))
        {
            await BringRoles.Add(connection, row, stop);
        }
    }

    public async Task Bring(NpgsqlConnection connection, string referenceFolder, DateTimeOffset now, CancellationToken stop)
    {
        await BringAgencies(connection, referenceFolder, stop);
        await BringRoles.Run(connection, referenceFolder, now, stop);
    }

    /// <summary>Takes up the agencies of the reference file that the register has not, and who has taken over from whom; what an office has written stays.</summary>
    private static async Task BringAgencies(NpgsqlConnection connection, string referenceFolder, CancellationToken stop)
    {
        async Task Run(string sql, params object?[] values)
        {
            await using var command = connection.CreateCommand(sql, values);
            await command.ExecuteNonQueryAsync(stop);
        }

        var rows = ReferenceTable.Read(Path.Combine(referenceFolder, "agencies_angiang.csv")).ToList();
        foreach (var row in rows)
        {
            await Run("insert into staff.agency (code, name, eid_code, valid) values ($1, $2, $3, daterange(null, nullif($4, '')::date, '(]')) on conflict (code) do nothing", row["code"], row["name"], row["eid_code"], row["valid_to"]);
        }

        foreach (var row in rows.Where(r => r["successor_2025"].Length > 0))
        {
            // A successor that is not among the agencies began with it.
            await Run("""
                insert into staff.agency (code, name, valid) select $1 || '-2025', $2 || ' tỉnh An Giang', daterange(upper(valid), null) from staff.agency
                 where code = $1 and successor is null and not exists (select from staff.agency s where s.name like $2 || ' %') on conflict (code) do nothing
                """, row["code"], row["successor_2025"]);
            await Run("update staff.agency set successor = (select code from staff.agency s where s.name like $2 || ' %' order by code limit 1) where code = $1 and successor is null", row["code"], row["successor_2025"]);
        }
    }
}
