using SoGoc.Identity.Accounts;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;

namespace SoGoc.Identity.OpenId;

/// <summary>Remembers what may be taken once, for all Hosts of the database, for as long as it could be taken again.</summary>
internal sealed class SeenOnce(Database database, TimeProvider clock)
{
    private static readonly TimeSpan Kept = TimeSpan.FromMinutes(10);

    /// <summary>True the first time.</summary>
    public async Task<bool> First(string what) =>
        await database.ExecuteAlone("insert into identity.seen (hash, at) values ($1, $2) on conflict do nothing", Secret.Hash(what), clock.GetUtcNow()) == 1;

    public Task Tidy() => database.ExecuteAlone("delete from identity.seen where at < $1", clock.GetUtcNow() - Kept);
}
