using SoGoc.Identity.Accounts;
using SoGoc.Identity.Messages;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Identity.Opening;

/// <summary>A parent or guardian, whose own account and session are of level 2, opens an account of level 1 for a child younger than 14 or a ward with a valid card
/// (NĐ 69/2024, articles 7 and 10). It has no way in of its own: it is used by acting for the other, and its messages go to the representative's telephone.</summary>
internal sealed class OpenForAnother(Session session, IRepresentations representations, ICardHolders holders, Journal journal, Notices notices, NationalSettings national, TimeProvider clock)
{
    private const string Ground = "NĐ 69/2024/NĐ-CP, điều 7 và 10; người đại diện đăng ký";

    public async Task<Outcome<Done>> Run(CitizenSession own, Guid person)
    {
        var (today, now) = (clock.Today(), clock.GetUtcNow());
        if (national.Only)
        {
            return SignIn.SignInCitizen.OnlyNational;
        }

        if ((await representations.By([own.Person], today)).FirstOrDefault(r => r.Person == person) is not { } represented)
        {
            return Problem.Forbidden("identity.may-not-act");
        }

        if (!Representing.Needed(represented, today))
        {
            return Problem.Conflict("identity.opens-himself");
        }

        if (await holders.Of(person) is not { } holder || !holder.ValidCards(today).Any())
        {
            return Problem.Conflict("identity.no-valid-card");
        }

        var account = Guid.CreateVersion7(now);
        await session.Execute("insert into identity.account (id, person_id, level, opened_at, representative_id) values ($1, $2, 1, $3, $4)", account, person, now, own.Account);
        await journal.Add(account, new AccountOpened(account, 1), Ground);
        await journal.Add(account, new RepresentationBegun(account, own.Person, represented.Basis), Ground);
        await notices.Changed(account, "identity.opened-represented");
        return Done.It;
    }
}
