using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SoGoc.Civil.Births;
using SoGoc.Civil.Books;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Modules;
using SoGoc.Kernel.Web;

namespace SoGoc.Civil;

/// <summary>Civil status (hộ tịch): table of contents.</summary>
public sealed class CivilModule : IModule
{
    public string Name => "civil";

    public Type? Permissions => typeof(CivilPermission);

    public void Services(IServiceCollection services)
    {
        services.AddScoped<BookKeeper>();
        services.AddScoped<Competence>();
        services.AddScoped<ReadParents>();
        services.AddScoped<BirthRules>();
    }

    public void Routes(IEndpointRouteBuilder api)
    {
        api.Post<CheckBirth>("/births/check").Needs(CivilPermission.RegisterCivilStatus);
        api.Post<RegisterBirth>("/births/register").Needs(CivilPermission.RegisterCivilStatus).Acts();
    }

    public Task Found(Database database, string referenceFolder, CancellationToken stop) => Task.CompletedTask;
}
