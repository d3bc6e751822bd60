using SoGoc.Population;

namespace SoGoc.Civil.Residences;

/// <summary>Removes permanent residence (xóa đăng ký thường trú): who is removed leaves his household, which gets another head or is closed.</summary>
internal sealed class RemovePermanent : IResidenceAct
{
    public string Act => ResidenceRequest.RemovePermanent;

    public string Law => "Luật Cư trú 68/2020/QH14, điều 24";

    public void Judge(Deliberation d)
    {
        Removal.Reason(d);
        foreach (var p in d.Chosen)
        {
            d.Refuse(!(d.Open(p, ResidenceKind.Permanent) is { } home && d.Here(home.Area)), "persons", "civil.no-permanent-here", p.Name);
            d.Refuse(d.Request.Reason == "absent" && (d.Open(p, ResidenceKind.Temporary) is not null || d.Open(p, ResidenceKind.Absence) is not null), "reason", "civil.absence-declared", p.Name);
            d.Plan.End(p, ResidenceKind.Permanent);
            d.Plan.End(p, ResidenceKind.Absence);
            d.Plan.Leave(p);
        }

        if (d.Known.Home is { } household)
        {
            foreach (var dead in household.Members.Where(m => !m.Lives))
            {
                d.Plan.Leave(dead);
            }

            d.Regroup(household.Id, d.Others, d.Request.NewHead, "newHead");
        }
    }
}

/// <summary>Removes temporary residence (xóa đăng ký tạm trú) before its end.</summary>
internal sealed class RemoveTemporary : IResidenceAct
{
    public string Act => ResidenceRequest.RemoveTemporary;

    public string Law => "Luật Cư trú 68/2020/QH14, điều 29";

    public void Judge(Deliberation d)
    {
        Removal.Reason(d);
        foreach (var p in d.Chosen)
        {
            d.Refuse(!(d.Open(p, ResidenceKind.Temporary) is { } at && d.Here(at.Area)), "persons", "civil.no-temporary-here", p.Name);
            d.Plan.End(p, ResidenceKind.Temporary);
        }
    }
}

internal static class Removal
{
    /// <summary>Why: one of the reasons of the law. A death is registered before residence is removed for it.</summary>
    public static void Reason(Deliberation d)
    {
        d.Refuse(!ResidenceRequest.Reasons(d.Request.Act).Contains(d.Request.Reason), "reason", "civil.residence-reason-missing");
        foreach (var p in d.Chosen.Where(_ => d.Request.Reason == ResidenceRequest.Died))
        {
            d.Refuse(p.State.Status is not (PersonStatus.Dead or PersonStatus.Missing), "reason", "civil.not-dead-yet", p.Name);
        }
    }
}
