using SoGoc.Kernel.Data;
using SoGoc.Kernel.Laws;
using SoGoc.Kernel.Time;

namespace SoGoc.Identity.Requests;

/// <summary>By when the law of a day wants a request answered and done, or an organisation's account decided on (<c>reference/law.csv</c>).</summary>
internal sealed class LawClock(LawBook law, OfficeDays days)
{
    public DateOnly Answer(DateOnly made) => days.After(made, Rule("identity.answer-days", made).Number);

    public DateOnly Done(string kind, DateOnly made) => days.EndOf(made.AddDays(Rule("identity.done-days-" + kind, made).Number));

    /// <summary>The one extension.</summary>
    public DateOnly Extended(DateOnly due, DateOnly made) => days.EndOf(due.AddDays(Rule("identity.extension-days", made).Number));

    /// <summary>By when an organisation's account is decided on.</summary>
    public DateOnly Organisation(DateOnly asked) => days.After(asked, Rule("identity.organisation-days", asked).Number);

    /// <summary>The same where the office has to verify.</summary>
    public DateOnly OrganisationVerified(DateOnly asked) => days.EndOf(asked.AddDays(Rule("identity.organisation-verify-days", asked).Number));

    public string OrganisationGround(DateOnly asked) => Rule("identity.organisation-days", asked).Citation;

    public string Ground(DateOnly made) => Rule("identity.answer-days", made).Citation;

    public static async Task<LawClock> Read(Session session) => new(await LawBook.Read(session), await OfficeDays.Read(session));

    /// <summary>Before there was a rule the office goes by the one that came.</summary>
    private Rule Rule(string key, DateOnly on) => law.Find(key, on) ?? law.All.LastOrDefault(r => r.Key == key) ?? throw new InvalidOperationException($"The law book has no rule {key}.");
}
