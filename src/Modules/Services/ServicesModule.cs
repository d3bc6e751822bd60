using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SoGoc.Civil;
using SoGoc.Exchange;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Modules;
using SoGoc.Kernel.Web;
using SoGoc.Population;
using SoGoc.Services.Complaints;
using SoGoc.Services.Desk;
using SoGoc.Services.Files;
using SoGoc.Services.Living;
using SoGoc.Services.Papers;
using SoGoc.Services.Payment;
using SoGoc.Services.Payment.SandboxGateway;
using SoGoc.Services.Portal;
using SoGoc.Services.Procedures;
using SoGoc.Services.Scores;
using SoGoc.Services.Store;
using SoGoc.Services.Visits;

namespace SoGoc.Services;

/// <summary>One-stop shop (một cửa) and the public services: table of contents.</summary>
public sealed class ServicesModule : IModule
{
    public string Name => "services";

    public Type? Permissions => typeof(ServicesPermission);

    public void Services(IServiceCollection services)
    {
        services.AddSingleton<KnownEditions>();
        services.AddScoped<ProcedureBook>();
        services.AddScoped<IWeekFigures, WeekFigures>();
        services.AddScoped<ProcedureEditions>();
        services.AddScoped<Facts>();
        services.AddScoped<FormCheck>();
        services.AddScoped<Offices>();
        services.AddScoped<NewFile>();
        services.AddScoped<MayApply>();
        services.AddScoped<Portal.FormStart>();
        services.AddScoped<FileBook>();
        services.AddScoped<FileSteps>();
        services.AddScoped<FileDecisions>();
        services.AddScoped<AssignmentBook>();
        services.AddScoped<PaymentTerm>();
        services.AddScoped<FileLines>();
        services.AddScoped<ReceiveFile>();
        services.AddScoped<ReturnResult>();
        services.AddScoped<MakeSupplement>();
        services.AddScoped<CounterReading>();
        services.AddScoped<DraftBook>();
        services.AddScoped<MyFiles>();
        services.AddScoped<MyVisits>();
        services.AddSingleton<FormMarks>();
        services.AddScoped<FileRelay>();
        services.AddScoped<FilePapers>();
        services.AddScoped<ResultPapers>();
        services.AddScoped<IKnowsPapers, KnownResults>();
        services.AddSingleton(new CitizenDoor(PortalPage.Path, "services.portal", "services.portal-text"));
        services.AddSingleton(new CitizenDoor("/cua-toi/ho-so", "services.my-files", "services.my-files-text"));
        services.AddScoped<IHearsActs, HearCarried>();
        services.AddScoped<IHearsAnswers, HearCarried>();
        services.AddScoped<IWorkAtHand, FilesAtHand>();
        services.AddScoped<IWaitsForCitizen, Portal.FilesWaiting>();
        services.AddTransient<IServicesDemonstration, LivingMonth>();
        services.AddHostedService<FileKeeper>();
        services.AddScoped<PaperShelf>();
        services.AddScoped<PaperPlaces>();
        services.AddScoped<TakePaper>();
        services.AddScoped<PaperChecks>();
        services.AddScoped<PaperBytes>();
        services.AddScoped<FormPapers>();
        services.AddScoped<CheckForm>();
        services.AddScoped<MyStore>();
        services.AddSingleton<Scanner>();
        services.AddHostedService<PaperKeeper>();
        services.AddSingleton(new CitizenDoor(MyStorePage.Path, "services.store", "services.store-text"));
        services.AddScoped<Counters>();
        services.AddScoped<SlotBook>();
        services.AddScoped<VisitBook>();
        services.AddScoped<QueueBook>();
        services.AddScoped<ShowBoard>();
        Payments(services);
    }

    private static void Payments(IServiceCollection services)
    {
        services.AddScoped<PaymentKeys>();
        services.AddScoped<FeeBook>();
        services.AddScoped<FilePartsBook>();
        services.AddScoped<OrderBook>();
        services.AddScoped<Settlement>();
        services.AddScoped<RefundSteps>();
        services.AddScoped<TakeCallback>();
        services.AddScoped<ReceiptPaper>();
        services.AddScoped<OpenSandboxOrder>();
        services.AddScoped<IPaymentGateway, SandboxLink>();
        services.AddSingleton<IWorkAtHand, PaymentsAtHand>();
        services.AddSingleton<SandboxSwitch>();
        services.AddSingleton<OwnAddress>();
        services.AddSingleton<GatewayHttp>();
        services.AddHostedService<PaymentKeeper>();
    }

