using System.Text.Json;
using System.Text.Json.Serialization;

namespace SoGoc.Linkage;

/// <summary>What a field holds, and so how two of its values are compared.</summary>
public enum FieldKind
{
    /// <summary>A person's full name, family name first.</summary>
    Name,

    /// <summary>A mother's, father's or other relative's full name.</summary>
    Parent,

    /// <summary>A date of birth: day, month and year, or less.</summary>
    Date,

    /// <summary>Sex, or another value that is never nearly right.</summary>
    Sex,

    /// <summary>An administrative unit.</summary>
    Place,

    /// <summary>An address below the unit.</summary>
    Address,

    /// <summary>A telephone number.</summary>
    Phone,

    /// <summary>A number that is one person's alone and was verified. Equal: one person; different: never one.</summary>
    Number,

    /// <summary>Any short text, compared by letters.</summary>
    Text,

    /// <summary>Not compared: the group the accuracy is told for, and within which frequent names are frequent (ethnicity).</summary>
    Group,
}

/// <summary>One thing that is known about a person.</summary>
/// <param name="Name">How pairs and tables call it.</param>
/// <param name="Columns">Heads of the columns it is put together from; usually one.</param>
/// <param name="Family">Shared by families (mother, telephone, address): all such fields together are one piece of evidence.</param>
/// <param name="Same">Values that mean the same, as "old name" → "new name"; for places through mergers.</param>
public sealed record LinkField(string Name, FieldKind Kind, IReadOnlyList<string> Columns, bool Family = false, IReadOnlyDictionary<string, string>? Same = null);

/// <summary>Chances of each level of one field, or of the family fields together, by class of pair. Levels are in the order of <see cref="LevelNames"/>; 0 is "not known".</summary>
/// <param name="Fields">The field, or the fields that make one piece of evidence.</param>
/// <param name="Match">Chance among pairs of records of one person.</param>
/// <param name="Random">Chance among pairs of strangers, for each key that brings them up.</param>
/// <param name="Kin">Chance among pairs of relatives, and of twins; empty where the model knows no families.</param>
public sealed record LearnedField(IReadOnlyList<string> Fields, IReadOnlyList<double> Match, IReadOnlyList<IReadOnlyList<double>> Random, IReadOnlyList<double> Kin, IReadOnlyList<double> Twin);

/// <summary>What was learned from data: can be kept, looked at, mended by hand and used again, so that two runs mean the same by "sure".</summary>
/// <param name="Rows">Rows it was learned from.</param>
/// <param name="Pairs">How many of the pairs that the keys bring up are matches, of kin, of twins.</param>
/// <param name="Strangers">Pairs of strangers that each key brings up.</param>
/// <param name="Patterns">Corrections from verified numbers, in bits of weight, by key and pattern; empty without such.</param>
public sealed record LearnedModel(long Rows, IReadOnlyList<double> Pairs, IReadOnlyList<double> Strangers, IReadOnlyList<LearnedField> Fields, IReadOnlyDictionary<string, double> Patterns);

