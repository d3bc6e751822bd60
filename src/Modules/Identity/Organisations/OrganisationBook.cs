using SoGoc.Kernel.Data;
using SoGoc.Kernel.Time;

namespace SoGoc.Identity.Organisations;

/// <summary>An organisation's account, as its head and the office see it.</summary>
/// <param name="Head">Account of the head.</param>
/// <param name="Answer">What the office has said last.</param>
internal sealed record OrganisationRow(Guid Id, string Name, string Kind, string Number, string Address, Guid Head, string HeadName, DateTimeOffset AskedAt, DateOnly DueOn, bool Verifying, string? Answer, bool? Approved,
    DateTimeOffset? DecidedAt, DateTimeOffset? ActivatedAt, DateTimeOffset? EndedAt)
{
    /// <summary>waiting, verifying, refused, approved (to be activated), lapsed (was not), active, ended.</summary>
    public string State(DateTimeOffset now) => EndedAt is not null ? "ended" : Approved is null ? Verifying ? "verifying" : "waiting" : Approved is false ? "refused"
        : ActivatedAt is not null ? "active" : now - DecidedAt > OrganisationBook.ActivationLasts ? "lapsed" : "approved";
}

/// <summary>An organisation for which somebody may act.</summary>
/// <param name="Basis">head or mandate.</param>
/// <param name="Until">For a mandate: its last day.</param>
internal sealed record MayActForOrganisation(Guid Id, string Name, string Kind, string Number, string Basis, DateOnly? Until);

/// <summary>Somebody whom the head has named.</summary>
internal sealed record OrganisationAgent(Guid Organisation, Guid Mandate, string Name, DateOnly Until);

/// <summary>Finds organisations. Who may act for one is asked of the register each time: when the head has died, or another one stands, it is over in the same moment.</summary>
internal sealed class OrganisationBook(Session session, BeyondDuty all, TimeProvider clock)
{
    /// <summary>NĐ 69/2024: an account is activated within seven days after notice.</summary>
    public static readonly TimeSpan ActivationLasts = TimeSpan.FromDays(7);

    public const string Head = "head";

    public const string Columns = "o.id, o.name, o.kind, o.number, o.address, o.head_id, o.head_name, o.asked_at, o.due_on, o.verifying_at is not null, o.answer, o.approved, o.decided_at, o.activated_at, o.ended_at";

    public static OrganisationRow Read(Npgsql.NpgsqlDataReader r) => new(r.GetGuid(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4), r.GetGuid(5), r.GetString(6), r.Get<DateTimeOffset>(7), r.Get<DateOnly>(8),
        r.GetBoolean(9), r.Text(10), r.Maybe<bool>(11), r.Maybe<DateTimeOffset>(12), r.Maybe<DateTimeOffset>(13), r.Maybe<DateTimeOffset>(14));

    /// <summary>Those that this account has registered, the newest first.</summary>
    public Task<List<OrganisationRow>> Of(Guid head) => session.Rows($"select {Columns} from identity.organisation o where o.head_id = $1 order by o.asked_at desc", Read, head);

    /// <summary>Those that wait for the office, what is due first.</summary>
    public Task<List<OrganisationRow>> Waiting() => session.Rows($"select {Columns} from identity.organisation o where o.decided_at is null and o.ended_at is null order by o.due_on, o.asked_at", Read);

    /// <summary>For which organisations a person may act now: as head, or named by him.</summary>
    public Task<List<MayActForOrganisation>> For(Guid person) => all.Rows("""
        select o.id, o.name, o.kind, o.number, case when h.person_id = $1 then 'head' else 'mandate' end, m.until_on
          from identity.organisation o join identity.account h on h.id = o.head_id and h.closed_at is null and h.level = 2
          join population.person p on p.id = h.person_id and p.status = 'living'
          left join identity.mandate m on m.organisation_id = o.id and m.agent_id = $1 and m.ended_at is null and m.until_on >= $2
         where o.activated_at is not null and o.ended_at is null and (h.person_id = $1 or m.id is not null) order by o.name
        """, r => new MayActForOrganisation(r.GetGuid(0), r.GetString(1), r.GetString(2), r.GetString(3), r.GetString(4), r.Maybe<DateOnly>(5)), person, clock.Today());

    public async Task<MayActForOrganisation?> For(Guid person, Guid? organisation) => organisation is null ? null : (await For(person)).FirstOrDefault(o => o.Id == organisation);

    /// <summary>Whom the head has named.</summary>
    public Task<List<OrganisationAgent>> Agents(Guid head) => all.Rows("""
        select o.id, m.id, p.full_name, m.until_on from identity.organisation o join identity.mandate m on m.organisation_id = o.id and m.ended_at is null and m.until_on >= $2
          join population.person p on p.id = m.agent_id where o.head_id = $1 and o.ended_at is null order by m.given_at
        """, r => new OrganisationAgent(r.GetGuid(0), r.GetGuid(1), r.GetString(2), r.Get<DateOnly>(3)), head, clock.Today());
}
