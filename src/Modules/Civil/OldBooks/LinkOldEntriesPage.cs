using Microsoft.AspNetCore.Mvc;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Web;

namespace SoGoc.Civil.OldBooks;

/// <summary>Who somebody of an old entry is: the entry, the persons he may be with the evidence, and the decision. Enter takes the first where it stands out; nothing is taken by itself.</summary>
[Needs(CivilPermission.DigitiseBooks)]
internal sealed class LinkOldEntriesPage(Proposals proposals, OldShelf shelf) : OfficePage
{
    [BindProperty(SupportsGet = true)]
    public Guid Book { get; set; }

    [BindProperty]
    public Guid Party { get; set; }

    [BindProperty]
    public Guid? Person { get; set; }

    [BindProperty]
    public string? Number { get; set; }

    [BindProperty]
    public List<string> Offers { get; set; } = [];

    public ProposeLinks.Proposed Next { get; private set; } = null!;

    /// <summary>What was just decided, with what can be completed.</summary>
    public DecideLink.Decided? Before { get; private set; }

    public OldParty? BeforeParty { get; private set; }

    public OldBook Of { get; private set; } = null!;

    public CompleteFromOldEntry.Completed? Completed { get; private set; }

    /// <summary>The first proposal is taken by Enter: it is likely, and no other is as likely.</summary>
    public bool StandsOut => Next is { Alike: false, Persons: [{ Score: >= 60, Linked: 0 }, ..] };

    public Task<IActionResult> OnGetAsync() => Load(null);

    public Task<IActionResult> OnPostLinkAsync() => Decide(DecideLink.Linked);

    public Task<IActionResult> OnPostNobodyAsync() => Decide(DecideLink.Nobody);

    public Task<IActionResult> OnPostLaterAsync() => Decide(DecideLink.Later);

    public Task<IActionResult> OnPostUndoAsync() => Decide(DecideLink.Undone);

    public async Task<IActionResult> OnPostCompleteAsync()
    {
        Completed = (await Do<CompleteFromOldEntry, CompleteFromOldEntry.Completed>(f => f.Run(new CompleteFromOldEntry.Request(Party, Offers)))).Value;
        return await Load(null);
    }

    /// <summary>What the book has for an offer.</summary>
    public string Offered(string offer) => OldOffer.Text(BeforeParty!, offer, Of.Office);

    public string Value(string part, string? value) => value is null ? "" : part == "sex" && (value is "1" or "2") ? Say["civil.sex-" + value] : value;

    private async Task<IActionResult> Decide(string decision)
    {
        var decided = await Do<DecideLink, DecideLink.Decided>(f => f.Run(new DecideLink.Request(Party, decision, Person, Number)));
        if (decided.Ok(out var done))
        {
            (Before, Person, Number) = (done, null, null);
        }

        // What was refused is shown again; after a decision the next one comes, and what was taken back comes at once.
        return await Load(done is null || decision == DecideLink.Undone ? Party : null);
    }

    private async Task<IActionResult> Load(Guid? party)
    {
        var found = await shelf.Find(Book);
        if (!found.Ok(out var book))
        {
            return Refuse(found.Problems);
        }

        Of = book;
        BeforeParty = Before is { } b ? await proposals.Party(b.Party) : null;
        var outcome = await Do<ProposeLinks, ProposeLinks.Proposed>(f => f.Run(new ProposeLinks.Request(Book, party)));
        if (!outcome.Ok(out var next))
        {
            return Refuse(outcome.Problems);
        }

        Next = next;
        return Page();
    }
}
