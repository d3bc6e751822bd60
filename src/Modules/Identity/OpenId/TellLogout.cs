using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;
using SoGoc.Kernel.Data;

namespace SoGoc.Identity.OpenId;

/// <summary>Tells agencies' systems that a session has ended (OpenID Connect Back-Channel Logout 1.0): queued in the transaction that ends it, delivered afterwards until it is taken.</summary>
internal sealed class TellLogout(Session session, TimeProvider clock)
{
    public async Task Queue(IReadOnlyCollection<Guid> sids)
    {
        if (sids.Count > 0)
        {
            await session.Execute("""
                insert into identity.logout (id, client_id, sid, subject, next_at)
                select gen_random_uuid(), i.client_id, i.sid, i.subject, $2 from identity.signed_in i join identity.client c on c.id = i.client_id and c.back_channel is not null and c.ended_at is null
                 where i.sid = any($1)
                """, sids.ToArray(), clock.GetUtcNow());
        }
    }

    /// <summary>Pages of systems that want to be shown at a logout in the browser (Front-Channel Logout 1.0).</summary>
    public Task<List<string>> FrontChannel(Guid sid, string issuer) => session.Rows(
        "select c.front_channel, c.id from identity.signed_in i join identity.client c on c.id = i.client_id and c.front_channel is not null and c.ended_at is null where i.sid = $1",
        r => r.GetString(0) + (r.GetString(0).Contains('?', StringComparison.Ordinal) ? "&" : "?") + $"iss={Uri.EscapeDataString(issuer)}&sid={SessionName.Of(sid, r.GetString(1))}", sid);
}

/// <summary>Delivers logouts; any number of Hosts may.</summary>
internal sealed class DeliverLogouts(Database database, TokenKeys keys, IHttpClientFactory http, Issuer issuer, TimeProvider clock)
{
    private const int MostTries = 10;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <summary>Delivers one that waits; false when none does.</summary>
    public async Task<bool> Next(string address, CancellationToken stop)
    {
        await using var connection = await database.App.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        var now = clock.GetUtcNow();
        await using var take = connection.CreateCommand("""
            select l.id, l.client_id, l.sid, l.subject, l.tries, c.back_channel from identity.logout l join identity.client c on c.id = l.client_id
             where l.sent_at is null and l.next_at <= $1 and l.tries < $2 order by l.next_at limit 1 for update of l skip locked
            """, now, MostTries);
        Guid id;
        int tries;
        string to, token;
        await using (var r = await take.ExecuteReaderAsync(stop))
        {
            if (!await r.ReadAsync(stop))
            {
                return false;
            }

            (id, tries, to) = (r.GetGuid(0), r.GetInt32(4), r.GetString(5));
            token = Token(id, r.GetString(1), r.GetGuid(2), r.GetString(3), (issuer.Address ?? new Uri(address)).AbsoluteUri, now);
        }

        var taken = await Post(to, token, stop);
        await using var mark = connection.CreateCommand("update identity.logout set tries = tries + 1, sent_at = $2, next_at = $3 where id = $1",
            id, ((object?)(taken ? now : null)).As(NpgsqlTypes.NpgsqlDbType.TimestampTz), now + TimeSpan.FromSeconds(5 * Math.Pow(3, tries)));
        await mark.ExecuteNonQueryAsync(stop);
        await transaction.CommitAsync(stop);
        return true;
    }

    /// <summary>What would have ended sessions at the national sign-in, once they have ended here.</summary>
    public async Task Forget(CancellationToken stop)
    {
        await using var connection = await database.App.OpenConnectionAsync(stop);
        await using var command = connection.CreateCommand("delete from identity.national_session n using identity.session s where s.sid = n.sid and (s.ended_at is not null or s.expires_at < $1)", clock.GetUtcNow());
        await command.ExecuteNonQueryAsync(stop);
    }

    private string Token(Guid id, string client, Guid sid, string subject, string issuer, DateTimeOffset now) => new JsonWebTokenHandler { SetDefaultTimesOnTokenCreation = false }.CreateToken(new SecurityTokenDescriptor
    {
        Issuer = issuer, Audience = client, IssuedAt = now.UtcDateTime, Expires = now.UtcDateTime.AddMinutes(2), TokenType = "logout+jwt", SigningCredentials = keys.Current(),
        Claims = new Dictionary<string, object>
        {
            ["jti"] = id.ToString(), ["sid"] = SessionName.Of(sid, client), ["sub"] = subject,
            ["events"] = new Dictionary<string, object> { ["http://schemas.openid.net/event/backchannel-logout"] = new Dictionary<string, object>() },
        },
    });

    private async Task<bool> Post(string to, string token, CancellationToken stop)
    {
        try
        {
            using var client = http.CreateClient(nameof(DeliverLogouts));
            client.Timeout = Patience;
            using var form = new FormUrlEncodedContent([new("logout_token", token)]);
            using var answer = await client.PostAsync(new Uri(to), form, stop);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException && !stop.IsCancellationRequested)
        {
            return false;
        }
    }
}
