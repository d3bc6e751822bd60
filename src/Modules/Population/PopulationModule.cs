using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Jobs;
using SoGoc.Kernel.Modules;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;
using SoGoc.Places;
using SoGoc.Population.Branches;
using SoGoc.Population.Codes;
using SoGoc.Population.Founding;
using SoGoc.Population.Imports;
using SoGoc.Population.Lookups;
using SoGoc.Population.Names;
using SoGoc.Population.Numbers;
using SoGoc.Population.Papers;
using SoGoc.Population.Persons;
using SoGoc.Population.Verification;

namespace SoGoc.Population;

/// <summary>The root register: table of contents.</summary>
public sealed class PopulationModule : IModule
{
    public string Name => "population";

    public Type? Permissions => typeof(PopulationPermission);

    public void Services(IServiceCollection services)
    {
        services.AddSingleton<SettledRole>();
        services.AddScoped<Register>();
        services.AddScoped<ICasePersons, CasePersons>();
        services.AddScoped<IPopulation>(s => s.GetRequiredService<Register>());
        services.AddSingleton(new UnitLink("population.population-of", "/dan-so/{0}", Permission.Of(PopulationPermission.CountPopulation)));
        services.AddSingleton(new UnitLink("population.number-stock", "/so-dinh-danh", Permission.Of(PopulationPermission.CountPopulation)));
        services.AddSingleton<PopulationCounts>();
        services.AddSingleton<IUnitFigures, UnitPopulation>();
        services.AddSingleton<IWorkAtHand, AtHand>();
        services.AddSingleton<IRepresentations, Representations>();
        services.AddScoped<ITakingBack, TakeBack>();
        services.AddScoped<CorrectPerson>();
        services.AddScoped<IContacts, CorrectContact>();
        services.AddScoped<IPersonStory, TellStory>();
        services.AddScoped<IWholeRecord, TellRecord>();
        services.AddSingleton<ICardHolders, CardHolders>();
        services.AddScoped<Guesses>();
        services.AddSingleton<Syllables>();
        services.AddScoped<NameSearch>();
        services.AddScoped<ICandidates, FindCandidates>();
        services.AddScoped<Provenance>();
        services.AddScoped<IBranch, FollowRoot>();
        services.AddScoped<INumbers, CountFreeNumbers>();
        services.AddScoped<Served>();
        services.AddScoped<NumberRules>();
        services.AddScoped<CardRules>();
        services.AddScoped<IWeekFigures, CardFigures>();
        services.AddScoped<ListBook>();
        services.AddScoped<RowChecks>();
        services.AddScoped<AmongRows>();
        services.AddScoped<ApplyRows>();
        services.AddScoped<Quarantine>();
        services.AddScoped<IListOffice, ListOffice>();
        services.AddSingleton<Codes.Codes>();
        services.AddSingleton<ICodeNames>(s => s.GetRequiredService<Codes.Codes>());
        services.AddSingleton<IFounding, LoadPopulation>();
        services.AddSingleton<IVerification, VerifyRegister>();
        services.AddSingleton(new JobKind(CheckList.Kind, typeof(CheckList)));
        services.AddSingleton(new JobKind(ApplyList.Kind, typeof(ApplyList)));
    }

    public void Routes(IEndpointRouteBuilder api)
    {
        api.Post<FindPersons>("/persons/search").Needs(PopulationPermission.ReadPerson);
        api.Post<ShowPerson>("/persons/show").Needs(PopulationPermission.ReadPerson).ForSystems();
        api.Post<LookUpPersons>("/persons/lookup").Needs(PopulationPermission.ReadPerson).ForSystems();
        api.Post<VerifyPerson>("/persons/verify").Needs(PopulationPermission.VerifyPerson).ForSystems();
        api.Post<AskPerson>("/persons/ask").Needs(PopulationPermission.VerifyPerson).ForSystems();
        api.Post<TellHistory>("/persons/history").Needs(PopulationPermission.ReadJournal);
        api.Post<LookUpHouseholds>("/households/lookup").Needs(PopulationPermission.ReadPerson).ForSystems();
        api.Post<FindResidents>("/places/residents").Needs(PopulationPermission.ReadPerson);
        api.Post<CountPopulation>("/places/population").Needs(PopulationPermission.CountPopulation);
        api.Post<CorrectPerson>("/persons/correct").Needs(PopulationPermission.CorrectPerson).Acts();
        api.Post<CorrectContact>("/persons/correct-contact").Needs(PopulationPermission.CorrectContact).Acts();
        api.Post<CountFreeNumbers>("/numbers/free").Needs(PopulationPermission.ReadPerson);
        api.Post<ForecastNumbers>("/numbers/forecast").Needs(PopulationPermission.CountPopulation);
        api.Post<CheckNumber>("/numbers/check").Needs(PopulationPermission.AllotNumber);
        api.Post<AllotNumber>("/numbers/allot").Needs(PopulationPermission.AllotNumber).Acts();
        api.Post<ShowCards>("/cards/show").Needs(PopulationPermission.RecordCard);
        api.Post<RecordCard>("/cards/record").Needs(PopulationPermission.RecordCard).Acts();
        api.Post<ShowList>("/lists/show").Needs(PopulationPermission.ImportList);
        api.Post<MapList>("/lists/map").Needs(PopulationPermission.ImportList).Acts();
        api.Post<EnterList>("/lists/enter").Needs(PopulationPermission.ImportList).Acts();
        api.Post<CancelList>("/lists/cancel").Needs(PopulationPermission.ImportList).Acts();
        api.Post<ResumeList>("/lists/resume").Needs(PopulationPermission.ImportList).Acts();
        ListRoutes.Map(api);
    }

    /// <summary>The connections of the look-ups, the pages of the names, and how many live in the province today.</summary>
    public async Task WarmUp(IServiceProvider services)
    {
        var reads = services.GetRequiredService<BeyondDuty>();
        await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => reads.Rows("select number from population.person where number = ''", r => r.GetString(0))));
        await reads.Rows("select key from population.name where syllables @> array['nguyen'] limit 1", r => r.GetString(0));
        var today = services.GetRequiredService<TimeProvider>().Today();
        if (services.GetRequiredService<IPlaces>().Book.Home(today) is { } home)
        {
            await services.GetRequiredService<IUnitFigures>().Of(home, today);
        }
    }

    public Task Found(Database database, string referenceFolder, CancellationToken stop) => LoadCodes.Run(database, referenceFolder, stop);
}
