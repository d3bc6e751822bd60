using SoGoc.Identity.Accounts;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Identity.Proofing;

/// <summary>The parent or guardian who stands at the counter with a child or ward: named as such by the register, with a card that is valid and an account of level 2, through
/// which the other's will be used (NĐ 69/2024, articles 10 and 11).</summary>
internal sealed class SeeRepresentative(ICardHolders holders, IRepresentations representations, AccountBook accounts, Journal journal, TimeProvider clock)
{
    /// <param name="Basis">parent or guardian.</param>
    /// <param name="Card">Number of the card that he showed.</param>
    internal sealed record Present(Guid Person, Guid Account, string Basis, string Card);

    /// <param name="of">The child or ward.</param>
    /// <param name="number">The representative's number.</param>
    /// <param name="card">Number of the card as read from it.</param>
    /// <param name="caseReference">The case of the look.</param>
    public async Task<Outcome<Present>> Run(CardHolder of, string? number, string? card, string caseReference)
    {
        var today = clock.Today();
        if (!ShownNumber.TryParse(number, out var parsed, out var fault))
        {
            return fault with { Field = "representative" };
        }

        // Whether there is somebody of that number is not told apart from somebody who does not represent this person.
        var holder = await holders.Find(parsed);
        var represented = holder is null ? null : (await representations.By([holder.Person], today)).FirstOrDefault(r => r.Person == of.Person);
        if (holder is null || represented is null || !Representing.Needed(represented, today))
        {
            return Problem.Invalid("representative", "identity.not-representative");
        }

        await journal.Disclose([holder.Person], ["family", "papers"], ProveIdentity.Purpose, caseReference);
        var shown = ShownNumber.Card(card);
        return !holder.ValidCards(today).Any(c => ShownNumber.Card(c.Number) == shown) ? Problem.Invalid("representativeCard", "identity.card-not-valid")
            : await accounts.OfPerson(holder.Person) is not { Level: 2, LockedAt: null, Representative: null } account ? Problem.Invalid("representative", "identity.representative-level")
            : new Present(holder.Person, account.Id, represented.Basis, shown);
    }
}
