using SoGoc.Kernel.Cases;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Outcomes;
using SoGoc.Population.Persons;

namespace SoGoc.Population.Lookups;

/// <summary>The classes by which a purpose says what it lets be read (<c>reference/purposes.csv</c>), and which groups of the law belong to them.</summary>
internal static class FieldClass
{
    public const string Identity = "identity", Origin = "origin", Sensitive = "sensitive", Papers = "papers", Family = "family", Residence = "residence", Household = "household", Contact = "contact";

    public static IReadOnlyList<string> All { get; } = [Identity, Origin, Sensitive, Papers, Family, Residence, Household, Contact, Purpose.Journal];

    /// <summary>Of a group of article 9.</summary>
    public static string Of(int group) => group switch
    {
        6 or 7 or 8 or 9 => Origin,
        10 or 12 => Sensitive,
        13 or 14 => Papers,
        15 or 21 => Family,
        >= 16 and <= 19 => Residence,
        20 or 22 or 23 => Household,
        25 or 26 => Contact,
        _ => Identity,
    };

    /// <summary>Of a field as records, lists and doubts name it.</summary>
    public static string OfField(string field) => LookupField.All.Values.FirstOrDefault(f => f.DoubtNames.Contains(field))?.Class ?? Of(FactField.All.FirstOrDefault(f => f.Name == field)?.Group ?? 0);

    /// <summary>What is beyond the purpose, or the agreement of a system, is refused, by name.</summary>
    public static Problem Beyond(Reason reason, string fieldClass, string what, string field) =>
        (reason.Purpose.Classes.Contains(fieldClass) ? Problem.Forbidden("population.beyond-agreement", what) : Problem.Forbidden("population.beyond-purpose", reason.Purpose.Name, what)) with { Field = field };

    /// <summary>For a question that answers with whole classes.</summary>
    public static void Check(Reason? reason, List<Problem> problems, params ReadOnlySpan<string> classes)
    {
        foreach (var one in classes)
        {
            if (reason is not null && !reason.Allows(one))
            {
                problems.Add(Beyond(reason, one, one, "purpose"));
            }
        }
    }
}
