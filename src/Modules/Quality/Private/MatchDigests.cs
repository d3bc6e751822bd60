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

    /// <summary>More than so many of one digest are several, whoever they are.</summary>
    private const int MostHits = 8;

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

        var wanted = rows.SelectMany(r => new[] { r.Number, r.NameDay, r.NameYear }).OfType<UInt128>().Distinct().ToDictionary(d => d, _ => new HashSet<Guid>());
        await Register(digest, wanted, stop);
        await run.Progress(1, 2);
        var persons = wanted.Values.SelectMany(h => h).Distinct().ToArray();
        var dead = (await session.Rows("select p.id from population.report_person p where p.id = any($1) and p.status = 'dead'", r => r.GetGuid(0), persons)).ToHashSet();
        var told = rows.Select(r => (r.Row, Came: Judge(r, wanted, dead))).ToList();
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
        await run.Progress(2, 2);
    }

    /// <summary>Whoever of the register bears one of the digests that are wanted; of a record that was joined to another, that other.</summary>
    private async Task Register(ListDigest digest, Dictionary<UInt128, HashSet<Guid>> wanted, CancellationToken stop)
    {
        void Meet(UInt128? value, Guid person)
        {
            if (value is { } d && wanted.TryGetValue(d, out var hits) && hits.Count <= MostHits)
            {
                hits.Add(person);
            }
        }

        await using (var command = await session.Command("""
            select coalesce(p.merged_into, p.id), p.merged_into is not null, p.number, p.full_name, p.born_earliest, p.born_precision, p.sex, p.old_ids from population.report_person p where p.status <> 'cancelled'
            """))
        {
            command.CommandTimeout = 0;
            await using var r = await command.ExecuteReaderAsync(stop);
            while (await r.ReadAsync(stop))
            {
                var person = r.GetGuid(0);
                Meet(r.Text(2) is { } number ? digest.OfNumber(number) : null, person);
                foreach (var old in await r.IsDBNullAsync(7, stop) ? [] : r.Get<string[]>(7))
                {
                    Meet(digest.OfNumber(old), person);
                }

                if (!r.GetBoolean(1))
                {
                    var (name, born) = (r.GetString(3), PartialDate.Stored(r.Maybe<DateOnly>(4), r.Maybe<short>(5)));
                    Meet(digest.OfNameAndDay(name, born), person);
                    Meet(digest.OfNameAndYear(name, born, r.Maybe<short>(6) ?? 0), person);
                }
            }
        }

        foreach (var (person, number) in await session.Rows("select coalesce(p.merged_into, p.id), f.number from population.report_former_number f join population.report_person p on p.id = f.person_id where p.status <> 'cancelled'", r => (r.GetGuid(0), r.GetString(1))))
        {
            Meet(digest.OfNumber(number), person);
        }
    }

    /// <summary>By the number first; by name and day of birth where it is not known or not told. Name and year alone make nobody certain.</summary>
    private static (string Outcome, IReadOnlyCollection<Guid> About) Judge(DigestRow row, Dictionary<UInt128, HashSet<Guid>> wanted, HashSet<Guid> dead)
    {
        HashSet<Guid> Hits(UInt128? digest) => digest is { } d ? wanted[d] : [];
        var (number, day, year) = (Hits(row.Number), Hits(row.NameDay), Hits(row.NameYear));
        if (row is { Number: null, NameDay: null, NameYear: null })
        {
            return ("empty", []);
        }

        if (number.Count == 1)
        {
            var person = number.Single();
            var agrees = row.NameDay is not null ? day.Contains(person) : row.NameYear is null || year.Contains(person);
            return (dead.Contains(person) ? "dead" : agrees ? "matched" : "differs", number);
        }

        if (number.Count == 0 && day.Count == 1)
        {
            return (dead.Contains(day.Single()) ? "dead" : row.Number is null ? "matched" : "other-number", day);
        }

        var may = number.Count > 0 ? number : day.Count > 0 ? day : year;
        return (may.Count == 0 ? "not-found" : "several", may);
    }
}
