using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SoGoc.Civil.Acts;
using SoGoc.Civil.Births;
using SoGoc.Civil.Books;
using SoGoc.Civil.Deaths;
using SoGoc.Civil.Marriages;
using SoGoc.Civil.OldBooks;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Modules;
using SoGoc.Kernel.Web;
using SoGoc.Population;

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
        services.AddScoped<OldShelf>();
        services.AddScoped<OldDesk>();
        services.AddScoped<Proposals>();
        services.AddScoped<IPersonNotes, OldEntriesOfPerson>();
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
        api.Post<ShowCoverage>("/old-books/coverage").Needs(CivilPermission.DigitiseBooks);
        api.Post<OpenOldBook>("/old-books/open").Needs(CivilPermission.DigitiseBooks).Acts();
        api.Post<ShowOldBook>("/old-books/show").Needs(CivilPermission.DigitiseBooks);
        api.Post<TypeOldEntry>("/old-books/type").Needs(CivilPermission.DigitiseBooks).Acts();
        api.Post<CompareTypings>("/old-books/compare").Needs(CivilPermission.DigitiseBooks);
        api.Post<SettleTypings>("/old-books/settle").Needs(CivilPermission.DigitiseBooks).Acts();
        api.Post<MendOldRow>("/old-books/mend").Needs(CivilPermission.DigitiseBooks).Acts();
        api.Post<ProposeLinks>("/old-books/proposals").Needs(CivilPermission.DigitiseBooks);
        api.Post<DecideLink>("/old-books/decide").Needs(CivilPermission.DigitiseBooks).Acts();
        api.Post<CompleteFromOldEntry>("/old-books/complete").Needs(CivilPermission.DigitiseBooks).Acts();
        OldBookRoutes.Map(api);
        api.Post<CheckMarriage>("/marriages/check").Needs(CivilPermission.RegisterCivilStatus);
        api.Post<RegisterMarriage>("/marriages/register").Needs(CivilPermission.RegisterCivilStatus).Acts();
        api.Post<CheckEndOfMarriage>("/marriages/check-end").Needs(CivilPermission.RegisterCivilStatus);
        api.Post<EndMarriage>("/marriages/end").Needs(CivilPermission.RegisterCivilStatus).Acts();
        api.Post<CheckDeath>("/deaths/check").Needs(CivilPermission.RegisterCivilStatus);
        api.Post<RegisterDeath>("/deaths/register").Needs(CivilPermission.RegisterCivilStatus).Acts();
        api.Post<CheckReturn>("/deaths/check-return").Needs(CivilPermission.RegisterCivilStatus);
        api.Post<AnnulDeath>("/deaths/annul").Needs(CivilPermission.RegisterCivilStatus).Acts();
    }

    public Task Found(Database database, string referenceFolder, CancellationToken stop) => Task.CompletedTask;
}
