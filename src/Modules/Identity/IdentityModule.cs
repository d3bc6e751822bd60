using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SoGoc.Identity.Accounts;
using SoGoc.Identity.Acting;
using SoGoc.Identity.Agreements;
using SoGoc.Identity.Answers;
using SoGoc.Identity.Codes;
using SoGoc.Identity.Consents;
using SoGoc.Identity.Copies;
using SoGoc.Identity.Messages;
using SoGoc.Identity.MyData;
using SoGoc.Identity.National;
using SoGoc.Identity.OpenId;
using SoGoc.Identity.Organisations;
using SoGoc.Identity.Passkeys;
using SoGoc.Identity.Proofing;
using SoGoc.Identity.Requests;
using SoGoc.Identity.Systems;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Factors;
using SoGoc.Kernel.Modules;
using SoGoc.Kernel.Pages;
using SoGoc.Population;

namespace SoGoc.Identity;

/// <summary>ProveIdentity: sees people and their cards at the counter. ManageClients: registers agencies' systems. ApproveClients: the second official, who approves them and what they may read by themselves. AnswerCitizens: answers citizens who ask why his office has read them. DecideRequests: decides on what citizens ask for about their data, and answers what other offices have left. RegisterOrganisations: decides on accounts of organisations.</summary>
public enum IdentityPermission { ProveIdentity, ManageClients, ApproveClients, AnswerCitizens, DecideRequests, RegisterOrganisations }

/// <summary>Electronic identity of citizens: table of contents.</summary>
public sealed class IdentityModule : IModule
{
    public string Name => "identity";

    public Type? Permissions => typeof(IdentityPermission);

    public void Services(IServiceCollection services)
    {
        services.AddScoped<AccountBook>();
        services.AddScoped<IWeekFigures, AccountFigures>();
        services.AddScoped<CitizenSessions>();
        services.AddScoped<CurrentCitizen>();
        services.AddScoped<SeeRepresentative>();
        services.AddScoped<Authenticator>();
        services.AddScoped<OneTimeCodes>();
        services.AddScoped<Notices>();
        services.AddScoped<GiveWayIn>();
        services.AddSingleton<FinishRecoveries>();
        services.AddSingleton<MessageSignal>();
        services.AddSingleton<IMessageGateway>(s => s.GetRequiredService<Installation>().Demonstration ? new ShownGateway() : ActivatorUtilities.CreateInstance<RealGateway>(s));
        services.AddHostedService<SendMessages>();
        services.AddHttpClient();
        services.AddSingleton<Seeded>();
        services.AddSingleton<IIdentity, Demonstration>();
        services.AddPasskeys(new PasskeyTable<IdentityModule>("identity.passkey", "account_id", "select id from identity.account where id = $1 and closed_at is null and locked_at is null"));
        services.AddScoped<Ceremonies>();
        services.AddScoped<ConsentBook>();
        services.AddScoped<Grant>();
        services.AddScoped<OrganisationBook>();
        services.AddSingleton<IWorkAtHand, OrganisationsAtHand>();
        services.AddScoped<ActFor>();
        services.AddScoped<ICitizens, CitizensHere>();
        services.AddScoped<ReadingBook>();
        services.AddScoped<RequestBook>();
        services.AddScoped<HeldAccountBook>();
        services.AddSingleton<IWorkAtHand, AnswersAtHand>();
        services.AddScoped<TellLogout>();
        services.AddScoped<ClientAssertions>();
        services.AddScoped<DpopRequests>();
        services.AddScoped<OwnReading>();
        services.AddScoped<SystemTokens>();
        services.AddScoped<AgreementBook>();
        services.AddSingleton<IWorkAtHand, ApprovalsAtHand>();
        services.AddSingleton<SeenOnce>();
        services.AddSingleton<DeliverLogouts>();
        services.AddHostedService<Housekeeping>();
        services.AddScoped<NationalLogout>();
        OpenIdServer.Add(services);
        NationalProvider.Add(services);
    }

    public void Routes(IEndpointRouteBuilder api)
    {
        // Systems meet this module by OpenID Connect, and people by its pages.
    }

    public Task Found(Database database, string referenceFolder, CancellationToken stop) => Task.CompletedTask;
}
