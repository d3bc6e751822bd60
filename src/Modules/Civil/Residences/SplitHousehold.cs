using SoGoc.Population;

namespace SoGoc.Civil.Residences;

/// <summary>Splits a household (tách hộ): some of its members make one of their own in the same dwelling.</summary>
internal sealed class SplitHousehold : IResidenceAct
{
    public string Act => ResidenceRequest.Split;

    public string Law => "Luật Cư trú 68/2020/QH14, điều 25";

    public void Judge(Deliberation d)
    {
        var (r, home) = (d.Request, d.Known.Home);
        d.Refuse(home is null, "person", "civil.no-household");
        d.Refuse(home is not null && !d.Here(home.State.Area), null, "civil.household-elsewhere");
        d.Refuse(home is not null && d.Others.Count == 0, "persons", "civil.split-all");
        d.Refuse(!r.DwellingChecked, "dwellingChecked", "civil.dwelling-unchecked");
        d.Refuse(!r.OwnerAgrees, "ownerAgrees", "civil.owner-must-agree");
        d.Refuse(!r.HeadAgrees, "headAgrees", "civil.head-must-agree");
        d.Refuse(home is not null && d.Chosen.Count > 0 && !d.Chosen.Any(d.IsAdult), "persons", "civil.split-without-adult");
        d.Warn(home is not null && d.Others.Count > 0 && !d.Others.Any(d.IsAdult), "civil.minors-stay");
        if (home is null || d.Refusals.Count > 0)
        {
            return;
        }

        foreach (var dead in home.Members.Where(m => !m.Lives))
        {
            d.Plan.Leave(dead);
        }

        d.Regroup(d.Plan.Open(d.Commune.Id, home.State.Detail), d.Chosen, Joining.HeadOfNew(d), "head");
        d.Regroup(home.Id, d.Others, r.NewHead, "newHead");
    }
}

/// <summary>Takes members of one household, or all of it, into another in the same dwelling (nhập hộ).</summary>
internal sealed class MergeHousehold : IResidenceAct
{
    public string Act => ResidenceRequest.Merge;

    public string Law => "Luật Cư trú 68/2020/QH14, điều 10, 26";

    public void Judge(Deliberation d)
    {
        var (r, home, host) = (d.Request, d.Known.Home, d.Known.Host);
        d.Refuse(home is null, "person", "civil.no-household");
        d.Refuse(host is null, "host", "civil.host-missing");
        d.Refuse(host is not null && host.Id == home?.Id, "host", "civil.host-is-own");
        d.Refuse(home is not null && !d.Here(home.State.Area), null, "civil.household-elsewhere");
        d.Refuse(home is not null && host is not null && !d.SamePlace(home.State.Area, home.State.Detail, host.State.Area, host.State.Detail), "host", "civil.merge-other-dwelling");
        d.Refuse(!r.HeadAgrees, "headAgrees", "civil.head-must-agree");
        if (home is null || host is null || d.Refusals.Count > 0)
        {
            return;
        }

        foreach (var dead in home.Members.Where(m => !m.Lives))
        {
            d.Plan.Leave(dead);
        }

        Joining.Into(d, host);
        d.Regroup(home.Id, d.Others, r.NewHead, "newHead");
    }
}

/// <summary>Gives a household another head (thay chủ hộ); a head who has died leaves it by this.</summary>
internal sealed class ChangeHead : IResidenceAct
{
    public string Act => ResidenceRequest.ChangeHead;

    public string Law => "Luật Cư trú 68/2020/QH14, điều 10, 26";

    public void Judge(Deliberation d)
    {
        var (r, home) = (d.Request, d.Known.Home);
        d.Refuse(home is null, "person", "civil.no-household");
        d.Refuse(home is not null && !d.Here(home.State.Area), null, "civil.household-elsewhere");
        d.Refuse(string.IsNullOrWhiteSpace(r.Head), "head", "civil.head-missing", home is null ? "?" : string.Join(", ", home.Members.Where(m => m.Lives).Select(m => m.Name)));
        var head = home?.Head(d.Today);
        d.Refuse(head?.Answers(r.Head) == true, "head", "civil.already-head", head?.Name ?? "?");
        d.Refuse(head is not null && !r.HeadAgrees, "headAgrees", "civil.head-must-agree");
        if (home is null || d.Refusals.Count > 0)
        {
            return;
        }

        foreach (var dead in home.Members.Where(m => !m.Lives))
        {
            d.Plan.Leave(dead);
        }

        d.Regroup(home.Id, [.. home.Members.Where(m => m.Lives)], r.Head, "head");
    }
}
