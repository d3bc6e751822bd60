namespace SoGoc.Exchange;

/// <summary>ReadEvents: which partners have caught up with what happened; a clerk sees the events of his commune. ManagePartners: who is told, where, and by which secret.</summary>
public enum ExchangePermission { ReadEvents, ManagePartners }

/// <summary>What a partner said when its own data had caught up, or would not.</summary>
/// <param name="Subject">Subject of the journal entry that it was told of.</param>
/// <param name="EventKind">Kind of that entry.</param>
/// <param name="PartnerKind">Kind of the partner.</param>
/// <param name="PartnerName">Its name.</param>
/// <param name="Done">It has caught up; false: it refused.</param>
/// <param name="Reason">Why it refused.</param>
/// <param name="Reference">By what it calls it.</param>
public sealed record PartnerAnswer(Guid Subject, string EventKind, string PartnerKind, string PartnerName, bool Done, string? Reason, string? Reference);

/// <summary>A module above that waits for answers of partners; called in the transaction in which the answer is taken.</summary>
public interface IHearsAnswers
{
    Task Hear(PartnerAnswer answer);
}

/// <summary>A partner of the demonstration.</summary>
/// <param name="Secret">Of its signatures, whsec_….</param>
public sealed record DemonstrationPartner(string Code, string Name, string Secret);

/// <summary>For the Host.</summary>
public interface IExchange
{
    /// <summary>Registers the invented partners of the demonstration, or tells those that are there where they live now.</summary>
    /// <param name="program">Where the program that plays them listens; each has a folder by its code.</param>
    Task<IReadOnlyList<DemonstrationPartner>> SeedDemonstration(Uri program);
}

/// <summary>SOGOC_PARTNER_NETWORKS: private networks in which partners may lie. Addresses of the machine itself, of its link and of private networks are called in no other case.</summary>
public sealed record PartnerNetworks(IReadOnlyList<System.Net.IPNetwork> Allowed)
{
    public static PartnerNetworks None { get; } = new([]);
}
