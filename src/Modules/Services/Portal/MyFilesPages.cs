using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;
using SoGoc.Services.Complaints;
using SoGoc.Services.Files;
using SoGoc.Services.Papers;
using SoGoc.Services.Payment;
using SoGoc.Services.Procedures;
using SoGoc.Services.Store;
using SoGoc.Services.Visits;

namespace SoGoc.Services.Portal;

/// <summary>The citizen's files, and forms that wait for him to go on.</summary>
[Citizen]
internal sealed class MyFilesPage : CitizensPage
{
    [BindProperty(SupportsGet = true, Name = "da-luu")]
    public bool Saved { get; set; }

    public MyFiles.Listed Listed { get; private set; } = new([], []);

    public IReadOnlyList<MyVisits.Line> Visits { get; private set; } = [];

    public async Task OnGetAsync()
    {
        if ((await Do<ShowMine, ShowMine.Shown>(f => f.Run())).Ok(out var shown))
        {
            (Listed, Visits) = (shown.Files, shown.Visits);
        }
    }
}

/// <summary>What a citizen has going on with offices, files and bookings, read in one transaction.</summary>
internal sealed class ShowMine(MyFiles files, MyVisits visits)
{
    internal sealed record Shown(MyFiles.Listed Files, IReadOnlyList<MyVisits.Line> Visits);

    public async Task<Outcome<Shown>> Run()
    {
        var found = await files.Run(new MyFiles.Request());
        var booked = await visits.Run();
        return found.Ok(out var listed) && booked.Ok(out var own) ? new Shown(listed, own.Visits) : found.Problems.Concat(booked.Problems).ToList();
    }
}

/// <summary>A file for its citizen: who has it, until when, what is missing, the result.</summary>
[Citizen]
[FormWithPapers]
internal sealed class MyFilePage(FilePapers papers, ReceiptPaper receipts, IPaymentGateway gateway) : PapersPage
{
    [BindProperty(SupportsGet = true)]
    public string Code { get; set; } = "";

    /// <summary>It was handed in just now.</summary>
    [BindProperty(SupportsGet = true, Name = "moi")]
    public bool New { get; set; }

    [BindProperty]
    public string? Why { get; set; }

    [BindProperty]
    public short Stars { get; set; }

    /// <summary>The gateway has led back here.</summary>
    [BindProperty(SupportsGet = true, Name = "tra-ve")]
    public bool Returned { get; set; }

    [BindProperty]
    public string? Fee { get; set; }

    /// <summary>What the page showed, and what is paid.</summary>
    [BindProperty]
    public long Amount { get; set; }

    public bool CanPay => gateway.IsThere && !Shown.File.Status.CameToNothing();

    [BindProperty]
    public string? Said { get; set; }

    public ShowMyFile.Shown Shown { get; private set; } = null!;

    public IReadOnlyDictionary<string, string?> Answers { get; private set; } = new Dictionary<string, string?>();

    public async Task<IActionResult> OnGetAsync() => await Find() ?? Page();

    /// <summary>One of its printed papers.</summary>
    public async Task<IActionResult> OnGetPaperAsync(string kind) => await Find() ?? ((await papers.Draw(Shown.File, Shown.Procedure, Shown.Steps, kind)).Ok(out var pdf) ? File(pdf, "application/pdf") : NotFound());

    /// <summary>The receipt of a payment.</summary>
    public async Task<IActionResult> OnGetReceiptAsync(string order) => await Find() ?? (Shown.Fees.SelectMany(l => l.Orders.Select(o => (Line: l, Order: o))).FirstOrDefault(x => x.Order.No == order && x.Order.PaidAt is not null) is { Order: not null } found
        ? File(await receipts.Draw(Shown.File, found.Line, found.Order), "application/pdf") : NotFound());

    /// <summary>On to the gateway.</summary>
    public async Task<IActionResult> OnPostPayAsync()
    {
        var started = await Do<StartPayment, StartPayment.Started>(f => f.Run(new StartPayment.Request(Code, Amount, Fee)));
        return started.Ok(out var order) ? Redirect(order.Link) : await Find() ?? Page();
    }

    public async Task<IActionResult> OnPostSupplementAsync()
    {
        if (await Find() is { } refusal)
        {
            return refusal;
        }

        await TakePapers(PaperFor.Of(Code));
        if (!ModelState.IsValid)
        {
            return await Find() ?? Page();
        }

        Answers = Shown.Procedure.Fields.Where(f => f.Asked).ToDictionary(f => f.Name, f => Request.Form[FormCheck.Prefix + f.Name].FirstOrDefault(), StringComparer.Ordinal);
        return await Done(await Do<MakeSupplement, Done>(f => f.Run(new MakeSupplement.Request(Code, Answers))));
    }

    /// <summary>A paper more, before the file is received.</summary>
    public async Task<IActionResult> OnPostAttachAsync()
    {
        await TakePapers(PaperFor.Of(Code));
        return ModelState.IsValid ? LocalRedirect($"/cua-toi/ho-so/{Code}#giay-to") : await Find() ?? Page();
    }

    public async Task<IActionResult> OnPostWithdrawAsync() => await Done(await Do<WithdrawFile, Done>(f => f.Run(new WithdrawFile.Request(Code, Why))));

    public async Task<IActionResult> OnPostResultAsync() => await Done(await Do<OpenResult, Done>(f => f.Run(new OpenResult.Request(Code))));

    public async Task<IActionResult> OnPostRateAsync() => await Done(await Do<RateFile, Done>(f => f.Run(new RateFile.Request(Code, Stars, Why))));

    public async Task<IActionResult> OnPostComplainAsync() => await Done(await Do<Complain, Done>(f => f.Run(new Complain.Request(Code, Said))));

    private async Task<IActionResult> Done(Outcome<Done> outcome) => outcome.IsGood ? LocalRedirect($"/cua-toi/ho-so/{Code}") : await Find() ?? Page();

    private async Task<IActionResult?> Find()
    {
        var found = await Do<ShowMyFile, ShowMyFile.Shown>(f => f.Run(new ShowMyFile.Request(Code)));
        if (!found.Ok(out var shown))
        {
            return Refuse(found.Problems);
        }

        (Shown, Answers) = (shown, shown.File.Answers.ToDictionary(a => a.Key, a => (string?)a.Value));
        if (shown.File.Status is FileStatus.Submitted or FileStatus.Supplement)
        {
            await LookAtPapers(shown.File.Status == FileStatus.Supplement ? shown.Procedure.Supplemented() : shown.Procedure, PaperFor.Of(Code));
        }

        return null;
    }
}
