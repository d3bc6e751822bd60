using SoGoc.Identity.Accounts;
using SoGoc.Identity.Organisations;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Text;
using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Identity.Acting;

/// <summary>One adult lets another act for him.</summary>
internal sealed record MandateGiven(Guid Mandate, Guid Agent, IReadOnlyList<string> Procedures, DateOnly Until) : IEntry
{
    public static string Kind => "identity.mandate-given";
}

internal sealed record MandateEnded(Guid Mandate) : IEntry
{
    public static string Kind => "identity.mandate-ended";
}

/// <summary>Somebody for whom this citizen may act, and why.</summary>
/// <param name="Basis">parent, guardian or mandate.</param>
/// <param name="Procedures">For a mandate: in which procedures.</param>
/// <param name="Until">For a mandate: its last day.</param>
/// <param name="Through">The other's account is opened and used through whom acts for him: a child younger than 14, or a ward.</param>
internal sealed record MayActFor(Guid Person, string Name, string? Born, string Basis, string[] Procedures, DateOnly? Until, Guid? Mandate, bool Through = false);

/// <summary>Acting for another: by kinship and guardianship of the register, or by a mandate. What the register does not name by number or record it cannot decide, and says so.</summary>
internal sealed class ActFor(Session session, BeyondDuty all, IRepresentations representations, ICardHolders holders, CitizenSessions sessions, OrganisationBook organisations, Journal journal, TimeProvider clock)
{
    /// <summary>Procedures that a mandate can name.</summary>
    public static readonly string[] Procedures = ["civil-status", "residence", "id-card", "health-insurance", "social-insurance", "land", "tax", "driving-licence", "data"];

    public const string Mandate = "mandate";

    private const int LongestYears = 5;

    /// <summary>What stands in a mandate for an organisation: it reaches as far as the head does.</summary>
    public const string Organisation = "organisation";

    public Task<IReadOnlyList<MayActFor>> Of(CitizenSession own) => Of(own.Person);

    private async Task<IReadOnlyList<MayActFor>> Of(Guid agent)
    {
        var today = clock.Today();
        var byLaw = (await representations.By([agent], today)).Select(r => new MayActFor(r.Person, r.Name, r.Born?.Shown, r.Basis, [], null, null, Representing.Needed(r, today)));
        var byMandate = await all.Rows("""
            select m.giver_id, p.full_name, m.procedures, m.until_on, m.id from identity.mandate m join population.person p on p.id = m.giver_id and p.status = 'living'
             where m.agent_id = $1 and m.organisation_id is null and m.ended_at is null and m.until_on >= $2 order by m.given_at
            """, r => new MayActFor(r.GetGuid(0), r.GetString(1), null, Mandate, r.Get<string[]>(2), r.Get<DateOnly>(3), r.GetGuid(4)), agent, today);
        return [.. byLaw, .. byMandate];
    }

    /// <summary>Whether somebody still may act for a person, and for an organisation, where it is one.</summary>
    public async Task<bool> StillMay(Guid agent, Guid person, Guid? organisation) => (person == agent || (await Of(agent)).Any(m => m.Person == person))
        && (organisation is null || await organisations.For(agent, organisation) is not null);

    /// <summary>For whom this session acts, if it still may.</summary>
    public async Task<MayActFor?> Now(CitizenSession own) => own.ActsFor is { } other ? (await Of(own)).FirstOrDefault(m => m.Person == other) : null;

    /// <summary>Whose record this session may see: its holder's, or that of whom it acts for, if the law or the mandate reaches that far.</summary>
    public async Task<Outcome<Guid>> Record(CitizenSession own) => own.ActsFor is null ? own.Person
        : await Now(own) is not { } other ? Problem.Forbidden("identity.may-not-act")
        : other.Basis == Mandate && !other.Procedures.Contains("data") ? Problem.Forbidden("identity.mandate-without-data") : other.Person;

    /// <summary>Mandates that this citizen has given.</summary>
    public Task<List<MayActFor>> Given(CitizenSession own) => all.Rows("""
        select m.agent_id, p.full_name, m.procedures, m.until_on, m.id from identity.mandate m join population.person p on p.id = m.agent_id
         where m.giver_id = $1 and m.organisation_id is null and m.ended_at is null and m.until_on >= $2 order by m.given_at
        """, r => new MayActFor(r.GetGuid(0), r.GetString(1), null, Mandate, r.Get<string[]>(2), r.Get<DateOnly>(3), r.GetGuid(4)), own.Person, clock.Today());

