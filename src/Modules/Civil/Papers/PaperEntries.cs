using SoGoc.Kernel.Journaling;

namespace SoGoc.Civil.Papers;

/// <summary>A paper was made of an entry.</summary>
/// <param name="PaperKind">certificate, extract.</param>
/// <param name="Sha256">Of the file, in hexadecimal digits.</param>
public sealed record PaperIssued(Guid Entry, string EntryNo, string PaperKind, string No, string Office, string Sha256) : IEntry
{
    public static string Kind => "civil.paper-issued";
}

/// <summary>A paper that was issued before was handed out once more.</summary>
public sealed record PaperPrinted(Guid Entry, string No) : IEntry
{
    public static string Kind => "civil.paper-printed";
}

/// <summary>A paper is not valid any more.</summary>
/// <param name="As">replaced: the entry says more since, or is closed; void: it should not be used.</param>
/// <param name="Reason">Of a void one: misprint, lost, wrong, unlawful, annulled.</param>
public sealed record PaperEnded(Guid Entry, string As, string? Reason = null) : IEntry
{
    public static string Kind => "civil.paper-ended";
}
