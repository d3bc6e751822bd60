using Microsoft.AspNetCore.Mvc;
using SoGoc.Civil.Acts;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Time;
using SoGoc.Kernel.Web;

namespace SoGoc.Civil.Births;

/// <summary>At the counter: the mother's number or her card; the form with what the register knows; what is to be looked into; the number and the entry. Each step is a form of its own.</summary>
[Needs(CivilPermission.RegisterCivilStatus)]
internal sealed class RegisterBirthPage : StepsPage
{
    public const string Path = "/khai-sinh";

    /// <summary>Without a mother: mother-unknown or abandoned.</summary>
    [BindProperty]
    public string? Kind { get; set; }

    [BindProperty]
    public string? Mother { get; set; }

    [BindProperty]
    public string? Father { get; set; }

    /// <summary>On what the father recognises the child in the same act.</summary>
    [BindProperty]
    public string? Proof { get; set; }

    [BindProperty]
    public string? ProofNo { get; set; }

    [BindProperty]
    public string? ProofOn { get; set; }

    [BindProperty]
    public string? ProofBy { get; set; }

    [BindProperty]
    public bool BothHere { get; set; }

    [BindProperty]
    public string? BirthCountry { get; set; }

    [BindProperty]
    public bool NotRegisteredAbroad { get; set; }

    /// <summary>The mother is a foreigner; the father is named by number.</summary>
    [BindProperty]
    public bool ForeignMother { get; set; }

    [BindProperty]
    public string? ForeignName { get; set; }

    [BindProperty]
    public string? ForeignBorn { get; set; }

    [BindProperty]
    public string? ForeignNationality { get; set; }

    [BindProperty]
    public string? ForeignPaper { get; set; }

    [BindProperty]
    public string? ForeignResidence { get; set; }

    [BindProperty]
    public bool NationalityAgreed { get; set; }

    /// <summary>Countries to choose from.</summary>
    public IReadOnlyList<Offer> Countries { get; private set; } = [];

    [BindProperty]
    public string? FullName { get; set; }

    [BindProperty]
    public short? Sex { get; set; }

    [BindProperty]
    public string? Born { get; set; }

    [BindProperty]
    public string? BirthPlace { get; set; }

    [BindProperty]
    public string? EthnicityOf { get; set; }

    [BindProperty]
    public string? HometownOf { get; set; }

    [BindProperty]
    public string? Evidence { get; set; }

    [BindProperty]
    public string? EvidenceNo { get; set; }

    [BindProperty]
    public string? EvidenceOn { get; set; }

    [BindProperty]
    public string? Declarant { get; set; }

    [BindProperty]
    public string? LivesAt { get; set; }

    [BindProperty]
    public List<string> Confirmed { get; set; } = [];

    /// <summary>Residence and health-insurance card come with it.</summary>
    [BindProperty]
    public bool Linked { get; set; }

    /// <summary>With which parent the child is to reside, where they reside apart.</summary>
    [BindProperty]
    public string? LiveWith { get; set; }

    /// <summary>Where the child is to be treated first.</summary>
    [BindProperty]
    public string? Clinic { get; set; }

    /// <summary>What the register says; null before the first step.</summary>
    public CheckBirth.Checked? Known { get; private set; }

    /// <summary>Nothing stands against it any more but what is to be confirmed.</summary>
    public bool Reviewed { get; private set; }

    public RegisterBirth.Registered? Done { get; private set; }

    /// <summary>What goes on from the review to the decision, by the names of the form.</summary>
    public override IEnumerable<(string Name, string? Value)> Carried =>
    [
        ("Kind", Kind), ("Mother", Mother), ("Father", Father), ("FullName", FullName), ("Sex", Sex?.ToString(System.Globalization.CultureInfo.InvariantCulture)), ("Born", Born), ("BirthPlace", BirthPlace), ("EthnicityOf", EthnicityOf),
        ("HometownOf", HometownOf), ("Evidence", Evidence), ("EvidenceNo", EvidenceNo), ("EvidenceOn", EvidenceOn), ("Declarant", Declarant), ("LivesAt", LivesAt), ("Case", Case), ("Linked", Linked ? "true" : "false"),
        ("Proof", Proof), ("ProofNo", ProofNo), ("ProofOn", ProofOn), ("ProofBy", ProofBy), ("BothHere", BothHere ? "true" : "false"), ("BirthCountry", BirthCountry), ("NotRegisteredAbroad", NotRegisteredAbroad ? "true" : "false"), ("ForeignMother", ForeignMother ? "true" : "false"), ("ForeignName", ForeignName),
        ("ForeignBorn", ForeignBorn), ("ForeignNationality", ForeignNationality), ("ForeignPaper", ForeignPaper), ("ForeignResidence", ForeignResidence), ("NationalityAgreed", NationalityAgreed ? "true" : "false"), ("LiveWith", LiveWith), ("Clinic", Clinic),
    ];

