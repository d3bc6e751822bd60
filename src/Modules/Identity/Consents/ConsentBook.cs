using OpenIddict.Abstractions;
using SoGoc.Identity.Accounts;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Identity.Consents;

/// <summary>A citizen agreed that a system may read fields of a record for a purpose.</summary>
internal sealed record ConsentGiven(Guid Consent, string Client, IReadOnlyList<string> Fields, string Purpose) : IEntry
{
    public static string Kind => "identity.consent-given";
}

internal sealed record ConsentWithdrawn(Guid Consent, string Client) : IEntry
{
    public static string Kind => "identity.consent-withdrawn";
}

/// <summary>A system as citizens meet it.</summary>
internal sealed record ClientRow(string Id, string Name, string Agency, string Sector, string Agreement, string Contact, string[] Fields, string[] Optional, string[] Purposes, int Level, bool Sandbox, string? FrontChannel);

internal sealed record ConsentRow(Guid Id, string Client, string ClientName, string Agency, string[] Fields, string Purpose, DateTimeOffset GivenAt, DateTimeOffset UntilAt, DateTimeOffset? WithdrawnAt, string? Authorization);

/// <summary>What citizens have agreed to: per system, purpose and person, printable, and withdrawn by one stroke (Luật Bảo vệ dữ liệu cá nhân 91/2025).</summary>
internal sealed class ConsentBook(Session session, Journal journal, IOpenIddictAuthorizationManager authorizations, IOpenIddictTokenManager tokens, TimeProvider clock)
{
    /// <summary>A consent is asked for again after this.</summary>
    public static readonly TimeSpan Lasts = TimeSpan.FromDays(365);

    private const string Columns = "c.id, c.client_id, s.name, s.agency, c.fields, c.purpose, c.given_at, c.until_at, c.withdrawn_at, c.authorization_id";

    public Task<ClientRow?> Client(string? id) => session.Row("""
        select id, name, agency, sector, agreement, contact, fields, optional, purposes, level, sandbox, front_channel from identity.client where id = $1 and signs_in
        """, r => new ClientRow(r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetString(5), r.Get<string[]>(6), r.Get<string[]>(7), r.Get<string[]>(8), r.GetInt16(9), r.GetBoolean(10), r.Text(11)), id ?? "");

    /// <summary>The newest consent that stands for this system, purpose and person.</summary>
    public Task<ConsentRow?> Standing(CitizenSession own, Guid person, string client, string purpose) => session.Row($"""
        select {Columns} from identity.consent c join identity.client s on s.id = c.client_id
         where c.account_id = $1 and c.person_id = $2 and c.client_id = $3 and c.purpose = $4 and c.withdrawn_at is null and c.until_at > $5 order by c.given_at desc limit 1
        """, Read, own.Account, person, client, purpose, clock.GetUtcNow());

    public Task<List<ConsentRow>> Of(CitizenSession own) => session.Rows($"select {Columns} from identity.consent c join identity.client s on s.id = c.client_id where c.account_id = $1 order by c.given_at desc", Read, own.Account);

    /// <summary>Keeps a consent; the one before it for the same purpose ends.</summary>
    public async Task<ConsentRow> Give(CitizenSession own, Guid person, ClientRow client, string[] fields, string purpose, string? authorization)
    {
        var (id, now) = (Guid.CreateVersion7(clock.GetUtcNow()), clock.GetUtcNow());
        await session.Execute("update identity.consent set withdrawn_at = $5 where account_id = $1 and person_id = $2 and client_id = $3 and purpose = $4 and withdrawn_at is null", own.Account, person, client.Id, purpose, now);
        await session.Execute("insert into identity.consent (id, account_id, person_id, client_id, fields, purpose, given_at, until_at, authorization_id) values ($1, $2, $3, $4, $5, $6, $7, $8, $9)",
            id, own.Account, person, client.Id, fields, purpose, now, now + Lasts, authorization.As(NpgsqlTypes.NpgsqlDbType.Text));
        await journal.Add(own.Account, new ConsentGiven(id, client.Id, fields, purpose), "đồng ý của chủ thể dữ liệu");
        return new ConsentRow(id, client.Id, client.Name, client.Agency, fields, purpose, now, now + Lasts, null, authorization);
    }

    /// <summary>Withdraws: what was issued under it is worth nothing from now on.</summary>
    public async Task<Outcome<Done>> Withdraw(CitizenSession own, Guid id)
    {
        var row = await session.Row($"select {Columns} from identity.consent c join identity.client s on s.id = c.client_id where c.id = $1 and c.account_id = $2 and c.withdrawn_at is null", Read, id, own.Account);
        if (row is null)
        {
            return Problem.Missing("identity.no-consent");
        }

        await session.Execute("update identity.consent set withdrawn_at = $2 where id = $1", id, clock.GetUtcNow());
        await journal.Add(own.Account, new ConsentWithdrawn(id, row.Client), "rút lại đồng ý của chủ thể dữ liệu");
        if (row.Authorization is { } authorization && await authorizations.FindByIdAsync(authorization) is { } found)
        {
            await authorizations.TryRevokeAsync(found);
            await tokens.RevokeByAuthorizationIdAsync(authorization);
        }

        return Done.It;
    }

    private static ConsentRow Read(Npgsql.NpgsqlDataReader r) => new(r.GetGuid(0), r.GetString(1), r.GetString(2), r.GetString(3), r.Get<string[]>(4), r.GetString(5),
        r.Get<DateTimeOffset>(6), r.Get<DateTimeOffset>(7), r.Maybe<DateTimeOffset>(8), r.Text(9));
}
