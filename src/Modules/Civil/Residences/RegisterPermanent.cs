using SoGoc.Population;

namespace SoGoc.Civil.Residences;

/// <summary>Registers permanent residence (đăng ký thường trú): of one, of some, or of a whole household, in which everybody stays what he was. What was registered elsewhere ends by itself, and the old commune is told.</summary>
internal sealed class RegisterPermanent : IResidenceAct
{
    public string Act => ResidenceRequest.Permanent;

    public string Law => "Luật Cư trú 68/2020/QH14, điều 20, 22";

    public void Judge(Deliberation d)
    {
        var (r, host) = (d.Request, d.Known.Host);
        IReadOnlyList<Resident> hosts = host is null ? [] : [.. host.Members.Where(m => m.Lives && d.Chosen.All(c => c.Key != m.Key))];
        Dwellings.Judge(d, hosts, floor: true);
        d.Refuse(host is null && r.Basis == ResidenceRequest.Family, "host", "civil.host-missing");
        d.Refuse(host is null && string.IsNullOrWhiteSpace(r.Detail), "detail", "civil.detail-missing");
        d.Refuse(host is not null && !d.Here(host.State.Area), "host", "civil.host-elsewhere");
        d.Refuse(host is not null && host.Id == d.Known.Home?.Id, "host", "civil.host-is-own");
        d.Warn(host is not null && r.Basis == ResidenceRequest.Family && d.Chosen.Any(c => !hosts.Any(h => Relations.AreKin(c, h))), "civil.not-kin");
        var (area, detail) = (d.Commune.Id, host is null ? r.Detail?.Trim() : host.State.Detail);
        d.Refuse(d.Chosen.Count > 0 && d.Chosen.All(c => d.Open(c, ResidenceKind.Permanent) is { } at && d.SamePlace(at.Area, at.Detail, area, detail)), "detail", "civil.already-resident");
        if (d.Refusals.Count > 0)
        {
            return;
        }

        foreach (var p in d.Chosen)
        {
            d.Plan.Begin(p, ResidenceKind.Permanent, area, detail, d.Today);
            d.Plan.End(p, ResidenceKind.Current);
            d.Plan.End(p, ResidenceKind.Absence);
            if (d.Open(p, ResidenceKind.Temporary) is { } lodging && d.Here(lodging.Area))
            {
                d.Plan.End(p, ResidenceKind.Temporary);
            }
        }

        Households(d, area, detail);
    }

    private static void Households(Deliberation d, int? area, string? detail)
    {
        var (home, host) = (d.Known.Home, d.Known.Host);
        foreach (var dead in home?.Members.Where(m => !m.Lives) ?? [])
        {
            d.Plan.Leave(dead);
        }

        if (host is not null)
        {
            Joining.Into(d, host);
        }
        else
        {
            d.Regroup(d.Plan.Open(area, detail), d.Chosen, Joining.HeadOfNew(d), "head");
        }

        if (home is not null && d.Others.Count > 0)
        {
            d.Regroup(home.Id, d.Others, d.Request.NewHead, "newHead");
        }
    }
}
