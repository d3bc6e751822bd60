using System.ComponentModel.DataAnnotations;
using NpgsqlTypes;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Quality.Rules;

namespace SoGoc.Quality.Work;

/// <summary>What can be given to a colleague, and to whom. Nobody of the register is named: who gives work reads no record.</summary>
internal sealed class ListToHand(Reads reads, IColleagues colleagues, CurrentActor actor, TimeProvider clock)
{
    /// <summary>Days that are proposed where every term is over.</summary>
    private const int Week = 7;

    /// <param name="Rule">Only of this rule.</param>
    /// <param name="Hamlet">Only of this hamlet.</param>
    /// <param name="Handing">What he has given once and is not answered, at whomever it is.</param>
    internal sealed record Request([MaxLength(60)] string? Rule = null, [MaxLength(200)] string? Hamlet = null, Guid? Handing = null);

    /// <param name="Says">The rule.</param>
    /// <param name="With">Who has it; null: nobody.</param>
    /// <param name="Returned">Why it was given back.</param>
    internal sealed record Item(Guid Id, string Says, string? Hamlet, DateOnly Due, bool Late, string? With, string? Returned);

    /// <param name="Hamlet">Null: not known.</param>
    internal sealed record Place(string? Hamlet, long Free, long Late);

    /// <param name="Has">What he has open already.</param>
    internal sealed record Candidate(string Reference, string Name, string? StandIn, long Has);

    /// <param name="Items">At most as many as can be given at once; those whose term ends first.</param>
    /// <param name="All">How many there are.</param>
    /// <param name="Places">The hamlets, most work first.</param>
    /// <param name="Until">A day to propose.</param>
    internal sealed record Shown(IReadOnlyList<Item> Items, long All, IReadOnlyList<Place> Places, IReadOnlyList<Candidate> Colleagues, DateOnly Until);

    private const string Open = "f.gone_at is null and f.outcome is null and f.rule not in (select code from quality.rule where base = 'duplicate')";

    public async Task<Outcome<Shown>> Run(Request r)
    {
        var today = clock.Today();
        var places = await reads.Rows($"select f.hamlet, count(*), count(*) filter (where f.due_on < $1) from quality.finding f where {Open} and f.holder is null group by f.hamlet order by 2 desc, 1", x => new Place(x.Text(0), x.GetInt64(1), x.GetInt64(2)), today);
        var rows = await reads.Rows($"""
            select {Rule.Columns}, f.id, f.hamlet, f.due_on, case when f.holder is not null then h.taker end, f.returned_why, f.area_id, count(*) over ()
              from quality.finding f join quality.rule r on r.code = f.rule left join quality.handing h on h.id = f.handing_id
             where {Open} and case when $3::uuid is null then f.holder is null else h.id = $3 and h.given_by = $4 end and ($1::text is null or f.rule = $1) and ($2::text is null or f.hamlet = $2)
             order by f.returned_at nulls last, f.due_on, f.hamlet, f.found_at, f.id limit $5
            """, x => (Item: new Item(x.GetGuid(12), Rule.Read(x).Heading, x.Text(13), x.Get<DateOnly>(14), x.Get<DateOnly>(14) < today, x.Text(15), x.Text(16)), Area: x.Maybe<int>(17), All: x.GetInt64(18)),
            Told(r.Rule).As(NpgsqlDbType.Text), Told(r.Hamlet).As(NpgsqlDbType.Text), r.Handing.As(NpgsqlDbType.Uuid), actor.Value.Holder, HandFindings.MostHanded);
        var may = await colleagues.WhoMay(Permission.Of(QualityPermission.WorkFindings), [.. rows.Select(x => x.Area).OfType<int>().Distinct()]);
        var has = (await reads.Rows("select f.holder, count(*) from quality.finding f where f.holder = any($1) and f.gone_at is null and f.outcome is null group by f.holder", x => (x.GetString(0), x.GetInt64(1)), (object)may.Select(c => c.Reference).ToArray())).ToDictionary();
        var due = rows.Where(x => !x.Item.Late).Select(x => (DateOnly?)x.Item.Due).Min();
        return new Shown([.. rows.Select(x => x.Item)], rows.Count > 0 ? rows[0].All : 0, places, [.. may.Select(c => new Candidate(c.Reference, c.Name, c.StandIn, has.GetValueOrDefault(c.Reference)))], due ?? today.AddDays(Week));
    }

    private static string? Told(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
