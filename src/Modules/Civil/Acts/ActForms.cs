using SoGoc.Civil.Births;
using SoGoc.Civil.Changes;
using SoGoc.Civil.Deaths;
using SoGoc.Civil.Families;
using SoGoc.Civil.Foreign;
using SoGoc.Civil.MaritalStatus;
using SoGoc.Civil.Marriages;
using SoGoc.Civil.Reregistrations;

namespace SoGoc.Civil.Acts;

/// <summary>The acts that are filled in on the one page of acts. The birth, the most frequent, has a page of its own.</summary>
internal static class ActForms
{
    public static IReadOnlyList<ActForm> All { get; } = 
    [
        BirthForms.Revocation, MarriageForms.Marriage, MarriageForms.End, DeathForms.Death, DeathForms.Return, FamilyForms.Recognition, FamilyForms.Adoption, FamilyForms.Guardianship, FamilyForms.GuardianshipEnd, ChangeForms.Change, MaritalForms.Marital,
        AgainForms.Again, ForeignForms.Foreign,
    ];

    public static readonly string[] Groups = ["birth", "marriage", "death", "family", "change", "paper"];
}
