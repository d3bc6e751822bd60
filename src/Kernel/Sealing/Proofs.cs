using System.ComponentModel.DataAnnotations;
using Npgsql;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Kernel.Sealing;

/// <summary>The signed heads behind a number, oldest first; public, so that many can keep them.</summary>
internal sealed class ShowHeads(Session session)
{
    private const int MostHeads = 1000;

    /// <param name="After">Number of the last head that is known; 0 from the beginning.</param>
    /// <param name="Most">How many at most.</param>
    internal sealed record Request(long After = 0, [Range(1, MostHeads)] int Most = 100);

    internal sealed record Shown(IReadOnlyList<SignedHead> Heads);

    public async Task<Outcome<Shown>> Run(Request r) => new Shown(await SignedHead.After(await session.Open(), r.After, Math.Clamp(r.Most, 1, MostHeads)));
}

/// <summary>Shows that a row of the journal is in a signed head, or that one head grew out of another, so that a reader need not trust this register.
/// A row that is not sealed yet has no proof; it will within a minute.</summary>
internal sealed class ProveRow(RowProofs proofs, Journal journal, Reasons reasons)
{
    /// <param name="Log">entry or disclosure.</param>
    /// <param name="Position">The row.</param>
    /// <param name="Head">Number of the head to prove against; the first in which the row is when none is given.</param>
    /// <param name="Purpose">Code of the purpose; the row may speak of a person.</param>
    /// <param name="Case">Reference of the open case it is read for.</param>
    internal sealed record Request([Required] string? Log, long Position, long? Head = null,
        [Required, Length(1, Reason.Longest)] string? Purpose = null, [Required, Length(1, Reason.Longest)] string? Case = null);

    public async Task<Outcome<RowProof>> Run(Request r)
    {
        var problems = new List<Problem>();
        var reason = await reasons.Check(r.Purpose, r.Case, problems);
        problems.AddRange(ReadFeed.Beyond(reason));
        if (LeafLog.Find(r.Log) is null)
        {
            problems.Add(Problem.Invalid("log", "journal.no-log"));
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        var outcome = await proofs.Of(r.Log, r.Position, r.Head);
        if (outcome.Ok(out var proof))
        {
            await journal.Disclose([Guid.Parse(proof.Fields.First(f => f.Name == "subject").Text)], ["journal"], r.Purpose!, r.Case!);
        }

        return outcome;
    }
}

/// <summary>Shows that the tree of a newer head begins with that of an older one: nothing was changed, removed or put in between.</summary>
internal sealed class ProveGrowth(Session session)
{
    /// <param name="Log">entry or disclosure.</param>
    /// <param name="Older">Number of a head.</param>
    /// <param name="Newer">Number of a later head.</param>
    internal sealed record Request([Required] string? Log, long Older, long Newer);

    internal sealed record Proof(string Log, SignedHead Older, SignedHead Newer, IReadOnlyList<byte[]> Path);

    public async Task<Outcome<Proof>> Run(Request r)
    {
        if (LeafLog.Find(r.Log) is not { } log)
        {
            return Problem.Invalid("log", "journal.no-log");
        }

        var connection = await session.Open();
        if (await SignedHead.Find(connection, r.Older) is not { } older || await SignedHead.Find(connection, r.Newer) is not { } newer || older.SizeOf(log) > newer.SizeOf(log))
        {
            return Problem.Missing("journal.no-head");
        }

        return new Proof(log.Name, older, newer, await new Tiles(connection, log.Name).Tree.Consistency(older.SizeOf(log), newer.SizeOf(log)));
    }
}
