using SoGoc.Civil.Acts;

namespace SoGoc.Civil.Deaths;

/// <summary>What is asked when a death is declared, and when it is annulled.</summary>
internal static class DeathForms
{
    public static ActForm Death { get; } = new("death", "khai-tu", DeathRules.Letters, "death",
        [new("deceased", Ask.Person)],
        [
            new("died", Ask.PartialDate, Hint: true), new("diedAt", Ask.Text, Needed: false, Hint: true, Longest: 5), new("place", Ask.Text, Wide: true), new("cause", Ask.Text, Wide: true),
            new("evidence", Ask.Choice, DeathDeclaration.Evidences, "death-evidence"), new("evidenceNo", Ask.Text, Needed: false, Longest: 60), new("evidenceOn", Ask.Date, Needed: false),
            new("evidenceBy", Ask.Text, Needed: false, Longest: 200), new("declarant", Ask.Choice, DeathDeclaration.Declarants, "death-declarant"), new("kind", Ask.Choice, DeathDeclaration.Kinds, "death-kind"),
            new("newHead", Ask.Offer, Needed: false, Hint: true), new("diedHere", Ask.Yes, Needed: false, Wide: true, Offered: true), new("linked", Ask.Yes, Needed: false, Wide: true),
            new("allowance", Ask.Choice, DeathDeclaration.Allowances, Needed: false), new("receiver", Ask.Text, Needed: false, Longest: 12), new("account", Ask.Text, Needed: false, Longest: 30), new("bank", Ask.Text, Needed: false, Longest: 100),
        ],
        (page, v) => page.Run<CheckDeath, ActChecked>(f => f.Run(Died(v))), (page, v) => page.Run<RegisterDeath, ActRegistered>(f => f.Run(Died(v))))
    {
        Preset = new Dictionary<string, string> { ["kind"] = DeathDeclaration.Ordinary, ["evidence"] = DeathDeclaration.Notice },
    };

    public static ActForm Return { get; } = new("death-annulled", "huy-khai-tu", ReturnRules.Letters, "death",
        [new("person", Ask.Person)],
        [new("court", Ask.Text, Wide: true, Longest: 200), new("decisionNo", Ask.Text, Longest: 60), new("decisionOn", Ask.Date)],
        (page, v) => page.Run<CheckReturn, ActChecked>(f => f.Run(Returned(v))), (page, v) => page.Run<AnnulDeath, ActRegistered>(f => f.Run(Returned(v))));

    private static DeathDeclaration Died(FormValues v) => new(v.Text("kind"), v.Text("deceased"), v.Partial("died"), v.Text("diedAt"), v.Text("place"), v.Text("cause"), v.Text("evidence"), v.Text("evidenceNo"), v.Date("evidenceOn"),
        v.Text("evidenceBy"), v.Text("declarant"), v.Yes("diedHere"), v.Text("newHead"), v.Confirmed, v.Case, v.Yes("linked"), v.Text("allowance"), v.Text("receiver"), v.Text("account"), v.Text("bank"));

    private static ReturnDeclaration Returned(FormValues v) => new(v.Text("person"), v.Text("court"), v.Text("decisionNo"), v.Date("decisionOn"), v.Confirmed, v.Case);
}
