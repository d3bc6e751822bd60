using System.Security.Cryptography;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;

namespace SoGoc.Civil.OldBooks;

/// <summary>Takes in the picture of a page, from which its entries are typed twice. What it is, its first bytes say; the same picture again is the same page.</summary>
internal sealed class SendOldImage(OldShelf shelf, Session session, CurrentActor actor, TimeProvider clock) : IRunsOnce
{
    /// <summary>5 MiB.</summary>
    public const int MostBytes = 5 << 20;

    public const int MostEntries = 12;

    /// <param name="File">JPEG or PNG.</param>
    /// <param name="Name">As its owner calls it.</param>
    /// <param name="Book">Which book.</param>
    /// <param name="Entries">How many entries stand on the page.</param>
    internal sealed record Request(Stream File, string Name, Guid Book, int Entries);

    /// <param name="No">Which page, in the order in which they came.</param>
    /// <param name="Again">The picture had been sent before.</param>
    internal sealed record Sent(Guid Image, int No, bool Again);

    public async Task<Outcome<Sent>> Run(Request r)
    {
        var found = await shelf.Find(r.Book);
        if (!found.Ok(out var book))
        {
            return found.Problems.ToList();
        }

        if (r.File.Length > MostBytes)
        {
            return new Problem(ProblemKind.TooLarge, "civil.old-image-size", "file");
        }

        var bytes = new byte[r.File.Length];
        r.File.Position = 0;
        await r.File.ReadExactlyAsync(bytes);
        if (TypeOf(bytes) is not { } type)
        {
            return Problem.Invalid("file", "civil.old-image-type");
        }

        if (r.Entries is < 1 or > MostEntries)
        {
            return Problem.Invalid("entries", "civil.old-image-entries");
        }

        await session.Execute("select pg_advisory_xact_lock(hashtextextended($1, 0))", $"civil.old_book {book.Id}");
        var hash = SHA256.HashData(bytes);
        if (await session.Row("select id, no from civil.old_image where book_id = $1 and sha256 = $2", x => new Sent(x.GetGuid(0), x.GetInt32(1), true), book.Id, hash) is { } before)
        {
            return before;
        }

        var id = Guid.CreateVersion7(clock.GetUtcNow());
        var no = await session.Value<int>("select coalesce(max(no), 0) + 1 from civil.old_image where book_id = $1", book.Id);
        await session.Execute("insert into civil.old_image (id, book_id, no, name, type, bytes, sha256, entries, sent_at, sent_by) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
            id, book.Id, no, Arrival.NameOf(r.Name, "trang"), type, bytes, hash, (short)r.Entries, clock.GetUtcNow(), actor.Value.Reference);
        return new Sent(id, no, false);
    }

    /// <summary>By its first bytes, whatever it is called; null where it is neither JPEG nor PNG.</summary>
    private static string? TypeOf(ReadOnlySpan<byte> bytes) => bytes.StartsWith((ReadOnlySpan<byte>)[0xFF, 0xD8, 0xFF]) ? "image/jpeg"
        : bytes.StartsWith((ReadOnlySpan<byte>)[0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A]) ? "image/png" : null;
}
