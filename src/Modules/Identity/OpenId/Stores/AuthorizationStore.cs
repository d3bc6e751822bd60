using System.Collections.Immutable;
using System.Text.Json;
using Npgsql;
using OpenIddict.Abstractions;
using SoGoc.Kernel.Data;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace SoGoc.Identity.OpenId.Stores;

/// <summary>What a citizen granted to a system, as the library knows it: a row of identity.openid_authorization.</summary>
internal sealed class AuthorizationRow
{
    public string Id { get; set; } = Guid.NewGuid().ToString();

    public string? Version { get; set; }

    public string? Application { get; set; }

    public DateTimeOffset? CreatedAt { get; set; }

    public ImmutableArray<string> Scopes { get; set; } = [];

    public string? Status { get; set; }

    public string? Subject { get; set; }

    public string? Type { get; set; }

    public ImmutableDictionary<string, JsonElement> Properties { get; set; } = ImmutableDictionary<string, JsonElement>.Empty;
}

/// <summary>Where the library keeps what was granted.</summary>
internal sealed class AuthorizationStore(Database database) : IOpenIddictAuthorizationStore<AuthorizationRow>
{
    private const string Table = "identity.openid_authorization";
    private const string Select = $"select id, concurrency_token, application_id, creation_date, scopes, status, subject, type, properties from {Table} ";

