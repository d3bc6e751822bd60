using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Modules;
using SoGoc.Kernel.Sealing;
using SoGoc.Kernel.Web;

namespace SoGoc.Kernel.Cases;

/// <summary>Purposes, cases and reasons: what they are made of, and their routes.</summary>
public static class CaseOffice
{
    public static IServiceCollection AddCases(this IServiceCollection services)
    {
        services.AddSingleton<Purposes>();
        services.AddSingleton<CheckedCases>();
        services.AddScoped<CaseBook>();
        services.AddScoped<CurrentCase>();
        services.AddScoped<Reasons>();
        services.AddSingleton<IWorkAtHand, EmergenciesAtHand>();
        return services;
    }

    public static void Map(IEndpointRouteBuilder api)
    {
        api.Post<OpenCase>("/cases/open").Needs(JournalPermission.OpenCase).ForSystems().Acts();
        api.Post<CloseCase>("/cases/close").Needs(JournalPermission.OpenCase).ForSystems().Acts();
        api.Post<ListCases>("/cases/mine").Needs(JournalPermission.OpenCase).ForSystems();
        api.Post<AskEmergency>("/emergencies/ask").Needs(JournalPermission.OpenCase).Acts();
        api.Post<DecideEmergency>("/emergencies/decide").Needs(JournalPermission.ApproveEmergency).Acts();
        api.Post<ListEmergencies>("/emergencies/list").Needs(JournalPermission.OpenCase);
    }
}
