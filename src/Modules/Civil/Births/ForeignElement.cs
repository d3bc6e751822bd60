using System.ComponentModel.DataAnnotations;
using SoGoc.Civil.Acts;
using SoGoc.Kernel.Laws;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Text;
using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Civil.Births;

/// <summary>A parent whom the register has not, by his passport; mother or father, whoever is not named by number.</summary>
/// <param name="FullName">As in the passport.</param>
/// <param name="Born">Day of birth.</param>
/// <param name="Nationality">ISO 3166-1 alpha-2.</param>
/// <param name="PaperNo">Number of the passport, or of a paper that stands for it.</param>
/// <param name="Residence">Where he lives, as he says.</param>
internal sealed record ForeignParent([MaxLength(100)] string? FullName = null, DateOnly? Born = null, [MaxLength(2)] string? Nationality = null, [MaxLength(60)] string? PaperNo = null, [MaxLength(300)] string? Residence = null)
{
    internal string? Code => string.IsNullOrWhiteSpace(Nationality) ? null : Nationality.Trim().ToUpperInvariant();

    /// <summary>As the rules judge him: without a record, and living.</summary>
    public Party Party(short sex) => new(null, new PersonState
    {
        Status = PersonStatus.Living,
        Facts = new PersonFacts { FullName = FullName?.Trim(), Sex = sex, Born = Born is { } day ? PartialDate.Of(day) : null, Nationality = Code is { } of ? [of] : null },
        Residences = string.IsNullOrWhiteSpace(Residence) ? [] : [new Residence(0, ResidenceKind.Current, null, Residence.Trim(), null)],
    });

    /// <summary>Whether the line of a record names him: by name, where it has no record of the register.</summary>
    public bool IsNamedBy(Kin line) => line is { Kind: KinKind.Spouse, Number: null, Person: null } && NameKey.Of(line.Name ?? "") == NameKey.Of(FullName ?? "") && (line.Nationality is null || line.Nationality == Code);
}

/// <summary>What else holds where a parent is a foreigner or the child was born abroad (Luật Hộ tịch 60/2014, articles 35 and 36; NĐ 123/2015, article 29; Luật Quốc tịch, article 16). The child has the nationality of Việt Nam, and its number begins as that of every birth registered here.</summary>
internal static class ForeignElement
{
    private const string Here = "VN", Commune = "xã";

    /// <summary>Born in another country.</summary>
    public static bool Abroad(BirthDeclaration d) => !string.IsNullOrWhiteSpace(d.BirthCountry) && d.BirthCountry != Here;

    public static bool IsForeign(Party p) => p.Facts.Nationality is { Count: > 0 } of && !of.Contains(Here);

    /// <param name="countries">Codes of the register's list.</param>
    public static void Judge(BirthDeclaration d, Family f, Party? father, LawBook law, DateOnly today, IReadOnlySet<string> countries, List<Problem> refusals, List<Problem> warnings)
    {
        void Refuse(bool wrong, string field, string code)
        {
            if (wrong)
            {
                refusals.Add(Problem.Conflict(code) with { Field = field });
            }
        }

        Party[] parents = [.. new[] { f.Mother, father }.OfType<Party>()];
        var (abroad, foreign) = (Abroad(d), parents.Any(IsForeign) || d.Foreign is not null);
        Refuse(abroad && !countries.Contains(d.BirthCountry!), "birthCountry", "civil.country-unknown");
        Refuse(abroad && !d.NotRegisteredAbroad, "notRegisteredAbroad", "civil.registered-abroad");
        Refuse(abroad && d.Evidence == BirthDeclaration.Notification, "evidence", "civil.evidence-abroad");
        Refuse(!abroad && d.Evidence == BirthDeclaration.ForeignPaper, "evidence", "civil.evidence-missing");
        Refuse((abroad || foreign) && law.Find("civil.foreign-element-level", today)?.Value != Commune, "birthCountry", "civil.foreign-element-district");
        Refuse(foreign && parents.Length > 0 && parents.All(IsForeign), "mother", "civil.foreign-element");
        if (d.Foreign is { } told)
        {
            Refuse(string.IsNullOrWhiteSpace(told.FullName), "foreignName", "civil.foreign-name-missing");
            Refuse(told.Born is null || told.Born > today, "foreignBorn", "civil.foreign-born-missing");
            Refuse(told.Code is null or Here || !countries.Contains(told.Code), "foreignNationality", "civil.foreign-nationality-missing");
            Refuse(string.IsNullOrWhiteSpace(told.PaperNo), "foreignPaper", "civil.foreign-paper-missing");
        }

        // Born here a child of one citizen is a citizen, agreed or not; born abroad it is one where the parents say so in writing.
        Refuse(foreign && abroad && !d.NationalityAgreed, "nationalityAgreed", "civil.nationality-not-agreed");
        if (foreign && !abroad && !d.NationalityAgreed && !parents.All(IsForeign))
        {
            warnings.Add(ParentRules.Warning("civil.nationality-by-law"));
        }
    }
}
