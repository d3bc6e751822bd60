using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace SoGoc.Exchange.Partners;

/// <summary>Secrets of partners: protected where they lie, so that a copy of the database signs nothing.</summary>
internal sealed class PartnerSecrets(IDataProtectionProvider protection)
{
    private const int Bytes = 32;
    private readonly IDataProtector protector = protection.CreateProtector("exchange.partner");

    /// <summary>A new secret as Standard Webhooks writes it, to be handed over once.</summary>
    public static string Make() => Deliveries.WebhookSignature.Prefix + Convert.ToBase64String(RandomNumberGenerator.GetBytes(Bytes));

    public string Protect(string secret) => protector.Protect(secret);

    public string Open(string kept) => protector.Unprotect(kept);
}
