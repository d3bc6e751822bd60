using System.ComponentModel.DataAnnotations;
using NpgsqlTypes;
using SoGoc.Civil.Books;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Population;

namespace SoGoc.Civil.Filings;

/// <summary>A part as it is shown.</summary>
/// <param name="RecalledAt">Since when what was done in it is to be taken back, because the act was.</param>
/// <param name="Late">Settled after its term, or open beyond it.</param>
internal sealed record PartShown(int No, string Step, string Holder, string State, DateTimeOffset Due, DateTimeOffset? SettledAt, string? Result, string? Reason, bool Late, DateTimeOffset? RecalledAt = null);

/// <summary>A linked filing without the person.</summary>
internal sealed record FilingShown(string Code, string Chain, string Office, DateTimeOffset MadeAt, DateTimeOffset? ClosedAt, IReadOnlyList<PartShown> Parts)
{
    private sealed record Row(string Code, string Chain, string Office, DateTimeOffset MadeAt, DateTimeOffset? ClosedAt, PartShown Part);

    /// <param name="reads">With or without a wall.</param>
    /// <param name="which">A condition on f, by $2 and $3.</param>
    /// <param name="now">What is late.</param>
    /// <param name="values">$2 and $3.</param>
    public static async Task<List<FilingShown>> Read(Reads reads, string which, DateTimeOffset now, params object?[] values) =>
        [.. (await reads.Rows($"""
            select f.code, f.chain, f.office, f.made_at, f.closed_at, p.no, p.step, p.holder, p.state, p.due_at, p.settled_at, p.result, p.reason, coalesce(p.settled_at, $1) > p.due_at, p.recalled_at
              from (select f.*, coalesce((select min(p.due_at) from civil.filing_part p where p.filing_id = f.id and p.state = 'open'), 'infinity') as next from civil.filing f where {which} order by next, f.made_at desc limit 100) f
              join civil.filing_part p on p.filing_id = f.id order by f.next, f.made_at desc, f.code, p.no
            """, r => new Row(r.GetString(0), r.GetString(1), r.GetString(2), r.Get<DateTimeOffset>(3), r.Maybe<DateTimeOffset>(4),
                new PartShown(r.GetInt16(5), r.GetString(6), r.GetString(7), r.GetString(8), r.Get<DateTimeOffset>(9), r.Maybe<DateTimeOffset>(10), r.Text(11), r.Text(12), r.GetBoolean(13), r.Maybe<DateTimeOffset>(14))), [now, .. values]))
            .GroupBy(r => r.Code).Select(g => new FilingShown(g.Key, g.First().Chain, g.First().Office, g.First().MadeAt, g.First().ClosedAt, [.. g.Select(r => r.Part)]))];
}

/// <summary>Linked filings of the official's communes: those that wait first, by their deadline. No person is named.</summary>
internal sealed class ListFilings(Reads reads, TimeProvider clock)
{
    public const string Open = "open", Late = "late", Refused = "refused", All = "all";

    public static readonly string[] States = [Open, Late, Refused, All];

    /// <param name="State">open: a part waits; late: one waits beyond its term; refused: a part was refused; all. Without a word: open.</param>
    /// <param name="Holder">registrar, police or partner: only where a part of his waits.</param>
    internal sealed record Request(string? State = null, [MaxLength(20)] string? Holder = null);

    /// <param name="Filings">A hundred at most.</param>
    internal sealed record Page(IReadOnlyList<FilingShown> Filings);

    public async Task<Outcome<Page>> Run(Request r)
    {
        var state = r.State ?? Open;
        if (!States.Contains(state))
        {
            return Problem.Invalid("state", "civil.filing-state-unknown");
        }

        const string which = """
            case $2::text when 'all' then true when 'refused' then exists (select from civil.filing_part p where p.filing_id = f.id and p.state = 'refused')
              else exists (select from civil.filing_part p where p.filing_id = f.id and p.state = 'open' and ($2 <> 'late' or p.due_at < $1) and ($3::text is null or p.holder = $3)) end
            """;
        return new Page(await FilingShown.Read(reads, which, clock.GetUtcNow(), state, r.Holder.As(NpgsqlDbType.Text)));
    }
}

