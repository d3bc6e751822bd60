using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SoGoc.Civil.Acts;
using SoGoc.Civil.Births;
using SoGoc.Civil.Books;
using SoGoc.Civil.Deaths;
using SoGoc.Civil.Marriages;
using SoGoc.Civil.Papers;
using SoGoc.Civil.Signatures;
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
        services.AddSingleton<SigningKeys>();
        services.AddScoped<Signing>();
        services.AddScoped<PublicKeys>();
        services.AddScoped<PaperKeys>();
        services.AddScoped<PaperStates>();
        services.AddScoped<PaperCases>();
        services.AddScoped<EntryBook>();
        services.AddScoped<EntryWords>();
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
        api.Post<ListEntries>("/civil/entries/list").Needs(CivilPermission.IssuePapers);
        api.Post<ShowEntry>("/civil/entries/show").Needs(CivilPermission.IssuePapers);
        api.Post<IssuePaper>("/civil/papers/issue").Needs(CivilPermission.IssuePapers).Acts();
        api.Post<PrintPaper>("/civil/papers/print").Needs(CivilPermission.IssuePapers).Acts();
        api.Post<VoidPaper>("/civil/papers/void").Needs(CivilPermission.IssuePapers).Acts();
        api.Post<VerifyPaper>("/civil/papers/verify").ForEverybody();
        api.Post<RevokeKey>("/civil/keys/revoke").Needs(CivilPermission.RevokeKeys).Acts();
        api.MapGet("/civil/keys", PublicKeys.Get).ForEverybody().Does(typeof(PublicKeys), typeof(PublicKeys.KeySet)).Produces<PublicKeys.KeySet>();
    }

    public Task Found(Database database, string referenceFolder, CancellationToken stop) => Task.CompletedTask;
}
