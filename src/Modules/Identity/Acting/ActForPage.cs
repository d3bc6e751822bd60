using Microsoft.AspNetCore.Mvc;
using SoGoc.Identity.Accounts;
using SoGoc.Identity.Opening;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Identity.Acting;

/// <summary>For whom the citizen may act, why, and who may act for him.</summary>
[Citizen(2)]
internal sealed class ActForPage(ActFor acting, AccountBook accounts) : CitizenPage
{
    public IReadOnlyList<MayActFor> May { get; private set; } = [];

    public IReadOnlyList<MayActFor> Given { get; private set; } = [];

    public Guid? Now => Own.ActsFor;

    /// <summary>Accounts of those who have theirs through a representative.</summary>
    public IReadOnlyDictionary<Guid, AccountRow> Accounts { get; private set; } = new Dictionary<Guid, AccountRow>();

    /// <summary>That account is used through this one.</summary>
    public bool Mine(AccountRow account) => account.Representative == Own.Account;

    [BindProperty]
    public string? Number { get; set; }

    [BindProperty]
    public string? Name { get; set; }

    [BindProperty]
    public List<string> Procedures { get; set; } = [];

    [BindProperty]
    public string? Until { get; set; }

    public async Task OnGetAsync()
    {
        (May, Given) = (await acting.Of(Own), await acting.Given(Own));
        Accounts = (await accounts.OfPersons([.. May.Where(m => m.Through).Select(m => m.Person)])).ToDictionary(a => a.Person);
    }

    public Task<IActionResult> OnPostOpenAsync(Guid person) => Changed<OpenForAnother>(o => o.Run(Own, person), "/cua-toi/lam-thay");

    public Task<IActionResult> OnPostChooseAsync(Guid person) => Changed<ActFor>(a => a.Choose(Own, person), "/cua-toi");

    public Task<IActionResult> OnPostMyselfAsync() => Changed<ActFor>(a => a.Choose(Own, null), "/cua-toi");

    public Task<IActionResult> OnPostGiveAsync() => Changed<ActFor>(a => a.Give(Own, Number, Name, Procedures, Until), "/cua-toi/lam-thay");

    public Task<IActionResult> OnPostEndAsync(Guid id) => Changed<ActFor>(a => a.End(Own, id), "/cua-toi/lam-thay");

    private async Task<IActionResult> Changed<TFeature>(Func<TFeature, Task<Outcome<Done>>> change, string next) where TFeature : class
    {
        if ((await Do(change)).IsGood)
        {
            return LocalRedirect(next);
        }

        await OnGetAsync();
        return Page();
    }
}
