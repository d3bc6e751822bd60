using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Staff.Officials;

namespace SoGoc.Staff.Accounts;

/// <summary>An official chooses another password himself; his sessions elsewhere end. Wrong tries of the old one delay as they do at the sign-in.</summary>
internal sealed class ChangePassword(Session session, SignIns signIns, OfficialRows officials, CurrentActor actor, Journal journal, TimeProvider clock)
{
    public const int Shortest = 10;
    private const int Longest = 200;

    /// <param name="Secret">Of the session that asks, which goes on.</param>
    internal sealed record Request(string? Old, string? New, string? Again, string? Secret);

    public async Task<Outcome<Done>> Run(Request r)
    {
        var id = Authority.Self(actor.Value);
        var stored = await session.Row("select sign_in, password_hash from staff.official where id = $1 for update", x => Tuple.Create(x.GetString(0), x.GetString(1)), id);
        if (await signIns.Try(stored!.Item1) is { } wait)
        {
            return wait;
        }

        if (!SignIns.IsRight(stored.Item2, r.Old ?? ""))
        {
            return Problem.Invalid("old", "staff.old-password-wrong");
        }

        await signIns.Right(stored.Item1);
        var problems = new List<Problem>();
        if (r.New is not { Length: >= Shortest and <= Longest } fresh)
        {
            problems.Add(Problem.Invalid("new", "staff.password-short"));
        }
        else if (fresh == r.Old || fresh.Contains(stored.Item1, StringComparison.OrdinalIgnoreCase))
        {
            problems.Add(Problem.Invalid("new", "staff.password-same"));
        }

        if (r.New != r.Again)
        {
            problems.Add(Problem.Invalid("again", "staff.password-differs"));
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        await session.Execute("update staff.official set password_hash = $2, must_change = false where id = $1", id, SignIns.HashPassword(r.New!));
        await journal.Add(id, new PasswordChanged(await officials.EndSessions(id, clock.GetUtcNow(), Kernel.Access.Secret.Hash(r.Secret))), "tự đổi trên trang tài khoản");
        return Done.It;
    }
}
