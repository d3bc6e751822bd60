using System.Security.Claims;
using System.Text.Json.Nodes;
using OpenIddict.Abstractions;
using SoGoc.Identity.Acting;
using SoGoc.Identity.Accounts;
using SoGoc.Identity.Consents;
using SoGoc.Identity.Organisations;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using static OpenIddict.Abstractions.OpenIddictConstants;

namespace SoGoc.Identity.OpenId;

/// <summary>Decides on a system's request and makes what its tokens will say: a subject of its agency's own, the level that was shown, and, where somebody acts for another, for whom.</summary>
internal sealed class Grant(Session session, ConsentBook consents, ActFor acting, AccountBook accounts, OrganisationBook organisations, IOpenIddictApplicationManager applications, IOpenIddictAuthorizationManager authorizations)
{
    /// <param name="Client">Who asks.</param>
    /// <param name="Fields">What it asks for, within what it may.</param>
    /// <param name="Purpose">For what, in the words of its registration.</param>
    /// <param name="Level">At least this level.</param>
    internal sealed record Wanted(ClientRow Client, PersonClaim[] Fields, string Purpose, int Level);

    /// <summary>The request of a system that stands. The purpose is one of those it was registered for: the first if it names none.</summary>
    public async Task<Outcome<Wanted>> Read(OpenIddictRequest request)
    {
        if (await consents.Client(request.ClientId) is not { } client)
        {
            return Problem.Missing("identity.no-client");
        }

        var purpose = (string?)request["purpose"] is { Length: > 0 } named ? client.Purposes.FirstOrDefault(p => p == named) : client.Purposes[0];
        if (purpose is null)
        {
            return Problem.Invalid("purpose", "identity.purpose-not-registered");
        }

        var level = request.GetAcrValues().Select(Assurance.LevelOf).FirstOrDefault(l => l > 0);
        return new Wanted(client, [.. PersonClaim.All.Where(c => request.HasScope(c.Name) && client.Fields.Contains(c.Name))], purpose, Math.Max(level, client.Level));
    }

    /// <summary>For whom the session acts, it still may act.</summary>
    public Task<bool> StillMay(CitizenSession own) => acting.StillMay(own.Person, own.ActsFor ?? own.Person, own.ForOrganisation);

    /// <summary>The consent that already covers the request; null if the citizen has to be asked. Who acts for an organisation is asked each time, so that nobody does without knowing it.</summary>
    public async Task<ConsentRow?> Covered(CitizenSession own, Wanted wanted) => own.ForOrganisation is null && await consents.Standing(own, own.ActsFor ?? own.Person, wanted.Client.Id, wanted.Purpose) is { } consent
        && wanted.Fields.All(f => consent.Fields.Contains(f.Name) || wanted.Client.Optional.Contains(f.Name)) ? consent : null;

    /// <summary>The citizen agrees to these fields; those that are not optional belong to it.</summary>
    public async Task<ConsentRow> Agree(CitizenSession own, Wanted wanted, IReadOnlyCollection<string> chosen)
    {
        var fields = wanted.Fields.Select(f => f.Name).Where(f => !wanted.Client.Optional.Contains(f) || chosen.Contains(f)).ToArray();
        var subject = await Subject(own.Account, wanted.Client.Sector);
        var application = await applications.FindByClientIdAsync(wanted.Client.Id) ?? throw new InvalidOperationException("A client without its application.");
        var authorization = await authorizations.CreateAsync(Identity(subject), subject, (await applications.GetIdAsync(application))!, AuthorizationTypes.Permanent, [.. fields, Scopes.OpenId]);
        return await consents.Give(own, own.ActsFor ?? own.Person, wanted.Client, fields, wanted.Purpose, await authorizations.GetIdAsync(authorization));
    }

