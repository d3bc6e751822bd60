using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Civil.Residences;

/// <summary>Registers temporary residence (đăng ký tạm trú): at least thirty days, at most two years, in another commune than that of permanent residence.</summary>
internal sealed class RegisterTemporary : IResidenceAct
{
    public string Act => ResidenceRequest.Temporary;

    public string Law => "Luật Cư trú 68/2020/QH14, điều 27, 28";

    public void Judge(Deliberation d)
    {
        var (r, today) = (d.Request, d.Today);
        Dwellings.Judge(d, [], floor: false);
        d.Refuse(string.IsNullOrWhiteSpace(r.Detail), "detail", "civil.detail-missing");
        d.Refuse(r.Until is null, "until", "civil.until-missing");
        var (least, most) = (d.Limit("residence.temporary-least-days"), d.Limit("residence.temporary-most-years"));
        d.Refuse(r.Until < today.AddDays(least), "until", "civil.temporary-too-short", $"{least}");
        d.Refuse(r.Until > today.AddYears(most), "until", "civil.temporary-too-long", today.AddYears(most).Shown());
        foreach (var p in d.Chosen)
        {
            d.Refuse(d.Open(p, ResidenceKind.Permanent) is { } home && d.Here(home.Area), "persons", "civil.temporary-at-home", p.Name);
            d.Refuse(d.Open(p, ResidenceKind.Temporary) is { } at && d.SamePlace(at.Area, at.Detail, d.Commune.Id, r.Detail), "persons", "civil.temporary-already", p.Name);
            d.Plan.Begin(p, ResidenceKind.Temporary, d.Commune.Id, r.Detail?.Trim(), today, r.Until);
            d.Plan.End(p, ResidenceKind.Current);
        }
    }
}

/// <summary>Renews a temporary residence (gia hạn tạm trú) within the days before its end; what is renewed begins where the old one ends.</summary>
internal sealed class RenewTemporary : IResidenceAct
{
    public string Act => ResidenceRequest.Renewal;

    public string Law => "Luật Cư trú 68/2020/QH14, điều 28";

    public void Judge(Deliberation d)
    {
        var (r, before, most) = (d.Request, d.Limit("residence.renewal-before-days"), d.Limit("residence.temporary-most-years"));
        d.Refuse(r.Until is null, "until", "civil.until-missing");
        foreach (var p in d.Chosen)
        {
            if (d.Open(p, ResidenceKind.Temporary) is not { Until: { } end } at || !d.Here(at.Area))
            {
                d.Refuse(true, "persons", "civil.no-temporary-here", p.Name);
                continue;
            }

            d.Refuse(end.AddDays(-before) > d.Today, "persons", "civil.renewal-too-early", p.Name, $"{before}", end.AddDays(-before).Shown());
            d.Refuse(r.Until <= end, "until", "civil.renewal-not-longer", end.Shown());
            d.Refuse(r.Until > end.AddYears(most), "until", "civil.temporary-too-long", end.AddYears(most).Shown());
            d.Plan.Begin(p, ResidenceKind.Temporary, d.Commune.Id, at.Detail, end, r.Until);
        }
    }
}
