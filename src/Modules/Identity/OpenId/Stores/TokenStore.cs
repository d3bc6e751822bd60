using System.Collections.Immutable;
using System.Text.Json;
using Npgsql;
using OpenIddict.Abstractions;
using SoGoc.Kernel.Data;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace SoGoc.Identity.OpenId.Stores;

/// <summary>A token, code or pushed request as the library knows it: a row of identity.openid_token.</summary>
internal sealed class TokenRow
{
    public string Id { get; set; } = Guid.NewGuid().ToString();

    public string? Version { get; set; }

    public string? Application { get; set; }

    public string? Authorization { get; set; }

    public DateTimeOffset? CreatedAt { get; set; }

    public DateTimeOffset? ExpiresAt { get; set; }

    public DateTimeOffset? RedeemedAt { get; set; }

    public string? Payload { get; set; }

    public string? Reference { get; set; }

    public string? Status { get; set; }

    public string? Subject { get; set; }

    public string? Type { get; set; }

    public ImmutableDictionary<string, JsonElement> Properties { get; set; } = ImmutableDictionary<string, JsonElement>.Empty;
}

/// <summary>Where the library keeps its tokens. One whose text stays here is written once, when that text follows, and not twice; one that was read is not read again for the same request:
/// whoever was faster meanwhile is noticed when it is changed.</summary>
internal sealed class TokenStore(Database database) : IOpenIddictTokenStore<TokenRow>
{
    private const string Table = "identity.openid_token";
    private const string Select = $"select id, concurrency_token, application_id, authorization_id, creation_date, expiration_date, redemption_date, payload, reference_id, status, subject, type, properties from {Table} ";

    private static readonly string[] TextFollows = [TokenTypeIdentifiers.Private.RequestToken, TokenTypeIdentifiers.Private.AuthorizationCode, TokenTypeIdentifiers.RefreshToken];

    private readonly Dictionary<string, TokenRow> waiting = [], byId = [], byReference = [];

    public async ValueTask CreateAsync(TokenRow token, CancellationToken cancellationToken)
    {
        if (token.Payload is null && TextFollows.Contains(token.Type))
        {
            waiting[token.Id] = token;
            return;
        }

        await Insert(token);
    }

    public async ValueTask UpdateAsync(TokenRow token, CancellationToken cancellationToken)
    {
        if (waiting.Remove(token.Id))
        {
            await Insert(token);
            return;
        }

        var version = Stored.NewVersion;
        Forget();
        await database.ChangeOne($"""
            update {Table} set concurrency_token = $3, application_id = $4, authorization_id = $5, creation_date = $6, expiration_date = $7, redemption_date = $8, payload = $9, reference_id = $10,
              status = $11, subject = $12, type = $13, properties = $14 where id = $1 and concurrency_token = $2
            """, [token.Id, token.Version, version, .. Values(token)]);
        token.Version = version;
        Know(token);
    }

    public async ValueTask DeleteAsync(TokenRow token, CancellationToken cancellationToken)
    {
        Forget();
        await database.ChangeOne($"delete from {Table} where id = $1 and concurrency_token = $2", token.Id, token.Version);
    }

    public ValueTask<TokenRow?> FindByIdAsync(string identifier, CancellationToken cancellationToken) =>
        waiting.TryGetValue(identifier, out var token) || byId.TryGetValue(identifier, out token) ? new(token) : Known(database.One(Select + "where id = $1", Read, identifier));

    /// <summary>Before it writes a new one the library asks whether another has its reference; the table lets none in twice.</summary>
    public ValueTask<TokenRow?> FindByReferenceIdAsync(string identifier, CancellationToken cancellationToken) =>
        waiting.Values.FirstOrDefault(t => t.Reference == identifier) is { } written ? new(written) : byReference.TryGetValue(identifier, out var token) ? new(token) : Known(database.One(Select + "where reference_id = $1", Read, identifier));

    public IAsyncEnumerable<TokenRow> FindAsync(string? subject, string? client, string? status, string? type, CancellationToken cancellationToken) =>
        database.Each(Select + Stored.Matching, Read, subject.AsText(), client.AsText(), status.AsText(), type.AsText());