    public async ValueTask CreateAsync(AuthorizationRow authorization, CancellationToken cancellationToken)
    {
        authorization.Version = Stored.NewVersion;
        await database.ExecuteAlone($"insert into {Table} (id, concurrency_token, application_id, creation_date, scopes, status, subject, type, properties) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            [authorization.Id, authorization.Version, .. Values(authorization)]);
    }

    public async ValueTask UpdateAsync(AuthorizationRow authorization, CancellationToken cancellationToken)
    {
        var version = Stored.NewVersion;
        await database.ChangeOne($"update {Table} set concurrency_token = $3, application_id = $4, creation_date = $5, scopes = $6, status = $7, subject = $8, type = $9, properties = $10 where id = $1 and concurrency_token = $2",
            [authorization.Id, authorization.Version, version, .. Values(authorization)]);
        authorization.Version = version;
    }

    /// <summary>With its tokens.</summary>
    public async ValueTask DeleteAsync(AuthorizationRow authorization, CancellationToken cancellationToken) => await database.ChangeOne(
        $"with gone as (delete from identity.openid_token where authorization_id = $1) delete from {Table} where id = $1 and concurrency_token = $2", authorization.Id, authorization.Version);

    public ValueTask<AuthorizationRow?> FindByIdAsync(string identifier, CancellationToken cancellationToken) => database.One(Select + "where id = $1", Read, identifier);

    /// <summary>Those that cover all the scopes.</summary>
    public IAsyncEnumerable<AuthorizationRow> FindAsync(string? subject, string? client, string? status, string? type, ImmutableArray<string>? scopes, CancellationToken cancellationToken) =>
        database.Each(Select + Stored.Matching, Read, subject.AsText(), client.AsText(), status.AsText(), type.AsText()).Where(a => scopes is not { } wanted || wanted.All(s => a.Scopes.Contains(s)));

    public IAsyncEnumerable<AuthorizationRow> FindByApplicationIdAsync(string identifier, CancellationToken cancellationToken) => database.Each(Select + "where application_id = $1", Read, identifier);

    public IAsyncEnumerable<AuthorizationRow> FindBySubjectAsync(string subject, CancellationToken cancellationToken) => database.Each(Select + "where subject = $1", Read, subject);

    public IAsyncEnumerable<AuthorizationRow> ListAsync(int? count, int? offset, CancellationToken cancellationToken) =>
        database.Each(Select + "order by id limit $1 offset $2", Read, count ?? int.MaxValue, offset ?? 0);

    public async ValueTask<long> RevokeAsync(string? subject, string? client, string? status, string? type, CancellationToken cancellationToken) =>
        await Revoke(Stored.Matching, subject.AsText(), client.AsText(), status.AsText(), type.AsText());

    public async ValueTask<long> RevokeByApplicationIdAsync(string identifier, CancellationToken cancellationToken = default) => await Revoke("where application_id = $1", identifier);

    public async ValueTask<long> RevokeBySubjectAsync(string subject, CancellationToken cancellationToken = default) => await Revoke("where subject = $1", subject);

    /// <summary>A consent names its authorization for ever; only those that nothing names go.</summary>
    public async ValueTask<long> PruneAsync(DateTimeOffset threshold, CancellationToken cancellationToken) => await database.ExecuteAlone($"""
        delete from {Table} a where a.creation_date < $1 and (a.status <> '{Statuses.Valid}' or a.type = '{AuthorizationTypes.AdHoc}')
          and not exists (select from identity.openid_token t where t.authorization_id = a.id) and not exists (select from identity.consent c where c.authorization_id = a.id)
        """, threshold);

    public ValueTask<long> CountAsync(CancellationToken cancellationToken) => database.Count(Table);

    public ValueTask<long> CountAsync<TResult>(Func<IQueryable<AuthorizationRow>, IQueryable<TResult>> query, CancellationToken cancellationToken) => throw new NotSupportedException(Stored.Unasked);

    public ValueTask<TResult?> GetAsync<TState, TResult>(Func<IQueryable<AuthorizationRow>, TState, IQueryable<TResult>> query, TState state, CancellationToken cancellationToken) => throw new NotSupportedException(Stored.Unasked);

    public IAsyncEnumerable<TResult> ListAsync<TState, TResult>(Func<IQueryable<AuthorizationRow>, TState, IQueryable<TResult>> query, TState state, CancellationToken cancellationToken) => throw new NotSupportedException(Stored.Unasked);

    public ValueTask<AuthorizationRow> InstantiateAsync(CancellationToken cancellationToken) => new(new AuthorizationRow());

    public ValueTask<string?> GetApplicationIdAsync(AuthorizationRow row, CancellationToken cancellationToken) => new(row.Application);

    public ValueTask<DateTimeOffset?> GetCreationDateAsync(AuthorizationRow row, CancellationToken cancellationToken) => new(row.CreatedAt);

    public ValueTask<string?> GetIdAsync(AuthorizationRow row, CancellationToken cancellationToken) => new(row.Id);

    public ValueTask<ImmutableDictionary<string, JsonElement>> GetPropertiesAsync(AuthorizationRow row, CancellationToken cancellationToken) => new(row.Properties);

    public ValueTask<ImmutableArray<string>> GetScopesAsync(AuthorizationRow row, CancellationToken cancellationToken) => new(row.Scopes);

    public ValueTask<string?> GetStatusAsync(AuthorizationRow row, CancellationToken cancellationToken) => new(row.Status);

    public ValueTask<string?> GetSubjectAsync(AuthorizationRow row, CancellationToken cancellationToken) => new(row.Subject);

    public ValueTask<string?> GetTypeAsync(AuthorizationRow row, CancellationToken cancellationToken) => new(row.Type);

    public ValueTask SetApplicationIdAsync(AuthorizationRow row, string? value, CancellationToken cancellationToken) => Stored.Set(row.Application = value);

    public ValueTask SetCreationDateAsync(AuthorizationRow row, DateTimeOffset? value, CancellationToken cancellationToken) => Stored.Set(row.CreatedAt = value);

    public ValueTask SetPropertiesAsync(AuthorizationRow row, ImmutableDictionary<string, JsonElement> value, CancellationToken cancellationToken) => Stored.Set(row.Properties = value);

    public ValueTask SetScopesAsync(AuthorizationRow row, ImmutableArray<string> value, CancellationToken cancellationToken) => Stored.Set(row.Scopes = value);

    public ValueTask SetStatusAsync(AuthorizationRow row, string? value, CancellationToken cancellationToken) => Stored.Set(row.Status = value);

    public ValueTask SetSubjectAsync(AuthorizationRow row, string? value, CancellationToken cancellationToken) => Stored.Set(row.Subject = value);

    public ValueTask SetTypeAsync(AuthorizationRow row, string? value, CancellationToken cancellationToken) => Stored.Set(row.Type = value);

    private Task<int> Revoke(string which, params object?[] values) => database.ExecuteAlone($"update {Table} set status = '{Statuses.Revoked}', concurrency_token = gen_random_uuid()::text {which}", values);

    private static object?[] Values(AuthorizationRow a) => [a.Application.AsText(), a.CreatedAt.AsInstant(), a.Scopes.AsJson(), a.Status.AsText(), a.Subject.AsText(), a.Type.AsText(), a.Properties.AsJson()];

    private static AuthorizationRow Read(NpgsqlDataReader r) => new()
    {
        Id = r.GetString(0), Version = r.Text(1), Application = r.Text(2), CreatedAt = r.Maybe<DateTimeOffset>(3), Scopes = r.Names(4), Status = r.Text(5), Subject = r.Text(6), Type = r.Text(7), Properties = r.Table<JsonElement>(8),
    };
}
