using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Staff.Factors;
using SoGoc.Staff.Roles;

namespace SoGoc.Staff.Officials;

/// <summary>An official: posts, absences, sessions, history, and what can be done about each.</summary>
[Needs(StaffPermission.ManageStaff)]
internal sealed class ShowOfficialPage(IPlaces places, TimeProvider clock) : StaffPage
{
    public ShowOfficial.Shown Shown { get; private set; } = null!;

    public IReadOnlyList<ListRoles.Role> Roles { get; private set; } = [];

    /// <summary>A password that was just given, shown this once.</summary>
    public string? Password { get; private set; }

    public IEnumerable<Post> Now => Shown.Posts.Where(p => p.Valid.Until is null || p.Valid.Until > Today);

    public IEnumerable<Post> Past => Shown.Posts.Where(p => p.Valid.Until <= Today);

    protected override IPlaces Places => places;

    protected override TimeProvider Clock => clock;

    public Task<IActionResult> OnGetAsync(Guid id) => Show(id);

    public Task<IActionResult> OnPostGrantAsync(Guid id, string? role, string? area, string? from, string? until, string? ground) =>
        Did<GrantPost, Done>(id, f => f.Run(new GrantPost.Request(id, role, area, from, until, ground)));

    public Task<IActionResult> OnPostEndAsync(Guid id, Guid post, string? on, string? ground) => Did<EndPost, Done>(id, f => f.Run(new EndPost.Request(id, post, on, ground)));

    public Task<IActionResult> OnPostAwayAsync(Guid id, string? from, string? until, string? standIn, string? ground) =>
        Did<NoteAbsence, Done>(id, f => f.Run(new NoteAbsence.Request(id, from, until, standIn, ground)));

    public Task<IActionResult> OnPostBackAsync(Guid id, Guid absence, string? ground) => Did<EndAbsence, Done>(id, f => f.Run(new EndAbsence.Request(id, absence, ground)));

    public Task<IActionResult> OnPostNumberAsync(Guid id, string? number, string? ground) => Did<LinkNumber, Done>(id, f => f.Run(new LinkNumber.Request(id, number, ground)));

    public Task<IActionResult> OnPostSessionsAsync(Guid id, string? ground) => Did<EndSessions, Done>(id, f => f.Run(new EndSessions.Request(id, ground)));

    public Task<IActionResult> OnPostDismissAsync(Guid id, string? ground) => Did<DismissOfficial, Done>(id, f => f.Run(new DismissOfficial.Request(id, ground)));

    public Task<IActionResult> OnPostReinstateAsync(Guid id, string? ground) => Did<ReinstateOfficial, Done>(id, f => f.Run(new ReinstateOfficial.Request(id, ground)));

    public Task<IActionResult> OnPostFactorsAsync(Guid id, string? ground) => Did<RemoveFactors, Done>(id, f => f.Run(new RemoveFactors.Request(id, ground)));

    public async Task<IActionResult> OnPostPasswordAsync(Guid id, string? ground)
    {
        Password = (await Do<RenewPassword, RenewPassword.Renewed>(f => f.Run(new RenewPassword.Request(id, ground)))).Value?.Password;
        return await Show(id);
    }

    /// <summary>Done, the page is loaded anew; refused, it shows why.</summary>
    private async Task<IActionResult> Did<TFeature, T>(Guid id, Func<TFeature, Task<Outcome<T>>> run) where TFeature : class =>
        (await Do(run)).IsGood ? Redirect($"/can-bo/{id}") : await Show(id);

    private async Task<IActionResult> Show(Guid id)
    {
        var outcome = await Do<ShowOfficial, ShowOfficial.Shown>(f => f.Run(new ShowOfficial.Request(id)));
        if (!outcome.Ok(out var shown))
        {
            return Refuse(outcome.Problems);
        }

        Shown = shown;
        Roles = (await Do<ListRoles, IReadOnlyList<ListRoles.Role>>(f => f.Run(new ListRoles.Request()))).Value ?? [];
        return Page();
    }
}
