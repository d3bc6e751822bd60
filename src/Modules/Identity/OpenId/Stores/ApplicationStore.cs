using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using Npgsql;
using OpenIddict.Abstractions;
using SoGoc.Kernel.Data;

namespace SoGoc.Identity.OpenId.Stores;

/// <summary>An agency's system as the library knows it: a row of identity.openid_application.</summary>
internal sealed class ApplicationRow
{
    public string Id { get; set; } = Guid.NewGuid().ToString();

    public string? Version { get; set; }

    public string? Kind { get; set; }

    public string? ClientId { get; set; }

    public string? Secret { get; set; }

    public string? ClientType { get; set; }

    public string? ConsentType { get; set; }

    public string? Name { get; set; }

    public ImmutableDictionary<CultureInfo, string> Names { get; set; } = ImmutableDictionary<CultureInfo, string>.Empty;

    public JsonWebKeySet? Keys { get; set; }

    public ImmutableArray<string> Permissions { get; set; } = [];

    public ImmutableArray<string> PostLogoutRedirects { get; set; } = [];

    public ImmutableArray<string> Redirects { get; set; } = [];

    public ImmutableArray<string> Requirements { get; set; } = [];

    public ImmutableDictionary<string, string> Settings { get; set; } = ImmutableDictionary<string, string>.Empty;

    public ImmutableDictionary<string, JsonElement> Properties { get; set; } = ImmutableDictionary<string, JsonElement>.Empty;
}

/// <summary>Where the library keeps the systems that it lets in.</summary>
internal sealed class ApplicationStore(Database database) : IOpenIddictApplicationStore<ApplicationRow>
{
    private const string Table = "identity.openid_application";
    private const string Select = $"""
        select id, concurrency_token, application_type, client_id, client_secret, client_type, consent_type, display_name, display_names, json_web_key_set, permissions, post_logout_redirect_uris,
          redirect_uris, requirements, settings, properties from {Table}

        """;

    public async ValueTask CreateAsync(ApplicationRow application, CancellationToken cancellationToken)
    {
        application.Version = Stored.NewVersion;
        await database.ExecuteAlone($"""
            insert into {Table} (id, concurrency_token, application_type, client_id, client_secret, client_type, consent_type, display_name, display_names, json_web_key_set, permissions, post_logout_redirect_uris,
              redirect_uris, requirements, settings, properties) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
            """, [application.Id, application.Version, .. Values(application)]);
    }

    public async ValueTask UpdateAsync(ApplicationRow application, CancellationToken cancellationToken)
    {
        var version = Stored.NewVersion;
        await database.ChangeOne($"""
            update {Table} set concurrency_token = $3, application_type = $4, client_id = $5, client_secret = $6, client_type = $7, consent_type = $8, display_name = $9, display_names = $10, json_web_key_set = $11,
              permissions = $12, post_logout_redirect_uris = $13, redirect_uris = $14, requirements = $15, settings = $16, properties = $17 where id = $1 and concurrency_token = $2
            """, [application.Id, application.Version, version, .. Values(application)]);
        application.Version = version;
    }

    /// <summary>With what was granted to it, and its tokens.</summary>
    public async ValueTask DeleteAsync(ApplicationRow application, CancellationToken cancellationToken) => await database.ChangeOne($"""
        with tokens as (delete from identity.openid_token where application_id = $1), granted as (delete from identity.openid_authorization where application_id = $1)
        delete from {Table} where id = $1 and concurrency_token = $2
        """, application.Id, application.Version);

    public ValueTask<ApplicationRow?> FindByIdAsync(string identifier, CancellationToken cancellationToken) => database.One(Select + "where id = $1", Read, identifier);

    public ValueTask<ApplicationRow?> FindByClientIdAsync(string identifier, CancellationToken cancellationToken) => database.One(Select + "where client_id = $1", Read, identifier);

