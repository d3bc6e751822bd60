using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SoGoc.Civil.Acts;
using SoGoc.Civil.Births;
using SoGoc.Civil.Books;
using SoGoc.Civil.Deaths;
using SoGoc.Civil.Marriages;
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
        services.AddScoped<ActCases>();
        services.AddScoped<ActDesk>();
        services.AddScoped<ReadParents>();
        services.AddScoped<BirthRules>();
        services.AddScoped<DeathRules>();
        services.AddScoped<ReturnRules>();
        services.AddScoped<Ancestry>();
        services.AddScoped<MarriageRules>();
        services.AddScoped<EndOfMarriageRules>();
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
        api.Post<CheckMarriage>("/marriages/check").Needs(CivilPermission.RegisterCivilStatus);
        api.Post<RegisterMarriage>("/marriages/register").Needs(CivilPermission.RegisterCivilStatus).Acts();
        api.Post<CheckEndOfMarriage>("/marriages/check-end").Needs(CivilPermission.RegisterCivilStatus);
        api.Post<EndMarriage>("/marriages/end").Needs(CivilPermission.RegisterCivilStatus).Acts();
        api.Post<CheckDeath>("/deaths/check").Needs(CivilPermission.RegisterCivilStatus);
        api.Post<RegisterDeath>("/deaths/register").Needs(CivilPermission.RegisterCivilStatus).Acts();
        api.Post<CheckReturn>("/deaths/check-return").Needs(CivilPermission.RegisterCivilStatus);
        api.Post<AnnulDeath>("/deaths/annul").Needs(CivilPermission.RegisterCivilStatus).Acts();
        api.Post<CheckResidence>("/residences/check").Needs(CivilPermission.RegisterResidence);
        api.Post<DecideResidence>("/residences/decide").Needs(CivilPermission.RegisterResidence).Acts();
        api.Post<CheckHousehold>("/households/check").Needs(CivilPermission.RegisterResidence);
        api.Post<DecideHousehold>("/households/decide").Needs(CivilPermission.RegisterResidence).Acts();
    }

    public Task Found(Database database, string referenceFolder, CancellationToken stop) => Task.CompletedTask;
}
