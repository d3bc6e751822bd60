using SoGoc.Kernel.Outcomes;

namespace SoGoc.Services.Procedures;

/// <summary>Reads a procedure before it is published, as a lawyer and a citizen would. Above all: what the register knows is not asked, unless a law that is named wants it
/// (NĐ 118/2025/NĐ-CP; NQ 66.7/2025/NQ-CP: once it was told, nobody is asked again).</summary>
internal static class ProcedureCheck
{
    public static readonly string[] Sectors = ["birth", "marriage", "death", "civil-status", "residence", "id-card", "tax", "insurance", "work", "vehicle", "land", "energy", "education", "seal", "justice"];

    public static readonly string[] Events = ["child", "marriage", "death", "moving", "work", "fourteen", "house", "vehicle", "school"];

    private static readonly string[] Carriers = ["act", "partner", "answer", "desk"], Hows = ["register", "store", "upload", "show"], Holders = ["counter", "handler", "signer"], For = ["self", "child", "ward", "mandate", "anybody"];

    /// <summary>All that stands against publishing it; none: it may be.</summary>
    public static IReadOnlyList<Problem> Faults(Procedure p)
    {
        var faults = new List<Problem>();
        void Fault(bool wrong, string field, string code, params string[] data)
        {
            if (wrong)
            {
                faults.Add(Problem.Invalid(field, code, data));
            }
        }

        Fault(p.Code.Length is 0 or > 30 || !p.Code.All(c => char.IsAsciiLetterOrDigit(c) || c is '.' or '-'), "code", "services.procedure-code");
        Fault(string.IsNullOrWhiteSpace(p.Name) || string.IsNullOrWhiteSpace(p.About), "name", "services.procedure-name");
        Fault(!Sectors.Contains(p.Sector), "sector", "services.procedure-word", p.Sector);
        foreach (var word in p.Events.Except(Events).Concat(p.Applicant.For.Except(For)).Concat(p.Papers.Select(x => x.How).Except(Hows)).Concat(p.Steps.Select(s => s.Desk).Except(Holders)).Append(p.Carries.Kind).Except(Carriers.Concat(Events).Concat(For).Concat(Hows).Concat(Holders)))
        {
            Fault(true, "events", "services.procedure-word", word);
        }

        Fault(p.Grounds.Count == 0, "grounds", "services.procedure-ground");
        Fault(p.Offices.Count == 0, "offices", "services.procedure-office");
        Fault(p.Steps.Count == 0 || p.Steps.Sum(s => s.Share) != 1, "steps", "services.procedure-shares");
        Fault(p.Fees.Any(f => f.Amount < 0 || string.IsNullOrWhiteSpace(f.Law) || (f.Free ?? []).Any(w => w.Amount < 0 || w.Amount >= f.Amount || string.IsNullOrWhiteSpace(w.Law))), "fees", "services.procedure-fee");
        foreach (var fee in p.Fees.Where(f => f.When is { } on && (on.Split('=') is not [var of, _] || p.Fields.All(o => o.Name != of))))
        {
            Fault(true, "fees", "services.procedure-when", fee.Law);
        }

        foreach (var word in p.Fees.Select(f => f.Before).Except(Fee.Steps).Concat(p.Fees.SelectMany(f => f.Free ?? []).Select(w => w.Who).Except(Payment.Waivers.All)))
        {
            Fault(true, "fees", "services.procedure-word", word);
        }

        Fault(p.SupplementDays is < 1 or > 90, "supplementDays", "services.procedure-days");
        foreach (var name in p.Fields.GroupBy(f => f.Name).Where(g => g.Count() > 1).Select(g => g.Key))
        {
            Fault(true, "fields", "services.procedure-field-twice", name);
        }

        foreach (var f in p.Fields)
        {
            Fault(f.Ask == Ask.Register && !Facts.All.Contains(f.Fact), "fields", "services.procedure-fact", f.Label);
            Fault(f.Asked && f.Fact is not null && string.IsNullOrWhiteSpace(f.Law), "fields", "services.asked-although-known", f.Label);
            Fault(f.Ask == Ask.Choice && f.Choices is not { Count: > 0 }, "fields", "services.procedure-choices", f.Label);
            Fault(f.When?.Split('=') is { } when && (when is not [var of, _] || p.Fields.All(o => o.Name != of)), "fields", "services.procedure-when", f.Label);
        }

        foreach (var paper in p.Papers)
        {
            Fault(paper.How == "register" && string.IsNullOrWhiteSpace(paper.Instead), "papers", "services.procedure-instead", paper.Name);
        }

        return faults;
    }
}
