using SoGoc.Population;

namespace SoGoc.Civil.Residences;

/// <summary>How people come into a household, or make one of their own.</summary>
internal static class Joining
{
    /// <summary>Everybody who is chosen becomes what he is to the head of the other household; where the register cannot tell, the request has to.</summary>
    public static void Into(Deliberation d, Home host)
    {
        var head = host.Head(d.Today);
        d.Refuse(head is null, "host", "civil.host-without-head");
        if (head is null)
        {
            return;
        }

        var relations = new Relations([.. host.Members, .. d.Known.People], d.Today);
        foreach (var p in d.Chosen)
        {
            var relation = d.Told(p) ?? relations.Of(p, head);
            d.Refuse(relation == Relations.Unclear && d.Told(p) is null, "relations", "civil.relation-missing", p.Name, head.Name);
            d.Plan.Join(p, host.Id, relation);
        }
    }

    /// <summary>Who is named; else who was head; else who asks; else the only one.</summary>
    public static string? HeadOfNew(Deliberation d) => !string.IsNullOrWhiteSpace(d.Request.Head) ? d.Request.Head
        : (d.Chosen.FirstOrDefault(c => c.Lives && c.Member(d.Today)?.Relation == Resident.HeadOfHousehold) ?? d.Chosen.FirstOrDefault(c => c.Key == d.Known.Asker?.Key) ?? (d.Chosen.Count == 1 ? d.Chosen[0] : null))?.Key.ToString();
}
