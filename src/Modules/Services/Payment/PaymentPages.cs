using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using QRCoder;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;
using SoGoc.Services.Files;
using SoGoc.Services.Procedures;

namespace SoGoc.Services.Payment;

/// <summary>The fees of a file at the counter: cash with a receipt, a code to scan, less for whom the law says so, and the request to pay.</summary>
[Needs(ServicesPermission.ReceiveFiles)]
internal sealed class FeeDeskPage(ReceiptPaper papers, IPaymentGateway gateway) : OfficePage
{
    private const int Dots = 5;

    [BindProperty(SupportsGet = true)]
    public string Code { get; set; } = "";

    [BindProperty]
    public string? Fee { get; set; }

    [BindProperty]
    public long Amount { get; set; }

    [BindProperty]
    public string? Who { get; set; }

    [BindProperty]
    public string? What { get; set; }

    /// <summary>An amount that is told, as it is typed: 1.250.000.</summary>
    [BindProperty]
    public string? Told { get; set; }

    public ShowFees.Shown Shown { get; private set; } = null!;

    public OfferPayment.Offered? Offered { get; private set; }

    public bool Gateway => gateway.IsThere;

    /// <summary>The code to scan, as a picture.</summary>
    public string? Picture { get; private set; }

    public IReadOnlyList<Waiver> Waivers => [.. Shown.Procedure.FeesOn(Shown.File.Channel, OfficeTime.DayOf(Shown.File.SubmittedAt), Shown.File.Answers).SelectMany(f => f.Free ?? []).Where(w => w.Holds(OfficeTime.DayOf(Shown.File.SubmittedAt))).DistinctBy(w => w.Who)];

    public async Task<IActionResult> OnGetAsync() => await Find() ?? Page();

    public async Task<IActionResult> OnGetReceiptAsync(string order) => await Find() ?? (Shown.Fees.SelectMany(l => l.Orders.Select(o => (Line: l, Order: o))).FirstOrDefault(x => x.Order.No == order && x.Order.PaidAt is not null) is { Order: not null } found
        ? File(await papers.Draw(Shown.File, found.Line, found.Order), "application/pdf") : NotFound());

    public async Task<IActionResult> OnPostCashAsync() => await Again(await Do<TakeCash, TakeCash.Taken>(f => f.Run(new TakeCash.Request(Code, Amount, Fee))));

    public async Task<IActionResult> OnPostOfferAsync()
    {
        Offered = (await Do<OfferPayment, OfferPayment.Offered>(f => f.Run(new OfferPayment.Request(Code, Amount, Fee)))).Value;
        if (Offered is not null)
        {
            using var code = QRCodeGenerator.GenerateQrCode(Offered.Link, QRCodeGenerator.ECCLevel.L);
            Picture = "data:image/png;base64," + Convert.ToBase64String(new PngByteQRCode(code).GetGraphic(Dots));
        }

        return await Find() ?? Page();
    }

    public async Task<IActionResult> OnPostWaiveAsync() => await Again(await Do<WaiveFee, WaiveFee.Waived>(f => f.Run(new WaiveFee.Request(Code, Who, What))));

    public async Task<IActionResult> OnPostAskAsync() => await Again(await Do<AskPayment, Done>(f => f.Run(new AskPayment.Request(Code,
        string.IsNullOrWhiteSpace(Told) ? null : long.TryParse(Told.Replace(".", "", StringComparison.Ordinal).Replace(" ", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out var told) ? told : 0, What))));

    private async Task<IActionResult> Again<T>(Outcome<T> outcome) => outcome.IsGood ? LocalRedirect($"/mot-cua/{Code}/phi") : await Find() ?? Page();

    private async Task<IActionResult?> Find()
    {
        var found = await Do<ShowFees, ShowFees.Shown>(f => f.Run(new ShowFees.Request(Code)));
        Shown = found.Value!;
        return found.IsGood ? null : Refuse(found.Problems);
    }
}

/// <summary>What an official has taken in cash.</summary>
[Needs(ServicesPermission.ReceiveFiles)]
internal sealed class TakingsPage(TimeProvider clock) : OfficePage
{
    [BindProperty(SupportsGet = true, Name = "ngay")]
    public DateOnly? Day { get; set; }

    public ListTakings.Listed Listed { get; private set; } = null!;

    public async Task OnGetAsync() => Listed = (await Do<ListTakings, ListTakings.Listed>(f => f.Run(new ListTakings.Request(Day)))).Value ?? new ListTakings.Listed(clock.Today(), [], 0);
}

/// <summary>The gateway's list of a day against our orders, and what is given back.</summary>
[Needs(ServicesPermission.ReconcilePayments)]
internal sealed class ReconcilePage(TimeProvider clock) : OfficePage
{
    public const string Path = "/doi-soat-thanh-toan";

    [BindProperty(SupportsGet = true, Name = "ngay")]
    public DateOnly? Asked { get; set; }

    [BindProperty]
    public string? Order { get; set; }

    [BindProperty]
    public string? Why { get; set; }

    public DateOnly Day => Asked ?? clock.Today();

    public Reconcile.Compared? Compared { get; private set; }

    public OrderRefund.Ordered? Ordered { get; private set; }

    public IReadOnlyList<ListRefunds.Line> Open { get; private set; } = [];

    public Task<IActionResult> OnGetAsync() => Show(anew: false);

    public Task<IActionResult> OnPostAsync() => Show(anew: true);

    public async Task<IActionResult> OnPostSettleAsync()
    {
        await Do<SettleByStatement, TakeCallback.Taken>(f => f.Run(new SettleByStatement.Request(Day, Order ?? "")));
        Order = null;
        return await Show(anew: false);
    }

    public async Task<IActionResult> OnPostRefundAsync()
    {
        Ordered = (await Do<OrderRefund, OrderRefund.Ordered>(f => f.Run(new OrderRefund.Request(Order ?? "", Why)))).Value;
        (Order, Why) = Ordered is null ? (Order, Why) : (null, null);
        return await Show(anew: false);
    }

    private async Task<IActionResult> Show(bool anew)
    {
        Compared = (await Do<Reconcile, Reconcile.Compared>(f => f.Run(new Reconcile.Request(Day, anew)))).Value;
        Open = (await Do<ListRefunds, ListRefunds.Listed>(f => f.Run(new ListRefunds.Request()))).Value?.Refunds ?? [];
        return Page();
    }
}
