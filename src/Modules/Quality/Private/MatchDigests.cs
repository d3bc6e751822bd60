using System.Runtime.InteropServices;
using Microsoft.AspNetCore.DataProtection;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Jobs;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Time;
using SoGoc.Quality.Matching;

namespace SoGoc.Quality.Private;

/// <summary>Makes the digests of the whole register with the key of a list, one pass over its rows, and keeps of each row of the list how it came out, and nothing else. Whoever was found is on the record of readings.</summary>
internal sealed class MatchDigests(Session session, PrivateLists lists, IDataProtectionProvider protection, DisclosureWriter disclosures, Journal journal, TimeProvider clock) : IJob
{
    private const int Batch = 20_000;

    /// <summary>Of those who bear one name and day: who has more is told of no more, and none of them is certain.</summary>
    private const int MostLikes = 8;

    /// <summary>Whom of the register the digests of the list fit.</summary>
    /// <param name="ByNumber">Who bears a number, or bore it.</param>
    /// <param name="Own">Name with day and with year, of those.</param>
    /// <param name="ByName">Who bears a name and was born on that day, or in that year.</param>
    private sealed record Fits(Dictionary<UInt128, HashSet<Guid>> ByNumber, Dictionary<Guid, (UInt128? NameDay, UInt128? NameYear)> Own, Dictionary<UInt128, HashSet<Guid>> ByName)
    {
        public IReadOnlyCollection<Guid> Numbered(UInt128? digest) => digest is { } d && ByNumber.TryGetValue(d, out var who) ? who : [];

        public IReadOnlyCollection<Guid> Named(UInt128? digest) => digest is { } d && ByName.TryGetValue(d, out var who) ? who : [];
    }

    public static string Kind => "quality.match-digests";

    public async Task Run(JobRun run, CancellationToken stop)
    {
        if (await lists.Any(run.Subject) is not { State: PrivateList.Matching, Key: { } kept } list)
        {
            return;
        }

        var digest = ListDigest.WithKey(protection.CreateProtector(PrivateList.Protection).Unprotect(kept))!;
        using var file = new MemoryStream((await session.Value<byte[]>("select file from quality.private_list where id = $1", list.Id))!, writable: false);
        if (!SendDigests.Read(file, null).Ok(out var rows))
        {
            // It was read when it came.
            throw new InvalidOperationException("The digests cannot be read any more.");
        }

        var fits = new Fits([], [], []);
        await Numbers(digest, rows.Select(r => r.Number).OfType<UInt128>().ToHashSet(), fits, stop);
        await run.Progress(1, 3);
        await Names(digest, rows.SelectMany(r => new[] { r.NameDay, r.NameYear }).OfType<UInt128>().ToHashSet(), fits, stop);
        await run.Progress(2, 3);
        var persons = fits.ByNumber.Values.Concat(fits.ByName.Values).SelectMany(h => h).Distinct().ToArray();
        var dead = (await session.Rows("select p.id from population.report_person p where p.id = any($1) and p.status = 'dead'", r => r.GetGuid(0), persons)).ToHashSet();
        var told = rows.Select(r => (r.Row, Came: Judge(r, fits, dead))).ToList();
        foreach (var some in told.Chunk(Batch))
        {
            await session.Execute("insert into quality.private_row (list_id, row_no, outcome) select $1, n.row_no, n.outcome from unnest($2, $3) n(row_no, outcome)", list.Id, some.Select(s => s.Row).ToArray(), some.Select(s => s.Came.Outcome).ToArray());
        }

        foreach (var some in told.SelectMany(t => t.Came.About).Distinct().Chunk(5000))
        {
            await disclosures.Write(new Disclosure(clock.GetUtcNow(), list.AskedBy, list.Office, some, "verify:digest", SendMatchList.Purpose, list.Case));
        }

        await journal.Add(list.Id, new ListMatched(list.Name, rows.Count, await lists.Counts(list.Id)), "NĐ 278/2025/NĐ-CP");
        await session.Execute("update quality.private_list set (state, matched_at, key, file) = ('matched', $2, null, null) where id = $1", list.Id, clock.GetUtcNow());
        await session.Commit(stop);
        await run.Progress(3, 3);
    }

