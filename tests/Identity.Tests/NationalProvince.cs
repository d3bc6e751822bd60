using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SoGoc.Population;
using SoGoc.Testing;

namespace SoGoc.Identity.Tests;

/// <summary>A province with the national sign-in in front, beside the other ways in; it shows itself by a key, pushes its requests, and asks for the user.</summary>
public class NationalProvince : Province
{
    protected virtual bool Only => false;

    private static readonly string Pem = NewKey();

    public NationalSignIn National { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        National = await NationalSignIn.Start(pushed: !Only, inIdToken: Only);
        await base.InitializeAsync();
        await National.Register(Address, Only ? null : NationalSettings.ReadKey(Pem), Only ? "bi mat thu 2026" : null);
    }

    public override async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await base.DisposeAsync();
        await National.DisposeAsync();
    }

    protected override void Furnish(WebApplicationBuilder builder)
    {
        base.Furnish(builder);
        builder.Services.AddSingleton(new NationalSettings(National.Address, NationalSignIn.Client, Only ? null : NationalSettings.ReadKey(Pem), Only ? "bi mat thu 2026" : null, Only));
    }

    /// <summary>An account at the national sign-in that says of somebody what the register says, but for what is given.</summary>
    internal NationalPerson Known(PersonState state, string? level = "2", string? name = null, string? born = null, string? number = null, string kind = "1", string? subject = null, string? logoutUri = null, DateTimeOffset? provedAt = null)
    {
        var person = new NationalPerson(subject ?? Guid.NewGuid().ToString("N"), number ?? state.Facts.Number!.Value.ToString(), name ?? state.Facts.FullName!.ToUpperInvariant(),
            born ?? state.Facts.Born!.Value.Earliest!.Value.ToString("yyyyMMdd", System.Globalization.CultureInfo.InvariantCulture), level, kind, logoutUri, provedAt);
        return National.People[person.Subject] = person;
    }

    /// <summary>Off to the national sign-in: its page.</summary>
    internal static async Task<Citizen.Seen> Leave(Citizen citizen, string? returnUrl = null)
    {
        var off = await citizen.Go("/vao/quoc-gia" + (returnUrl is null ? "" : "?ReturnUrl=" + Uri.EscapeDataString(returnUrl)));
        Assert.True(off.To is { IsAbsoluteUri: true }, off.Plain());
        return await citizen.Go(off.To.AbsoluteUri);
    }

    /// <summary>Says there who one is: the address by which one comes back.</summary>
    internal async Task<Uri> Choose(Citizen citizen, Citizen.Seen page, NationalPerson person)
    {
        var answer = await citizen.Send(page, new Uri(National.Address, "/authorize").AbsoluteUri, ("person", person.Subject));
        Assert.True(answer.To is { IsAbsoluteUri: true }, answer.Plain());
        return answer.To;
    }

    /// <summary>The whole way, there and back.</summary>
    internal async Task<Citizen.Seen> ComeIn(Citizen citizen, NationalPerson person, string? returnUrl = null) =>
        await citizen.Go((await Choose(citizen, await Leave(citizen, returnUrl), person)).AbsoluteUri);

    private static string NewKey()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        return key.ExportPkcs8PrivateKeyPem();
    }
}

/// <summary>A province with no other way in; the national sign-in takes a secret, knows neither pushed requests nor logout, and says all in the id token.</summary>
public sealed class NationalOnlyProvince : NationalProvince
{
    protected override bool Only => true;
}
