using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Modules;
using SoGoc.Kernel.Web;
using SoGoc.Places.Founding;
using SoGoc.Places.Units;

namespace SoGoc.Places;

/// <summary>Administrative units as versions in time: table of contents. Pages: /dia-ban (the province), /dia-ban/{code} (a unit).</summary>
public sealed class PlacesModule : IModule
{
    public string Name => "places";

    public Type? Permissions => typeof(PlacesPermission);

    public void Services(IServiceCollection services)
    {
        services.AddSingleton<Snapshot>();
        services.AddSingleton<IPlaces>(s => s.GetRequiredService<Snapshot>());
        services.AddScoped<IPlacesOffice, PlacesOffice>();
        services.AddScoped<GroundRows>();
    }

    public void Routes(IEndpointRouteBuilder api)
    {
        api.Post<ResolvePlace>("/places/resolve").Needs(PlacesPermission.ReadPlaces);
        api.Post<FindPlaces>("/places/search").Needs(PlacesPermission.ReadPlaces);
    }

    public Task WarmUp(IServiceProvider services) => Task.FromResult(services.GetRequiredService<IPlaces>().Book);

    public Task Found(Database database, string referenceFolder, CancellationToken stop) => LoadReference.Run(database, referenceFolder, stop);
}
