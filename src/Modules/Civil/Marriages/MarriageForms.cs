using System.Globalization;
using SoGoc.Civil.Acts;

namespace SoGoc.Civil.Marriages;

/// <summary>What is asked when a marriage is declared, and when a court has ended one.</summary>
internal static class MarriageForms
{
    private static readonly string[] Times = ["1", "2", "3", "4"];

    public static ActForm Marriage { get; } = new("marriage", "ket-hon", MarriageRules.Letters, "marriage",
        [new("husband", Ask.Person), new("wife", Ask.Person)],
        [
            new("bothHere", Ask.Yes, Wide: true), new("notKin", Ask.Yes, Needed: false, Wide: true), new("household", Ask.Choice, MarriageDeclaration.Households, "marriage-household", Hint: true, Wide: true),
            new("husbandTime", Ask.Choice, Times, "time", Needed: false), new("wifeTime", Ask.Choice, Times, "time", Needed: false),
        ],
        (page, v) => page.Run<CheckMarriage, ActChecked>(f => f.Run(Declared(v))), (page, v) => page.Run<RegisterMarriage, ActRegistered>(f => f.Run(Declared(v))))
    {
        Preset = new Dictionary<string, string> { ["household"] = MarriageDeclaration.Stay },
    };

    public static ActForm End { get; } = new("marriage-ended", "ly-hon", EndOfMarriageRules.Letters, "marriage",
        [new("person", Ask.Person)],
        [
            new("how", Ask.Choice, EndOfMarriageDeclaration.Ways, "marriage-end"), new("court", Ask.Text, Wide: true, Longest: 200), new("decisionNo", Ask.Text, Longest: 60), new("decisionOn", Ask.Date),
            new("earlierEntry", Ask.Text, Needed: false, Wide: true, Hint: true, Longest: 200),
        ],
        (page, v) => page.Run<CheckEndOfMarriage, ActChecked>(f => f.Run(Ended(v))), (page, v) => page.Run<EndMarriage, ActRegistered>(f => f.Run(Ended(v))))
    {
        Preset = new Dictionary<string, string> { ["how"] = EndOfMarriageDeclaration.Divorce },
    };

    private static MarriageDeclaration Declared(FormValues v) => new(v.Text("husband"), v.Text("wife"), v.Yes("bothHere"), v.Yes("notKin"), v.Text("household"), Number(v.Text("husbandTime")), Number(v.Text("wifeTime")), v.Confirmed, v.Case);

    private static EndOfMarriageDeclaration Ended(FormValues v) => new(v.Text("person"), v.Text("how"), v.Text("court"), v.Text("decisionNo"), v.Date("decisionOn"), v.Text("earlierEntry"), v.Confirmed, v.Case);

    private static int? Number(string? text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
