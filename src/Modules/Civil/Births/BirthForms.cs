using SoGoc.Civil.Acts;

namespace SoGoc.Civil.Births;

/// <summary>What is asked when the registration of a birth is revoked; the birth itself has a page of its own.</summary>
internal static class BirthForms
{
    public static ActForm Revocation { get; } = new("birth-revoked", "huy-khai-sinh", RevocationRules.Letters, "birth",
        [new("person", Ask.Person)],
        [new("decidedBy", Ask.Text, Wide: true, Longest: 200), new("decisionNo", Ask.Text, Longest: 60), new("decisionOn", Ask.Date)],
        (page, v) => page.Run<CheckRevocation, ActChecked>(f => f.Run(Revoked(v))), (page, v) => page.Run<RevokeBirth, ActRegistered>(f => f.Run(Revoked(v))));

    private static RevocationDeclaration Revoked(FormValues v) => new(v.Text("person"), v.Text("decidedBy"), v.Text("decisionNo"), v.Date("decisionOn"), v.Confirmed, v.Case);
}
