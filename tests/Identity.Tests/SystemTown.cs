using SoGoc.Identity.Agreements;
using SoGoc.Identity.Clients;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Population;

namespace SoGoc.Identity.Tests;

/// <summary>A town with agencies' systems that read by themselves.</summary>
public class SystemTown : Province
{
    /// <summary>Of people in the demonstration's commune: their identity and residence, for dossiers.</summary>
    internal static ProposeReading.Request Usual(string client) => new(client, "TT-09/2026", ["one-stop", "residence"], ["identity", "residence"], null, true, null);

    internal async Task<(string Id, string Key)> Register(string agency)
    {
        var made = await Do<RegisterClient, RegisterClient.Registered>(f => f.Run(new("Hệ thống một cửa mẫu", agency, "TT-09/2026", "0296 000 0000", null, null, null, null, null, "Giải quyết hồ sơ", 1, true, null, null)));
        return (made.ClientId, made.PrivateKey!);
    }

    internal async Task<Guid> Propose(string client, Func<ProposeReading.Request, ProposeReading.Request>? change = null)
    {
        var asked = Usual(client) with { Areas = Commune.Code, WholeProvince = false, Until = Today.AddYears(1) };
        return (await Do<ProposeReading, ProposeReading.Proposed>(f => f.Run(change is null ? asked : change(asked)))).Id;
    }

    internal Task<Done> Approve(Guid reading) => Do<DecideReading, Done>(f => f.Run(new(reading, true)), Actor.System("second"));

    /// <summary>A system whose agreement stands, with a token.</summary>
    internal async Task<AgencySystem> System(string agency = "Sở Y tế tỉnh An Giang", Func<ProposeReading.Request, ProposeReading.Request>? change = null)
    {
        var (id, key) = await Register(agency);
        await Approve(await Propose(id, change));
        return await new AgencySystem(this, id, key, Now).ComesIn();
    }

    internal virtual TimeProvider Now => TimeProvider.System;

    internal DateOnly Today => DateOnly.FromDateTime(Now.GetUtcNow().UtcDateTime.AddHours(7));

    /// <summary>Somebody who lives in the commune, or in another one.</summary>
    internal Task<Citizen> Resident(bool elsewhere = false)
    {
        var home = elsewhere ? Places.Children(Places.Home(Today)!, Today).SelectMany(a => Places.Children(a, Today).Prepend(a)).Last(a => a.Level == Places.All.First(x => x.Id == Commune.Id).Level && a.Id != Commune.Id) : Commune;
        return Citizen(state: WithCard() with { Residences = [new Residence(0, ResidenceKind.Permanent, home.Id, "Tổ 4, ấp Mẫu", new DateOnly(2010, 3, 1))] });
    }
}
