using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Text;

namespace SoGoc.Population.Imports;

/// <summary>Which column of a list holds which field: for each column a field key, or an empty text to leave it out.</summary>
internal static class ColumnMap
{
    /// <summary>The columns as somebody said, by their heads, over what was guessed. A field that was guessed elsewhere goes where it was said to be.</summary>
    public static Outcome<string[]> Told(IReadOnlyList<string> heads, string[] guessed, IReadOnlyDictionary<string, string>? told)
    {
        var mapping = guessed.ToArray();
        var problems = new List<Problem>();
        foreach (var (head, field) in told ?? new Dictionary<string, string>())
        {
            var column = Column(heads, head);
            if (column < 0)
            {
                problems.Add(Problem.Invalid("mapping", "population.no-such-column", head, string.Join(", ", heads)));
            }

            if (field.Length > 0 && ListField.Find(field) is null)
            {
                problems.Add(Problem.Invalid("mapping", "population.no-such-field", field, string.Join(", ", ListField.All.Select(f => f.Key))));
            }

            if (problems.Count == 0)
            {
                mapping = [.. mapping.Select((f, i) => i == column ? field : f == field ? "" : f)];
            }
        }

        if (told is not null && told.Values.Where(f => f.Length > 0).GroupBy(f => f).FirstOrDefault(g => g.Count() > 1) is { } twice)
        {
            problems.Add(Problem.Invalid("mapping", "population.mapping-twice", twice.Key));
        }

        return problems.Count > 0 ? problems : mapping;
    }

    /// <summary>Fields without which no row can be a person: a name (whole or in parts) and a birth date.</summary>
    public static IReadOnlyList<string> Missing(IReadOnlyList<string> mapping)
    {
        var missing = new List<string>();
        if (!mapping.Contains("fullName") && !mapping.Contains("given"))
        {
            missing.Add("fullName");
        }

        if (!mapping.Contains("born"))
        {
            missing.Add("born");
        }

        return missing;
    }

    public static List<Problem> MissingProblems(IEnumerable<string> missing, IReadOnlyList<string> heads) =>
        [.. missing.Select(m => Problem.Invalid("mapping", "population.column-missing", m, string.Join(", ", heads)))];

    private static int Column(IReadOnlyList<string> heads, string head)
    {
        var all = heads.ToList();
        var exact = all.IndexOf(head);
        return exact >= 0 ? exact : all.FindIndex(h => ColumnHeads.Key(h) == ColumnHeads.Key(head));
    }
}
