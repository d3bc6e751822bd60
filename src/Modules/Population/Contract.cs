using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;

namespace SoGoc.Population;

/// <summary>AllotNumber: a number for somebody of the register who has none; the commune police (Luật Căn cước 26/2023, article 12). ReadSensitive: religion and blood group, which Luật Bảo vệ dữ liệu cá nhân 91/2025 counts as sensitive.
/// ReadClosed: kin that an adoption has closed. CorrectContact: telephone number and e-mail address, and no other field. RecordCard: an identity card that was issued or seen; the commune police (article 23).</summary>
public enum PopulationPermission { ReadPerson, ReadConfidential, ReadSensitive, ReadClosed, ChangePerson, CorrectPerson, ImportList, ReadJournal, VerifyPerson, CountPopulation, AllotNumber, CorrectContact, RecordCard }

public enum PersonStatus { Living, Dead, Missing, Emigrated, Denaturalised, Unverified, Merged, Cancelled }

public enum ResidenceKind { Permanent, Temporary, Current, Absence, Stay }

public enum KinKind { Father, Mother, Spouse, Child, Guardian, Ward }

/// <summary>The residence cards are those of foreigners (thẻ thường trú, thẻ tạm trú).</summary>
public enum PaperKind { Cmnd, Cmnd12, Cccd, CanCuoc, PermanentResidenceCard, TemporaryResidenceCard }

/// <summary>A place in a record: a version of an administrative unit, a text as written, or both.</summary>
public sealed record PlaceFact(int? Area, string? Text);

/// <summary>The single-valued fields of a person (groups 1–14, 21, 24–26 of article 9). Null: never asked. Named in <see cref="Unknown"/>: asked, and nobody knows.</summary>
public sealed record PersonFacts
{
    public PersonalNumber? Number { get; init; }
    public string? FullName { get; init; }
    public string? Surname { get; init; }
    public string? Middle { get; init; }
    public string? Given { get; init; }
    public IReadOnlyList<string>? OtherNames { get; init; }
    public PartialDate? Born { get; init; }
    /// <summary>1 male, 2 female, 0 asked and unknown.</summary>
    public short? Sex { get; init; }
    public PlaceFact? BirthPlace { get; init; }
    public PlaceFact? BirthRegistered { get; init; }
    public PlaceFact? Hometown { get; init; }
    public string? Ethnicity { get; init; }
    public string? Religion { get; init; }
    public IReadOnlyList<string>? Nationality { get; init; }
    public string? Blood { get; init; }
    public IReadOnlyList<string>? OldIds { get; init; }
    public short? Marital { get; init; }
    /// <summary>Date of death or of going missing, as the status says.</summary>
    public PartialDate? Ended { get; init; }
    public string? Phone { get; init; }
    public DateOnly? PhoneVerified { get; init; }
    public string? Email { get; init; }
    public DateOnly? EmailVerified { get; init; }
    public string? Other { get; init; }
    public IReadOnlyList<string>? Unknown { get; init; }
}

/// <summary>Where a person officially lives or stays. <see cref="No"/> numbers the residences of one person.</summary>
public sealed record Residence(int No, ResidenceKind Kind, int? Area, string? Detail, DateOnly? From, DateOnly? Until = null);

/// <summary>Membership of a household; relation "01" is the head (code list relations).</summary>
public sealed record Membership(int No, Guid Household, string Relation, DateOnly? From, DateOnly? Until = null);

/// <summary>Father, mother, spouse …: linked by number, by key where the person has none, by name alone where neither is known.</summary>
public sealed record Kin(int No, KinKind Kind, string? Name, PersonalNumber? Number = null, Guid? Person = null, string? OldId = null, string? Nationality = null);

public sealed record IdPaper(int No, PaperKind Kind, string? Number, PartialDate? Issued, string? Place, DateOnly? Expires);

/// <summary>What is doubtful about a field, and why.</summary>
public sealed record Doubt(string Field, string Code, string? Note = null);

