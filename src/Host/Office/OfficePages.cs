using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.Localization;
using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Modules;
using SoGoc.Kernel.Web;

namespace SoGoc.Host.Office;

/// <summary>The first page: the question officials ask most, and the other work that this one may do. Who types the province's address and is no official finds the services.</summary>
[SignedIn(Strangers = Gate.PortalPath)]
internal sealed class HomePage(IEnumerable<IWorkAtHand> work) : OfficePage
{
    private static readonly (string Permission, string Link, string Title, string Text)[] All =
    [
        ("services.receive-files", "/mot-cua", "services.desk", "services.desk-text"),
        ("services.reconcile-payments", "/doi-soat-thanh-toan", "services.reconciliation", "services.reconciliation-text"),
        ("civil.register-civil-status", "/khai-sinh", "civil.birth", "civil.birth-text"),
        ("civil.digitise-books", "/so-cu", "civil.old-books", "civil.old-books-text"),
        ("civil.register-civil-status", "/ho-tich", "civil.acts", "civil.acts-text"),
        ("civil.issue-papers", "/so-ho-tich", "civil.books", "civil.books-text"),
        ("civil.register-residence", "/cu-tru", "civil.residence", "civil.residence-text"),
        ("places.read-places", "/dia-ban", "places.title", "host.places-text"),
        ("population.import-list", "/nhap", "lists.title", "host.lists-text"),
        ("civil.read-filings", "/lien-thong", "civil.filings", "civil.filings-text"),
        ("exchange.read-events", "/su-kien", "exchange.events", "exchange.events-text"),
        ("quality.work-findings", "/lam-sach", "quality.work", "quality.work-text"),
        ("quality.judge-duplicates", "/trung-lap", "quality.duplicates", "quality.duplicates-text"),
        ("quality.match-lists", "/doi-soat", "quality.matching", "quality.matching-text"),
        ("services.publish-procedures", "/thu-tuc", "services.procedures", "services.procedures-text"),
        ("services.read-scores", "/chi-so", "services.index", "services.index-text"),
        ("quality.read-measures", "/chat-luong", "quality.measures", "quality.measures-text"),
        ("staff.manage-staff", "/can-bo", "staff.officials", "host.officials-text"),
    ];

    /// <summary>What waits for this official first, then what he steers by.</summary>
    public IReadOnlyList<WorkItem> AtHand { get; private set; } = [];

    public async Task OnGetAsync() => AtHand = [.. (await Task.WhenAll(work.Select(w => w.For(Actor)))).SelectMany(w => w).OrderByDescending(w => w.Waits)];

    public IEnumerable<(string Permission, string Link, string Title, string Text)> Doors => All.Where(w => Actor.Permissions.Contains(w.Permission));

    public bool MayFind => Actor.Permissions.Contains("population.read-person");
}

/// <summary>What was refused or broken, and what to do next.</summary>
[Public]
[IgnoreAntiforgeryToken]
internal sealed class FaultPage : OfficePage
{
    public int Code { get; private set; }

    public string Head => Code switch { 401 or 403 => "host.not-permitted", 404 => "host.not-found", 500 => "host.broken", _ => "host.fault" };

    public IReadOnlyList<string> Sentences { get; private set; } = [];

    public void OnGet(int code) => Show(code);

    // A form that was too large to be read has nothing from which a value could be taken, but its address.
    public void OnPost([FromRoute] int code) => Show(code);

    /// <summary>Where the form is that was too much: the page itself is still there.</summary>
    public string? Again => Code == StatusCodes.Status413PayloadTooLarge ? HttpContext.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath : null;

    private void Show(int code)
    {
        Code = code;
        var told = Faults.Of(HttpContext);
        Sentences = told.Count > 0 ? told : [Say[code switch { 404 => "kernel.not-found", 403 => "kernel.not-permitted", 401 => "kernel.not-signed-in", 400 => HttpContext.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalPath.StartsWith("/connect/", StringComparison.Ordinal) == true ? "host.system-fault" : "host.stale", 413 => "host.too-large", _ => "kernel.broken" }]];
    }
}

/// <summary>Language, colours and size of type, remembered in cookies; works without a script.</summary>
[Public]
internal sealed class ChoicePage : OfficePage
{
    public IActionResult OnPost(string choice, string? back)
    {
        var (name, value) = choice switch
        {
            "en" or "vi" => (CookieRequestCultureProvider.DefaultCookieName, CookieRequestCultureProvider.MakeCookieValue(new RequestCulture("vi-VN", choice == "en" ? "en-GB" : "vi-VN"))),
            "toi" or "sang" => ("giao-dien", choice),
            _ => ("co-chu", choice == "lon" ? "lon" : "vua"),
        };
        Response.Cookies.Append(name, value, new CookieOptions { MaxAge = TimeSpan.FromDays(365), SameSite = SameSiteMode.Lax, Secure = Request.IsHttps, Path = "/" });
        return LocalRedirect(Url.IsLocalUrl(back) ? back : "/");
    }
}
