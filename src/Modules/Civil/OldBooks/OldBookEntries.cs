using SoGoc.Kernel.Journaling;

namespace SoGoc.Civil.OldBooks;

/// <summary>The digitisation of an old book began.</summary>
/// <param name="Area">The commune, in the version of then.</param>
public sealed record OldBookOpened(int Area, string Office, string BookKind, string Number, int YearFrom, int YearTo, int Expected) : IEntry
{
    public static string Kind => "civil.old-book-opened";
}

/// <summary>A file of entries of a book was taken in. Subject: the book.</summary>
public sealed record OldBatchTaken(Guid Batch, string Name, string Sha256, int Rows, int Quarantined) : IEntry
{
    public static string Kind => "civil.old-batch-taken";
}

/// <summary>An entry was typed by two, and they agree or somebody has settled it. Subject: the entry, or the row of the quarantine.</summary>
/// <param name="TypedBy">Both, in the order in which they typed.</param>
/// <param name="Differed">Fields in which they differed.</param>
public sealed record OldEntryChecked(Guid Book, Guid Image, int Place, IReadOnlyList<string> TypedBy, IReadOnlyList<string> Differed, bool Quarantined) : IEntry
{
    public static string Kind => "civil.old-entry-checked";
}

/// <summary>An entry that was kept apart was mended, or taken as the book has it. Subject: the entry.</summary>
public sealed record OldRowSettled(Guid Book, Guid Row, IReadOnlyList<string> Changed, bool AsWritten) : IEntry
{
    public static string Kind => "civil.old-row-settled";
}

/// <summary>It was decided who somebody of an old entry is. Subject: the entry.</summary>
/// <param name="Decision">linked, nobody, later; undone: an earlier decision is taken back.</param>
/// <param name="Score">What the evidence came to; null where the official named a number himself.</param>
public sealed record OldEntryDecided(Guid Book, Guid Party, string Role, string Decision, Guid? Person = null, int? Score = null) : IEntry
{
    public static string Kind => "civil.old-entry-decided";
}
