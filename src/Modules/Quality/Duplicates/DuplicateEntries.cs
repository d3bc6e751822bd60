using SoGoc.Kernel.Journaling;
using SoGoc.Population;

namespace SoGoc.Quality.Duplicates;

/// <summary>Two records were of one person: one is closed and answers with the other. Subject: the act.</summary>
/// <param name="Into">The record that stays.</param>
/// <param name="From">The one that was closed.</param>
/// <param name="Was">Status of the closed one before.</param>
/// <param name="Taken">What the record that stays has taken from the other: fields, and home.</param>
internal sealed record RecordsJoined(Guid Into, Guid From, PersonStatus Was, IReadOnlyList<string> Taken, Guid? Pair = null, IReadOnlyList<Guid>? Closed = null) : IEntry
{
    public static string Kind => "quality.records-joined";
}

/// <summary>They were two persons after all: each record is again what it was, where nothing has touched it since. Subject: the act that had joined them.</summary>
internal sealed record RecordsSeparated(Guid Into, Guid From) : IEntry
{
    public static string Kind => "quality.records-separated";
}

/// <summary>Somebody has decided on a proposal. Subject: the proposal.</summary>
/// <param name="A">One record.</param>
/// <param name="B">The other.</param>
/// <param name="State">different, asked, or open again.</param>
/// <param name="Counter">birth, number: at which counter they were told apart; null: on the page of the proposal.</param>
internal sealed record PairJudged(Guid A, Guid B, string State, string? Counter = null) : IEntry
{
    public static string Kind => "quality.pair-judged";
}