    public IAsyncEnumerable<ApplicationRow> FindByPostLogoutRedirectUriAsync(string uri, CancellationToken cancellationToken) => database.Each(Select + "where post_logout_redirect_uris::jsonb ? $1", Read, uri);

    public IAsyncEnumerable<ApplicationRow> FindByRedirectUriAsync(string uri, CancellationToken cancellationToken) => database.Each(Select + "where redirect_uris::jsonb ? $1", Read, uri);

    public IAsyncEnumerable<ApplicationRow> ListAsync(int? count, int? offset, CancellationToken cancellationToken) =>
        database.Each(Select + "order by id limit $1 offset $2", Read, count ?? int.MaxValue, offset ?? 0);

    public ValueTask<long> CountAsync(CancellationToken cancellationToken) => database.Count(Table);

    public ValueTask<long> CountAsync<TResult>(Func<IQueryable<ApplicationRow>, IQueryable<TResult>> query, CancellationToken cancellationToken) => throw new NotSupportedException(Stored.Unasked);

    public ValueTask<TResult?> GetAsync<TState, TResult>(Func<IQueryable<ApplicationRow>, TState, IQueryable<TResult>> query, TState state, CancellationToken cancellationToken) => throw new NotSupportedException(Stored.Unasked);

    public IAsyncEnumerable<TResult> ListAsync<TState, TResult>(Func<IQueryable<ApplicationRow>, TState, IQueryable<TResult>> query, TState state, CancellationToken cancellationToken) => throw new NotSupportedException(Stored.Unasked);

    public ValueTask<ApplicationRow> InstantiateAsync(CancellationToken cancellationToken) => new(new ApplicationRow());

    public ValueTask<string?> GetApplicationTypeAsync(ApplicationRow row, CancellationToken cancellationToken) => new(row.Kind);

    public ValueTask<string?> GetClientIdAsync(ApplicationRow row, CancellationToken cancellationToken) => new(row.ClientId);

    public ValueTask<string?> GetClientSecretAsync(ApplicationRow row, CancellationToken cancellationToken) => new(row.Secret);

    public ValueTask<string?> GetClientTypeAsync(ApplicationRow row, CancellationToken cancellationToken) => new(row.ClientType);

    public ValueTask<string?> GetConsentTypeAsync(ApplicationRow row, CancellationToken cancellationToken) => new(row.ConsentType);

    public ValueTask<string?> GetDisplayNameAsync(ApplicationRow row, CancellationToken cancellationToken) => new(row.Name);

    public ValueTask<ImmutableDictionary<CultureInfo, string>> GetDisplayNamesAsync(ApplicationRow row, CancellationToken cancellationToken) => new(row.Names);

    public ValueTask<string?> GetIdAsync(ApplicationRow row, CancellationToken cancellationToken) => new(row.Id);

    public ValueTask<JsonWebKeySet?> GetJsonWebKeySetAsync(ApplicationRow row, CancellationToken cancellationToken) => new(row.Keys);

    public ValueTask<ImmutableArray<string>> GetPermissionsAsync(ApplicationRow row, CancellationToken cancellationToken) => new(row.Permissions);

    public ValueTask<ImmutableArray<string>> GetPostLogoutRedirectUrisAsync(ApplicationRow row, CancellationToken cancellationToken) => new(row.PostLogoutRedirects);

    public ValueTask<ImmutableDictionary<string, JsonElement>> GetPropertiesAsync(ApplicationRow row, CancellationToken cancellationToken) => new(row.Properties);

    public ValueTask<ImmutableArray<string>> GetRedirectUrisAsync(ApplicationRow row, CancellationToken cancellationToken) => new(row.Redirects);

    public ValueTask<ImmutableArray<string>> GetRequirementsAsync(ApplicationRow row, CancellationToken cancellationToken) => new(row.Requirements);

    public ValueTask<ImmutableDictionary<string, string>> GetSettingsAsync(ApplicationRow row, CancellationToken cancellationToken) => new(row.Settings);

