using System.ComponentModel.DataAnnotations;
using NpgsqlTypes;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Population;

namespace SoGoc.Quality.Matching;

/// <summary>Decides on a row: whom it is about, or which side is to be mended. Where the register looks wrong a doubt stands beside the field from then on, and becomes work for the commune; nothing is overwritten.</summary>
internal sealed class DecideMatchRow(MatchBook lists, Session session, IPopulation population, CaseBook cases, Journal journal, CurrentActor actor, TimeProvider clock)
{
    public const string Chosen = "chosen", Nobody = "nobody", Accepted = "accepted", ListWrong = "list-wrong", RegisterWrong = "register-wrong";

    public static readonly string[] Decisions = [Chosen, Nobody, Accepted, ListWrong, RegisterWrong];

    /// <param name="Decision">chosen, with the person, or nobody, where there are several; accepted, list-wrong or register-wrong on a row that differs.</param>
    internal sealed record Request(Guid List, int Row, [Required] string? Decision, Guid? Person = null);

    internal sealed record Decided(string Outcome, string Decision);

    private sealed record Row(string Outcome, Guid? Person, string[] Differs, Guid[] Others, string[] Given);

    public async Task<Outcome<Decided>> Run(Request r)
    {
        var found = await lists.Find(r.List);
        if (!found.Ok(out var list))
        {
            return found.Problems.ToList();
        }

        if (!Decisions.Contains(r.Decision))
        {
            return Problem.Invalid("decision", "quality.no-match-decision");
        }

        var row = await session.Row("select outcome, person_id, differs, others, given from quality.match_row where list_id = $1 and row_no = $2 and outcome is not null for no key update",
            x => new Row(x.GetString(0), x.Maybe<Guid>(1), x.Get<string[]>(2), x.Get<Guid[]>(3), x.Get<string[]>(4)), r.List, r.Row);
        if (row is null)
        {
            return Problem.Missing("quality.no-match-row");
        }

        if (r.Decision is Chosen or Nobody ? row.Outcome != "several" : row.Outcome is not ("differs" or "dead"))
        {
            return Problem.Conflict("quality.not-so-decided");
        }

        if (r.Decision == Chosen && (r.Person is not { } chosen || !row.Others.Contains(chosen)))
        {
            return Problem.Invalid("person", "quality.not-among-them");
        }

        var person = r.Decision == Chosen ? r.Person : row.Person;
        await session.Execute("update quality.match_row set (decision, decided_at, decided_by, person_id, others, namesakes) = ($3, $4, $5, $6, case when $3 = 'nobody' then '{}' else others end, 0) where list_id = $1 and row_no = $2", r.List, r.Row, r.Decision, clock.GetUtcNow(), actor.Value.Reference, person.As(NpgsqlDbType.Uuid));
        await new CompareRows(session).Some(r.List, r.Row);
        if (r.Decision == RegisterWrong && await Doubt(list, row) is { } refusal)
        {
            return refusal;
        }

        await journal.Add(r.List, new MatchRowDecided(r.Row, r.Decision!, person), "NĐ 278/2025/NĐ-CP");
        return new Decided((await session.Value<string>("select outcome from quality.match_row where list_id = $1 and row_no = $2", r.List, r.Row))!, r.Decision!);
    }

    private async Task<Problem?> Doubt(MatchedList list, Row row)
    {
        await cases.Name((await cases.Find(list.Case))!, [row.Person!.Value]);
        foreach (var field in row.Differs.Where(f => f.Length > 0))
        {
            var told = await population.Act(row.Person.Value, new DoubtRaised(new Doubt(field == MatchField.Name ? "fullName" : field, "quality.list-says-otherwise", $"{list.Name}: {row.Given[MatchField.At(field)]}")), $"đối soát {list.Name}");
            if (!told.IsGood)
            {
                return told.Problems[0];
            }
        }

        return null;
    }
}

/// <summary>An official has decided on a row of a list. Subject: the list.</summary>
internal sealed record MatchRowDecided(int Row, string Decision, Guid? Person) : IEntry
{
    public static string Kind => "quality.match-row-decided";
}