public sealed record FormerNumber(PersonalNumber Number, string Reason);

/// <summary>All that the register knows of a person now; the fold of the person's journal entries.</summary>
public sealed record PersonState
{
    public required PersonFacts Facts { get; init; }
    public PersonStatus Status { get; init; }
    public Guid? MergedInto { get; init; }
    public short Confidential { get; init; }
    public Guid? Fingerprint { get; init; }
    public IReadOnlyList<Residence> Residences { get; init; } = [];
    public IReadOnlyList<Membership> Memberships { get; init; } = [];
    public IReadOnlyList<Kin> Kin { get; init; } = [];
    public IReadOnlyList<IdPaper> Papers { get; init; } = [];
    public IReadOnlyList<Doubt> Doubts { get; init; } = [];
    public IReadOnlyList<FormerNumber> FormerNumbers { get; init; } = [];

    /// <summary>Marital status as the register can tell it (code list <c>marital</c>): what is written, or married where nothing is and a husband or wife is named. Null or 0: it can't.</summary>
    public short? MaritalStatus() => Facts.Marital is null or 0 && Kin.Any(k => k.Kind == KinKind.Spouse) ? (short)2 : Facts.Marital;
}

/// <summary>A household as the register knows it now.</summary>
public sealed record HouseholdState(string? FileNumber, int? Area, string? Detail, DateOnly? OpenedOn, DateOnly? ClosedOn = null);

/// <summary>Whether this installation is the register of record or a province's branch of one. Founded once, kept in <c>kernel.setting</c>.</summary>
public enum RegisterRole { Root, Branch }

/// <summary>What a claim of identity is compared with: the living bearer of a number, and the cards he holds.</summary>
/// <param name="Cards">Identity cards, and residence cards of foreigners: day of issue, day of expiry if they have one.</param>
public sealed record CardHolder(Guid Person, string FullName, PartialDate? Born, string? Phone, string? Email, IReadOnlyList<IdPaper> Cards)
{
    /// <summary>Those that can be shown on a day. A temporary residence card always has a last day: one whose is not known is not taken.</summary>
    public IEnumerable<IdPaper> ValidCards(DateOnly on) => Cards.Where(c => c.Expires is { } last ? last >= on : c.Kind != PaperKind.TemporaryResidenceCard);
}

/// <summary>For electronic identity, wherever the person lives: any office proves identities (NĐ 69/2024, article 11).</summary>
public interface ICardHolders
{
    /// <summary>The living bearer of a number and his cards; one statement, whether or not there is anybody. Who asks records the reading.</summary>
    Task<CardHolder?> Find(ShownNumber? number);

    /// <summary>The same by the record.</summary>
    Task<CardHolder?> Of(Guid person);
}

/// <summary>Somebody for whom another may act by law.</summary>
/// <param name="By">Who may act.</param>
/// <param name="Basis">parent: the register names the other as father or mother of this minor; guardian: as guardian.</param>
public sealed record Represented(Guid By, Guid Person, string Name, PartialDate? Born, string Basis);

/// <summary>Who may act for whom, as far as the register can tell: by number or record, never by a name alone (Bộ luật Dân sự 2015, articles 21, 46 and 136).</summary>
public interface IRepresentations
{
    /// <summary>Living minors whose parent, and living wards whose guardian, these persons are.</summary>
    Task<IReadOnlyList<Represented>> By(Guid[] persons, DateOnly on);
}

/// <summary>Figures of the weekly report that officers file, which the module knows that does the work: numbers only, nobody is named. What no module knows, the report says it does not know.</summary>
public interface IWeekFigures
{
    /// <summary>By the line of the report; a share is between 0 and 1, and is left out where nothing was done of which it could be one.</summary>
    /// <param name="areas">All versions of a commune and what has become part of it; null: the province.</param>
    /// <param name="begin">The first moment of the week.</param>
    /// <param name="end">The first one after it.</param>
    Task<IReadOnlyDictionary<string, double>> Of(int[]? areas, DateTimeOffset begin, DateTimeOffset end);
}

