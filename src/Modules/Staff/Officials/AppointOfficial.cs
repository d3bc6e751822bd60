using System.Security.Cryptography;
using System.Text.RegularExpressions;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Text;
using SoGoc.Kernel.Time;
using SoGoc.Staff.Accounts;

namespace SoGoc.Staff.Officials;

/// <summary>A new official with his first post. The first password is told once, and he has to choose another when he first signs in.</summary>
internal sealed partial class AppointOfficial(Session session, Authority authority, GrantPost grant, Journal journal, TimeProvider clock)
{
    private const int LongestName = 100;

    /// <param name="Agency">Code of the agency.</param>
    /// <param name="Area">Code of the unit of the first post; empty: the whole province.</param>
    /// <param name="Number">His own personal number; by it he is refused his own case.</param>
    internal sealed record Request(string? Name, string? SignIn, string? Agency, string? Role, string? Area, string? From, string? Until, string? Ground, string? Number = null);

    internal sealed record Appointed(Guid Id, string SignIn, string Password);

    public async Task<Outcome<Appointed>> Run(Request r)
    {
        var problems = new List<Problem>();
        var (name, account) = (Normal.Composed((r.Name ?? "").Trim()), (r.SignIn ?? "").Trim().ToLowerInvariant());
        if (name.Length is 0 or > LongestName)
        {
            problems.Add(Problem.Invalid("name", "staff.name-missing"));
        }

        if (!Account().IsMatch(account))
        {
            problems.Add(Problem.Invalid("signIn", "staff.account-malformed"));
        }

        var agency = await session.Row("select code, area_id from staff.agency where code = $1 and valid @> $2", x => Tuple.Create(x.GetString(0), x.Maybe<int>(1)), r.Agency ?? "", clock.Today());
        if (agency is null)
        {
            problems.Add(Problem.Invalid("agency", "staff.no-agency"));
        }
        else if (await authority.Over(agency.Item2) is { } outside)
        {
            problems.Add(outside with { Field = "agency" });
        }

        var number = LinkNumber.Read(r.Number, problems);
        FormText.Ground(r.Ground, problems);
        if (problems.Count > 0)
        {
            return problems;
        }

        var (id, password) = (Guid.CreateVersion7(clock.GetUtcNow()), FirstPassword());
        await session.Execute("insert into staff.official (id, name, sign_in, password_hash, agency_code, must_change, person_number) values ($1, $2, $3, $4, $5, true, $6)", id, name, account, SignIns.HashPassword(password), agency!.Item1,
            number.As(NpgsqlTypes.NpgsqlDbType.Text));
        await journal.Add(id, new OfficialAppointed(name, account, agency.Item1), r.Ground!);
        if (number is not null)
        {
            await journal.Add(id, new NumberLinked(number), r.Ground!);
        }

        var granted = await grant.Run(new GrantPost.Request(id, r.Role, r.Area, r.From, r.Until, r.Ground));
        return granted.IsGood ? new Appointed(id, account, password) : granted.Problems.ToList();
    }

    /// <summary>Three groups of four letters and digits that nobody takes for one another.</summary>
    public static string FirstPassword() => string.Join('-', Enumerable.Range(0, 3).Select(_ => RandomNumberGenerator.GetString("abcdefghkmnpqrstuvwxyz23456789", 4)));

    [GeneratedRegex("^[a-z0-9][a-z0-9.-]{1,39}$")]
    private static partial Regex Account();
}
