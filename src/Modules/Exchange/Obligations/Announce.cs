using System.Text.Json;
using NpgsqlTypes;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Sealing;
using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Exchange.Obligations;

/// <summary>Looks through the sealed journal for what others have to be told. The obligations and the cursor are one transaction, and the feed holds only what is committed, in an order behind which
/// nothing can appear: so no event is lost, none is announced twice, and none that was rolled back.</summary>
internal sealed class Announce(Session session, IPopulation population, TimeProvider clock)
{
    private const int Most = 5000;

    /// <summary>Whether there is more to look through already.</summary>
    internal sealed record Looked(bool More);

    public async Task<Outcome<Looked>> Run()
    {
        // One at a time, whichever Host he lives in.
        var places = await session.Rows("select place from exchange.cursor for update skip locked", r => r.GetInt64(0));
        if (places is not [var after])
        {
            return new Looked(false);
        }

        var size = await Feed.Size(session);
        if (after >= size)
        {
            return new Looked(false);
        }

        var (until, rules) = (Math.Min(size, after + Most), await Rule.All(session));
        var days = await OfficeDays.Read(session);
        foreach (var fed in await Feed.Between(session, after, until, [.. rules.Select(r => r.EntryKind).Distinct()]))
        {
            var on = OfficeTime.DayOf(fed.Entry.At);
            var body = JsonElement.Parse(fed.Entry.Body);
            Rule[] meant = [.. rules.Where(r => r.EntryKind == fed.Entry.Kind && r.Valid.Holds(on) && r.Concerns(body))];
            if (meant.Length > 0)
            {
                await Tell(fed, body, meant, days);
            }
        }

        await session.Execute("update exchange.cursor set place = $1", until);
        return new Looked(until < size);
    }

    private async Task Tell(FedEntry fed, JsonElement body, Rule[] rules, OfficeDays days)
    {
        var (entry, first, now) = (fed.Entry, rules[0], clock.GetUtcNow());
        var id = Guid.CreateVersion7(now);
        Guid? person = first.Person == Rule.Subject ? entry.Subject : Rule.At(body, first.Person)?.GetGuid();
        var area = first.Area == Rule.Home ? await Home(person, OfficeTime.DayOf(entry.At)) : Rule.At(body, first.Area)?.GetInt32();
        await session.Execute("insert into exchange.event (id, place, position, kind, at, subject, person_id, area_id, label) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            id, fed.Place, entry.Position, entry.Kind, entry.At, entry.Subject, person.As(NpgsqlDbType.Uuid), area.As(NpgsqlDbType.Integer), Called(body, first.Label).As(NpgsqlDbType.Text));
        foreach (var rule in rules)
        {
            // Every partner of the kind; where there is none the obligation waits for one, and is seen to.
            await session.Execute("""
                insert into exchange.obligation (id, event_id, partner_kind, partner_id, fields, classes, ground, due_at, next_at)
                select gen_random_uuid(), $1, $2, p.id, $3, $4, $5, $6, $7 from (values (1)) one left join exchange.partner p on p.kind = $2 and (p.stopped_at is null or p.stopped_why = 'gone')
                """, id, rule.PartnerKind, rule.Fields, rule.Classes, rule.Ground, days.Due(entry.At, rule.Term), now);
        }
    }

    /// <summary>Its number; behind it which of the acts of its kind it is, where those have numbers of their own.</summary>
    private static string? Called(JsonElement body, string label) =>
        string.Join(' ', label.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(path => Rule.At(body, path)?.ToString()).OfType<string>()) is { Length: > 0 } called ? called : null;

    private async Task<int?> Home(Guid? person, DateOnly on) => person is not { } key || await population.Find(key) is not { } state ? null
        : state.Residences.Where(r => r.Until is null || r.Until > on).OrderBy(r => r.Kind).FirstOrDefault()?.Area;
}