/// <summary>What was done to a record, in a sentence.</summary>
public sealed record ToldEntry(long Position, DateTimeOffset At, string What, string Office, string Ground);

/// <summary>The journal of a person as a story, for the one whose it is.</summary>
public interface IPersonStory
{
    /// <summary>The newest first.</summary>
    Task<IReadOnlyList<ToldEntry>> Of(Guid person);
}

/// <summary>A part of a record in words: each line a label and what stands there.</summary>
public sealed record ToldPart(string Head, IReadOnlyList<(string Label, string Text)> Lines);

/// <summary>All that the register holds about a person.</summary>
/// <param name="Households">Those the person belongs or belonged to, without the others who live there.</param>
/// <param name="Words">The same for people, in the language of the request; kin by what the record itself says of them.</param>
public sealed record HeldRecord(PersonState Person, IReadOnlyList<HouseholdState> Households, IReadOnlyList<ToldPart> Words);

/// <summary>The whole record, for the one whose it is.</summary>
public interface IWholeRecord
{
    Task<HeldRecord?> Of(Guid person);
}

/// <summary>Names of the register's codes (ethnicity, nationality, sex …), for papers, which are Vietnamese whatever language their maker reads.</summary>
public interface ICodeNames
{
    /// <summary>The code itself where the list has it not.</summary>
    Task<string> InVietnamese(string list, string code);
}

/// <summary>A child by the records of the register.</summary>
public sealed record Offspring(Guid Person, string Name, PartialDate? Born);

/// <summary>A household with those who belong to it on a day.</summary>
/// <param name="Members">Keys of their records, wherever they live.</param>
public sealed record HouseholdWithMembers(Guid Id, HouseholdState State, IReadOnlyList<Guid> Members);
/// <summary>Somebody whom an old paper may mean.</summary>
/// <param name="Sex">1 male, 2 female, 0 asked and unknown.</param>
/// <param name="Father">The father's name, by his record or as the person's names him; the mother's in the same way.</param>
/// <param name="Areas">Units, in the versions of their days, where he is registered, was born, has lived or lives.</param>
public sealed record Candidate(Guid Person, PersonalNumber? Number, string Name, PartialDate? Born, short? Sex, string? Father, string? Mother, PlaceFact? BirthPlace, PlaceFact? BirthRegistered,
    PersonStatus Status, PartialDate? Ended, IReadOnlyList<int> Areas);

/// <summary>Whom in the whole register an old paper may mean, wherever he lives. Records that are confidential are left out for who may not read them. Who asks records the reading.</summary>
public interface ICandidates
{
    /// <summary>Those whose name is, or is a slip away from, the written one, and who were born about then; the nearest names first, and at most <paramref name="most"/>.</summary>
    /// <remarks>The birth is as much as the paper says, null where it says nothing; it may lie so many years off.</remarks>
    Task<IReadOnlyList<Candidate>> Find(string name, PartialDate? born, int years, int most);
}

/// <summary>What another module keeps about a person, in a line of his page.</summary>
public sealed record PersonNote(string Head, string Text);

/// <summary>Other modules' lines on the page of a person; asked in the transaction of the official who looks.</summary>
public interface IPersonNotes
{
    Task<IReadOnlyList<PersonNote>> Of(Guid person);
}

/// <summary>What other modules may ask of the register. Everything runs in the caller's transaction.</summary>
public interface IPopulation
{
    Task<PersonState?> Find(Guid person);

    /// <summary>As <see cref="Find"/>, and nobody else acts on the record before the transaction has ended.</summary>
    Task<PersonState?> Hold(Guid person);

    /// <summary>The record that a number answers with: its own, or after a merge or a new number the present one.</summary>
    Task<Guid?> Answering(PersonalNumber number);

    /// <summary>An address as written, and in the units of today where those have changed.</summary>
    (string? Written, string? Today) Address(Residence at);

    /// <summary>A residence as it is told and written today: in the unit to which its place belongs now, where that is certain; else as it was recorded.</summary>
    Residence InForce(Residence at);

