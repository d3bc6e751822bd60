using System.Collections.Immutable;
using System.Globalization;
using System.Text.Json;
using OpenIddict.Abstractions;

namespace SoGoc.Identity.OpenId.Stores;

/// <summary>There is none: what systems may ask for stands in the program (<see cref="PersonClaim"/>).</summary>
internal sealed class NoScope;

/// <summary>The library asks here for scopes beyond those of the program, and finds none.</summary>
internal sealed class NoScopes : IOpenIddictScopeStore<NoScope>
{
    public ValueTask<long> CountAsync(CancellationToken cancellationToken) => new(0);

    public ValueTask<NoScope?> FindByIdAsync(string identifier, CancellationToken cancellationToken) => default;

    public ValueTask<NoScope?> FindByNameAsync(string name, CancellationToken cancellationToken) => default;

    public IAsyncEnumerable<NoScope> FindByNamesAsync(ImmutableArray<string> names, CancellationToken cancellationToken) => AsyncEnumerable.Empty<NoScope>();

    public IAsyncEnumerable<NoScope> FindByResourceAsync(string resource, CancellationToken cancellationToken) => AsyncEnumerable.Empty<NoScope>();

    public IAsyncEnumerable<NoScope> ListAsync(int? count, int? offset, CancellationToken cancellationToken) => AsyncEnumerable.Empty<NoScope>();

    public ValueTask<NoScope> InstantiateAsync(CancellationToken cancellationToken) => throw Fixed();

    public ValueTask CreateAsync(NoScope scope, CancellationToken cancellationToken) => throw Fixed();

    public ValueTask UpdateAsync(NoScope scope, CancellationToken cancellationToken) => throw Fixed();

    public ValueTask DeleteAsync(NoScope scope, CancellationToken cancellationToken) => throw Fixed();

    public ValueTask<long> CountAsync<TResult>(Func<IQueryable<NoScope>, IQueryable<TResult>> query, CancellationToken cancellationToken) => throw new NotSupportedException(Stored.Unasked);

    public ValueTask<TResult?> GetAsync<TState, TResult>(Func<IQueryable<NoScope>, TState, IQueryable<TResult>> query, TState state, CancellationToken cancellationToken) => throw new NotSupportedException(Stored.Unasked);

    public IAsyncEnumerable<TResult> ListAsync<TState, TResult>(Func<IQueryable<NoScope>, TState, IQueryable<TResult>> query, TState state, CancellationToken cancellationToken) => throw new NotSupportedException(Stored.Unasked);

    public ValueTask<string?> GetDescriptionAsync(NoScope scope, CancellationToken cancellationToken) => throw Fixed();

    public ValueTask<ImmutableDictionary<CultureInfo, string>> GetDescriptionsAsync(NoScope scope, CancellationToken cancellationToken) => throw Fixed();

    public ValueTask<string?> GetDisplayNameAsync(NoScope scope, CancellationToken cancellationToken) => throw Fixed();

    public ValueTask<ImmutableDictionary<CultureInfo, string>> GetDisplayNamesAsync(NoScope scope, CancellationToken cancellationToken) => throw Fixed();

    public ValueTask<string?> GetIdAsync(NoScope scope, CancellationToken cancellationToken) => throw Fixed();

    public ValueTask<string?> GetNameAsync(NoScope scope, CancellationToken cancellationToken) => throw Fixed();

    public ValueTask<ImmutableDictionary<string, JsonElement>> GetPropertiesAsync(NoScope scope, CancellationToken cancellationToken) => throw Fixed();

    public ValueTask<ImmutableArray<string>> GetResourcesAsync(NoScope scope, CancellationToken cancellationToken) => throw Fixed();

    public ValueTask SetDescriptionAsync(NoScope scope, string? value, CancellationToken cancellationToken) => throw Fixed();

    public ValueTask SetDescriptionsAsync(NoScope scope, ImmutableDictionary<CultureInfo, string> value, CancellationToken cancellationToken) => throw Fixed();

    public ValueTask SetDisplayNameAsync(NoScope scope, string? value, CancellationToken cancellationToken) => throw Fixed();

    public ValueTask SetDisplayNamesAsync(NoScope scope, ImmutableDictionary<CultureInfo, string> value, CancellationToken cancellationToken) => throw Fixed();

    public ValueTask SetNameAsync(NoScope scope, string? value, CancellationToken cancellationToken) => throw Fixed();

    public ValueTask SetPropertiesAsync(NoScope scope, ImmutableDictionary<string, JsonElement> value, CancellationToken cancellationToken) => throw Fixed();

    public ValueTask SetResourcesAsync(NoScope scope, ImmutableArray<string> value, CancellationToken cancellationToken) => throw Fixed();

    private static InvalidOperationException Fixed() => new("Scopes stand in the program.");
}
