using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Jobs;
using SoGoc.Kernel.Modules;
using SoGoc.Kernel.Web;
using SoGoc.Quality.Duplicates;
using SoGoc.Quality.Measures;
using SoGoc.Quality.Rules;
using SoGoc.Quality.Runs;

namespace SoGoc.Quality;

/// <summary>Clean data (đúng, đủ, sạch, sống): table of contents.</summary>
public sealed class QualityModule : IModule
{
    public string Name => "quality";

    public Type? Permissions => typeof(QualityPermission);

    public void Services(IServiceCollection services)
    {
        services.AddScoped<Units>();
        services.AddScoped<FindingBook>();
        services.AddScoped<TakeMeasure>();
        services.AddScoped<AskForRun>();
        services.AddScoped<IQualityRuns, QualityRuns>();
        services.AddSingleton(new JobKind(CheckRegister.Kind, typeof(CheckRegister)));
        services.AddSingleton(new JobKind(SeekDuplicates.Kind, typeof(SeekDuplicates)));
        services.AddHostedService<Follower>();
    }

    public void Routes(IEndpointRouteBuilder api)
    {
    }

    public async Task Found(Database database, string referenceFolder, CancellationToken stop)
    {
        await using var connection = await database.Owner.OpenConnectionAsync(stop);
        await Bring(connection, referenceFolder, default, stop);
    }

    public async Task Bring(NpgsqlConnection connection, string referenceFolder, DateTimeOffset now, CancellationToken stop)
    {
        await RuleFile.Bring(connection, referenceFolder, stop);
        await RegisterModel.Bring(connection, referenceFolder, stop);
    }
}