    /// <summary>What the tokens will say.</summary>
    public async Task<ClaimsPrincipal> Principal(CitizenSession own, Wanted wanted, ConsentRow consent, OpenIddictRequest request)
    {
        var subject = await Subject(own.Account, wanted.Client.Sector);
        await session.Execute("insert into identity.signed_in (sid, client_id, subject) values ($1, $2, $3) on conflict do nothing", own.Sid, wanted.Client.Id, subject);
        var identity = Identity(subject);
        identity.SetClaim(OpenIdServer.AccountClaim, own.Account.ToString()).SetClaim(OpenIdServer.ConsentClaim, consent.Id.ToString()).SetClaim(OpenIdServer.KeyClaim, (string?)request["dpop_jkt"])
            .SetClaim("acr", Assurance.AcrOf(own.Level)).SetClaims(Claims.AuthenticationMethodReference, [.. Assurance.Amr(own.Factors)])
            .SetClaim(Claims.AuthenticationTime, own.ProvedAt.ToUnixTimeSeconds()).SetClaim("sid", SessionName.Of(own.Sid, wanted.Client.Id));
        if (await organisations.For(own.Person, own.ForOrganisation) is { } organisation)
        {
            identity.SetClaim(OpenIdServer.OrganisationClaim, organisation.Id.ToString()).SetClaim("on_behalf_of", new JsonObject
            {
                ["sub"] = await NameOf("organisation " + organisation.Number, wanted.Client.Sector), ["basis"] = organisation.Basis,
                ["organisation"] = new JsonObject { ["name"] = organisation.Name, ["number"] = organisation.Number, ["kind"] = organisation.Kind },
            });
        }
        else if (await acting.Now(own) is { } other)
        {
            var account = await accounts.OfPerson(other.Person);
            identity.SetClaim("on_behalf_of", new JsonObject
            {
                ["sub"] = account is null ? await NameOf(other.Person.ToString(), wanted.Client.Sector) : await Subject(account.Id, wanted.Client.Sector), ["basis"] = other.Basis,
                ["acr"] = account is null ? null : Assurance.AcrOf(account.Level),
                ["procedures"] = other.Basis == ActFor.Mandate ? new JsonArray([.. other.Procedures.Select(p => (JsonNode)p)]) : null,
            });
        }

        // Of the scopes, those that the citizen has agreed to.
        identity.SetScopes(request.GetScopes().Where(s => s is Scopes.OpenId or Scopes.OfflineAccess || consent.Fields.Contains(s)));
        identity.SetAuthorizationId(consent.Authorization);
        identity.SetDestinations(claim => claim.Type switch
        {
            OpenIdServer.AccountClaim or OpenIdServer.ConsentClaim or OpenIdServer.OrganisationClaim => [Destinations.AccessToken],
            OpenIdServer.KeyClaim => [],
            Claims.Subject or "acr" or "on_behalf_of" => [Destinations.AccessToken, Destinations.IdentityToken],
            _ => [Destinations.IdentityToken],
        });
        return new ClaimsPrincipal(identity);
    }

    private static ClaimsIdentity Identity(string subject) => new ClaimsIdentity("sogoc", Claims.Name, Claims.Role).SetClaim(Claims.Subject, subject);

    /// <summary>Random, and for ever the same within a sector.</summary>
    private async Task<string> Subject(Guid account, string sector)
    {
        const string known = "select subject from identity.subject where sector = $1 and account_id = $2";
        if (await session.Value<string>(known, sector, account) is { } subject)
        {
            return subject;
        }

        await session.Execute("insert into identity.subject (sector, account_id, subject) values ($1, $2, $3) on conflict (sector, account_id) do nothing", sector, account, Guid.NewGuid().ToString("N"));
        return (await session.Value<string>(known, sector, account))!;
    }

    /// <summary>Who is acted for may have no account: the name is made from the record, or the number of the organisation, whoever is its head.</summary>
    private async Task<string> NameOf(string whom, string sector) =>
        Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{await Salt()} {sector} {whom}")).AsSpan(0, 16));

    private Task<string?> Salt() => session.Value<string>("select value from kernel.setting where name = 'subject-salt'");
}