/// <summary>One filing with its parts. Who has to decide one of them sees whom it is about, for a case of that filing; to others no person is named.</summary>
internal sealed class ShowFiling(Session session, Reads reads, BookKeeper books, IPopulation population, CaseBook cases, Journal journal, CurrentActor actor, TimeProvider clock)
{
    private const string Purpose = "birth-and-death";

    internal sealed record Request([Required, MaxLength(60)] string? Code);

    /// <param name="Person">Name, where the official decides a part that waits.</param>
    /// <param name="Residence">Where the register has the person reside, or did last, as written.</param>
    /// <param name="ResidedUntil">Of one who resides nowhere any more.</param>
    /// <param name="Decides">A part waits for this official.</param>
    /// <param name="LiveWith">With whom the child is to reside, where its parents have said so: mother or father.</param>
    internal sealed record Shown(FilingShown Filing, Guid Entry, bool Decides, string? Person, PersonalNumber? Number, string? Residence, DateOnly? ResidedUntil = null, string? LiveWith = null);

    public async Task<Outcome<Shown>> Run(Request r)
    {
        var row = await session.Row("select person_id, entry_id, live_with from civil.filing where code = $1", x => (x.GetGuid(0), x.GetGuid(1), x.Text(2)).ToTuple(), r.Code ?? "");
        if (row is null || (await FilingShown.Read(reads, "f.code = $2 and $3::text is null", clock.GetUtcNow(), r.Code!, ((string?)null).As(NpgsqlDbType.Text))) is not [var filing])
        {
            return Problem.Missing("civil.no-filing");
        }

        var decides = actor.Value.May(Permission.Of(CivilPermission.DecideFiling)) && filing.Parts.Any(p => p.Holder == FilingStep.Police && p.State != "done") && !await books.Is(row.Item2, BookKeeper.Annulled);
        if (!decides)
        {
            return new Shown(filing, row.Item2, false, null, null, null);
        }

        var reference = r.Code!;
        if (await cases.Find(reference) is not { ClosedAt: null })
        {
            reference = await cases.Find(reference) is null ? reference : $"{reference}/{Guid.NewGuid():N}"[..(reference.Length + 9)];
            var opened = await cases.Open(new NewCase("dossier", reference, Purpose, [row.Item1]));
            if (!opened.IsGood)
            {
                return opened.Problems.ToList();
            }
        }

        await journal.Disclose([row.Item1], ["identity", "residence"], Purpose, reference);
        var person = await population.Find(row.Item1);
        var home = person is null ? null : Acts.Competence.Homes(person, clock.Today()).FirstOrDefault();
        var last = home ?? person?.Residences.MaxBy(r => r.Until);
        return new Shown(filing, row.Item2, true, person?.Facts.FullName, person?.Facts.Number, last is null ? null : population.Address(population.InForce(last)).Written, home is null ? last?.Until : null, row.Item3);
    }
}

/// <summary>How far a linked filing is, for who knows its code: steps and dates, and nothing about anybody.</summary>
internal sealed class TrackFiling(Reads reads, TimeProvider clock)
{
    internal sealed record Request([Required, MaxLength(60)] string? Code);

    public async Task<Outcome<FilingShown>> Run(Request r)
    {
        var found = await FilingShown.Read(reads, "f.code = $2 and $3::text is null", clock.GetUtcNow(), (r.Code ?? "").Trim().ToUpperInvariant(), ((string?)null).As(NpgsqlDbType.Text));
        // Results and reasons are for the offices and the letter to the citizen.
        return found is [var filing] ? filing with { Parts = [.. filing.Parts.Select(p => p with { Result = null, Reason = null })] } : Problem.Missing("civil.no-filing");
    }
}
