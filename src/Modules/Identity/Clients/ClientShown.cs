using Npgsql;
using SoGoc.Kernel.Data;

namespace SoGoc.Identity.Clients;

/// <summary>A registered system, as its keeper and who approves it see it: all that was said of it.</summary>
/// <param name="Optional">Of the fields, those that the citizen may leave out.</param>
/// <param name="Redirects">Where citizens come back to.</param>
/// <param name="PostLogout">Where they come back to after a logout.</param>
/// <param name="Channels">Where it is told of a logout: the page of the browser, and the address from server to server.</param>
/// <param name="Keys">Names of its public keys, each with its kind.</param>
internal sealed record ClientShown(string Id, string Name, string Agency, string Agreement, string Contact, string[] Fields, string[] Optional, string[] Purposes, int Level, bool Sandbox, bool Ended,
    string[] Redirects, string[] PostLogout, string[] Channels, string[] Keys, string MadeBy, string MadeName, DateTimeOffset MadeAt)
{
    private const string Columns = """
        c.id, c.name, c.agency, c.agreement, c.contact, c.fields, c.optional, c.purposes, c.level, c.sandbox, c.ended_at is not null, array(select jsonb_array_elements_text(a.redirect_uris::jsonb)),
        array(select jsonb_array_elements_text(a.post_logout_redirect_uris::jsonb)), array_remove(array[c.front_channel, c.back_channel], null),
        array(select coalesce(k ->> 'kid', '?') || ' (' || concat_ws(' ', k ->> 'kty', k ->> 'crv') || ')' from jsonb_array_elements(a.json_web_key_set::jsonb -> 'keys') k), c.made_by, c.made_name, c.made_at
        """;

    /// <summary>Which wait for approval: where citizens come back to none, nobody signs in, and its own reading is approved by itself.</summary>
    public const string Waiting = """
         from identity.client c join identity.openid_application a on a.client_id = c.id and a.redirect_uris is not null
        where not c.sandbox and c.decided_at is null and c.ended_at is null
        """;

    /// <summary>Those that wait, the oldest first.</summary>
    public static Task<List<ClientShown>> AllWaiting(Reads reads) => reads.Rows($"select {Columns} {Waiting} order by c.made_at", Read);

    public static async Task<ClientShown?> Of(Reads reads, string id) => (await reads.Rows($"select {Columns} from identity.client c join identity.openid_application a on a.client_id = c.id where c.id = $1", Read, id)).FirstOrDefault();

    private static ClientShown Read(NpgsqlDataReader r) => new(r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4), r.Get<string[]>(5), r.Get<string[]>(6), r.Get<string[]>(7), r.GetInt16(8), r.GetBoolean(9), r.GetBoolean(10),
        r.Get<string[]>(11), r.Get<string[]>(12), r.Get<string[]>(13), r.Get<string[]>(14), r.GetString(15), r.GetString(16), r.Get<DateTimeOffset>(17));
}
