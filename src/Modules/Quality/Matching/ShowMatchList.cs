using System.ComponentModel.DataAnnotations;
using NpgsqlTypes;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Jobs;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Places;

namespace SoGoc.Quality.Matching;

/// <summary>How a list came out: how many rows how, beside the last list of that name, and the rows of one outcome with what the register says.</summary>
internal sealed class ShowMatchList(MatchBook lists, Session session, IPlaces places, JobBook jobs, Journal journal, CurrentActor actor)
{
    public static readonly string[] Outcomes = ["matched", "differs", "dead", "several", "not-found", "not-a-person"];

    private const int MostRows = 50;

    /// <param name="Outcome">Of which rows; null: none are told.</param>
    /// <param name="After">Number of the last row of the page before.</param>
    internal sealed record Request(Guid Id, [MaxLength(20)] string? Outcome = null, int? After = null);

    /// <summary>Somebody of the register.</summary>
    /// <param name="Home">The commune where he lives, of whom one is to be chosen: two may bear one name and have one birthday.</param>
    internal sealed record Known(Guid Person, string Name, string? Number, string? Born, short? Sex, string Status, string? Home = null);

    /// <param name="Given">What the list says, by field.</param>
    /// <param name="Person">Whom it is about.</param>
    /// <param name="Differs">What is otherwise, and which side looks right: register, list, or nothing.</param>
    /// <param name="Others">Whom it may be about.</param>
    /// <param name="Namesakes">How many bear the name, where nothing tells which of them it is about.</param>
    internal sealed record Row(int No, IReadOnlyDictionary<string, string> Given, string Outcome, Known? Person, IReadOnlyDictionary<string, string> Differs, IReadOnlyList<Known> Others, string? Decision, int Namesakes = 0);

    /// <param name="Counts">How many rows by outcome.</param>
    /// <param name="Before">The same of the list before.</param>
    /// <param name="Share">How far the comparison is, 0 to 1.</param>
    internal sealed record Shown(Guid Id, string Name, DateTimeOffset SentAt, string State, string? Refusal, IReadOnlyList<string> Heads, IReadOnlyList<string> Mapping, int Rows, string Case, IReadOnlyDictionary<string, int> Counts, IReadOnlyDictionary<string, int>? Before,
        double Share, IReadOnlyList<Row> Page, int? Next);

    public async Task<Outcome<Shown>> Run(Request r)
    {
        var found = await lists.Find(r.Id);
        if (!found.Ok(out var list))
        {
            return found.Problems.ToList();
        }

        if (r.Outcome is not null && !Outcomes.Contains(r.Outcome))
        {
            return Problem.Invalid("outcome", "quality.no-such-outcome");
        }

        var rows = r.Outcome is null || list.State != MatchedList.Matched ? [] : await Page(list, r.Outcome, r.After ?? 0);
        var page = rows.Take(MostRows).ToList();
        string[] fields = r.Outcome == "several" ? ["identity", "residence"] : ["identity"];
        await journal.Disclose([.. page.SelectMany(x => x.Others.Select(o => o.Person).Concat(x.Person is { } p ? [p.Person] : [])).Distinct()], fields, SendMatchList.Purpose, list.Case);
        return new Shown(list.Id, list.Name, list.SentAt, list.State, list.Refusal, list.Heads, list.Mapping, list.Rows, list.Case, await lists.Counts(list.Id), list.Before is { } before ? await lists.Counts(before) : null,
            list.State == MatchedList.Matching ? (await jobs.Latest(list.Id))?.Share ?? 0 : 1, page, rows.Count > MostRows ? page[^1].No : null);
    }

    private async Task<List<Row>> Page(MatchedList list, string outcome, int after)
    {
        var rows = await session.Rows("select row_no, given, outcome, person_id, differs, looks, others, decision, namesakes from quality.match_row where list_id = $1 and outcome = $2 and row_no > $3 order by row_no limit $4",
            x => (No: x.GetInt32(0), Given: x.Get<string[]>(1), Outcome: x.GetString(2), Person: x.Maybe<Guid>(3), Differs: x.Get<string[]>(4), Looks: x.Get<string[]>(5), Others: x.Get<Guid[]>(6), Decision: x.Text(7), Namesakes: x.GetInt32(8)), list.Id, outcome, after, MostRows + 1);
        var keys = rows.SelectMany(x => x.Others.Concat(x.Person is { } p ? [p] : [])).Distinct().ToArray();
        var mayAll = actor.Value.May(Permission.Of(Population.PopulationPermission.ReadConfidential));
        var known = (await session.Rows("select p.id, p.full_name, p.number, p.born_earliest, p.born_precision, p.sex, p.status, (select h.area_id from population.report_residence h where h.person_id = p.id and h.kind = 'permanent' and upper_inf(h.valid) limit 1) from population.report_person p where p.id = any($1) and (p.confidential = 0 or $2)",
            x => new Known(x.GetGuid(0), x.GetString(1), x.Text(2), PartialDate.Stored(x.Maybe<DateOnly>(3), x.Maybe<short>(4))?.Shown, x.Maybe<short>(5), x.GetString(6), outcome == "several" && x.Maybe<int>(7) is { } home ? places.Book[home]?.FullName : null), keys, mayAll)).ToDictionary(k => k.Person);
        return [.. rows.Select(x => new Row(x.No, MatchField.All.Zip(x.Given).Where(g => g.Second.Length > 0).ToDictionary(g => g.First, g => g.Second), x.Outcome, x.Person is { } p ? known.GetValueOrDefault(p) : null,
            x.Differs.Where(d => d.Length > 0).Zip(x.Looks).ToDictionary(d => d.First, d => d.Second), [.. x.Others.Select(known.GetValueOrDefault).OfType<Known>()], x.Decision, x.Namesakes))];
    }
}
