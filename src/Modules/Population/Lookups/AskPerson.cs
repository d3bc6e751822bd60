using System.ComponentModel.DataAnnotations;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Places;

namespace SoGoc.Population.Lookups;

/// <summary>Answers a question about a person by yes, no or unknown, and nothing else: preferred to reading values, and written down as the lighter thing it is. A number of
/// nobody and one of a confidential record answer alike.</summary>
internal sealed class AskPerson(BeyondDuty reads, Reads within, Journal journal, CurrentActor actor, Reasons reasons, Guesses guesses, IPlaces places, TimeProvider clock)
{
    /// <param name="Number">Whom the question is about.</param>
    /// <param name="Question">under-age (younger than so many years), resident-for (without a break for so many months, in the province or the commune), same-household, living,
    /// spouse-of, parent-of (the person is a parent of the other).</param>
    /// <param name="Years">For under-age.</param>
    /// <param name="Months">For resident-for.</param>
    /// <param name="Commune">For resident-for: code of a unit of today; its predecessors count too. The province if none.</param>
    /// <param name="Other">For same-household, spouse-of and parent-of: the number of the other person.</param>
    /// <param name="Purpose">Code of the purpose; written into the record of readings.</param>
    /// <param name="Case">Reference of the open case it is asked for.</param>
    internal sealed record Request([Required] string? Number, [Required] string? Question, [Range(1, MostYears)] int? Years = null, [Range(1, MostMonths)] int? Months = null, string? Commune = null,
        string? Other = null, [Required, Length(1, Reason.Longest)] string? Purpose = null, [Required, Length(1, Reason.Longest)] string? Case = null);

    /// <param name="Answer">yes, no or unknown.</param>
    internal sealed record Answered(string Answer);

    private const int MostYears = 150, MostMonths = 1200;

    private static readonly Dictionary<string, (string Class, bool Two)> Questions = new(StringComparer.Ordinal)
    {
        ["under-age"] = (FieldClass.Identity, false), ["living"] = (FieldClass.Identity, false), ["resident-for"] = (FieldClass.Residence, false),
        ["same-household"] = (FieldClass.Household, true), ["spouse-of"] = (FieldClass.Family, true), ["parent-of"] = (FieldClass.Family, true),
    };

    public async Task<Outcome<Answered>> Run(Request r)
    {
        var problems = new List<Problem>();
        var reason = await reasons.Check(r.Purpose, r.Case, problems);
        var number = Number(r.Number, "number", problems);
        if (!Questions.TryGetValue(r.Question ?? "", out var question))
        {
            problems.Add(Problem.Invalid("question", "population.no-question", r.Question ?? ""));
            return problems;
        }

        if (reason is not null && !reason.Allows(question.Class))
        {
            problems.Add(FieldClass.Beyond(reason, question.Class, r.Question!, "question"));
        }

        var other = question.Two ? Number(r.Other, "other", problems, "population.question-other") : null;
        var area = Area(r, problems);
        problems.AddRange(r.Question == "under-age" && r.Years is not (>= 1 and <= MostYears) ? [Problem.Invalid("years", "population.question-years")] : []);
        problems.AddRange(r.Question == "resident-for" && r.Months is not (>= 1 and <= MostMonths) ? [Problem.Invalid("months", "population.question-months")] : []);
        if (problems.Count > 0)
        {
            return problems;
        }

        if (await guesses.Take(number!.Value) is { } tooOften)
        {
            return tooOften;
        }

        var asked = await AskedPerson.Read(reads, number.Value.ToString(), other?.ToString());
        var may = actor.Value.May(Permission.Of(PopulationPermission.ReadConfidential));
        if (asked.Person is not { } person || (person.Confidential && !may) || (question.Two && (asked.Other is not { } o || (o.Confidential && !may))))
        {
            return new Answered(AskedPerson.Say(null));
        }

        Guid[] told = [.. new[] { person, asked.Other }.OfType<AskedPerson>().Select(p => p.Id).Distinct()];
        if (!await within.Agreed(actor.Value, told))
        {
            return new Answered(AskedPerson.Say(null));
        }

        var today = clock.Today();
        var answer = r.Question switch
        {
            "under-age" => person.IsUnder(r.Years!.Value, today),
            "living" => person.IsLiving,
            "resident-for" => person.ResidedSince(today.AddMonths(-r.Months!.Value), today, places.Book.Within(area!, today).ToHashSet()),
            "same-household" => person.SharesHouseholdWith(asked.Other!),
            "spouse-of" => person.IsSpouseOf(asked.Other!),
            _ => person.IsParentOf(asked.Other!),
        };
        await journal.Disclose(told, ["ask:" + r.Question], r.Purpose!, r.Case!);
        return new Answered(AskedPerson.Say(answer));
    }

    private static PersonalNumber? Number(string? text, string field, List<Problem> problems, string? missing = null)
    {
        if (PersonalNumber.TryParse(text, out var number, out var fault))
        {
            return number;
        }

        problems.Add(string.IsNullOrWhiteSpace(text) && missing is not null ? Problem.Invalid(field, missing) : fault with { Field = field });
        return null;
    }

    private Area? Area(Request r, List<Problem> problems)
    {
        if (r.Question != "resident-for")
        {
            return null;
        }

        var today = clock.Today();
        var area = string.IsNullOrWhiteSpace(r.Commune) ? places.Book.Home(today) : places.Book.Find(r.Commune.Trim(), today);
        problems.AddRange(area is null ? [Problem.Invalid("commune", "population.area-unknown")] : []);
        return area;
    }
}
