using System.Net;
using SoGoc.Kernel.Pages;

namespace SoGoc.Exchange.Partners;

/// <summary>Where a partner may live. What is typed in as a partner's address must not make this machine talk to itself or to its neighbours: https to public addresses,
/// to a private network only where the installation names it, and to the machine itself only in the demonstration.</summary>
internal static class PartnerAddress
{
    public const int Longest = 300;

    private static readonly IPNetwork[] NotPublic = [.. new[]
    {
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24", "192.168.0.0/16", "198.18.0.0/15", "224.0.0.0/3",
        "::/127", "64:ff9b::/96", "fc00::/7", "fe80::/10", "ff00::/8", "2002::/16", "2001::/32",
    }.Select(n => IPNetwork.Parse(n))];

    /// <summary>Whether such an address can be a partner's, as far as its text tells.</summary>
    public static bool IsTaken(string? url, Installation here) => url is { Length: <= Longest } && Uri.TryCreate(url, UriKind.Absolute, out var uri) && uri.UserInfo.Length == 0 && uri.Fragment.Length == 0
        && (uri.Scheme == Uri.UriSchemeHttps || (here.Demonstration && uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback));

    /// <summary>Whether the machine at it may be called; asked of each address that the name stands for, when it is called.</summary>
    public static bool MayBeCalled(IPAddress address, PartnerNetworks networks, Installation here)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        return networks.Allowed.Any(n => n.Contains(plain)) || (IPAddress.IsLoopback(plain) ? here.Demonstration : !NotPublic.Any(n => n.Contains(plain)));
    }
}
