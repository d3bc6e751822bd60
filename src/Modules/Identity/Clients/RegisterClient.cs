using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.IdentityModel.Tokens;
using OpenIddict.Abstractions;
using SoGoc.Identity.OpenId;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Pages;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace SoGoc.Identity.Clients;

/// <summary>An agency's system was registered to sign citizens in.</summary>
internal sealed record ClientRegistered(string Client, string Agency, string Agreement, IReadOnlyList<string> Fields, IReadOnlyList<string> Purposes, bool Sandbox) : IEntry
{
    public static string Kind => "identity.client-registered";
}

internal sealed record ClientEnded(string Client) : IEntry
{
    public static string Kind => "identity.client-ended";
}

/// <summary>Registers an agency's system: where it comes back to (nowhere, if it signs nobody in and only reads by itself, under an agreement of its own), by which keys it signs, what it may ask for and for what, under which agreement (NĐ 278/2025). A sandbox works at
/// once, from a developer's own machine; its key is made here if none is given, and shown once. Any other waits for a second official (<see cref="DecideClient"/>).</summary>
internal sealed class RegisterClient(Session session, IOpenIddictApplicationManager applications, Journal journal, CurrentActor actor, IAgencies agencies, Installation here, TimeProvider clock)
{
    private const int Longest = 300, MostLines = 20, MostKeys = 8000;

    /// <param name="Agency">Name of an agency of today.</param>
    /// <param name="Keys">Its public keys, a JWK set; may be empty for a sandbox.</param>
    internal sealed record Request(string? Name, string? Agency, string? Agreement, string? Contact, string? Redirects, string? PostLogout, string? Keys, IReadOnlyList<string>? Fields, IReadOnlyList<string>? Optional,
        string? Purposes, int Level, bool Sandbox, string? BackChannel, string? FrontChannel);

    /// <param name="PrivateKey">The key that was made for a sandbox, a JWK; kept nowhere here.</param>
    /// <param name="Waits">A second official has to approve it before it works.</param>
    internal sealed record Registered(string ClientId, string? PrivateKey, bool Waits);

    public async Task<Outcome<Registered>> Run(Request r)
    {
        var problems = Texts(r);
        var (redirects, logouts) = (Lines(r.Redirects), Lines(r.PostLogout));
        foreach (var (field, address) in redirects.Select(a => ("redirects", a)).Concat(logouts.Select(a => ("postLogout", a))).Concat(new[] { ("backChannel", r.BackChannel), ("frontChannel", r.FrontChannel) }.Where(a => !string.IsNullOrWhiteSpace(a.Item2)).Select(a => (a.Item1, a.Item2!.Trim()))))
        {
            if (!MayComeBackTo(address, r.Sandbox))
            {
                problems.Add(Problem.Invalid(field, "identity.address-not-taken", address));
            }
        }

        if (r.Sandbox && !here.Demonstration)
        {
            // Where people are real, nothing is tried out on them.
            problems.Add(Problem.Invalid("sandbox", "identity.sandbox-elsewhere"));
        }

        if (!(await agencies.OfToday()).Any(a => a.Name == r.Agency))
        {
            problems.Add(Problem.Invalid("agency", "identity.no-agency"));
        }

        if (redirects.Count == 0 && r.Fields is { Count: > 0 })
        {
            problems.Add(Problem.Invalid("redirects", "identity.redirect-missing"));
        }

        var keys = Keys(r.Keys, r.Sandbox, out var made);
        if (keys is null)
        {
            problems.Add(Problem.Invalid("keys", "identity.keys-not-taken"));
        }

        var fields = PersonClaim.All.Select(c => c.Name).Intersect(r.Fields ?? []).ToArray();
        if (fields.Length != (r.Fields?.Distinct().Count() ?? 0))
        {
            problems.Add(Problem.Invalid("fields", "identity.no-such-field"));
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        var id = (r.Sandbox ? "thu-" : "ht-") + Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(8));
        await applications.CreateAsync(Describe(id, r, redirects, logouts, fields, keys!));
        return await Keep(id, r, fields, made);
    }

    private async Task<Outcome<Registered>> Keep(string id, Request r, string[] fields, string? made)
    {
        var now = clock.GetUtcNow();
        var purposes = Lines(r.Purposes).ToArray();
        await session.Execute("""
            insert into identity.client (id, name, agency, sector, agreement, contact, fields, optional, purposes, level, sandbox, back_channel, front_channel, made_by, made_at, made_name)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16)
            """, id, r.Name!.Trim(), r.Agency!, Sector(r.Agency!, r.Sandbox), r.Agreement!.Trim(), r.Contact!.Trim(), fields, fields.Intersect(r.Optional ?? []).ToArray(), purposes, (short)r.Level, r.Sandbox,
            Blank(r.BackChannel).As(NpgsqlTypes.NpgsqlDbType.Text), Blank(r.FrontChannel).As(NpgsqlTypes.NpgsqlDbType.Text), actor.Value.Reference, now, actor.Value.Signature);
        await journal.Add(Guid.CreateVersion7(now), new ClientRegistered(id, r.Agency!, r.Agreement.Trim(), fields, purposes, r.Sandbox), $"thỏa thuận chia sẻ {r.Agreement.Trim()}");
        return new Registered(id, made, !r.Sandbox);
    }

