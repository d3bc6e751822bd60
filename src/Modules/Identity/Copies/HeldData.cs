using System.Text.Json.Serialization;
using SoGoc.Identity.MyData;
using SoGoc.Identity.Requests;
using SoGoc.Population;

namespace SoGoc.Identity.Copies;

/// <summary>An account, open or closed.</summary>
internal sealed record HeldAccount(int Level, string? Phone, string? Email, bool Password, bool Authenticator, DateTimeOffset OpenedAt, DateTimeOffset? LockedAt, DateTimeOffset? ClosedAt);

internal sealed record HeldPasskey(string Name, DateTimeOffset MadeAt, DateTimeOffset? UsedAt);

internal sealed record HeldSession(string Device, string[] Factors, DateTimeOffset MadeAt, DateTimeOffset? EndedAt, DateTimeOffset ExpiresAt);

/// <summary>An account of the national sign-in that comes in.</summary>
internal sealed record HeldLink(string Issuer, string Subject, int Level, DateTimeOffset Since, DateTimeOffset SeenAt);

internal sealed record HeldDevice(string Name, DateTimeOffset FirstAt, DateTimeOffset LastAt);

internal sealed record HeldProofing(string Office, string[] Evidence, string? Card, string Aim, DateTimeOffset At);

internal sealed record HeldConsent(string System, string Agency, string[] Fields, string Purpose, DateTimeOffset GivenAt, DateTimeOffset UntilAt, DateTimeOffset? WithdrawnAt);

/// <summary>A mandate, without the other side: that is another person's.</summary>
/// <param name="Given">Given by the person; false: taken.</param>
internal sealed record HeldMandate(bool Given, string[] Procedures, DateTimeOffset GivenAt, DateOnly UntilOn, DateTimeOffset? EndedAt);

internal sealed record HeldQuestion(string Office, string Text, DateTimeOffset AskedAt, DateTimeOffset DueAt, string? Answer, DateTimeOffset? AnsweredAt);

internal sealed record HeldEvent(DateTimeOffset At, string Office, string Ground, string What);

/// <summary>What belongs to the accounts of a person: the holder's alone, whoever acts for him.</summary>
internal sealed record HeldAccounts(IReadOnlyList<HeldAccount> Accounts, IReadOnlyList<HeldProofing> Proofings, IReadOnlyList<HeldPasskey> Passkeys, IReadOnlyList<HeldLink> National, IReadOnlyList<HeldDevice> Devices, IReadOnlyList<HeldSession> Sessions,
    IReadOnlyList<HeldConsent> Consents, IReadOnlyList<HeldMandate> Mandates, IReadOnlyList<HeldEvent> History);

/// <summary>All that is held about a person.</summary>
internal sealed record HeldData(string What, DateTimeOffset MadeAt, PersonState Person, IReadOnlyList<HouseholdState> Households, IReadOnlyList<ToldEntry> History, IReadOnlyList<Reading> Readings,
    IReadOnlyList<HeldQuestion> Questions, IReadOnlyList<RequestRow> Requests, HeldAccounts? Account)
{
    /// <summary>The record in words, for the paper.</summary>
    [JsonIgnore]
    public IReadOnlyList<ToldPart> Words { get; init; } = [];
}
