using System.Text.Json;
using System.Text.Json.Nodes;
using OpenIddict.Abstractions;
using OpenIddict.Server;
using SoGoc.Identity.Acting;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Population;
using static OpenIddict.Abstractions.OpenIddictConstants;
using static OpenIddict.Server.OpenIddictServerEvents;

namespace SoGoc.Identity.OpenId;

/// <summary>Answers a system with the fields its citizen has agreed to, as the register knows them now, and with where they come from. The reading is on record, with the
/// consent as its case, before the answer leaves.</summary>
internal sealed class TellUser(Session session, IPopulation population, ActFor acting, Journal journal, CurrentActor actor) : IOpenIddictServerHandler<HandleUserInfoRequestContext>
{
    public const string Purpose = "consent";

    private sealed record Agreed(Guid Id, Guid Person, Guid Agent, string[] Fields, string Client, string Name, string Agency);

    public async ValueTask HandleAsync(HandleUserInfoRequestContext context)
    {
        var principal = context.AccessTokenPrincipal;
        if (!Guid.TryParse(principal.GetClaim(OpenIdServer.ConsentClaim), out var id) || await Standing(id) is not { } agreed
            || !await acting.StillMay(agreed.Agent, agreed.Person, Organisation(principal)) || await population.Find(agreed.Person) is not { } person || person.Status is PersonStatus.Dead or PersonStatus.Merged or PersonStatus.Cancelled)
        {
            context.Reject(Errors.InvalidToken, "The account, the consent or the right to act for another has ended.");
            return;
        }

        var fields = PersonClaim.All.Where(c => agreed.Fields.Contains(c.Name) && principal.HasScope(c.Name)).ToList();
        actor.Set(new Actor($"client:{agreed.Client}", agreed.Name, agreed.Agency, new HashSet<string>(), [], false) { Persons = [agreed.Person] });
        if (fields.Count > 0)
        {
            await journal.Disclose([agreed.Person], [.. fields.Select(f => f.Fields)], Purpose, agreed.Id.ToString());
        }

        context.Subject = principal.GetClaim(Claims.Subject);
        var told = fields.Select(f => (f.Name, Value: f.Read(person, population))).Where(f => f.Value is not null).ToDictionary(f => f.Name, f => JsonSerializer.SerializeToNode(f.Value!, Journal.Json));
        if (told.Count > 0)
        {
            told["verified_claims"] = JsonSerializer.SerializeToNode(new
            {
                verification = new { trust_framework = "vn_population_register", time = await LastConfirmed(agreed.Person) },
                claims = told.ToDictionary(t => t.Key, t => t.Value),
            }, Journal.Json);
        }

        // What is told of another stands with the other: the subject is who has signed in.
        var other = principal.GetClaim("on_behalf_of") is { } behalf ? JsonNode.Parse(behalf)!.AsObject() : null;
        var claims = other is not null && agreed.Person != agreed.Agent ? other : new JsonObject();
        foreach (var (name, value) in told)
        {
            claims[name] = value;
        }

        foreach (var (name, value) in claims == other ? new JsonObject() : claims)
        {
            context.Claims[name] = new OpenIddictParameter(JsonSerializer.SerializeToElement(value));
        }

        context.Claims["acr"] = principal.GetClaim("acr");
        if (other is not null)
        {
            context.Claims["on_behalf_of"] = new OpenIddictParameter(JsonSerializer.SerializeToElement(other));
        }
    }

    /// <summary>When the register was last told something of this person, which is when its values were last known to be so (OpenID Connect for Identity Assurance, 5.4).</summary>
    private async Task<DateTimeOffset?> LastConfirmed(Guid person) =>
        (await session.Rows("select at from journal.entry where subject = $1 and kind like 'population.%' order by position desc limit 1", r => r.Get<DateTimeOffset>(0), person)).Cast<DateTimeOffset?>().FirstOrDefault();

    /// <summary>The organisation that the token's holder acts for.</summary>
    internal static Guid? Organisation(System.Security.Claims.ClaimsPrincipal principal) => Guid.TryParse(principal.GetClaim(OpenIdServer.OrganisationClaim), out var organisation) ? organisation : null;

    private Task<Agreed?> Standing(Guid consent) => session.Row("""
        select c.id, c.person_id, a.person_id, c.fields, s.id, s.name, s.agency
          from identity.consent c join identity.account a on a.id = c.account_id and a.closed_at is null and a.locked_at is null
          join identity.client s on s.id = c.client_id and s.signs_in
         where c.id = $1 and c.withdrawn_at is null
        """, r => new Agreed(r.GetGuid(0), r.GetGuid(1), r.GetGuid(2), r.Get<string[]>(3), r.GetString(4), r.GetString(5), r.GetString(6)), consent);
}
