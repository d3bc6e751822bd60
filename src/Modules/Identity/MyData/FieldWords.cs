using SoGoc.Identity.OpenId;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Identity.MyData;

/// <summary>What a reading names, in words: fields, whole classes of them, questions answered by yes or no, and comparisons. What is no field of ours stands as it is written.</summary>
internal static class FieldWords
{
    private const string Asked = "ask:", Compared = "verify:";

    /// <summary>What readings name beside the register's fields and classes.</summary>
    public static readonly string[] Known = ["permanentResidence", "temporaryResidence", "currentResidence", "nameParts", "person", "homeDetail", "status"];

    /// <summary>What can be asked for by yes or no.</summary>
    public static readonly string[] Questions = ["under-age", "living", "resident-for", "same-household", "spouse-of", "parent-of"];

    public static string Of(Sentences say, IEnumerable<string> fields) => string.Join("; ", fields.Select(f => Of(say, f)).Distinct());

    /// <summary>For what, in words: the citizen's own consent, a purpose of the list, or what stands on record from before there was one.</summary>
    public static string Purpose(Sentences say, Reading reading) => reading.Purpose == TellUser.Purpose ? say["identity.consented"] : reading.PurposeName ?? reading.Purpose;

    private static string Of(Sentences say, string name)
    {
        if (name.StartsWith(Asked, StringComparison.Ordinal))
        {
            var question = name[Asked.Length..];
            return say["identity.asked-yes-no", Questions.Contains(question) ? say["identity.yes-no-" + question] : question];
        }

        return name.StartsWith(Compared, StringComparison.Ordinal) ? say["identity.compared-field", Field(say, name[Compared.Length..])] : Field(say, name);
    }

    private static string Field(Sentences say, string name)
    {
        var bare = name.Split(':')[^1];
        return Known.Contains(bare) ? say["identity.field-" + bare]
            : say.All.ContainsKey("population.class-" + bare) ? Capital(say["population.class-" + bare])
            : say.All.ContainsKey("field." + bare) ? say["field." + bare] : bare;
    }

    private static string Capital(string text) => text[..1].ToUpper(System.Globalization.CultureInfo.CurrentCulture) + text[1..];
}
