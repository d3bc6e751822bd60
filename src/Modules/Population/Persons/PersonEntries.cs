using SoGoc.Kernel.Journaling;

namespace SoGoc.Population;

/// <summary>An act on one person. The fold of all of them, in order, is the record.</summary>
public interface IPersonEntry : IEntry;

/// <summary>The person came into the register, with everything that was known.</summary>
public sealed record PersonEntered(PersonState Person, Guid? List = null, long? Row = null) : IPersonEntry
{
    public static string Kind => "population.person-entered";
}

/// <summary>What stood in the register was wrong (cải chính). Only the fields that differ; <see cref="Cleared"/> names fields that become empty.</summary>
public sealed record PersonCorrected(PersonFacts Before, PersonFacts After, IReadOnlyList<string>? Cleared = null) : IPersonEntry
{
    public static string Kind => "population.person-corrected";

    /// <summary>The doubts that the correction settles: those about its fields, whichever value they spoke for, because its ground has decided.</summary>
    public IEnumerable<DoubtSettled> Settles(IEnumerable<Doubt> doubts) =>
        doubts.Where(d => Persons.FactField.All.Any(f => f.Name == d.Field && (f.Get(After) is not null || Cleared?.Contains(f.Name) == true))).Select(d => new DoubtSettled(d.Field, d.Code));
}

/// <summary>Life has changed (thay đổi): a new name, telephone, marital status.</summary>
/// <param name="On">The day it changed; null: the day it was entered.</param>
public sealed record PersonChanged(PersonFacts Before, PersonFacts After, IReadOnlyList<string>? Cleared = null, DateOnly? On = null) : IPersonEntry
{
    public static string Kind => "population.person-changed";
}

/// <summary>Fields that were empty are known now (bổ sung).</summary>
public sealed record PersonCompleted(PersonFacts After, IReadOnlyList<Kin>? Kin = null, IReadOnlyList<IdPaper>? Papers = null,
    IReadOnlyList<Residence>? Residences = null, Membership? Membership = null, Guid? List = null, long? Row = null) : IPersonEntry
{
    public static string Kind => "population.person-completed";
}

/// <summary>A residence begins; one of the same kind that was open ends on that day.</summary>
public sealed record ResidenceBegan(ResidenceKind Kind, int? Area, string? Detail, DateOnly On, DateOnly? Until = null) : IPersonEntry
{
    static string IEntry.Kind => "population.residence-began";
}

/// <summary>The open residence of a kind ends.</summary>
public sealed record ResidenceEnded(ResidenceKind Kind, DateOnly On) : IPersonEntry
{
    static string IEntry.Kind => "population.residence-ended";
}

/// <summary>The person joins a household (leaving the one before on that day), or becomes something else in it.</summary>
public sealed record HouseholdJoined(Guid Household, string Relation, DateOnly On) : IPersonEntry
{
    public static string Kind => "population.household-joined";
}

public sealed record HouseholdLeft(DateOnly On) : IPersonEntry
{
    public static string Kind => "population.household-left";
}

/// <summary>A father, mother, spouse … is named. A father or mother replaces the one before.</summary>
/// <param name="On">The day from which it is so; null: it has been so all along.</param>
public sealed record KinNamed(Kin Kin, DateOnly? On = null) : IPersonEntry
{
    public static string Kind => "population.kin-named";
}

/// <summary>A line of kin ends.</summary>
/// <param name="Closed">It is closed: ordinary eyes do not see it in the days before either (adoption).</param>
/// <param name="On">The day from which it is so; null: it never was.</param>
public sealed record KinEnded(int No, bool? Closed = null, DateOnly? On = null) : IPersonEntry
{
    public static string Kind => "population.kin-ended";
}

public sealed record PaperIssued(IdPaper Paper) : IPersonEntry
{
    public static string Kind => "population.paper-issued";
}

/// <summary>Died, missing, emigrated, found alive …; <see cref="On"/> is the date of death or of going missing.</summary>
public sealed record StatusChanged(PersonStatus Status, Kernel.Time.PartialDate? On = null) : IPersonEntry
{
    public static string Kind => "population.status-changed";
}

/// <summary>Two records were one person: this one is closed and answers with the other.</summary>
public sealed record PersonMerged(Guid Into, PersonStatus Was) : IPersonEntry
{
    public static string Kind => "population.person-merged";
}

/// <summary>The merge was wrong: the record stands alone again.</summary>
public sealed record PersonSeparated(PersonStatus Back) : IPersonEntry
{
    public static string Kind => "population.person-separated";
}

/// <summary>An act was taken back: these parts are again what they were before it. A part that is null stays as it is.</summary>
/// <param name="Act">The act, as the subject of its journal entry.</param>
/// <param name="Facts">Single fields as they were; <see cref="Cleared"/> names those that were empty.</param>
public sealed record PersonRestored(Guid Act, PersonStatus? Status = null, PersonFacts? Facts = null, IReadOnlyList<string>? Cleared = null,
    IReadOnlyList<Residence>? Residences = null, IReadOnlyList<Membership>? Memberships = null, IReadOnlyList<Kin>? Kin = null, IReadOnlyList<IdPaper>? Papers = null) : IPersonEntry
{
    static string IEntry.Kind => "population.person-restored";
}

public sealed record NumberAllotted(PersonalNumber Number) : IPersonEntry
{
    public static string Kind => "population.number-allotted";
}

/// <summary>The number was cancelled and another established (NĐ 70/2024, article 11).</summary>
public sealed record NumberReplaced(PersonalNumber Before, PersonalNumber After, string Reason) : IPersonEntry
{
    public static string Kind => "population.number-replaced";
}

public sealed record DoubtRaised(Doubt Doubt) : IPersonEntry
{
    public static string Kind => "population.doubt-raised";
}

public sealed record DoubtSettled(string Field, string Code) : IPersonEntry
{
    public static string Kind => "population.doubt-settled";
}

public sealed record ConfidentialitySet(short Level) : IPersonEntry
{
    public static string Kind => "population.confidentiality-set";
}

/// <summary>A household was opened, or its address or end became known.</summary>
public sealed record HouseholdRecorded(HouseholdState Household) : IEntry
{
    public static string Kind => "population.household-recorded";
}
