using System.Globalization;
using SoGoc.Civil.Acts;

namespace SoGoc.Civil.Changes;

/// <summary>What is asked when something registered is to be changed.</summary>
internal static class ChangeForms
{
    public static ActForm Change { get; } = new("change", "thay-doi-cai-chinh", ChangeRules.Letters, "change",
        [new("person", Ask.Person)],
        [
            new("what", Ask.Choice, ChangeDeclaration.Kinds, "change", Wide: true), new("fullName", Ask.Text, Needed: false, Wide: true, Hint: true, Longest: 100), new("born", Ask.PartialDate, Needed: false), new("sex", Ask.Choice, ["1", "2"], Needed: false),
            new("ethnicity", Ask.Offer, Needed: false), new("birthPlace", Ask.Text, Needed: false, Wide: true), new("hometown", Ask.Text, Needed: false, Wide: true),
            new("evidence", Ask.Text, Wide: true, Longest: 200), new("evidenceNo", Ask.Text, Needed: false, Longest: 60), new("evidenceOn", Ask.Date, Needed: false), new("personAgrees", Ask.Yes, Needed: false, Wide: true),
            new("keepNumber", Ask.Yes, Needed: false, Wide: true),
        ],
        (page, v) => page.Run<CheckChange, ActChecked>(f => f.Run(Declared(v))), (page, v) => page.Run<ChangeRegistration, ActRegistered>(f => f.Run(Declared(v))))
    {
        Preset = new Dictionary<string, string> { ["what"] = ChangeDeclaration.Correction },
    };

    private static ChangeDeclaration Declared(FormValues v) => new(v.Text("person"), v.Text("what"), v.Text("fullName"), v.Partial("born"), short.TryParse(v.Text("sex"), NumberStyles.None, CultureInfo.InvariantCulture, out var sex) ? sex : null,
        v.Text("ethnicity"), v.Text("birthPlace"), v.Text("hometown"), v.Text("evidence"), v.Text("evidenceNo"), v.Date("evidenceOn"), v.Yes("personAgrees"), v.Yes("keepNumber"), v.Confirmed, v.Case);
}
