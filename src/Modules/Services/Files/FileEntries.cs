using SoGoc.Kernel.Journaling;

namespace SoGoc.Services.Files;

/// <summary>A file was handed in. The subject of all entries of a file is its key.</summary>
/// <param name="About">Whom it is about.</param>
/// <param name="By">Who handed it in, where that is another.</param>
internal sealed record FileSubmitted(string Code, string Procedure, int Version, string Channel, Guid About, Guid? By, int? Area, string Desk) : IEntry
{
    public static string Kind => "services.file-submitted";
}

/// <summary>It was received: the clock runs.</summary>
internal sealed record FileReceived(string Code, DateTimeOffset Due) : IEntry
{
    public static string Kind => "services.file-received";
}

/// <summary>It was not received, or is not dealt with further.</summary>
/// <param name="Why">As the citizen is told.</param>
internal sealed record FileRefused(string Code, short Status, string Why) : IEntry
{
    public static string Kind => "services.file-refused";
}

/// <summary>Somebody deals with it.</summary>
internal sealed record FileTaken(string Code, string Holder) : IEntry
{
    public static string Kind => "services.file-taken";
}

/// <summary>The citizen is asked for what is missing; once, and for all of it.</summary>
internal sealed record SupplementAsked(string Code, string What, int LeftMinutes, DateOnly Until) : IEntry
{
    public static string Kind => "services.supplement-asked";
}

/// <summary>He has brought it.</summary>
internal sealed record SupplementMade(string Code, DateTimeOffset? Due) : IEntry
{
    public static string Kind => "services.supplement-made";
}

/// <summary>A new date was promised, with an apology, before the old one had passed.</summary>
internal sealed record ApologyMade(string Code, DateTimeOffset Before, DateTimeOffset Due, string Why) : IEntry
{
    public static string Kind => "services.apology-made";
}

/// <summary>Taken back by who had handed it in.</summary>
internal sealed record FileWithdrawn(string Code, string? Why) : IEntry
{
    public static string Kind => "services.file-withdrawn";
}

/// <summary>It was decided.</summary>
/// <param name="ResultNo">Number of the result.</param>
/// <param name="Values">SHA-256 of exactly the values on which the decision rests: what was filled in, what the register said, and the digests of the papers (<see cref="UsedValues"/>).</param>
/// <param name="Paper">SHA-256 of the paper that was drawn for it; null: its paper is that of the act.</param>
internal sealed record FileDecided(string Code, string ResultNo, string? Text, string Values, bool Late, string? Paper = null) : IEntry
{
    public static string Kind => "services.file-decided";
}

/// <summary>The result was handed over.</summary>
internal sealed record ResultReturned(string Code, string How) : IEntry
{
    public static string Kind => "services.result-returned";
}

/// <summary>The citizen has said how it was.</summary>
internal sealed record FileRated(string Code, short Stars, string? Text) : IEntry
{
    public static string Kind => "services.file-rated";
}

/// <summary>It is another office's from now on: one that was not competent has handed it over, or what has taken over from an office that is no more.</summary>
/// <param name="From">Name of the office that had it.</param>
/// <param name="To">Of the one that has it now.</param>
/// <param name="Area">Its commune; null: an agency of the province.</param>
/// <param name="LeftMinutes">Working minutes that are left; the clock runs on. Null: it was not received yet.</param>
/// <param name="Signature">Of the official, a detached JWS over the SHA-256 of <see cref="Text"/>; null where units or agencies were rearranged.</param>
internal sealed record FileHandedOver(string Code, string From, string To, int? Area, string Desk, string Why, int? LeftMinutes, string? Signature) : IEntry
{
    public static string Kind => "services.file-handed-over";

    /// <summary>What is signed: code, offices, minutes and reason, a line each.</summary>
    internal string Text => string.Join('\n', Code, From, To, LeftMinutes?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "", Why);
}

/// <summary>An official of the desk has it from now on: by the rule of the desk, or because its head gave it to him.</summary>
/// <param name="To">As the journal names him.</param>
/// <param name="Name">As people know him.</param>
/// <param name="Instead">Name of who is away, and for whom he stands in.</param>
/// <param name="By">rule or head.</param>
/// <param name="Why">What the head said with it.</param>
internal sealed record FileAssigned(string Code, string To, string Name, string? Instead, string By, string? Why) : IEntry
{
    public static string Kind => "services.file-assigned";
}

/// <summary>To whom a desk gives what it receives; the subject is the rule.</summary>
/// <param name="Scope">Code of a procedure, or sector:… for a group; empty: all others.</param>
/// <param name="Officials">As the journal names them; none: the rule is no more.</param>
internal sealed record AssignmentRuleSet(int? Area, string Desk, string Scope, IReadOnlyList<string> Officials) : IEntry
{
    public static string Kind => "services.assignment-rule-set";
}

/// <summary>Somebody has said something about a file, inside: for the offices that have it or have had it, and never for the citizen.</summary>
/// <param name="By">Name and office of who said it.</param>
internal sealed record CommentMade(string Code, string Text, string By) : IEntry
{
    public static string Kind => "services.comment-made";
}

/// <summary>A sentence of the office is kept, to be used again; the subject is the sentence.</summary>
internal sealed record PhraseKept(int? Area, string Desk, string Procedure, string For, string Text) : IEntry
{
    public static string Kind => "services.phrase-kept";
}

/// <summary>It is offered no more.</summary>
internal sealed record PhraseDropped(string Text) : IEntry
{
    public static string Kind => "services.phrase-dropped";
}

/// <summary>The citizen was reminded that his file waits for a payment.</summary>
internal sealed record PaymentReminded(string Code, DateOnly Until) : IEntry
{
    public static string Kind => "services.payment-reminded";
}
