using Microsoft.AspNetCore.Http;
using SoGoc.Identity.Accounts;
using SoGoc.Identity.Codes;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Text;
using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Identity.Opening;

/// <summary>Opens an account of level 1 online (NĐ 69/2024, article 10): number, name, birth date, day of issue of a valid card and the telephone number on record have
/// to agree with the register, and a code sent to that telephone proves that it is the claimant's. Whatever does not agree, the answer is the same.</summary>
internal sealed class OpenAccount(Session session, IPopulation population, ICardHolders holders, AccountBook accounts, OneTimeCodes codes, CitizenSessions sessions, Journal journal, CurrentActor actor, NationalSettings national, RateLimit limit, TimeProvider clock)
{
    private const string Ground = "NĐ 69/2024/NĐ-CP, điều 10";

    internal sealed record Claim(string? Number, string? FullName, string? Born, string? CardIssued, string? Phone);

    /// <summary>The handle of the code that was sent, if everything agreed.</summary>
    public async Task<Outcome<string>> Ask(HttpContext http, Claim claim)
    {
        if (national.Only)
        {
            return SignIn.SignInCitizen.OnlyNational;
        }

        var problems = new List<Problem>();
        if (!ShownNumber.TryParse(claim.Number, out var number, out var fault))
        {
            problems.Add(fault with { Field = "number" });
        }

        if (!DateWriting.TryRead(claim.Born ?? "", out var born) || born.Precision == DatePrecision.Unknown)
        {
            problems.Add(Problem.Invalid("born", "identity.date-unreadable"));
        }

        if (!DateWriting.TryRead(claim.CardIssued ?? "", out var issued) || issued.Precision != DatePrecision.Day)
        {
            problems.Add(Problem.Invalid("cardIssued", "identity.date-unreadable"));
        }

        if (string.IsNullOrWhiteSpace(claim.FullName) || claim.FullName.Length > 100)
        {
            problems.Add(Problem.Invalid("fullName", "identity.name-missing"));
        }

        if (Telephone.Of(claim.Phone) is not { } phone)
        {
            problems.Add(Problem.Invalid("phone", "identity.phone-unreadable"));
            return problems;
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        if (await limit.Take($"open from {http.Connection.RemoteIpAddress}", 20, TimeSpan.FromSeconds(20)) is { } slow || await limit.Take($"open {number}", 5, TimeSpan.FromMinutes(10)) is { } slower && (slow = slower) is not null)
        {
            return slow;
        }

        var holder = await holders.Find(number);
        var known = await accounts.OfPerson(holder?.Person ?? Guid.Empty);
        var agrees = holder is not null && known is null && Agrees(holder, claim.FullName!, born, issued.Earliest!.Value, phone);
        return await codes.Send("open", null, agrees ? holder!.Person : null, agrees ? phone : null);
    }

    public async Task<Outcome<Done>> Finish(HttpContext http, string? handle, string? code)
    {
        if ((national.Only ? SignIn.SignInCitizen.OnlyNational : await limit.Take($"open from {http.Connection.RemoteIpAddress}", 20, TimeSpan.FromSeconds(20))) is { } slow)
        {
            return slow;
        }

        var outcome = await codes.Take("open", handle, code);
        if (!outcome.Ok(out var opened))
        {
            return outcome.Problems.ToList();
        }

        if (opened is not { Subject: { } person, Contact: { } phone } || await population.Find(person) is not { Status: PersonStatus.Living } state)
        {
            return Problem.Invalid("code", "identity.code-over");
        }

        var account = Guid.CreateVersion7(clock.GetUtcNow());
        await session.Execute("insert into identity.account (id, person_id, level, phone, opened_at) values ($1, $2, 1, $3, $4)", account, person, phone, clock.GetUtcNow());
        actor.Set(Actor.Citizen(account, state.Facts.FullName ?? "", person, 1));
        await journal.Add(account, new AccountOpened(account, 1), Ground);
        await sessions.Begin(http, account, Assurance.Code);
        return Done.It;
    }

    private bool Agrees(CardHolder holder, string name, PartialDate born, DateOnly issued, string phone) =>
        NameSpelling.Of(holder.FullName) == NameSpelling.Of(name)
        && holder.Born is { } b && b.Earliest == born.Earliest && b.Precision == born.Precision
        && !Representing.Younger(b, Representing.OwnAccountAge, clock.Today())
        && Telephone.Of(holder.Phone) == phone
        && holder.ValidCards(clock.Today()).Any(c => c.Issued is { Precision: DatePrecision.Day } day && day.Earliest == issued);
}

/// <summary>A mobile number as people write it, in one form: ten digits from 0.</summary>
internal static class Telephone
{
    public static string? Of(string? text)
    {
        var digits = new string([.. (text ?? "").Where(char.IsAsciiDigit)]);
        digits = digits.StartsWith("84", StringComparison.Ordinal) && digits.Length == 11 ? "0" + digits[2..] : digits;
        return digits.Length == 10 && digits[0] == '0' ? digits : null;
    }
}
