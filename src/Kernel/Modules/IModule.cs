using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SoGoc.Kernel.Data;

namespace SoGoc.Kernel.Modules;

/// <summary>A module's table of contents: services, routes, permissions. The Host lists the modules in the order of their dependencies.</summary>
public interface IModule
{
    /// <summary>Lower-case name; also the name of its schema and the head of its codes.</summary>
    string Name { get; }

    /// <summary>The enum whose members are the module's permissions; null if it has none.</summary>
    Type? Permissions { get; }

    void Services(IServiceCollection services);

    /// <param name="api">Rooted at /api/v1.</param>
    void Routes(IEndpointRouteBuilder api);

    /// <summary>Loads the reference data of the module from the project's files, once, when the database is new; as the owner.</summary>
    Task Found(Database database, string referenceFolder, CancellationToken stop);

    /// <summary>At each start: adds what the files of this program have and the database lacks, because it was founded by an older one. What an administrator has changed or taken away stays so.</summary>
    /// <param name="connection">The owner's, in a transaction that all modules share.</param>
    /// <param name="referenceFolder">The project's files.</param>
    /// <param name="now">The time of the entries.</param>
    /// <param name="stop">Gives up.</param>
    Task Bring(NpgsqlConnection connection, string referenceFolder, DateTimeOffset now, CancellationToken stop) => Task.CompletedTask;

    /// <summary>Fetches what the first official would otherwise wait for; may be done again.</summary>
    Task WarmUp(IServiceProvider services) => Task.CompletedTask;
}
