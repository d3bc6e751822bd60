using SoGoc.Kernel.Jobs;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Population;

// What the Host uses: the command line, foundings, the check of the register, a branch.

/// <summary>The stock of numbers, for the command line.</summary>
public interface INumbers
{
    /// <summary>By the six digits of a prefix, or by place code, year of birth and sex.</summary>
    Task<Outcome<NumberSpace>> Free(string? prefix, string? place, int? year, short? sex);
}

/// <summary>A household with its people, as a whole population is founded from.</summary>
public sealed record FoundedHousehold(Guid Id, HouseholdState Household, IReadOnlyList<(Guid Id, PersonState Person)> Members);

/// <summary>Loads a whole population at once, in one transaction, with indexes set aside; for an invented province, or for a branch that takes over its part of the root.</summary>
public interface IFounding
{
    Task<long> Load(IEnumerable<FoundedHousehold> households, string ground, Action<long>? tell, CancellationToken stop);
}

/// <summary>What a check of the whole register against its journal found.</summary>
public sealed record Verified(long Persons, long Households, long Entries, IReadOnlyList<string> Differences);

public interface IVerification
{
    /// <summary>Folds every record's entries and compares the result with the stored rows.</summary>
    Task<Verified> Run(Action<long>? tell, CancellationToken stop);
}

/// <summary>What a list turned out to be, for the command line.</summary>
public sealed record ListReport(Guid Id, string Name, string State, string Format, string Encoding, IReadOnlyList<(string Head, string Field)> Columns,
    long Rows, long Sound, long Quarantined, long Entered, long Completed, long Unchanged, IReadOnlyList<(string Code, string Field, bool Warning, long Rows)> Faults, Problem? Refusal);

/// <summary>Lists by the command line: the same steps as by the page.</summary>
public interface IListOffice
{
    /// <summary>Takes the file in, or finds it again when it was sent before and is not done: a second run goes on where the first was killed.</summary>
    Task<Outcome<Guid>> Send(string path, IReadOnlyDictionary<string, string> mapping);

    Task<ListReport?> Report(Guid list);

    /// <summary>How far the work on it is, whoever does it.</summary>
    Task<JobState?> Progress(Guid list);

    Task<Outcome<Done>> Enter(Guid list);

    Task<long> WriteQuarantine(Guid list, string path);
}

/// <summary>An entry of the root's journal, as its feed tells it.</summary>
/// <param name="Place">Its place in the feed.</param>
public sealed record RootEntry(long Place, DateTimeOffset At, string Actor, string Office, string Ground, Guid Subject, string Kind, string Body);

/// <summary>The side of a branch that follows the register of record. Who carries the entries over is not its business.</summary>
public interface IBranch
{
    /// <summary>Cursor of the root's feed for the next question.</summary>
    Task<long> Followed();

    /// <summary>Applies a page of the feed; sent again it changes nothing. Refused in a root, and where the page leaves a gap.</summary>
    /// <param name="after">The cursor the page was asked with.</param>
    /// <param name="entries">In the order of the feed.</param>
    /// <param name="next">The page's cursor for the next question.</param>
    /// <returns>How many entries were applied.</returns>
    Task<Outcome<long>> Follow(long after, IReadOnlyList<RootEntry> entries, long next);
}
