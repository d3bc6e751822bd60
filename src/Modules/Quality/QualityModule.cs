using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Jobs;
using SoGoc.Kernel.Modules;
using SoGoc.Kernel.Web;
using SoGoc.Population;
using SoGoc.Quality.Counter;
using SoGoc.Quality.Duplicates;
using SoGoc.Quality.Matching;
using SoGoc.Quality.Measures;
using SoGoc.Quality.Private;
using SoGoc.Quality.Rules;
using SoGoc.Quality.Runs;
using SoGoc.Quality.Work;

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
        services.AddScoped<TakeLateness>();
        services.AddScoped<EndCases>();
        services.AddScoped<TakeMeasure>();
        services.AddScoped<PairDesk>();
        services.AddScoped<MyFindings>();
        services.AddSingleton<CounterScale>();
        services.AddScoped<ILikeRecords, LikeRecords>();
        services.AddScoped<TellApart>();
        services.AddScoped<MatchBook>();
        services.AddScoped<LikePersons>();
        services.AddSingleton(new JobKind(MatchList.Kind, typeof(MatchList)));
        services.AddScoped<PrivateLists>();
        services.AddSingleton(new JobKind(MatchDigests.Kind, typeof(MatchDigests)));
        services.AddScoped<AskForRun>();
        services.AddScoped<IQualityRuns, QualityRuns>();
        services.AddSingleton(new JobKind(CheckRegister.Kind, typeof(CheckRegister)));
        services.AddSingleton(new JobKind(SeekDuplicates.Kind, typeof(SeekDuplicates)));
        services.AddScoped<IWorkAtHand, CleaningAtHand>();
        services.AddScoped<IPersonNotes, FindingsOfPerson>();
        services.AddHostedService<Follower>();
    }

    public void Routes(IEndpointRouteBuilder api)
    {
        api.Post<AskForRun>("/quality/runs/ask").Needs(QualityPermission.ManageRules).Acts();
        api.Post<ShowMeasures>("/quality/measures").Needs(QualityPermission.ReadMeasures);
        api.Post<WeeklyReport>("/quality/reports/weekly").Needs(QualityPermission.ReadMeasures);
        api.Post<ListFindings>("/quality/findings/list").Needs(QualityPermission.WorkFindings);
        api.Post<TakeFindings>("/quality/findings/take").Needs(QualityPermission.WorkFindings).Acts();
        api.Post<MyFindings>("/quality/findings/mine").Needs(QualityPermission.WorkFindings);
        api.Post<AnswerFinding>("/quality/findings/answer").Needs(QualityPermission.WorkFindings).Acts();
        api.Post<GiveBackFinding>("/quality/findings/give-back").Needs(QualityPermission.WorkFindings).Acts();
        api.Post<ListToHand>("/quality/findings/to-hand").Needs(QualityPermission.AssignWork);
        api.Post<HandFindings>("/quality/findings/hand").Needs(QualityPermission.AssignWork).Acts();
        api.Post<GivenWork>("/quality/findings/given").Needs(QualityPermission.AssignWork);
        api.Post<ListPairs>("/quality/duplicates/list").Needs(QualityPermission.JudgeDuplicates);
        api.Post<ShowPair>("/quality/duplicates/show").Needs(QualityPermission.JudgeDuplicates);
        api.Post<JoinRecords>("/quality/duplicates/join").Needs(QualityPermission.JudgeDuplicates).Acts();
        api.Post<JudgePair>("/quality/duplicates/judge").Needs(QualityPermission.JudgeDuplicates).Acts();
        api.Post<SeparateRecords>("/quality/duplicates/separate").Needs(QualityPermission.JudgeDuplicates).Acts();
        MatchRoutes.Map(api);
        PrivateRoutes.Map(api);
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
