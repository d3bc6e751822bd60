using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using SoGoc.Identity.Accounts;
using SoGoc.Identity.Clients;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Time;
using SoGoc.Population;

[assembly: System.Runtime.Versioning.SupportedOSPlatform("linux")]

namespace SoGoc.Identity.Tests;

/// <summary>A town by the clock of the machine, because clients of others have no other; with citizens and systems of agencies.</summary>
public class Province : Testing.Town
{
    public const string Password = "mot cau that dai 7";
    private static int phones;

    protected override DateOnly Day => DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime.AddHours(7));

    protected override void Furnish(WebApplicationBuilder builder) => builder.Services.AddSingleton(TimeProvider.System);

    /// <summary>A person with a valid card and a telephone on record.</summary>
    internal static PersonState WithCard(string born = "1990-05-17", short sex = 2)
    {
        var person = Testing.People.Someone(sex, born);
        return person with
        {
            Facts = person.Facts with { Phone = $"09{Interlocked.Increment(ref phones):D8}", Nationality = ["VN"] },
            Papers = [new IdPaper(0, PaperKind.CanCuoc, person.Facts.Number!.Value.ToString(), PartialDate.TryParse("2024-08-12", out var day) ? day : null, "Bộ Công an", new DateOnly(2040, 5, 17))],
        };
    }

    /// <summary>A citizen with an account and a password.</summary>
    internal async Task<Citizen> Citizen(int level = 2, PersonState? state = null)
    {
        var person = state ?? WithCard();
        var id = await Enter(person);
        var account = Guid.NewGuid();
        await Execute("insert into identity.account (id, person_id, level, phone, password_hash, opened_at) values ($1, $2, $3, $4, $5, now())", account, id, (short)level, person.Facts.Phone, Passwords.Hash(Password));
        return new Citizen(this, Address, account, id, person);
    }

    internal Citizen Nobody() => new(this, Address, Guid.Empty, Guid.Empty, null);

    /// <summary>A session that stands, as if these factors had been shown; its cookie.</summary>
    internal async Task<string> Session(Citizen citizen, params string[] factors)
    {
        var secret = Secret.Make();
        await Execute("insert into identity.session (hash, sid, account_id, factors, device, made_at, proved_at, seen_at, expires_at) values ($1, gen_random_uuid(), $2, $3, 'thử', now(), now(), now(), now() + interval '1 hour')",
            Secret.Hash(secret), citizen.Account, factors);
        return $"{CitizenSessions.Cookie}={secret}";
    }

    /// <summary>A sandbox of an agency, registered by an official as on the page.</summary>
    internal async Task<(string Id, string Key)> Client(string agency, string[] fields, string[]? optional = null, int level = 1, string? backChannel = null, string? frontChannel = null)
    {
        var registered = await Do<RegisterClient, RegisterClient.Registered>(f => f.Run(new("Cổng thử", agency, "TT-01/2026", "0296 000 0000", "http://localhost:7/ve", "http://localhost:7/thoat", null, fields, optional,
            "Nộp hồ sơ trực tuyến\nTra cứu kết quả", level, true, backChannel, frontChannel)), Actor.System("test"));
        return (registered.ClientId, registered.PrivateKey!);
    }

    /// <summary>The code that was sent last to a telephone.</summary>
    internal async Task<string?> CodeSentTo(string phone) => (await Rows("select body from identity.message where target = $1 and body like '%ma cua ban%' order by id desc limit 1", r => r.GetString(0), phone))
        .Select(b => new string([.. b.Where(char.IsAsciiDigit)])).FirstOrDefault();
}
