using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Civil.Residences;

/// <summary>Takes the notice of leaving the commune of residence for a while (khai báo tạm vắng).</summary>
internal sealed class DeclareAbsence : IResidenceAct
{
    public string Act => ResidenceRequest.Absence;

    public string Law => "Luật Cư trú 68/2020/QH14, điều 31";

    public void Judge(Deliberation d)
    {
        var r = d.Request;
        var from = r.From ?? d.Today;
        d.Refuse(from < d.Today, "from", "civil.absence-in-past");
        d.Refuse(r.Until is null, "until", "civil.until-missing");
        d.Refuse(r.Until <= from, "until", "civil.until-before-from");
        d.Refuse(!ResidenceRequest.Absences.Contains(r.Reason), "reason", "civil.residence-reason-missing");
        var months = r.Reason switch { "military" => d.Limit("residence.absence-months-military"), "other" => d.Limit("residence.absence-months-other"), _ => 0 };
        d.Warn(r.Until is { } end && from.Year < DateOnly.MaxValue.Year - 2 && end < from.AddMonths(months), "civil.absence-short", $"{months}");
        foreach (var p in d.Chosen)
        {
            d.Refuse(!new[] { ResidenceKind.Permanent, ResidenceKind.Temporary }.Any(kind => d.Open(p, kind) is { } home && d.Here(home.Area)), "persons", "civil.no-residence-here", p.Name);
            d.Plan.Begin(p, ResidenceKind.Absence, null, string.IsNullOrWhiteSpace(r.Detail) ? null : r.Detail.Trim(), from, r.Until);
        }
    }
}

/// <summary>Takes the notice that somebody stays for some nights (thông báo lưu trú).</summary>
internal sealed class NotifyStay : IResidenceAct
{
    public string Act => ResidenceRequest.Stay;

    public string Law => "Luật Cư trú 68/2020/QH14, điều 30";

    public void Judge(Deliberation d)
    {
        var (r, most) = (d.Request, d.Limit("residence.stay-most-days"));
        d.Refuse(string.IsNullOrWhiteSpace(r.Detail), "detail", "civil.detail-missing");
        d.Refuse(r.Until is null, "until", "civil.until-missing");
        d.Refuse(r.Until <= d.Today, "until", "civil.until-before-from");
        d.Refuse(r.Until > d.Today.AddDays(most), "until", "civil.stay-too-long", $"{most}");
        foreach (var p in d.Chosen)
        {
            d.Refuse(new[] { ResidenceKind.Permanent, ResidenceKind.Temporary }.Any(kind => d.Open(p, kind) is { } home && d.SamePlace(home.Area, home.Detail, d.Commune.Id, r.Detail)), "detail", "civil.stay-at-home", p.Name);
            d.Plan.Begin(p, ResidenceKind.Stay, d.Commune.Id, r.Detail?.Trim(), d.Today, r.Until);
        }
    }
}
