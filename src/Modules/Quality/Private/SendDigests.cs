using System.Globalization;
using Microsoft.AspNetCore.DataProtection;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Jobs;
using SoGoc.Kernel.Outcomes;
using SoGoc.Lists;
using SoGoc.Quality.Matching;

namespace SoGoc.Quality.Private;

/// <summary>Takes the digests of a list in, and begins to compare them.</summary>
internal sealed class SendDigests(PrivateLists lists, Session session, JobBook jobs, IDataProtectionProvider protection)
{
    private const int MostRows = 1_000_000;

    /// <param name="File">Seekable; as `sogoc digest` writes it.</param>
    internal sealed record Request(Guid Id, Stream File);

    internal sealed record Sent(Guid Id, int Rows);

    public async Task<Outcome<Sent>> Run(Request r)
    {
        var found = await lists.Find(r.Id, hold: true);
        if (!found.Ok(out var list))
        {
            return found.Problems.ToList();
        }

        if (list is not { State: PrivateList.Asked, Key: { } kept })
        {
            return Problem.Conflict("quality.digests-sent");
        }

        if (r.File.Length > SendMatchList.Limits.MaxFileBytes)
        {
            return SendMatchList.TooLarge;
        }

        var read = Read(r.File, ListDigest.WithKey(protection.CreateProtector(PrivateList.Protection).Unprotect(kept))!.KeyMark);
        if (!read.Ok(out var rows))
        {
            return read.Problems.ToList();
        }

        r.File.Position = 0;
        using var bytes = new MemoryStream((int)r.File.Length);
        await r.File.CopyToAsync(bytes);
        await session.Execute("update quality.private_list set (file, rows, state) = ($2, $3, 'matching') where id = $1", r.Id, bytes.ToArray(), rows.Count);
        await jobs.Ask<MatchDigests>(r.Id);
        return new Sent(r.Id, rows.Count);
    }

    /// <summary>The rows of a list of digests.</summary>
    /// <param name="mark">Mark of the key with which they have to be made; null: whichever.</param>
    public static Outcome<List<DigestRow>> Read(Stream file, string? mark)
    {
        var rows = new List<DigestRow>();
        try
        {
            using var reader = ListReader.Open(file, "digests.csv", SendMatchList.Limits);
            if (!reader.Shape.Heads.SequenceEqual(ListDigest.Heads))
            {
                return Problem.Invalid("file", "quality.no-digests");
            }

            while (reader.Read())
            {
                if (!int.TryParse(reader[0], NumberStyles.None, CultureInfo.InvariantCulture, out var row) || !ListDigest.TryRead(reader[1], out var number) || !ListDigest.TryRead(reader[2], out var day) || !ListDigest.TryRead(reader[3], out var year))
                {
                    return Problem.Invalid("file", "quality.digest-malformed", reader.RowNumber.ToString(CultureInfo.InvariantCulture));
                }

                if (mark is not null && reader[4] != mark)
                {
                    return Problem.Invalid("file", "quality.digest-other-key");
                }

                rows.Add(new DigestRow(row, number, day, year));
                if (rows.Count > MostRows)
                {
                    return Problem.Invalid("file", "quality.list-too-long");
                }
            }
        }
        catch (ListException e)
        {
            return Problem.Invalid("file", e.Code, e.Row?.ToString(CultureInfo.InvariantCulture) ?? "", e.Detail ?? "");
        }

        return rows.Count == 0 ? Problem.Invalid("file", "lists.no-rows") : rows.DistinctBy(x => x.Row).Count() != rows.Count ? Problem.Invalid("file", "quality.digest-row-twice") : rows;
    }
}

/// <summary>What a row says, as digests.</summary>
internal sealed record DigestRow(int Row, UInt128? Number, UInt128? NameDay, UInt128? NameYear);
