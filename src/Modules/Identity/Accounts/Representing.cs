using SoGoc.Identity.Messages;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Identity.Accounts;

/// <summary>From now on an account is used through the account of a parent or guardian, as the register has it.</summary>
/// <param name="Basis">parent or guardian.</param>
internal sealed record RepresentationBegun(Guid Account, Guid Representative, string Basis) : IEntry
{
    public static string Kind => "identity.representation-begun";
}

/// <summary>An account is used through that of a parent or guardian no more.</summary>
internal sealed record RepresentationEnded(Guid Account, Guid Representative) : IEntry
{
    public static string Kind => "identity.representation-ended";
}

/// <summary>Whose accounts are opened and used through another's (NĐ 69/2024, article 7): children until they are 14, and wards.</summary>
internal static class Representing
{
    /// <summary>From this age a person opens and uses an account himself, if he is no ward.</summary>
    public const int OwnAccountAge = 14;

    /// <summary>From this age there is level 2, which an officer gives who sees the person.</summary>
    public const int LevelTwoAge = 6;

    public const string Guardian = "guardian";

    public static bool Younger(PartialDate? born, int age, DateOnly today) => born?.Latest is not { } latest || latest.AddYears(age) > today;

    /// <summary>The account of this person is used through the one who represents him.</summary>
    public static bool Needed(Represented who, DateOnly today) => who.Basis == Guardian || Younger(who.Born, OwnAccountAge, today);
}

/// <summary>Ends what the register does not bear any more: the child is 14, the guardianship is over, the representative has died. The representative is told; the holder shows
/// himself at a counter to come in alone. What he may do for the other has ended before, at the same moment as in the register.</summary>
internal sealed class EndRepresentations(Session session, IRepresentations representations, Journal journal, Notices notices, TimeProvider clock)
{
    public async Task<Outcome<Done>> Run()
    {
        var today = clock.Today();
        var kept = await session.Rows("""
            select a.id, a.person_id, r.id, r.person_id from identity.account a join identity.account r on r.id = a.representative_id where a.closed_at is null
            """, r => (Account: r.GetGuid(0), Person: r.GetGuid(1), By: r.GetGuid(2), ByPerson: r.GetGuid(3)));
        var standing = (await representations.By([.. kept.Select(k => k.ByPerson).Distinct()], today)).Where(r => Representing.Needed(r, today)).Select(r => (r.By, r.Person)).ToHashSet();
        foreach (var over in kept.Where(k => !standing.Contains((k.ByPerson, k.Person))))
        {
            await notices.Answered(over.By, "identity.message-representation-over");
            await session.Execute("update identity.account set representative_id = null where id = $1", over.Account);
            await journal.Add(over.Account, new RepresentationEnded(over.Account, over.ByPerson), "NĐ 69/2024/NĐ-CP, điều 7; sổ gốc không còn ghi việc đại diện");
        }

        return Done.It;
    }
}