    /// <summary>The same agency, however its name is spaced or its capitals stand. What is only tried out learns no name by which the agency's own systems know a citizen.</summary>
    private static string Sector(string agency, bool sandbox) =>
        (sandbox ? "sandbox: " : "") + string.Join(' ', agency.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToLower(CultureInfo.InvariantCulture);

    private static List<Problem> Texts(Request r)
    {
        var problems = new List<Problem>();
        foreach (var (field, text) in new[] { ("name", r.Name), ("agreement", r.Agreement), ("contact", r.Contact) })
        {
            if (string.IsNullOrWhiteSpace(text) || text.Length > Longest)
            {
                problems.Add(Problem.Invalid(field, "identity.text-missing"));
            }
        }

        if (Lines(r.Purposes) is not { Count: > 0 } purposes || purposes.Any(p => p.Length > Longest))
        {
            problems.Add(Problem.Invalid("purposes", "identity.purpose-missing"));
        }

        if (r.Level is not (1 or 2))
        {
            problems.Add(Problem.Invalid("level", "identity.level"));
        }

        return problems;
    }

    private static OpenIddictApplicationDescriptor Describe(string id, Request r, List<string> redirects, List<string> logouts, string[] fields, JsonWebKeySet keys)
    {
        var description = new OpenIddictApplicationDescriptor
        {
            ClientId = id, ClientType = ClientTypes.Confidential, ConsentType = ConsentTypes.Explicit, DisplayName = r.Name!.Trim(), JsonWebKeySet = keys, ApplicationType = ApplicationTypes.Web,
        };
        description.RedirectUris.UnionWith(redirects.Select(a => new Uri(a)));
        description.PostLogoutRedirectUris.UnionWith(logouts.Select(a => new Uri(a)));
        // Whether a system reads by itself its agreement says, at each request.
        description.Permissions.UnionWith([Permissions.Endpoints.Token, Permissions.Endpoints.Revocation, Permissions.GrantTypes.ClientCredentials]);
        if (redirects.Count > 0)
        {
            description.Permissions.UnionWith([Permissions.Endpoints.Authorization, Permissions.Endpoints.PushedAuthorization, Permissions.Endpoints.EndSession,
                Permissions.GrantTypes.AuthorizationCode, Permissions.GrantTypes.RefreshToken, Permissions.ResponseTypes.Code, .. fields.Select(f => Permissions.Prefixes.Scope + f)]);
        }

        return description;
    }

    /// <summary>Public keys of kinds we take; for a sandbox without any, a new pair.</summary>
    private static JsonWebKeySet? Keys(string? text, bool sandbox, out string? made)
    {
        made = null;
        if (string.IsNullOrWhiteSpace(text) && sandbox)
        {
            using var pair = ECDsa.Create(ECCurve.NamedCurves.nistP256);
            var p = pair.ExportParameters(true);
            var key = new JsonWebKey { Kty = "EC", Crv = "P-256", Alg = "ES256", Use = "sig", Kid = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(6)), X = Base64UrlEncoder.Encode(p.Q.X), Y = Base64UrlEncoder.Encode(p.Q.Y) };
            made = JsonSerializer.Serialize(new { kty = key.Kty, crv = key.Crv, alg = key.Alg, use = key.Use, kid = key.Kid, x = key.X, y = key.Y, d = Base64UrlEncoder.Encode(p.D) });
            var set = new JsonWebKeySet();
            set.Keys.Add(key);
            return set;
        }

        if (text is null || text.Length > MostKeys)
        {
            return null;
        }

        try
        {
            var set = text.Contains("\"keys\"", StringComparison.Ordinal) ? new JsonWebKeySet(text) : new JsonWebKeySet { Keys = { new JsonWebKey(text) } };
            return set.Keys.Count > 0 && set.Keys.All(k => !k.HasPrivateKey && (k is { Kty: "EC", Crv: "P-256" } || (k.Kty == "RSA" && k.KeySize >= 2048))) ? set : null;
        }
        catch (ArgumentException)
        {
            return null;
        }
    }

    private static bool MayComeBackTo(string address, bool sandbox) => Uri.TryCreate(address, UriKind.Absolute, out var uri) && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0 && address.Length <= Longest
        && (uri.Scheme == Uri.UriSchemeHttps || (sandbox && uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));

    private static List<string> Lines(string? text) => [.. (text ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Take(MostLines)];

    private static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
