using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Modules;
using SoGoc.Staff.Accounts;

namespace SoGoc.Staff;

public enum StaffPermission { ReadStaff }

/// <summary>Officials, roles and duties: table of contents.</summary>
public sealed class StaffModule : IModule
{
    public string Name => "staff";

    public Type? Permissions => typeof(StaffPermission);

    public void Services(IServiceCollection services)
    {
        services.AddScoped<SignIns>();
        services.AddSingleton<Remembered>();
        services.AddScoped<IDuty, Duty>();
        services.AddSingleton<IStaff, Demonstration>();
        services.AddDataProtection().SetApplicationName("sogoc");
        services.AddSingleton<IConfigureOptions<KeyManagementOptions>>(s => new ConfigureOptions<KeyManagementOptions>(o => o.XmlRepository = new SharedKeys(s.GetRequiredService<Database>())));
    }

    public void Routes(IEndpointRouteBuilder api)
    {
        // Managing officials is work of pages that come with electronic identity; scripts sign in by token only.
    }

    public async Task Found(Database database, string referenceFolder, CancellationToken stop)
    {
        await using var connection = await database.Owner.OpenConnectionAsync(stop);
        foreach (var row in ReferenceTable.Read(Path.Combine(referenceFolder, "agencies_angiang.csv")))
        {
            await using var command = connection.CreateCommand("insert into staff.agency (code, name, eid_code) values ($1, $2, $3) on conflict (code) do nothing", row["code"], row["name"], row["eid_code"]);
            await command.ExecuteNonQueryAsync(stop);
        }

        foreach (var row in ReferenceTable.Read(Path.Combine(referenceFolder, "roles.csv")))
        {
            await using var command = connection.CreateCommand("insert into staff.role_permission (role, permission) values ($1, $2) on conflict do nothing", row["role"], row["permission"]);
            await command.ExecuteNonQueryAsync(stop);
        }
    }
}