    public IAsyncEnumerable<TokenRow> FindByApplicationIdAsync(string identifier, CancellationToken cancellationToken) => database.Each(Select + "where application_id = $1", Read, identifier);

    public IAsyncEnumerable<TokenRow> FindByAuthorizationIdAsync(string identifier, CancellationToken cancellationToken) => database.Each(Select + "where authorization_id = $1", Read, identifier);

    public IAsyncEnumerable<TokenRow> FindBySubjectAsync(string subject, CancellationToken cancellationToken) => database.Each(Select + "where subject = $1", Read, subject);

    public IAsyncEnumerable<TokenRow> ListAsync(int? count, int? offset, CancellationToken cancellationToken) => database.Each(Select + "order by id limit $1 offset $2", Read, count ?? int.MaxValue, offset ?? 0);

    public async ValueTask<long> RevokeAsync(string? subject, string? client, string? status, string? type, CancellationToken cancellationToken) =>
        await Revoke(Stored.Matching, subject.AsText(), client.AsText(), status.AsText(), type.AsText());

    public async ValueTask<long> RevokeByApplicationIdAsync(string identifier, CancellationToken cancellationToken = default) => await Revoke("where application_id = $1", identifier);

    public async ValueTask<long> RevokeByAuthorizationIdAsync(string identifier, CancellationToken cancellationToken) => await Revoke("where authorization_id = $1", identifier);

    public async ValueTask<long> RevokeBySubjectAsync(string subject, CancellationToken cancellationToken = default) => await Revoke("where subject = $1", subject);

    public async ValueTask<long> PruneAsync(DateTimeOffset threshold, CancellationToken cancellationToken) => await database.ExecuteAlone($"""
        delete from {Table} t where t.creation_date < $1 and (t.status not in ('{Statuses.Inactive}', '{Statuses.Valid}') or t.expiration_date < now()
          or exists (select from identity.openid_authorization a where a.id = t.authorization_id and a.status <> '{Statuses.Valid}'))
        """, threshold);

    public ValueTask<long> CountAsync(CancellationToken cancellationToken) => database.Count(Table);

    public ValueTask<long> CountAsync<TResult>(Func<IQueryable<TokenRow>, IQueryable<TResult>> query, CancellationToken cancellationToken) => throw new NotSupportedException(Stored.Unasked);

    public ValueTask<TResult?> GetAsync<TState, TResult>(Func<IQueryable<TokenRow>, TState, IQueryable<TResult>> query, TState state, CancellationToken cancellationToken) => throw new NotSupportedException(Stored.Unasked);

    public IAsyncEnumerable<TResult> ListAsync<TState, TResult>(Func<IQueryable<TokenRow>, TState, IQueryable<TResult>> query, TState state, CancellationToken cancellationToken) => throw new NotSupportedException(Stored.Unasked);

    public ValueTask<TokenRow> InstantiateAsync(CancellationToken cancellationToken) => new(new TokenRow());

    public ValueTask<string?> GetApplicationIdAsync(TokenRow token, CancellationToken cancellationToken) => new(token.Application);

    public ValueTask<string?> GetAuthorizationIdAsync(TokenRow token, CancellationToken cancellationToken) => new(token.Authorization);

    public ValueTask<DateTimeOffset?> GetCreationDateAsync(TokenRow token, CancellationToken cancellationToken) => new(token.CreatedAt);

    public ValueTask<DateTimeOffset?> GetExpirationDateAsync(TokenRow token, CancellationToken cancellationToken) => new(token.ExpiresAt);

    public ValueTask<string?> GetIdAsync(TokenRow token, CancellationToken cancellationToken) => new(token.Id);

    public ValueTask<string?> GetPayloadAsync(TokenRow token, CancellationToken cancellationToken) => new(token.Payload);

    public ValueTask<ImmutableDictionary<string, JsonElement>> GetPropertiesAsync(TokenRow token, CancellationToken cancellationToken) => new(token.Properties);

    public ValueTask<DateTimeOffset?> GetRedemptionDateAsync(TokenRow token, CancellationToken cancellationToken) => new(token.RedeemedAt);

    public ValueTask<string?> GetReferenceIdAsync(TokenRow token, CancellationToken cancellationToken) => new(token.Reference);