    /// <summary>Who bears one of the numbers, bore it, or has it as an old one of nine digits; of a record that was joined to another, that other.</summary>
    private async Task Numbers(ListDigest digest, HashSet<UInt128> wanted, Fits fits, CancellationToken stop)
    {
        await using var command = await session.Command("""
            select coalesce(p.merged_into, p.id), n.number from population.report_person p cross join lateral unnest(array_append(p.old_ids, p.number)) n(number) where p.status <> 'cancelled' and n.number is not null
            union all select coalesce(p.merged_into, p.id), f.number from population.report_former_number f join population.report_person p on p.id = f.person_id where p.status <> 'cancelled'
            """);
        command.CommandTimeout = 0;
        await using var r = await command.ExecuteReaderAsync(stop);
        while (await r.ReadAsync(stop))
        {
            if (digest.OfNumber(r.GetString(1)) is { } d && wanted.Contains(d))
            {
                (CollectionsMarshal.GetValueRefOrAddDefault(fits.ByNumber, d, out _) ??= []).Add(r.GetGuid(0));
                fits.Own[r.GetGuid(0)] = default;
            }
        }
    }

    /// <summary>Name and birth of those whom a number has found, and who else bears one of the names and was born then.</summary>
    private async Task Names(ListDigest digest, HashSet<UInt128> wanted, Fits fits, CancellationToken stop)
    {
        await using var command = await session.Command("select p.id, p.full_name, p.born_earliest, p.born_precision, p.sex from population.report_person p where p.status <> 'cancelled' and p.merged_into is null");
        command.CommandTimeout = 0;
        await using var r = await command.ExecuteReaderAsync(stop);
        while (await r.ReadAsync(stop))
        {
            var (person, name, born) = (r.GetGuid(0), r.GetString(1), PartialDate.Stored(r.Maybe<DateOnly>(2), r.Maybe<short>(3)));
            var (day, year) = (digest.OfNameAndDay(name, born), digest.OfNameAndYear(name, born, r.Maybe<short>(4) ?? 0));
            if (fits.Own.ContainsKey(person))
            {
                fits.Own[person] = (day, year);
            }

            foreach (var d in new[] { day, year }.OfType<UInt128>().Where(wanted.Contains))
            {
                var likes = CollectionsMarshal.GetValueRefOrAddDefault(fits.ByName, d, out _) ??= [];
                if (likes.Count < MostLikes)
                {
                    likes.Add(person);
                }
            }
        }
    }

    /// <summary>By the number first; by name and day of birth where it is not known or not told. Name and year alone make nobody certain.</summary>
    private static (string Outcome, IReadOnlyCollection<Guid> About) Judge(DigestRow row, Fits fits, HashSet<Guid> dead)
    {
        if (row is { Number: null, NameDay: null, NameYear: null })
        {
            return ("empty", []);
        }

        var (number, day) = (fits.Numbered(row.Number), fits.Named(row.NameDay));
        if (number.Count == 1)
        {
            return (dead.Contains(number.Single()) ? "dead" : Agrees(row, fits.Own[number.Single()]) ? "matched" : "differs", number);
        }

        if (number.Count == 0 && day.Count == 1)
        {
            return (dead.Contains(day.Single()) ? "dead" : row.Number is null ? "matched" : "other-number", day);
        }

        var may = number.Count > 0 ? number : day.Count > 0 ? day : fits.Named(row.NameYear);
        return (may.Count == 0 ? "not-found" : "several", may);
    }

    /// <summary>The days where both sides know them, else the years; where nothing can be compared nothing contradicts.</summary>
    private static bool Agrees(DigestRow row, (UInt128? NameDay, UInt128? NameYear) own) =>
        row.NameDay is { } day && own.NameDay is { } known ? day == known : row.NameYear is not { } year || own.NameYear is not { } of || year == of;
}
