using System.Globalization;
using SoGoc.Kernel.Data;

namespace SoGoc.Quality.Rules;

/// <summary>What must not be so in a record, as <c>quality.rule</c> has it.</summary>
/// <param name="Code">Its name.</param>
/// <param name="Measure">correct, complete, clean or live.</param>
/// <param name="Severity">wrong, doubt or notice.</param>
/// <param name="Base">What is looked at; a name of <see cref="Bases"/>.</param>
/// <param name="Desk">Whose work it is: police or justice.</param>
/// <param name="Days">Days from finding to the end of the term.</param>
/// <param name="Mend">Which act mends it.</param>
/// <param name="Condition">SQL over the aliases of its base.</param>
/// <param name="Note">SQL: the text in the sentence.</param>
/// <param name="Ground">Article and law.</param>
internal sealed record Rule(string Code, string Measure, string Severity, string Base, string Desk, short Days, string Mend, string Condition, string Note, string Ground, Rule.Told Vietnamese, Rule.Told English)
{
    public const string Wrong = "wrong", Doubt = "doubt", Notice = "notice";

    public const string Columns = "r.code, r.measure, r.severity, r.base, r.desk, r.days, r.mend, r.condition, r.note, r.ground, array[r.sentence_vi, r.heading_vi], array[r.sentence_en, r.heading_en]";

    /// <summary>The four measures, in the order in which people name them: đúng, đủ, sạch, sống.</summary>
    public static readonly string[] Measures = ["correct", "complete", "clean", "live"];

    /// <summary>The gravest first.</summary>
    public static readonly string[] Severities = [Wrong, Doubt, Notice];

    /// <summary>What is wrong, in the language of the request.</summary>
    /// <param name="note">Of the finding.</param>
    public string Sentence(string note) =>
        string.Format(CultureInfo.CurrentCulture, Words.Sentence, note);

    /// <summary>The same of all records together: a sentence that holds no data of one.</summary>
    public string Heading => Words.Heading.Length > 0 ? Words.Heading : Words.Sentence;

    private Told Words => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? English : Vietnamese;

    /// <summary>Rules that are looked for, in the order of their codes.</summary>
    public static Task<List<Rule>> All(Session session) => session.Rows($"select {Columns} from quality.rule r where not r.stopped order by r.code", r => Read(r));

    /// <param name="first">Place of the first of <see cref="Columns"/>.</param>
    public static Rule Read(Npgsql.NpgsqlDataReader r, int first = 0)
    {
        string Text(int column) => r.GetString(first + column);
        return new Rule(Text(0), Text(1), Text(2), Text(3), Text(4), r.GetInt16(first + 5), Text(6), Text(7), Text(8), Text(9), Told.Of(r.Get<string[]>(first + 10)), Told.Of(r.Get<string[]>(first + 11)));
    }

    /// <summary>What is wrong, in one language.</summary>
    /// <param name="Sentence">Of a record; {0} is the note of the finding.</param>
    /// <param name="Heading">Of all records; empty: the sentence holds no note.</param>
    internal sealed record Told(string Sentence, string Heading)
    {
        public static Told Of(string[] both) => new(both[0], both[1]);
    }
}
