using Microsoft.AspNetCore.Http;

namespace SoGoc.Kernel.Web;

/// <summary>What a browser lets a page do (Content Security Policy): all of it from this house, nowhere framed, and forms that stay here.</summary>
public static class PagePolicy
{
    /// <param name="response">Of the page.</param>
    /// <param name="formsTo">A site to which a form of this page leads, by itself or by where it is sent on.</param>
    /// <param name="frames">Sites that this page shows within it.</param>
    public static void SetPolicy(this HttpResponse response, Uri? formsTo = null, IReadOnlyCollection<Uri>? frames = null)
    {
        static string Site(Uri uri) => uri.GetLeftPart(UriPartial.Authority);
        var framed = frames is { Count: > 0 } ? $" frame-src {string.Join(' ', frames.Select(Site).Distinct())};" : "";
        response.Headers.ContentSecurityPolicy = $"default-src 'self'; img-src 'self' data:;{framed} frame-ancestors 'none'; form-action 'self'{(formsTo is null ? "" : " " + Site(formsTo))}; base-uri 'self'";
    }
}
