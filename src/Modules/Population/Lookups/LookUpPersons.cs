using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using Npgsql;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Population.Persons;

namespace SoGoc.Population.Lookups;

/// <summary>Answers for up to 100 personal numbers with the fields named, and no others. A number that was replaced, or whose record was merged, answers with the
/// present one. The disclosure (who, whose, which fields, why, for which case) is durable before the answer leaves.</summary>
internal sealed class LookUpPersons(Reads reads, Journal journal, CurrentActor actor, Reasons reasons, IPlaces places, TimeProvider clock)
{
    private const int MostNumbers = 100;

    /// <summary>Programs ask for few sets of fields; a hostile one that asks for all of them, in every order, is answered all the same.</summary>
    private const int MostQuestions = 1000;

    private static readonly ConcurrentDictionary<string, Question> Questions = new(StringComparer.Ordinal);

    /// <param name="Numbers">1 to 100 personal numbers.</param>
    /// <param name="Fields">Names of fields: fullName, nameParts, otherNames, born, sex, birthPlace, birthRegistered, hometown, ethnicity, religion, nationality, blood,
    /// oldIds, marital, status, contact, permanentResidence, temporaryResidence, currentResidence, household.</param>
    /// <param name="Purpose">Code of the purpose; written into the record of readings.</param>
    /// <param name="Case">Reference of the open case it is asked for.</param>
    internal sealed record Request([Required, Length(1, MostNumbers)] IReadOnlyList<string>? Numbers, [Required, MinLength(1)] IReadOnlyList<string>? Fields,
        [Required, Length(1, Reason.Longest)] string? Purpose, [Required, Length(1, Reason.Longest)] string? Case);

    /// <param name="Number">The number as asked.</param>
    /// <param name="Found">found; moved: the record answers under another number now; confidential: there is a record, and this official may not read it; elsewhere: there is one, outside of his duty; unknown.</param>
    internal sealed record Answer(string Number, string Found, Answered? Person);

    internal sealed record Answers(IReadOnlyList<Answer> Persons);

    /// <summary>The fields of a call, compiled: one statement and what reads its rows.</summary>
    private sealed record Question(DateOnly Day, string ByNumber, string ById, LookupField[] Fields, string[] Names, string[] DoubtNames);

    public async Task<Outcome<Answers>> Run(Request r)
    {
        var problems = new List<Problem>();
        var reason = await reasons.Check(r.Purpose, r.Case, problems);
        var numbers = Numbers(r.Numbers, problems);
        var question = Compiled(r.Fields, reason, problems);
        if (question is null || problems.Count > 0)
        {
            return problems;
        }

        var asked = numbers.Select(n => n.ToString()).ToArray();
        var found = (await Ask(question, asked)).ToDictionary(a => a.Number!, StringComparer.Ordinal);
        var moved = found.Count == asked.Length ? [] : await Moved(question, [.. asked.Where(n => !found.ContainsKey(n))]);
        var elsewhere = await reads.Elsewhere([.. asked.Where(n => !found.ContainsKey(n) && !moved.ContainsKey(n))]);
        var may = actor.Value.May(Permission.Of(PopulationPermission.ReadConfidential));
        var answers = Array.ConvertAll(asked, n => found.TryGetValue(n, out var person) ? Tell(n, "found", person, may)
            : moved.TryGetValue(n, out person) ? Tell(n, "moved", person, may) : new Answer(n, elsewhere.Contains(n) ? "elsewhere" : "unknown", null));
        await journal.Disclose([.. answers.Where(a => a.Person is not null).Select(a => a.Person!.Id).Distinct()], question.Names, r.Purpose!, r.Case!);
        return new Answers(answers);
    }

    private static Answer Tell(string number, string found, Answered person, bool may) =>
        person.Confidential == true && !may ? new Answer(number, "confidential", null) : new Answer(number, found, person);

    private static List<PersonalNumber> Numbers(IReadOnlyList<string>? texts, List<Problem> problems)
    {
        if (texts is not { Count: > 0 and <= MostNumbers })
        {
            problems.Add(Problem.Invalid("numbers", "population.lookup-numbers"));
            return [];
        }

        var numbers = new List<PersonalNumber>(texts.Count);
        for (var i = 0; i < texts.Count; i++)
        {
            if (PersonalNumber.TryParse(texts[i], out var number, out var fault))
            {
                numbers.Add(number);
            }
            else
            {
                problems.Add(fault with { Field = $"numbers[{i}]" });
            }
        }

        return numbers;
    }