/// <summary>Which records are compared, by what, and what follows. As JSON it is the file that <c>sogoc link --model</c> reads and writes.</summary>
/// <param name="Fields">Compared in this order.</param>
/// <param name="Keys">Pairs are compared when all parts of a key agree, such as <c>["name.given", "date"]</c>; null: chosen from the data.</param>
/// <param name="FalseShare">Share of wrong links that may be among the pairs called sure, by the model's own reckoning.</param>
/// <param name="MissedShare">Share of true links that may be among the pairs called no.</param>
/// <param name="PairsPerRow">How many pairs may be compared for each row before keys are tightened.</param>
public sealed record LinkModel(
    IReadOnlyList<LinkField> Fields, IReadOnlyList<IReadOnlyList<string>>? Keys = null, double FalseShare = 0.001, double MissedShare = 0.02, int PairsPerRow = 12, LearnedModel? Learned = null)
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <summary>Reads a model.</summary>
    /// <exception cref="LinkException"><c>linkage.bad-model</c>: it is no model, or one that cannot be.</exception>
    public static LinkModel Parse(string json)
    {
        try
        {
            return (JsonSerializer.Deserialize<LinkModel>(json, Json) ?? throw new LinkException("linkage.bad-model", "empty")).Checked();
        }
        catch (JsonException fault)
        {
            throw new LinkException("linkage.bad-model", fault.Path, fault);
        }
    }

    /// <summary>Codes of the levels of a kind of field, in the order in which learned chances are told.</summary>
    public static IReadOnlyList<string> LevelsOf(FieldKind kind) => FieldColumn.Of(new LinkField("field", kind, ["field"])).LevelNames;

    /// <summary>
    /// What remains of a learned model where some fields are known of nobody, because a list has no such column: chances given that they are not known. Else it would speak
    /// against a pair that the other list's clerks never asked for the mother. Corrections by whole patterns fall away.
    /// </summary>
    /// <param name="unknown">Names of fields.</param>
    public LinkModel Without(IReadOnlyCollection<string> unknown)
    {
        ArgumentNullException.ThrowIfNull(unknown);
        if (Learned is not { } learned || unknown.Count == 0) return this;
        return this with { Learned = learned with { Fields = [.. learned.Fields.Select(f => Without(f, unknown))], Patterns = new Dictionary<string, double>() } };
    }

    LearnedField Without(LearnedField field, IReadOnlyCollection<string> unknown)
    {
        // A level that cannot come is as likely in each class, and so says nothing.
        const double Never = 1e-9;
        var levels = field.Fields.Select(name => (Count: LevelsOf(Fields.First(f => f.Name == name).Kind).Count, Unknown: unknown.Contains(name))).ToArray();
        if (!Array.Exists(levels, l => l.Unknown)) return field;
        bool Comes(int level)
        {
            foreach (var (count, isUnknown) in levels)
            {
                if (isUnknown && level % count != 0) return false;
                level /= count;
            }
            return true;
        }
        IReadOnlyList<double> Given(IReadOnlyList<double> chances)
        {
            var sum = chances.Where((_, level) => Comes(level)).Sum();
            return [.. chances.Select((chance, level) => Comes(level) && sum > 0 ? chance / sum : Never)];
        }
        return field with { Match = Given(field.Match), Random = [.. field.Random.Select(Given)], Kin = Given(field.Kin), Twin = Given(field.Twin) };
    }

    public string ToJson() => JsonSerializer.Serialize(this, Json);

    internal LinkModel Checked()
    {
        if (Fields is null || Fields.Count == 0) throw new LinkException("linkage.no-usable-column");
        foreach (var f in Fields)
            if (f is not { Name.Length: > 0, Columns.Count: > 0 }) throw new LinkException("linkage.bad-model", "fields");
        if (Fields.Select(f => f.Name).Distinct(StringComparer.Ordinal).Count() != Fields.Count) throw new LinkException("linkage.bad-model", "fields");
        if (Fields.All(f => f.Kind is FieldKind.Group or FieldKind.Number or FieldKind.Sex)) throw new LinkException("linkage.no-usable-column");
        if (FalseShare is not (> 0 and < 1) || MissedShare is not (> 0 and < 1) || PairsPerRow < 1) throw new LinkException("linkage.bad-model", "falseShare, missedShare, pairsPerRow");
        return this;
    }
}

/// <summary>What cannot be linked, and why. Codes: <c>linkage.bad-model</c>, <c>linkage.no-usable-column</c>, <c>linkage.too-many-fields</c>, <c>linkage.too-few-rows</c>.</summary>
public sealed class LinkException(string code, string? detail = null, Exception? cause = null) : Exception(detail is null ? code : $"{code} ({detail})", cause)
{
    /// <summary>Stable code.</summary>
    public string Code { get; } = code;

    /// <summary>The part that is to blame; never contents of a record.</summary>
    public string? Detail { get; } = detail;
}
