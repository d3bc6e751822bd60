using SoGoc.Civil.Acts;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Text;
using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Civil.Births;

/// <summary>What is declared of the child itself: whether it can be so, and what of it is unlikely.</summary>
internal static class ChildRules
{
    private const string Kinh = "01";
    private const int MonthsBetweenBirths = 9, LongestText = 300, LongestNumber = 60, LongestName = 100;

    /// <param name="posting">Days that a found child is posted for (NĐ 123/2015, article 14).</param>
    public static void Judge(BirthDeclaration d, DateOnly today, int posting, List<Problem> refusals)
    {
        void Refuse(bool wrong, string field, string code, params string[] data)
        {
            if (wrong)
            {
                refusals.Add(Problem.Invalid(field, code, data));
            }
        }

        Refuse(string.IsNullOrWhiteSpace(d.FullName), "fullName", "civil.name-missing");
        Refuse(d.FullName?.Trim().Length > LongestName, "fullName", "civil.name-too-long", $"{LongestName}");
        Refuse(!string.IsNullOrWhiteSpace(d.FullName) && !IsVietnameseName(d.FullName), "fullName", "civil.name-signs");
        Refuse(d.Sex is not (1 or 2), "sex", "civil.sex-missing");
        Refuse(d.Born is null, "born", "civil.born-missing");
        Refuse(d.Born > today, "born", "civil.born-in-future");
        Refuse(d.Born is { Year: < PersonalNumber.FirstYear }, "born", "civil.born-too-long-ago", $"{PersonalNumber.FirstYear}");
        Refuse(string.IsNullOrWhiteSpace(d.BirthPlace), "birthPlace", "civil.birth-place-missing");
        Refuse(!BirthDeclaration.Declarants.Contains(d.Declarant), "declarant", "civil.declarant-missing");
        Refuse(!BirthDeclaration.Evidences.Contains(d.Evidence) || (d.Evidence == BirthDeclaration.FoundRecord) != (d.Kind == BirthDeclaration.Abandoned), "evidence", "civil.evidence-missing");
        Refuse(d.Evidence is BirthDeclaration.Notification or BirthDeclaration.FoundRecord or BirthDeclaration.ForeignPaper && d.EvidenceKey is null, "evidenceNo", "civil.evidence-number-missing");
        Refuse(d.EvidenceOn > today || d.EvidenceOn < d.Born, "evidenceOn", "civil.evidence-day");
        Refuse(d.Kind == BirthDeclaration.Abandoned && !(d.EvidenceOn <= today.AddDays(-posting)), "evidenceOn", "civil.posting-not-over", $"{posting}");
        Refuse(!d.HasMother && string.IsNullOrWhiteSpace(d.Father) && d.Foreign is null && string.IsNullOrWhiteSpace(d.LivesAt), "livesAt", "civil.lives-at-missing");
        Refuse(new[] { d.BirthPlace, d.LivesAt }.Any(t => t?.Length > LongestText) || d.EvidenceNo?.Length > LongestNumber, "birthPlace", "civil.too-long");
        Refuse(d.EthnicityOf is not (null or "" or "father" or "mother"), "ethnicityOf", "civil.of-father-or-mother");
        Refuse(d.HometownOf is not (null or "" or "father" or "mother"), "hometownOf", "civil.of-father-or-mother");
    }

    /// <summary>Bộ luật Dân sự 2015, article 26: the surname of father or mother, by agreement or by custom. Many Chăm bear none and Khmer daughters another than their fathers:
    /// only where both parents are Kinh is the custom beyond doubt.</summary>
    public static void Surname(string fullName, Party? mother, Party? father, List<Problem> refusals, List<Problem> warnings)
    {
        if (Odd(fullName))
        {
            warnings.Add(ParentRules.Warning("civil.name-capitals", fullName.Trim()));
        }

        if (!fullName.Trim().Contains(' ', StringComparison.Ordinal))
        {
            warnings.Add(ParentRules.Warning("civil.name-one-word", fullName.Trim()));
        }

        Party[] parents = [.. new[] { mother, father }.OfType<Party>()];
        var name = NameSpelling.Of(fullName);
        if (parents.Length == 0 || parents.Select(p => p.State.Facts.Surname).OfType<string>().Any(s => name.StartsWith(NameSpelling.Of(s), StringComparison.Ordinal)))
        {
            return;
        }

        if (parents.All(p => p.State.Facts is { Ethnicity: Kinh, Surname: not null }))
        {
            refusals.Add(Problem.Invalid("fullName", "civil.surname-of-neither", string.Join(", ", parents.Select(p => p.State.Facts.Surname).Distinct())));
        }
        else
        {
            warnings.Add(ParentRules.Warning("civil.surname-by-custom"));
        }
    }

    /// <summary>Children of the mother who make this one doubtful. Twins are born on one day or two and have a notification each.</summary>
    public static IEnumerable<Problem> Siblings(BirthDeclaration d, IReadOnlyList<Offspring> children)
    {
        if (d.Conceivable is not { } born || d.FullName is not { } name)
        {
            yield break;
        }

        foreach (var child in children)
        {
            var (from, until) = (child.Born?.Earliest, child.Born?.Latest);
            var sameDay = from <= born && born <= until;
            var code = sameDay && NameKey.Of(child.Name) == NameKey.Of(name) ? "civil.perhaps-registered"
                : from <= born.AddDays(1) && born.AddDays(-1) <= until ? "civil.twins"
                : from < born.AddMonths(MonthsBetweenBirths) && born.AddMonths(-MonthsBetweenBirths) < until ? "civil.sibling-too-near" : null;
            if (code is not null)
            {
                yield return ParentRules.Warning(code, child.Name, child.Born?.Shown ?? "?");
            }
        }
    }

    /// <summary>Capitals where names have none, or none where they have them; what is written in capitals alone, or without any, the register writes as names are written.</summary>
    private static bool Odd(string name)
    {
        var letters = name.Where(char.IsLetter).ToList();
        return !letters.All(char.IsUpper) && !letters.All(char.IsLower)
            && Normal.Composed(name).Split([' ', '-', '\'', '’'], StringSplitOptions.RemoveEmptyEntries).Any(part => !char.IsUpper(part[0]) || part.Skip(1).Any(char.IsUpper));
    }

    /// <summary>Letters, and between letters a space, hyphen or apostrophe, as names of the country's peoples are written; no digits, no other signs.</summary>
    private static bool IsVietnameseName(string name)
    {
        var text = Normal.Composed(name.Trim());
        return char.IsLetter(text[0]) && char.IsLetter(text[^1]) && text.All(c => char.IsLetter(c) || c is ' ' or '-' or '\'' or '’');
    }
}