    /// <param name="viec">The case of a birth that was begun.</param>
    /// <param name="xong">What was registered, sealed.</param>
    public async Task OnGetAsync(string? viec, string? xong)
    {
        await TakeUp(viec);
        Done = Registered<RegisterBirth.Registered>(xong);
    }

    /// <summary>The first step: who the mother is, or that she is not known.</summary>
    public async Task OnPostLookAsync()
    {
        Kind ??= BirthDeclaration.BothParents;
        if (Kind == BirthDeclaration.BothParents && string.IsNullOrWhiteSpace(Mother) && !(ForeignMother && !string.IsNullOrWhiteSpace(Father)))
        {
            ModelState.AddModelError("mother", Say["civil.mother-missing"]);
            return;
        }

        await Check();
        if (Kind == BirthDeclaration.BothParents && !ForeignMother && Known is { Father: null, Several: false })
        {
            Kind = BirthDeclaration.FatherUnknown;
        }

        // What the form cannot mend is said before it is filled in.
        Tell(r => r.Field is null or "mother");
    }

    /// <summary>The form is filled in: what stands against it, or what has to be looked into.</summary>
    public async Task OnPostReviewAsync()
    {
        // Whoever names a father does not mean that he is unknown.
        Kind = Kind == BirthDeclaration.FatherUnknown && !(string.IsNullOrWhiteSpace(Father) && string.IsNullOrWhiteSpace(ForeignName)) ? BirthDeclaration.BothParents : Kind;
        await Check();
        Tell(_ => true);
        // A day that cannot be read would be as if none had been typed.
        foreach (var (field, _) in new[] { ("evidenceOn", EvidenceOn), ("proofOn", ProofOn), ("foreignBorn", ForeignBorn) }.Where(d => !string.IsNullOrWhiteSpace(d.Item2) && Day(d.Item2) is null))
        {
            ModelState.AddModelError(field, Say["civil.date-malformed"]);
        }

        Reviewed = Known is { Refusals.Count: 0 } && ModelState.IsValid;
    }

    /// <summary>Back to the form.</summary>
    public Task OnPostMendAsync() => Check();

    public async Task<IActionResult> OnPostRegisterAsync()
    {
        if ((await Do<RegisterBirth, RegisterBirth.Registered>(f => f.Run(Declared()))).Ok(out var done))
        {
            return Shown(Path, done);
        }

        await Check();
        Reviewed = Known is { Refusals.Count: 0 };
        return Page();
    }

    private async Task Check()
    {
        Known = (await Do<CheckBirth, CheckBirth.Checked>(f => f.Run(Declared()))).Ok(out var known) ? known : null;
        Case = Known?.Case ?? Case;
        Evidence ??= Kind == BirthDeclaration.Abandoned ? BirthDeclaration.FoundRecord : BirthDeclaration.Notification;
        Countries = (await Do<ListCountries, IReadOnlyList<Offer>>(f => f.Run())).Ok(out var countries) ? countries : [];
        await Keep(FullName, Known?.Mother?.FullName, Known?.Father?.FullName);
    }

    private void Tell(Func<Fault, bool> which)
    {
        foreach (var refusal in Known?.Refusals.Where(which) ?? [])
        {
            ModelState.AddModelError(refusal.Field ?? "", refusal.Sentence);
        }
    }

    private BirthDeclaration Declared() => new(Kind, Mother, Father, FullName, Sex, Day(Born), BirthPlace, EthnicityOf, HometownOf, Evidence, EvidenceNo, Day(EvidenceOn), Declarant, LivesAt, Confirmed, Case, Linked, Proof, ProofNo, Day(ProofOn), ProofBy, BothHere, BirthCountry, NotRegisteredAbroad,
        ForeignMother || !string.IsNullOrWhiteSpace(ForeignName) ? new ForeignParent(ForeignName, Day(ForeignBorn), ForeignNationality, ForeignPaper, ForeignResidence) : null, NationalityAgreed, LiveWith, Clinic);

    private static DateOnly? Day(string? text) => DateWriting.TryRead(text ?? "", out var date) && date.Precision == DatePrecision.Day ? date.Earliest : null;
}