    public ValueTask<string?> GetStatusAsync(TokenRow token, CancellationToken cancellationToken) => new(token.Status);

    public ValueTask<string?> GetSubjectAsync(TokenRow token, CancellationToken cancellationToken) => new(token.Subject);

    public ValueTask<string?> GetTypeAsync(TokenRow token, CancellationToken cancellationToken) => new(token.Type);

    public ValueTask SetApplicationIdAsync(TokenRow token, string? identifier, CancellationToken cancellationToken) => Stored.Set(token.Application = identifier);

    public ValueTask SetAuthorizationIdAsync(TokenRow token, string? identifier, CancellationToken cancellationToken) => Stored.Set(token.Authorization = identifier);

    public ValueTask SetCreationDateAsync(TokenRow token, DateTimeOffset? date, CancellationToken cancellationToken) => Stored.Set(token.CreatedAt = date);

    public ValueTask SetExpirationDateAsync(TokenRow token, DateTimeOffset? date, CancellationToken cancellationToken) => Stored.Set(token.ExpiresAt = date);

    public ValueTask SetPayloadAsync(TokenRow token, string? payload, CancellationToken cancellationToken) => Stored.Set(token.Payload = payload);

    public ValueTask SetPropertiesAsync(TokenRow token, ImmutableDictionary<string, JsonElement> properties, CancellationToken cancellationToken) => Stored.Set(token.Properties = properties);

    public ValueTask SetRedemptionDateAsync(TokenRow token, DateTimeOffset? date, CancellationToken cancellationToken) => Stored.Set(token.RedeemedAt = date);

    public ValueTask SetReferenceIdAsync(TokenRow token, string? identifier, CancellationToken cancellationToken) => Stored.Set(token.Reference = identifier);

    public ValueTask SetStatusAsync(TokenRow token, string? status, CancellationToken cancellationToken) => Stored.Set(token.Status = status);

    public ValueTask SetSubjectAsync(TokenRow token, string? subject, CancellationToken cancellationToken) => Stored.Set(token.Subject = subject);

    public ValueTask SetTypeAsync(TokenRow token, string? type, CancellationToken cancellationToken) => Stored.Set(token.Type = type);

    private async Task Insert(TokenRow token)
    {
        token.Version = Stored.NewVersion;
        await database.ExecuteAlone($"""
            insert into {Table} (id, concurrency_token, application_id, authorization_id, creation_date, expiration_date, redemption_date, payload, reference_id, status, subject, type, properties)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)
            """, [token.Id, token.Version, .. Values(token)]);
    }

    private Task<int> Revoke(string which, params object?[] values)
    {
        Forget();
        return database.ExecuteAlone($"update {Table} set status = '{Statuses.Revoked}', concurrency_token = gen_random_uuid()::text {which}", values);
    }

    private async ValueTask<TokenRow?> Known(ValueTask<TokenRow?> reading)
    {
        if (await reading is not { } token)
        {
            return null;
        }

        Know(token);
        return token;
    }

    private void Know(TokenRow token)
    {
        byId[token.Id] = token;
        if (token.Reference is { } reference)
        {
            byReference[reference] = token;
        }
    }

    private void Forget()
    {
        byId.Clear();
        byReference.Clear();
    }

    private static object?[] Values(TokenRow t) => [t.Application.AsText(), t.Authorization.AsText(), t.CreatedAt.AsInstant(), t.ExpiresAt.AsInstant(), t.RedeemedAt.AsInstant(), t.Payload.AsText(), t.Reference.AsText(),
        t.Status.AsText(), t.Subject.AsText(), t.Type.AsText(), t.Properties.AsJson()];

    private static TokenRow Read(NpgsqlDataReader r) => new()
    {
        Id = r.GetString(0), Version = r.Text(1), Application = r.Text(2), Authorization = r.Text(3), CreatedAt = r.Maybe<DateTimeOffset>(4), ExpiresAt = r.Maybe<DateTimeOffset>(5), RedeemedAt = r.Maybe<DateTimeOffset>(6),
        Payload = r.Text(7), Reference = r.Text(8), Status = r.Text(9), Subject = r.Text(10), Type = r.Text(11), Properties = r.Table<JsonElement>(12),
    };
}