    /// <summary>From now on this session acts for the other; null: for its own holder again.</summary>
    public async Task<Outcome<Done>> Choose(CitizenSession own, Guid? person)
    {
        if (person is { } other && (await Of(own)).All(m => m.Person != other))
        {
            return Problem.Forbidden("identity.may-not-act");
        }

        await sessions.ActFor(own, person);
        return Done.It;
    }

    /// <summary>From now on this session acts for the organisation.</summary>
    public async Task<Outcome<Done>> ChooseOrganisation(CitizenSession own, Guid organisation)
    {
        if (await organisations.For(own.Person, organisation) is null)
        {
            return Problem.Forbidden("identity.may-not-act");
        }

        await sessions.ActFor(own, null, organisation);
        return Done.It;
    }

    /// <param name="organisation">The head lets the agent act for it; null: for himself, in the procedures.</param>
    public async Task<Outcome<Done>> Give(CitizenSession own, string? number, string? name, IReadOnlyList<string>? procedures, string? until, Guid? organisation = null)
    {
        var problems = new List<Problem>();
        var agent = ShownNumber.TryParse(number, out var n, out var fault) ? await holders.Find(n) : null;
        if (fault is not null)
        {
            problems.Add(fault with { Field = "number" });
        }
        else if (agent is null || NameSpelling.Of(agent.FullName) != NameSpelling.Of(name ?? ""))
        {
            // Whether there is somebody of that number is not told apart from a name that does not fit.
            problems.Add(Problem.Invalid("name", "identity.agent-unknown"));
        }

        if (organisation is not null && await organisations.For(own.Person, organisation) is not { Basis: OrganisationBook.Head })
        {
            return Problem.Forbidden("identity.may-not-act");
        }

        string[] chosen = organisation is null ? [.. Procedures.Intersect(procedures ?? [])] : [Organisation];
        if (chosen.Length == 0)
        {
            problems.Add(Problem.Invalid("procedures", "identity.procedure-missing"));
        }

        if (!DateWriting.TryRead(until ?? "", out var last) || last.Precision != DatePrecision.Day || last.Earliest < clock.Today() || last.Earliest > clock.Today().AddYears(LongestYears))
        {
            problems.Add(Problem.Invalid("until", "identity.until-unreadable"));
        }

        if (problems.Count > 0)
        {
            return problems;
        }

        var id = Guid.CreateVersion7(clock.GetUtcNow());
        await session.Execute("insert into identity.mandate (id, giver_id, agent_id, procedures, given_at, until_on, organisation_id) values ($1, $2, $3, $4, $5, $6, $7)",
            id, own.Person, agent!.Person, chosen, clock.GetUtcNow(), last.Earliest!.Value, ((object?)organisation).As(NpgsqlTypes.NpgsqlDbType.Uuid));
        await journal.Add(own.Account, new MandateGiven(id, agent.Person, chosen, last.Earliest.Value), "ủy quyền của chủ tài khoản, Bộ luật Dân sự 2015");
        return Done.It;
    }

    /// <summary>Either side may end it. Who acts by it at this moment acts for himself again.</summary>
    public async Task<Outcome<Done>> End(CitizenSession own, Guid id)
    {
        var ended = await session.Row("update identity.mandate set ended_at = $3 where id = $1 and (giver_id = $2 or agent_id = $2) and ended_at is null returning giver_id, agent_id",
            r => (Giver: r.GetGuid(0), Agent: r.GetGuid(1)).ToTuple(), id, own.Person, clock.GetUtcNow());
        if (ended is null)
        {
            return Problem.Missing("identity.no-mandate");
        }

        await session.Execute("update identity.session s set acts_for = null from identity.account a where a.id = s.account_id and a.person_id = $1 and s.acts_for = $2", ended.Item2, ended.Item1);
        await journal.Add(own.Account, new MandateEnded(id), "chấm dứt ủy quyền");
        return Done.It;
    }
}
