using SoGoc.Identity.Acting;
using SoGoc.Identity.Messages;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Text;

namespace SoGoc.Identity.Accounts;

/// <summary>The citizen of the request as modules above see him.</summary>
internal sealed class CitizensHere(CurrentCitizen citizen, ActFor acting, BeyondDuty all, Notices notices) : ICitizens
{
    public async Task<CitizenNow> Now()
    {
        var own = citizen.Session;
        var may = (await acting.Of(own)).Select(m => new ActsFor(m.Person, m.Name, m.Born, m.Basis, m.Procedures)).ToList();
        return new CitizenNow(own.Account, own.Person, own.Name, own.Level, may, own.ActsFor is { } other ? may.Find(m => m.Person == other) : null, own.ForOrganisation is not null);
    }

    public Task<Outcome<Done>> ActFor(Guid? person) => acting.Choose(citizen.Session, person);

    public async Task Tell(Guid person, string text)
    {
        foreach (var account in await all.Rows("select id from identity.account where person_id = $1 and closed_at is null", r => r.GetGuid(0), person))
        {
            await notices.Told(account, Normal.Plain(text));
        }
    }
}
