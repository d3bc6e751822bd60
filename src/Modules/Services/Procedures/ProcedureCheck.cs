using SoGoc.Kernel.Outcomes;

namespace SoGoc.Services.Procedures;

/// <summary>Reads a procedure before it is published, as a lawyer and a citizen would. Above all: what the register knows is not asked, unless a law that is named wants it
/// (NĐ 118/2025/NĐ-CP; NQ 66.7/2025/NQ-CP: once it was told, nobody is asked again).</summary>
internal static class ProcedureCheck
{
    public static readonly string[] Sectors = ["birth", "marriage", "death", "civil-status", "residence", "id-card", "tax", "insurance", "work", "vehicle", "land", "energy", "education", "seal", "justice"];

    public static readonly string[] Events = ["child", "marriage", "death", "moving", "work", "fourteen", "house", "vehicle", "school"];

    public static readonly string[] Hows = ["register", "store", "upload", "show"], For = ["self", "child", "ward", "mandate", "anybody"], Kinds = ["paper", "act", "notice"];

    /// <summary>Heads of mandates, as accounts know them.</summary>
    public static readonly string[] Mandates = ["civil-status", "residence", "id-card", "health-insurance", "social-insurance", "land", "tax", "driving-licence"];

    private static readonly string[] Carriers = ["act", "partner", "answer", "desk"], Holders = ["counter", "handler", "signer"];

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
        // On a field that is not there, or on nothing that can be read.
        bool Hangs(string? when) => when?.Split('=') is { } parts && (parts is not [var of, _] || p.Fields.All(o => o.Name != of));
        void Words(string field, IEnumerable<string> said, string[] words) => said.Except(words).ToList().ForEach(word => Fault(true, field, "services.procedure-word", word));
        Words("events", p.Events, Events);
        Words("applicant", p.Applicant.For, For);
        Words("steps", p.Steps.Select(x => x.Desk), Holders);
        Words("carries", [p.Carries.Kind], Carriers);
        Fault(p.Grounds.Count == 0, "grounds", "services.procedure-ground");
        Fault(p.Offices.Count == 0, "offices", "services.procedure-office");
        Fault(p.Steps.Count == 0 || p.Steps.Sum(s => s.Share) != 1, "steps", "services.procedure-shares");
        foreach (var (i, fee) in p.Fees.Index())
        {
            Fault(fee.Amount < 0 || string.IsNullOrWhiteSpace(fee.Law) || (fee.Free ?? []).Any(w => w.Amount < 0 || w.Amount >= fee.Amount || string.IsNullOrWhiteSpace(w.Law)), $"fees[{i}]", "services.procedure-fee");
            Fault(Hangs(fee.When), $"fees[{i}]", "services.procedure-when", fee.Law);
            Words($"fees[{i}]", [fee.Before], Fee.Steps);
            Words($"fees[{i}]", (fee.Free ?? []).Select(w => w.Who), Payment.Waivers.All);
        }

        Fault(p.SupplementDays is < 1 or > 90, "supplementDays", "services.procedure-days");
        foreach (var name in p.Fields.GroupBy(f => f.Name).Where(g => g.Count() > 1).Select(g => g.Key))
        {
            Fault(true, "fields", "services.procedure-field-twice", name);
        }

        foreach (var (i, f) in p.Fields.Index())
        {
            Fault(f.Ask == Ask.Register && !Facts.All.Contains(f.Fact), $"fields[{i}]", "services.procedure-fact", f.Label);
            Fault(f.Asked && f.Fact is not null && string.IsNullOrWhiteSpace(f.Law), $"fields[{i}]", "services.asked-although-known", f.Label);
            Fault(f.Ask == Ask.Choice && f.Choices is not { Count: > 0 }, $"fields[{i}]", "services.procedure-choices", f.Label);
            Fault(Hangs(f.When) || (f.Choices ?? []).Any(c => Hangs(c.When)), $"fields[{i}]", "services.procedure-when", f.Label);
        }

        foreach (var (i, paper) in p.Papers.Index())
        {
            Fault(paper.How == "register" && string.IsNullOrWhiteSpace(paper.Instead), $"papers[{i}]", "services.procedure-instead", paper.Name);
            Fault(Hangs(paper.When), $"papers[{i}]", "services.procedure-when", paper.Name);
            Words($"papers[{i}]", [paper.How], Hows);
        }

        return faults;
    }
}
