using Microsoft.AspNetCore.Http;

namespace SoGoc.Kernel.Web;

/// <summary>What the platform is called from outside, for what leaves the house on paper.</summary>
/// <param name="settled">SOGOC_PUBLIC_URL; without it, the address at which it is asked.</param>
public sealed class PublicAddress(Uri? settled, IHttpContextAccessor asked)
{
    /// <param name="path">With the slash at its head.</param>
    public string Of(string path)
    {
        var request = asked.HttpContext?.Request;
        return (settled?.GetLeftPart(UriPartial.Authority) ?? (request is null ? "" : $"{request.Scheme}://{request.Host}")) + path;
    }
}
