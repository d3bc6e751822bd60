using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SoGoc.Civil.Acts;
using SoGoc.Civil.Births;
using SoGoc.Civil.Books;
using SoGoc.Civil.Changes;
using SoGoc.Civil.Deaths;
using SoGoc.Civil.Families;
using SoGoc.Civil.Foreign;
using SoGoc.Civil.MaritalStatus;
using SoGoc.Civil.Marriages;
using SoGoc.Civil.Papers;
using SoGoc.Civil.Signatures;
using SoGoc.Civil.Reregistrations;
using SoGoc.Civil.Residences;
using SoGoc.Civil.OldBooks;
using SoGoc.Civil.Filings;
using SoGoc.Civil.Waiting;
using SoGoc.Exchange;
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
        services.AddScoped<IWeekFigures, StayFigures>();
        services.AddSingleton<SigningKeys>();
        services.AddScoped<Signing>();
        services.AddScoped<PublicKeys>();
        services.AddScoped<PaperKeys>();
        services.AddScoped<PaperStates>();
        services.AddScoped<PaperCases>();
        services.AddScoped<PaperPress>();
        services.AddScoped<PaperSeal>();
        services.AddScoped<IssuePaper>();
        services.AddScoped<IssueNotice>();
        services.AddScoped<ICivilPapers, CivilPapers>();
        services.AddScoped<EntryBook>();
        services.AddScoped<EntryWords>();
        services.AddScoped<Competence>();
        services.AddScoped<OwnCase>();
        services.AddScoped<ActCases>();
        services.AddScoped<ActDesk>();
        services.AddScoped<TellActs>();
        services.AddScoped<ICivilActs, CivilActs>();
        services.AddScoped<IPen>(s => s.GetRequiredService<Signing>());
        services.AddScoped<DraftBook>();
        services.AddScoped<ReadParents>();
        services.AddScoped<BirthRules>();
        services.AddScoped<RecogniseAtBirth>();
        services.AddScoped<RevocationRules>();
        services.AddScoped<OldShelf>();
        services.AddScoped<OldDesk>();
        services.AddScoped<Proposals>();
        services.AddScoped<IPersonNotes, OldEntriesOfPerson>();
        services.AddScoped<DeathRules>();
        services.AddScoped<ReturnRules>();
        services.AddScoped<Ancestry>();
        services.AddScoped<MarriageRules>();
        services.AddScoped<EndOfMarriageRules>();
        services.AddScoped<RecognitionRules>();
        services.AddScoped<AdoptionRules>();
        services.AddScoped<GuardianshipRules>();
        services.AddScoped<ChangeRules>();
        services.AddScoped<ValueUses>();
        services.AddScoped<MaritalRules>();
        services.AddScoped<ForeignRules>();
        services.AddScoped<AgainRules>();
        services.AddScoped<DecisionBook>();
        services.AddScoped<ChangeWords>();
        services.AddScoped<ReadHome>();
        services.AddScoped<ResidenceRules>();
        services.AddScoped<Check>();
        services.AddScoped<Decide>();
        services.AddScoped<FilingBook>();
        services.AddScoped<ResideWithParents>();
        services.AddScoped<IWorkAtHand, WaitingAtHand>();
        services.AddScoped<IHearsAnswers>(s => s.GetRequiredService<FilingBook>());
    }

    public void Routes(IEndpointRouteBuilder api)
    {
        Act<CheckBirth, RegisterBirth>(api, "/births/check", "/births/register");
        Act<CheckRevocation, RevokeBirth>(api, "/births/check-revocation", "/births/revoke");
        Act<CheckMarriage, RegisterMarriage>(api, "/marriages/check", "/marriages/register");
        Act<CheckEndOfMarriage, EndMarriage>(api, "/marriages/check-end", "/marriages/end");
        Act<CheckDeath, RegisterDeath>(api, "/deaths/check", "/deaths/register");
        Act<CheckReturn, AnnulDeath>(api, "/deaths/check-return", "/deaths/annul");
        Act<CheckRecognition, RecogniseChild>(api, "/recognitions/check", "/recognitions/register");
        Act<CheckAdoption, RegisterAdoption>(api, "/adoptions/check", "/adoptions/register");
        Act<CheckGuardianship, RegisterGuardianship>(api, "/guardianships/check", "/guardianships/register");
        Act<CheckGuardianshipEnd, EndGuardianship>(api, "/guardianships/check-end", "/guardianships/end");
        Act<CheckChange, ChangeRegistration>(api, "/changes/check", "/changes/register");
        Act<CheckMaritalStatus, ConfirmMaritalStatus>(api, "/marital-status/check", "/marital-status/confirm");
        Act<CheckAgain, RegisterAgain>(api, "/reregistrations/check", "/reregistrations/register");
        Act<CheckForeignAct, NoteForeignAct>(api, "/foreign-acts/check", "/foreign-acts/note");
        api.Post<CheckResidence>("/residences/check").Needs(CivilPermission.RegisterResidence);
        api.Post<DecideResidence>("/residences/decide").Needs(CivilPermission.RegisterResidence).Acts();
        api.Post<CheckHousehold>("/households/check").Needs(CivilPermission.RegisterResidence);
        api.Post<DecideHousehold>("/households/decide").Needs(CivilPermission.RegisterResidence).Acts();
        api.Post<ListDecisions>("/residences/list").Needs(CivilPermission.RegisterResidence);
        api.Post<IssueNotice>("/residences/notice").Needs(CivilPermission.RegisterResidence).Acts();
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
        api.Post<ListFilings>("/filings/list").Needs(CivilPermission.ReadFilings);
        api.Post<ShowFiling>("/filings/show").Needs(CivilPermission.ReadFilings);
        api.Post<DecidePart>("/filings/decide").Needs(CivilPermission.DecideFiling).Acts();
        api.Post<ListWaiting>("/civil/waiting").Needs(CivilPermission.ReadFilings);
        api.Post<LeaveAct>("/civil/leave").Needs(CivilPermission.ReadFilings).Acts();
        OldBookRoutes.Map(api);
        api.Post<ListEntries>("/civil/entries/list").Needs(CivilPermission.IssuePapers);
        api.Post<ShowEntry>("/civil/entries/show").Needs(CivilPermission.IssuePapers);
        api.Post<IssuePaper>("/civil/papers/issue").Needs(CivilPermission.IssuePapers).Acts();
        api.Post<PrintPaper>("/civil/papers/print").Needs(CivilPermission.IssuePapers).Acts();
        api.Post<VoidPaper>("/civil/papers/void").Needs(CivilPermission.IssuePapers).Acts();
        api.Post<VerifyPaper>("/civil/papers/verify").ForEverybody();
        api.Post<RevokeKey>("/civil/keys/revoke").Needs(CivilPermission.RevokeKeys).Acts();
        api.MapGet("/civil/keys", PublicKeys.Get).ForEverybody().Does(typeof(PublicKeys), typeof(PublicKeys.KeySet)).Produces<PublicKeys.KeySet>();
    }

    /// <summary>An act is looked at, and decided.</summary>
    private static void Act<TCheck, TDecide>(IEndpointRouteBuilder api, string check, string decide) where TCheck : class where TDecide : class
    {
        api.Post<TCheck>(check).Needs(CivilPermission.RegisterCivilStatus);
        api.Post<TDecide>(decide).Needs(CivilPermission.RegisterCivilStatus).Acts();
    }

    public async Task Found(Database database, string referenceFolder, CancellationToken stop)
    {
        await using var connection = await database.Owner.OpenConnectionAsync(stop);
        await FilingStep.Bring(connection, referenceFolder, stop);
    }

    public Task Bring(NpgsqlConnection connection, string referenceFolder, DateTimeOffset now, CancellationToken stop) => FilingStep.Bring(connection, referenceFolder, stop);
}
