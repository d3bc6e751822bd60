using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SoGoc.Civil.Births;
using SoGoc.Civil.Books;
using SoGoc.Civil.Residences;
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
        services.AddScoped<DecisionBook>();
        services.AddScoped<ReadHome>();
        services.AddScoped<ResidenceRules>();
        services.AddScoped<Check>();
        services.AddScoped<Decide>();
    }

    public void Routes(IEndpointRouteBuilder api)
    {
        api.Post<CheckBirth>("/births/check").Needs(CivilPermission.RegisterCivilStatus);
        api.Post<RegisterBirth>("/births/register").Needs(CivilPermission.RegisterCivilStatus).Acts();
        api.Post<CheckResidence>("/residences/check").Needs(CivilPermission.RegisterResidence);
        api.Post<DecideResidence>("/residences/decide").Needs(CivilPermission.RegisterResidence).Acts();
        api.Post<CheckHousehold>("/households/check").Needs(CivilPermission.RegisterResidence);
        api.Post<DecideHousehold>("/households/decide").Needs(CivilPermission.RegisterResidence).Acts();
    }

    public Task Found(Database database, string referenceFolder, CancellationToken stop) => Task.CompletedTask;
}
