using System.Collections.Frozen;
using System.Globalization;

namespace SoGoc.Services.Procedures;

/// <summary>Procedures as somebody reads them who has chosen English: name, description and labels are the procedure's own, the rest is in <c>English.txt</c>. What an office has written otherwise, and laws, stay as they are; so do papers.</summary>
internal static class English
{
    private static readonly FrozenDictionary<string, string> Phrases = Read();

    /// <summary>The request wants English.</summary>
    public static bool Chosen => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    /// <summary>The procedure in the language of the request.</summary>
    public static Procedure Of(Procedure p) => !Chosen ? p : p with
    {
        Name = p.NameEn,
        About = p.AboutEn,
        Conditions = [.. p.Conditions.Select(c => new Condition(Of(c.Ask), Of(c.Otherwise)))],
        Fields = [.. p.Fields.Select(f => f with { Label = Label(f), Hint = Maybe(f.Hint), Choices = f.Choices is null ? null : [.. f.Choices.Select(c => c with { Name = Of(c.Name) })] })],
        Papers = [.. p.Papers.Select(x => x with { Name = Of(x.Name), Instead = Maybe(x.Instead) })],
        Bring = [.. p.Bring.Select(Of)],
        Result = p.Result with { Name = Of(p.Result.Name), Text = Of(p.Result.Text) },
    };

    /// <summary>The same of a line of a list.</summary>
    public static ListProcedures.Line Of(ListProcedures.Line line) => !Chosen ? line : line with { Name = line.NameEn, About = line.AboutEn };

    /// <summary>What a field is called.</summary>
    public static string Label(Field field) => Chosen && field.LabelEn is { } label ? label : field.Label;

    /// <summary>A phrase of a procedure; the same where there is no other.</summary>
    public static string Of(string phrase) => Chosen ? Phrases.GetValueOrDefault(phrase, phrase) : phrase;

    private static string? Maybe(string? phrase) => phrase is null ? null : Of(phrase);

    private static FrozenDictionary<string, string> Read()
    {
        using var reader = new StreamReader(typeof(English).Assembly.GetManifestResourceStream("SoGoc.Services.Procedures.English.txt")!);
        return reader.ReadToEnd().Split('\n').Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split(" || ")).ToFrozenDictionary(l => l[0], l => l[1], StringComparer.Ordinal);
    }
}
