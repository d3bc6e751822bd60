using System.Globalization;
using System.Security.Claims;
using Microsoft.AspNetCore;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;
using Microsoft.Extensions.Logging;
using OpenIddict.Abstractions;
using OpenIddict.Client.AspNetCore;
using SoGoc.Kernel.Access;
using static OpenIddict.Client.AspNetCore.OpenIddictClientAspNetCoreConstants;

namespace SoGoc.Identity.National;

/// <summary>What the way to the national sign-in and the way back have in common: if it did not work, a page that says what now.</summary>
internal abstract class NationalPage(NationalSettings national, RateLimit limit) : CitizenPage
{
    private const int AsksOfAddress = 200;

    /// <summary>Code of the sentence that says what went wrong.</summary>
    public string Fault { get; protected set; } = "";

    public bool OtherWays => !national.Only;

    protected Uri? Issuer => national.Issuer;

    /// <summary>Nothing stands in front here, or an address comes too often.</summary>
    protected async Task<IActionResult?> Closed() => Issuer is null ? NotFound()
        : await limit.Take($"national sign-in from {HttpContext.Connection.RemoteIpAddress}", AsksOfAddress, TimeSpan.FromSeconds(0.5)) is null ? null : Failed("identity.national-away");

    protected IActionResult Failed(string fault)
    {
        Fault = fault;
        return Page();
    }
}

/// <summary>Off to the national sign-in.</summary>
[Public]
[Citizen(0)]
internal sealed class NationalStartPage(NationalSettings national, RateLimit limit, ILogger<NationalStartPage> log) : NationalPage(national, limit)
{
    public async Task<IActionResult> OnGetAsync()
    {
        if (await Closed() is { } closed)
        {
            return closed;
        }

        var properties = new AuthenticationProperties { RedirectUri = ReturnUrl };
        // Whoever sits at a browser that others use too proves himself, not the one before him.
        properties.SetParameter(OpenIddictConstants.Parameters.Prompt, OpenIddictConstants.PromptValues.Login);
        try
        {
            await HttpContext.ChallengeAsync(OpenIddictClientAspNetCoreDefaults.AuthenticationScheme, properties);
        }
        catch (Exception e) when (!HttpContext.RequestAborted.IsCancellationRequested && !Response.HasStarted)
        {
            log.LogWarning(e, "The national sign-in cannot be reached.");
            return Failed("identity.national-away");
        }

        return Response.StatusCode is StatusCodes.Status302Found or StatusCodes.Status303SeeOther ? new EmptyResult() : Failed("identity.national-away");
    }
}

/// <summary>Back from the national sign-in: the library has checked what it could; the register says the rest.</summary>
[Public]
[Citizen(0)]
internal sealed class NationalBackPage(NationalSettings national, RateLimit limit, ILogger<NationalBackPage> log) : NationalPage(national, limit)
{
    public async Task<IActionResult> OnGetAsync()
    {
        if (await Closed() is { } closed)
        {
            return closed;
        }

        if (HttpContext.GetOpenIddictClientResponse() is { Error: { Length: > 0 } error })
        {
            log.LogWarning("The answer of the national sign-in was not taken: {Error}", error is OpenIddictConstants.Errors.AccessDenied or OpenIddictConstants.Errors.ServerError ? error : "refused");
            return Failed(error == OpenIddictConstants.Errors.AccessDenied ? "identity.national-cancelled" : "identity.national-nonsense");
        }

        var answer = await HttpContext.AuthenticateAsync(OpenIddictClientAspNetCoreDefaults.AuthenticationScheme);
        if (!answer.Succeeded || answer.Properties.GetTokenValue(Tokens.BackchannelIdentityToken) is not { } token)
        {
            return Failed("identity.national-nonsense");
        }

        var outcome = await Do<ComeInNationally, ComeInNationally.Answer>(c => c.Run(HttpContext, Said(answer.Principal, token)));
        if (!outcome.Ok(out var came))
        {
            return Failed(outcome.Problems[0].Code);
        }

        return came.Refused is { } refused ? Failed(refused.Code) : LocalRedirect(Url.IsLocalUrl(answer.Properties.RedirectUri) ? answer.Properties.RedirectUri : "/cua-toi");
    }

    private ComeInNationally.Claims Said(ClaimsPrincipal he, string token) => new(
        Issuer!.AbsoluteUri, he.GetClaim(OpenIddictConstants.Claims.Subject), he.GetClaim("LoaiTaiKhoan"), he.GetClaim("SoDinhDanh"), he.GetClaim("HoVaTen"), he.GetClaim("NgayThangNamSinh"), he.GetClaim("IAL"),
        long.TryParse(he.GetClaim(OpenIddictConstants.Claims.AuthenticationTime), NumberStyles.None, CultureInfo.InvariantCulture, out var at) && at < 1L << 36 ? DateTimeOffset.FromUnixTimeSeconds(at) : null,
        token, he.GetClaim("logoutUri"));
}
