using SoGoc.Civil.Acts;

namespace SoGoc.Civil.Families;

/// <summary>What is asked for the acts of a family.</summary>
internal static class FamilyForms
{
    public static ActForm Recognition { get; } = new("recognition", "nhan-cha-me-con", RecognitionRules.Letters, "family",
        [new("child", Ask.Person), new("parent", Ask.Person)],
        [
            new("proof", Ask.Choice, RecognitionDeclaration.Proofs, Wide: true), new("proofNo", Ask.Text, Needed: false, Longest: 60), new("proofOn", Ask.Date, Needed: false), new("bothHere", Ask.Yes, Wide: true),
            new("motherAgrees", Ask.Yes, Needed: false, Wide: true), new("childAgrees", Ask.Yes, Needed: false, Wide: true), new("newName", Ask.Text, Needed: false, Wide: true, Hint: true, Longest: 100),
        ],
        (page, v) => page.Run<CheckRecognition, ActChecked>(f => f.Run(Recognised(v))), (page, v) => page.Run<RecogniseChild, ActRegistered>(f => f.Run(Recognised(v))));

    public static ActForm Adoption { get; } = new("adoption", "nuoi-con-nuoi", AdoptionRules.Letters, "family",
        [new("child", Ask.Person), new("adopter", Ask.Person), new("other", Ask.Person, Needed: false)],
        [
            new("relation", Ask.Choice, AdoptionDeclaration.Relations, "adopter", Wide: true), new("parentsAgree", Ask.Yes, Wide: true), new("childAgrees", Ask.Yes, Needed: false, Wide: true), new("movesIn", Ask.Yes, Needed: false, Wide: true),
            new("newName", Ask.Text, Needed: false, Wide: true, Hint: true, Longest: 100),
        ],
        (page, v) => page.Run<CheckAdoption, ActChecked>(f => f.Run(Adopted(v))), (page, v) => page.Run<RegisterAdoption, ActRegistered>(f => f.Run(Adopted(v))))
    {
        Preset = new Dictionary<string, string> { ["relation"] = AdoptionDeclaration.None },
    };

    public static ActForm Guardianship { get; } = new("guardianship", "giam-ho", GuardianshipRules.Letters, "family",
        [new("ward", Ask.Person), new("guardian", Ask.Person)],
        [
            new("basis", Ask.Choice, GuardianshipDeclaration.Bases), new("reason", Ask.Choice, GuardianshipDeclaration.Reasons, "guardian-reason"), new("paperNo", Ask.Text, Needed: false, Longest: 60), new("paperOn", Ask.Date, Needed: false),
            new("agrees", Ask.Yes, Wide: true),
        ],
        (page, v) => page.Run<CheckGuardianship, ActChecked>(f => f.Run(Guarded(v))), (page, v) => page.Run<RegisterGuardianship, ActRegistered>(f => f.Run(Guarded(v))));

    public static ActForm GuardianshipEnd { get; } = new("guardianship-ended", "cham-dut-giam-ho", GuardianshipRules.LettersOfEnd, "family",
        [new("ward", Ask.Person)], [new("why", Ask.Choice, GuardianshipEndDeclaration.Reasons, "guardian-end", Wide: true)],
        (page, v) => page.Run<CheckGuardianshipEnd, ActChecked>(f => f.Run(Ended(v))), (page, v) => page.Run<EndGuardianship, ActRegistered>(f => f.Run(Ended(v))));

    private static RecognitionDeclaration Recognised(FormValues v) => new(v.Text("child"), v.Text("parent"), v.Text("proof"), v.Text("proofNo"), v.Date("proofOn"), v.Yes("bothHere"), v.Yes("motherAgrees"), v.Yes("childAgrees"), v.Text("newName"),
        v.Confirmed, v.Case);

    private static AdoptionDeclaration Adopted(FormValues v) => new(v.Text("child"), v.Text("adopter"), v.Text("other"), v.Text("relation"), v.Yes("parentsAgree"), v.Yes("childAgrees"), v.Yes("movesIn"), v.Text("newName"), v.Confirmed, v.Case);

    private static GuardianshipDeclaration Guarded(FormValues v) => new(v.Text("ward"), v.Text("guardian"), v.Text("basis"), v.Text("reason"), v.Text("paperNo"), v.Date("paperOn"), v.Yes("agrees"), v.Confirmed, v.Case);

    private static GuardianshipEndDeclaration Ended(FormValues v) => new(v.Text("ward"), v.Text("why"), v.Confirmed, v.Case);
}