    public ValueTask SetApplicationTypeAsync(ApplicationRow row, string? value, CancellationToken cancellationToken) => Stored.Set(row.Kind = value);

    public ValueTask SetClientIdAsync(ApplicationRow row, string? value, CancellationToken cancellationToken) => Stored.Set(row.ClientId = value);

    public ValueTask SetClientSecretAsync(ApplicationRow row, string? value, CancellationToken cancellationToken) => Stored.Set(row.Secret = value);

    public ValueTask SetClientTypeAsync(ApplicationRow row, string? value, CancellationToken cancellationToken) => Stored.Set(row.ClientType = value);

    public ValueTask SetConsentTypeAsync(ApplicationRow row, string? value, CancellationToken cancellationToken) => Stored.Set(row.ConsentType = value);

    public ValueTask SetDisplayNameAsync(ApplicationRow row, string? value, CancellationToken cancellationToken) => Stored.Set(row.Name = value);

    public ValueTask SetDisplayNamesAsync(ApplicationRow row, ImmutableDictionary<CultureInfo, string> value, CancellationToken cancellationToken) => Stored.Set(row.Names = value);

    public ValueTask SetJsonWebKeySetAsync(ApplicationRow row, JsonWebKeySet? value, CancellationToken cancellationToken) => Stored.Set(row.Keys = value);

    public ValueTask SetPermissionsAsync(ApplicationRow row, ImmutableArray<string> value, CancellationToken cancellationToken) => Stored.Set(row.Permissions = value);

    public ValueTask SetPostLogoutRedirectUrisAsync(ApplicationRow row, ImmutableArray<string> value, CancellationToken cancellationToken) => Stored.Set(row.PostLogoutRedirects = value);

    public ValueTask SetPropertiesAsync(ApplicationRow row, ImmutableDictionary<string, JsonElement> value, CancellationToken cancellationToken) => Stored.Set(row.Properties = value);

    public ValueTask SetRedirectUrisAsync(ApplicationRow row, ImmutableArray<string> value, CancellationToken cancellationToken) => Stored.Set(row.Redirects = value);

    public ValueTask SetRequirementsAsync(ApplicationRow row, ImmutableArray<string> value, CancellationToken cancellationToken) => Stored.Set(row.Requirements = value);

    public ValueTask SetSettingsAsync(ApplicationRow row, ImmutableDictionary<string, string> value, CancellationToken cancellationToken) => Stored.Set(row.Settings = value);

    private static object?[] Values(ApplicationRow a) => [a.Kind.AsText(), a.ClientId.AsText(), a.Secret.AsText(), a.ClientType.AsText(), a.ConsentType.AsText(), a.Name.AsText(),
        a.Names.ToImmutableDictionary(n => n.Key.Name, n => n.Value).AsJson(), (a.Keys is { } keys ? JsonSerializer.Serialize(keys) : null).AsText(), a.Permissions.AsJson(), a.PostLogoutRedirects.AsJson(), a.Redirects.AsJson(), a.Requirements.AsJson(),
        a.Settings.AsJson(), a.Properties.AsJson()];

    private static ApplicationRow Read(NpgsqlDataReader r) => new()
    {
        Id = r.GetString(0), Version = r.Text(1), Kind = r.Text(2), ClientId = r.Text(3), Secret = r.Text(4), ClientType = r.Text(5), ConsentType = r.Text(6), Name = r.Text(7),
        Names = r.Table<string>(8).ToImmutableDictionary(n => CultureInfo.GetCultureInfo(n.Key), n => n.Value), Keys = r.Text(9) is { } keys ? JsonWebKeySet.Create(keys) : null,
        Permissions = r.Names(10), PostLogoutRedirects = r.Names(11), Redirects = r.Names(12), Requirements = r.Names(13), Settings = r.Table<string>(14), Properties = r.Table<JsonElement>(15),
    };
}