    /// <summary>Facts as the register writes them: names in their form and with their parts, codes of its lists; or all that is wrong with them.</summary>
    Task<Outcome<PersonFacts>> Written(PersonFacts facts);

    /// <summary>Those whose records name this person as father or mother, wherever they live: the record of a parent names them too (group 15).</summary>
    Task<IReadOnlyList<Offspring>> ChildrenOf(Guid person);

    Task<HouseholdState?> Household(Guid household);

    /// <summary>Those who belong to a household now; the eldest first.</summary>
    Task<IReadOnlyList<Guid>> MembersOf(Guid household);

    /// <summary>Opens a household, or writes what has become of it: its address, its end.</summary>
    Task RecordHousehold(Guid household, HouseholdState state, string ground);

    /// <summary>Whose records name this person as kin, by number, by a number before it or by record, and in which line; wherever they live. Records that were merged into others are left as they are.</summary>
    Task<IReadOnlyList<(Guid Person, Kin Line)>> NamedIn(Guid person);

    /// <summary>Cancels the number and establishes another by the record as it is now (NĐ 70/2024, article 11); the old one answers with it for ever. Refused in a branch.</summary>
    Task<Outcome<PersonalNumber>> Renumber(Guid person, string placeCode, string reason, string ground);
    /// <summary>A household and who belongs to it on a day; null: there is none.</summary>
    /// <param name="hold">Nobody else acts on the household before the transaction has ended.</param>
    Task<HouseholdWithMembers?> Household(Guid household, DateOnly on, bool hold = false);

    /// <summary>Codes of a list (relation, ethnicity …) with their names in the language of the request, in its order.</summary>
    Task<IReadOnlyList<(string Code, string Name)>> Codes(string list);

    /// <summary>Enters a person; the key of the new record.</summary>
    Task<Outcome<Guid>> Enter(PersonState person, string ground);

    /// <summary>Writes an act on a person: the journal entry, and the record as the fold makes it.</summary>
    Task<Outcome<PersonState>> Act<TEntry>(Guid person, TEntry entry, string ground) where TEntry : IPersonEntry;

    /// <summary>Allots a number that nobody has or had (Luật Căn cước, article 12); refused in a branch.</summary>
    Task<Outcome<PersonalNumber>> Allot(Guid person, string placeCode, string ground);
}

/// <summary>An act that is taken back.</summary>
/// <param name="Persons">Whom it had changed.</param>
/// <param name="Left">What stays because something else has changed it since: a field, or residence, household, kin, papers.</param>
public sealed record TakenBack(IReadOnlyList<Guid> Persons, IReadOnlyList<(Guid Person, string Part)> Left)
{
    /// <summary>What stays or goes back as a whole; of the facts each goes by itself.</summary>
    public static readonly string[] Wholes = ["residence", "household", "kin", "papers"];
}

/// <summary>Takes acts back that should not have been: a death whose person returns, a registration that is revoked.</summary>
public interface ITakingBack
{
    /// <summary>What would be taken back.</summary>
    /// <param name="act">The act, as the subject of its own journal entry.</param>
    Task<TakenBack> Look(Guid act);

    /// <summary>Takes it back, in the caller's transaction. Whom it concerns has to be within the official's reach.</summary>
    Task<Outcome<TakenBack>> Run(Guid act, string ground);
}

/// <summary>The million numbers of one place, sex and year of birth.</summary>
/// <param name="Prefix">Their first six digits.</param>
/// <param name="PlaceCode">Digits 1–3.</param>
/// <param name="PlaceName">The province, as it was when numbers began; null for a country.</param>
/// <param name="Sex">1 male, 2 female.</param>
/// <param name="BirthYear">Year of birth.</param>
/// <param name="Used">Somebody has or had them.</param>
/// <param name="Free">Nobody has or had them.</param>
public sealed record NumberSpace(string Prefix, string PlaceCode, string? PlaceName, short Sex, int BirthYear, int Used, int Free);
