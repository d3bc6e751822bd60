using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SoGoc.Civil.Acts;
using SoGoc.Civil.Births;
using SoGoc.Civil.Books;
using SoGoc.Civil.Deaths;
using SoGoc.Civil.Filings;
using SoGoc.Exchange;
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
        services.AddScoped<FilingBook>();
        services.AddScoped<IHearsAnswers>(s => s.GetRequiredService<FilingBook>());
    }

    public void Routes(IEndpointRouteBuilder api)
    {
        api.Post<CheckBirth>("/births/check").Needs(CivilPermission.RegisterCivilStatus);
        api.Post<RegisterBirth>("/births/register").Needs(CivilPermission.RegisterCivilStatus).Acts();
        api.Post<CheckDeath>("/deaths/check").Needs(CivilPermission.RegisterCivilStatus);
        api.Post<RegisterDeath>("/deaths/register").Needs(CivilPermission.RegisterCivilStatus).Acts();
        api.Post<CheckReturn>("/deaths/check-return").Needs(CivilPermission.RegisterCivilStatus);
        api.Post<AnnulDeath>("/deaths/annul").Needs(CivilPermission.RegisterCivilStatus).Acts();
        api.Post<ListFilings>("/filings/list").Needs(CivilPermission.ReadFilings);
        api.Post<ShowFiling>("/filings/show").Needs(CivilPermission.ReadFilings);
        api.Post<DecidePart>("/filings/decide").Needs(CivilPermission.DecideFiling).Acts();
    }

    public async Task Found(Database database, string referenceFolder, CancellationToken stop)
    {
        await using var connection = await database.Owner.OpenConnectionAsync(stop);
        await FilingStep.Bring(connection, referenceFolder, stop);
    }

    public Task Bring(NpgsqlConnection connection, string referenceFolder, DateTimeOffset now, CancellationToken stop) => FilingStep.Bring(connection, referenceFolder, stop);
}
