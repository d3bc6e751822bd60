using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using NpgsqlTypes;
using SoGoc.Exchange.Obligations;
using SoGoc.Exchange.Partners;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Population;

namespace SoGoc.Exchange.Deliveries;

/// <summary>What is to be sent now.</summary>
/// <param name="Secrets">By which it is signed.</param>
internal sealed record Delivery(Guid Id, Guid Partner, string Url, IReadOnlyList<string> Secrets, int Attempt, byte[] Body);

/// <summary>Takes the obligation whose turn it is, of a partner that is not busy, and lends it out for two minutes: who dies meanwhile has not held anything up, and it is sent again under the same id.
/// The reading is on record before the data leave.</summary>
internal sealed class TakeDelivery(Session session, PartnerSecrets secrets, IPopulation population, IPlaces places, Journal journal, CurrentActor actor, TimeProvider clock)
{
    private static readonly TimeSpan Lent = TimeSpan.FromMinutes(2);

    /// <param name="Delivery">Null: nothing is due.</param>
    internal sealed record Taken(Delivery? Delivery);

    private sealed record Row(Guid Id, Guid Partner, string Name, string Url, string Secret, string? Former, int Attempts, bool Disclosed, string[] Fields, string[] Classes, string Ground, DateTimeOffset Due,
        long Place, string Kind, DateTimeOffset At, Guid Subject, Guid? Person, string Body);

    public async Task<Outcome<Taken>> Run(Guid[] busy)
    {
        var now = clock.GetUtcNow();
        var row = await session.Row("""
            select o.id, p.id, p.name, p.url, p.secret, case when p.former_until > $1 then p.former_secret end, o.attempts, o.disclosed_at is not null, o.fields, o.classes, o.ground, o.due_at,
                   e.place, e.kind, e.at, e.subject, e.person_id, j.body::text
              from exchange.partner p
              cross join lateral (
                select o.* from exchange.obligation o join exchange.event e on e.id = o.event_id
                 where o.partner_id = p.id and o.delivered_at is null and o.dead_at is null and o.next_at <= $1
                 order by o.next_at, e.place limit 1 for update of o skip locked) o
              join exchange.event e on e.id = o.event_id join journal.entry j on j.position = e.position
             where p.stopped_at is null and (p.rest_until is null or p.rest_until <= $1) and p.id <> all($2)
             order by o.next_at, e.place limit 1
            """, r => new Row(r.GetGuid(0), r.GetGuid(1), r.GetString(2), r.GetString(3), r.GetString(4), r.Text(5), r.GetInt32(6), r.GetBoolean(7), r.Get<string[]>(8), r.Get<string[]>(9), r.GetString(10),
                r.Get<DateTimeOffset>(11), r.GetInt64(12), r.GetString(13), r.Get<DateTimeOffset>(14), r.GetGuid(15), r.Maybe<Guid>(16), r.GetString(17)), now, busy);
        if (row is null)
        {
            return new Taken(null);
        }

        if (!row.Disclosed && row.Person is { } person)
        {
            actor.Set(Actor.System("exchange") with { Office = row.Name });
            await journal.Disclose([person], row.Classes, "data-sharing", row.Id.ToString());
        }

        // How the last attempt ended says nothing of this one, which is under way.
        await session.Execute("update exchange.obligation set attempts = attempts + 1, next_at = $2, fault = null, disclosed_at = coalesce(disclosed_at, $3) where id = $1", row.Id, now + Lent, now);
        var number = row.Fields.Contains(Rule.Number) && row.Person is { } whose ? (await population.Find(whose))?.Facts.Number?.ToString() : null;
        return new Taken(new Delivery(row.Id, row.Partner, row.Url, [secrets.Open(row.Secret), .. row.Former is { } former ? [secrets.Open(former)] : Array.Empty<string>()], row.Attempts + 1, Written(row, number)));
    }

    /// <summary>A structured CloudEvent 1.0. Its id is that of the obligation, at each attempt; sequence tells the order in which things happened, whatever the order in which they arrive.</summary>
    private byte[] Written(Row row, string? number)
    {
        var data = Rule.Extract(JsonElement.Parse(row.Body), row.Fields, number);
        var event1 = new JsonObject
        {
            ["specversion"] = "1.0", ["id"] = row.Id.ToString(), ["source"] = $"urn:sogoc:{places.Book.Home(clock.Today())?.Code}", ["type"] = row.Kind, ["subject"] = row.Subject.ToString(),
            ["time"] = row.At.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture), ["sequence"] = row.Place.ToString("D12", CultureInfo.InvariantCulture), ["datacontenttype"] = "application/json",
            ["data"] = new JsonObject { ["due"] = row.Due.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss'Z'", CultureInfo.InvariantCulture), ["ground"] = row.Ground, ["entry"] = data },
        };
        return JsonSerializer.SerializeToUtf8Bytes(event1, Journal.Json);
    }
}

/// <summary>Writes down how an attempt ended.</summary>
internal sealed class NoteDelivery(Session session, TimeProvider clock)
{
    /// <summary>How long after each attempt the next one comes; after the last one it is given up.</summary>
    private static readonly TimeSpan[] Pauses = [TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), .. new[] { 2, 5, 10, 14, 20, 24 }.Select(h => TimeSpan.FromHours(h))];

    private static readonly TimeSpan MostRest = TimeSpan.FromMinutes(10);

    public async Task<Outcome<Done>> Run(Delivery d, Attempt attempt)
    {
        var now = clock.GetUtcNow();
        if (attempt.Fault is null)
        {
            await session.Execute("update exchange.obligation set delivered_at = coalesce(delivered_at, $2), fault = null, dead_at = null where id = $1", d.Id, now);
            // It is back: what has failed meanwhile goes at once.
            if (await session.Execute("update exchange.partner set failures = 0, rest_until = null where id = $1 and failures > 0", d.Partner) > 0)
            {
                await session.Execute("update exchange.obligation set next_at = least(next_at, $2) where partner_id = $1 and delivered_at is null and dead_at is null and fault is not null", d.Partner, now);
            }

            return Done.It;
        }

        var last = d.Attempt > Pauses.Length;
        await session.Execute("update exchange.obligation set fault = $2, next_at = $3, dead_at = $4 where id = $1 and delivered_at is null",
            d.Id, attempt.Fault, now + (last ? TimeSpan.Zero : attempt.RetryAfter ?? Jittered(Pauses[d.Attempt - 1])), (last ? now : (DateTimeOffset?)null).As(NpgsqlDbType.TimestampTz));
        if (attempt.Gone)
        {
            await session.Execute("update exchange.partner set stopped_at = $2, stopped_why = 'gone' where id = $1 and stopped_at is null", d.Partner, now);
        }
        else if (attempt.Overburdened)
        {
            var failures = await session.Value<int>("update exchange.partner set failures = failures + 1 where id = $1 returning failures", d.Partner);
            var rest = TimeSpan.FromSeconds(Math.Min(MostRest.TotalSeconds, 2.5 * Math.Pow(2, Math.Min(failures, 10))));
            await session.Execute("update exchange.partner set rest_until = $2 where id = $1", d.Partner, now + (attempt.RetryAfter ?? rest));
        }

        return Done.It;
    }

    /// <summary>Up to a tenth longer, so that what failed together does not come back together.</summary>
    private static TimeSpan Jittered(TimeSpan pause) => pause * (1 + System.Security.Cryptography.RandomNumberGenerator.GetInt32(100) / 1000.0);
}
