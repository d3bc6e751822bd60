using Microsoft.AspNetCore.Identity;
using SoGoc.Kernel.Data;

namespace SoGoc.Kernel.Factors;

/// <summary>The holder of an account of a module, as the platform's passkey ceremony knows him.</summary>
/// <typeparam name="TOf">The module.</typeparam>
public sealed record Holder<TOf>(Guid Account);

/// <summary>Where a module keeps its passkeys; the columns have the same names everywhere.</summary>
/// <param name="Table">The table.</param>
/// <param name="Owner">Its column that says whose.</param>
/// <param name="Living">A statement that finds the account $1 if it may sign in.</param>
public sealed record PasskeyTable<TOf>(string Table, string Owner, string Living);

/// <summary>Where the ceremony finds and keeps passkeys: the module's table, in the session's transaction. What it does not need, it does not have.</summary>
internal sealed class PasskeyStore<TOf>(Session session, PasskeyTable<TOf> at, TimeProvider clock) : IUserPasskeyStore<Holder<TOf>>
{
    private const string Columns = "id, name, public_key, sign_count, transports, verified, backup_eligible, backed_up, attestation, client_data, made_at";

    public async Task AddOrUpdatePasskeyAsync(Holder<TOf> user, UserPasskeyInfo passkey, CancellationToken cancellationToken) => await session.Execute($"""
        insert into {at.Table} as k (id, {at.Owner}, name, public_key, sign_count, transports, verified, backup_eligible, backed_up, attestation, client_data, made_at)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
        on conflict (id) do update set sign_count = excluded.sign_count, backed_up = excluded.backed_up, verified = excluded.verified, used_at = $13 where k.{at.Owner} = excluded.{at.Owner}
        """, passkey.CredentialId, user.Account, passkey.Name ?? "", passkey.PublicKey, (long)passkey.SignCount, passkey.Transports, passkey.IsUserVerified, passkey.IsBackupEligible, passkey.IsBackedUp,
        passkey.AttestationObject, passkey.ClientDataJson, passkey.CreatedAt, clock.GetUtcNow());

    public async Task<IList<UserPasskeyInfo>> GetPasskeysAsync(Holder<TOf> user, CancellationToken cancellationToken) =>
        await session.Rows($"select {Columns} from {at.Table} where {at.Owner} = $1 order by made_at", Read, user.Account);

    public async Task<Holder<TOf>?> FindByPasskeyIdAsync(byte[] credentialId, CancellationToken cancellationToken) =>
        await session.Value<Guid?>($"select {at.Owner} from {at.Table} where id = $1", credentialId) is { } owner ? await Living(owner) : null;

    public Task<UserPasskeyInfo?> FindPasskeyAsync(Holder<TOf> user, byte[] credentialId, CancellationToken cancellationToken) =>
        session.Row($"select {Columns} from {at.Table} where {at.Owner} = $1 and id = $2", Read, user.Account, credentialId);

    public async Task RemovePasskeyAsync(Holder<TOf> user, byte[] credentialId, CancellationToken cancellationToken) =>
        await session.Execute($"delete from {at.Table} where {at.Owner} = $1 and id = $2", user.Account, credentialId);

    public async Task<Holder<TOf>?> FindByIdAsync(string userId, CancellationToken cancellationToken) => Guid.TryParse(userId, out var id) ? await Living(id) : null;

    public Task<Holder<TOf>?> FindByNameAsync(string normalizedUserName, CancellationToken cancellationToken) => FindByIdAsync(normalizedUserName, cancellationToken);

    public Task<string> GetUserIdAsync(Holder<TOf> user, CancellationToken cancellationToken) => Task.FromResult(user.Account.ToString());

    public Task<string?> GetUserNameAsync(Holder<TOf> user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Account.ToString());

    public Task<string?> GetNormalizedUserNameAsync(Holder<TOf> user, CancellationToken cancellationToken) => Task.FromResult<string?>(user.Account.ToString());

    public Task SetUserNameAsync(Holder<TOf> user, string? userName, CancellationToken cancellationToken) => Task.CompletedTask;

    public Task SetNormalizedUserNameAsync(Holder<TOf> user, string? normalizedName, CancellationToken cancellationToken) => Task.CompletedTask;

    /// <summary>Accounts come about by features of the modules only.</summary>
    public Task<IdentityResult> CreateAsync(Holder<TOf> user, CancellationToken cancellationToken) => Task.FromResult(IdentityResult.Failed());

    public Task<IdentityResult> UpdateAsync(Holder<TOf> user, CancellationToken cancellationToken) => Task.FromResult(IdentityResult.Success);

    public Task<IdentityResult> DeleteAsync(Holder<TOf> user, CancellationToken cancellationToken) => Task.FromResult(IdentityResult.Failed());

    public void Dispose()
    {
    }

    private async Task<Holder<TOf>?> Living(Guid id) => await session.Row(at.Living, r => new Holder<TOf>(r.GetGuid(0)), id);

    private static UserPasskeyInfo Read(Npgsql.NpgsqlDataReader r) => new(
        r.Get<byte[]>(0), r.Get<byte[]>(2), r.Get<DateTimeOffset>(10), (uint)r.GetInt64(3), r.IsDBNull(4) ? null : r.Get<string[]>(4), r.GetBoolean(5), r.GetBoolean(6), r.GetBoolean(7), r.Get<byte[]>(8), r.Get<byte[]>(9))
    {
        Name = r.GetString(1),
    };
}