    public void Routes(IEndpointRouteBuilder api)
    {
        api.Post<ListProcedures>("/procedures/list").ForEverybody();
        api.Post<SaveDraft>("/procedures/draft").Needs(ServicesPermission.PublishProcedures);
        api.Post<PublishDraft>("/procedures/publish").Needs(ServicesPermission.PublishProcedures).Acts();
        api.Post<RollBack>("/procedures/roll-back").Needs(ServicesPermission.PublishProcedures).Acts();
        api.Post<WithdrawProcedure>("/procedures/withdraw").Needs(ServicesPermission.PublishProcedures).Acts();
        api.Post<LookAtCounter>("/files/look").Needs(ServicesPermission.ReceiveFiles);
        api.Post<TakeInFile>("/files/take-in").Needs(ServicesPermission.ReceiveFiles).Acts();
        api.Post<ListFiles>("/files/list").ForAnyOfficial();
        api.Post<ShowFile>("/files/show").ForAnyOfficial();
        DeskRoutes.Map(api);
        api.Post<ReceiveFile>("/files/receive").ForAnyOfficial().Acts();
        api.Post<TakeFile>("/files/take").ForAnyOfficial().Acts();
        api.Post<RefuseFile>("/files/refuse").ForAnyOfficial().Acts();
        api.Post<AskSupplement>("/files/ask-supplement").ForAnyOfficial().Acts();
        api.Post<BringSupplement>("/files/bring-supplement").ForAnyOfficial().Acts();
        api.Post<HandOverFile>("/files/hand-over").ForAnyOfficial().Acts();
        api.Post<Apologise>("/files/apologise").ForAnyOfficial().Acts();
        api.Post<CarryOut>("/files/carry-out").ForAnyOfficial().Acts();
        api.Post<DecideFile>("/files/decide").ForAnyOfficial().Acts();
        api.Post<ReturnResult>("/files/return").ForAnyOfficial().Acts();
        api.Post<ShowFees>("/payments/fees").Needs(ServicesPermission.ReceiveFiles);
        api.Post<TakeCash>("/payments/cash").Needs(ServicesPermission.ReceiveFiles).Acts();
        api.Post<OfferPayment>("/payments/offer").Needs(ServicesPermission.ReceiveFiles).Acts();
        api.Post<WaiveFee>("/payments/waive").Needs(ServicesPermission.ReceiveFiles).Acts();
        api.Post<AskPayment>("/payments/ask").Needs(ServicesPermission.ReceiveFiles).Acts();
        api.Post<ListTakings>("/payments/takings").Needs(ServicesPermission.ReceiveFiles);
        api.Post<Reconcile>("/payments/reconcile").Needs(ServicesPermission.ReconcilePayments).Acts();
        api.Post<SettleByStatement>("/payments/settle").Needs(ServicesPermission.ReconcilePayments).Acts();
        api.Post<OrderRefund>("/payments/refund").Needs(ServicesPermission.ReconcilePayments).Acts();
        api.Post<ListRefunds>("/payments/refunds").Needs(ServicesPermission.ReconcilePayments);
        SignedRoute.Callback(api);
        SandboxRoutes.Map(api);
        api.Post<ListComplaints>("/files/complaints/list").ForAnyOfficial();
        api.Post<AnswerComplaint>("/files/complaints/answer").ForAnyOfficial().Acts();
        api.Post<ShowScores>("/services/scores").Needs(ServicesPermission.ReadScores);
        api.Post<ListScored>("/services/scored-files").Needs(ServicesPermission.ReadScores);
        StoreRoutes.Map(api);
        VisitRoutes.Map(api);
    }

    public async Task Found(Database database, string referenceFolder, CancellationToken stop)
    {
        await using var connection = await database.Owner.OpenConnectionAsync(stop);
        await using var now = connection.CreateCommand("select now()");
        await ProcedureFiles.Bring(connection, referenceFolder, new DateTimeOffset((DateTime)(await now.ExecuteScalarAsync(stop))!), stop);
        await CriterionFile.Bring(connection, referenceFolder, stop);
    }

    public async Task Bring(NpgsqlConnection connection, string referenceFolder, DateTimeOffset now, CancellationToken stop)
    {
        await ProcedureFiles.Bring(connection, referenceFolder, now, stop);
        await CriterionFile.Bring(connection, referenceFolder, stop);
    }
}
