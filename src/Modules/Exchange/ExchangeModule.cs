using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SoGoc.Exchange.Answers;
using SoGoc.Exchange.Deliveries;
using SoGoc.Exchange.Events;
using SoGoc.Exchange.Obligations;
using SoGoc.Exchange.Partners;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Modules;
using SoGoc.Kernel.Web;

namespace SoGoc.Exchange;

/// <summary>How the outside world learns of acts: table of contents.</summary>
public sealed class ExchangeModule : IModule
{
    public string Name => "exchange";

    public Type? Permissions => typeof(ExchangePermission);

    public void Services(IServiceCollection services)
    {
        services.AddScoped<PartnerSecrets>();
        services.AddSingleton<PartnerHttp>();
        services.AddSingleton<IExchange, Demonstration>();
        services.AddSingleton<IWorkAtHand, EventsAtHand>();
        services.AddHostedService<Announcer>();
        services.AddHostedService<Courier>();
    }

    public void Routes(IEndpointRouteBuilder api)
    {
        api.Post<ListEvents>("/exchange/events").Needs(ExchangePermission.ReadEvents);
        api.Post<SendAgain>("/exchange/send-again").Needs(ExchangePermission.ManagePartners).Acts();
        AnswerRoute.Map(api);
    }

    public async Task Found(Database database, string referenceFolder, CancellationToken stop)
    {
        await using var connection = await database.Owner.OpenConnectionAsync(stop);
        await RuleFile.Bring(connection, referenceFolder, stop);
    }

    public Task Bring(NpgsqlConnection connection, string referenceFolder, DateTimeOffset now, CancellationToken stop) => RuleFile.Bring(connection, referenceFolder, stop);
}