    /// <summary>The fields asked for, compiled once for all who ask for the same; whether they may be read is asked each time.</summary>
    private Question? Compiled(IReadOnlyList<string>? names, Reason? reason, List<Problem> problems)
    {
        if (names is not { Count: > 0 })
        {
            problems.Add(Problem.Invalid("fields", "population.lookup-fields"));
            return null;
        }

        var key = string.Join(',', names);
        var today = clock.Today();
        if (!Questions.TryGetValue(key, out var question) || question.Day != today)
        {
            if (names.Where(n => !LookupField.All.ContainsKey(n)).Distinct(StringComparer.Ordinal).ToList() is { Count: > 0 } unknown)
            {
                problems.AddRange(unknown.Select(n => Problem.Invalid("fields", "population.no-field", n)));
                return null;
            }

            question = Compile([.. names.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Select(n => LookupField.All[n])], today);
            if (Questions.Count < MostQuestions || Questions.ContainsKey(key))
            {
                Questions[key] = question;
            }
        }

        foreach (var field in question.Fields)
        {
            if (!field.MayBeReadBy(actor.Value))
            {
                problems.Add(Problem.Forbidden("population.field-not-permitted", field.Name) with { Field = "fields" });
            }
            else if (reason is not null && !reason.Allows(field.Class))
            {
                problems.Add(FieldClass.Beyond(reason, field.Class, field.Name, "fields"));
            }
        }

        return question;
    }

    private static Question Compile(LookupField[] fields, DateOnly day)
    {
        var columns = string.Join(", ", fields.SelectMany(f => f.Columns));
        string[] doubts = [.. fields.SelectMany(f => f.DoubtNames).Append("number")];
        var joins = string.Join('\n', fields.Select(f => f.Join).Where(j => j.Length > 0).Distinct()).Replace(LookupField.Day, day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal);
        var sql = $"""
            select p.number, p.id, p.confidential, p.unknown,
                   nullif(array(select d.field || ' ' || d.code from population.doubt d where d.person_id = p.id order by d.field, d.code), '{"{}"}'), {columns}
              from population.person p
            {joins}
             where
            """;
        return new Question(day, sql + " p.number = any($1) and p.status <> 'merged'", sql + " p.id = any($1)", fields, [.. fields.Select(f => f.Name)], doubts);
    }

    private async Task<IEnumerable<Answered>> Ask(Question question, string[] numbers) =>
        (await reads.ByKey(question.ByNumber, numbers, r => Read(question, r))).Select(a => a.Row);

    private Answered Read(Question question, NpgsqlDataReader r)
    {
        var answered = new Answered { Number = r.Text(0), Id = r.GetGuid(1), Confidential = r.GetInt16(2) > 0 ? true : null };
        if (!r.IsDBNull(3))
        {
            var unknown = r.Get<string[]>(3).Intersect(question.DoubtNames).ToArray();
            answered.Unknown = unknown.Length > 0 ? unknown : null;
        }

        if (!r.IsDBNull(4))
        {
            var doubts = r.Get<string[]>(4).Select(d => d.Split(' ', 2)).Where(d => question.DoubtNames.Contains(d[0])).Select(d => new FieldDoubt(d[0], d[1])).ToArray();
            answered.Doubts = doubts.Length > 0 ? doubts : null;
        }

        var column = 5;
        foreach (var field in question.Fields)
        {
            field.Read(answered, r, column);
            column += field.Columns.Length;
        }

        var today = clock.Today();
        foreach (var home in new[] { answered.PermanentResidence, answered.TemporaryResidence, answered.CurrentResidence }.OfType<Home>())
        {
            (home.Address, home.Today) = AddressLine.Of(places.Book, home.Area, home.Detail, today);
        }

        return answered;
    }

    /// <summary>Numbers that nobody bears now: given up, or of records that another one answers for.</summary>
    private async Task<Dictionary<string, Answered>> Moved(Question question, string[] numbers)
    {
        var now = await reads.Rows("""
            with recursive bearer(number, id) as (
              select n.number, p.id from unnest($1) n(number) join population.person p on p.number = n.number
              union select n.number, f.person_id from unnest($1) n(number) join population.former_number f on f.number = n.number),
            answering(number, id, into_id) as (
              select b.number, p.id, p.merged_into from bearer b join population.person p on p.id = b.id
              union
              select a.number, p.id, p.merged_into from answering a join population.person p on p.id = a.into_id)
            select number, id from answering where into_id is null
            """, r => (Number: r.GetString(0), Id: r.GetGuid(1)), (object)numbers);
        if (now.Count == 0)
        {
            return [];
        }

        var persons = (await reads.Rows(question.ById, r => Read(question, r), now.Select(n => n.Id).Distinct().ToArray())).ToDictionary(a => a.Id);
        return now.ToDictionary(n => n.Number, n => persons[n.Id], StringComparer.Ordinal);
    }
}
