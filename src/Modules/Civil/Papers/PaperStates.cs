using NpgsqlTypes;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;

namespace SoGoc.Civil.Papers;

/// <summary>How papers end. Valid is what has not ended.</summary>
internal sealed class PaperStates(Session session, Journal journal, CurrentActor actor, TimeProvider clock)
{
    /// <summary>Why a paper is void.</summary>
    public static readonly string[] Reasons = ["misprint", "lost", "wrong", "unlawful"];

    /// <summary>What a paper is void by that says what was annulled; no official chooses it.</summary>
    public const string Annulled = "annulled";

    /// <summary>All reasons that are told.</summary>
    public static readonly string[] Told = [.. Reasons, Annulled];

    /// <summary>All valid papers of an entry that was annulled are void: what they say never was, and no other comes in their place.</summary>
    public Task<IReadOnlyList<Guid>> AnnulledWith(Guid entry, string ground) => End(entry, null, "void", Annulled, ground);

    /// <summary>All valid papers of an entry end: it says more since they were made, or is closed. Why is told to nobody who only holds the paper.</summary>
    public Task<IReadOnlyList<Guid>> Replaced(Guid entry, string ground) => End(entry, null, "replaced", null, ground);

    /// <summary>One paper ends; nothing where it has ended before.</summary>
    public Task<IReadOnlyList<Guid>> Voided(Guid entry, Guid paper, string reason, string ground) => End(entry, paper, "void", reason, ground);

    private async Task<IReadOnlyList<Guid>> End(Guid entry, Guid? paper, string how, string? reason, string ground)
    {
        var ended = await session.Rows("select civil.end_papers($1, $2, $3, $4, $5, $6)", r => r.GetGuid(0),
            entry, paper.As(NpgsqlDbType.Uuid), how, reason.As(NpgsqlDbType.Text), actor.Value.Reference, clock.GetUtcNow());
        if (ended.Count > 0)
        {
            await journal.AddAll([.. ended.Select(id => (id, new PaperEnded(entry, how, reason)))], ground);
        }

        return ended;
    }
}
