using System.Globalization;
using SoGoc.Kernel.Outcomes;
using SoGoc.Places.Founding;

namespace SoGoc.Places.Decrees;

/// <summary>A decree whose every row was found possible.</summary>
internal sealed record Decree(DateOnly On, IReadOnlyList<Change> Changes);

/// <summary>Checks a decree as a whole against the units in force: all its faults at once, each with its row.</summary>
internal sealed class DecreeCheck
{
    private readonly Ledger ledger;
    private readonly IReadOnlyList<DecreeRow> rows;
    private readonly List<Problem> problems = [];
    private readonly Dictionary<string, (AreaLevel Level, DecreeRow Row)> created = new(StringComparer.Ordinal);
    private readonly HashSet<string> ending;
    private DateOnly on;

    private DecreeCheck(Ledger ledger, IReadOnlyList<DecreeRow> rows)
    {
        this.ledger = ledger;
        this.rows = rows;
        var divided = rows.Where(r => r.Kind == "split").GroupBy(r => r.Code, StringComparer.Ordinal).Where(g => g.All(r => r.Into != r.Code)).Select(g => g.Key);
        ending = [.. rows.Where(r => r.Kind == "merge").Select(r => r.Code), .. divided];
    }

    public static Outcome<Decree> Run(Ledger ledger, IReadOnlyList<DecreeRow> rows) => new DecreeCheck(ledger, rows).Run();

    private Outcome<Decree> Run()
    {
        Day();
        foreach (var row in rows.Where(r => r.Kind == "new"))
        {
            New(row);
        }

        var changes = rows.Select(Row).OfType<Change>().ToList();
        Together();
        return problems.Count > 0 ? problems.OrderBy(p => int.Parse(p.Data[0], CultureInfo.InvariantCulture)).ToList() : new Decree(on, changes);
    }

    private void Fault(DecreeRow row, string field, string code, params string[] data) =>
        problems.Add(Problem.Invalid(field, code, [row.No.ToString(CultureInfo.InvariantCulture), .. data]));

    private void Day()
    {
        foreach (var row in rows)
        {
            if (!DateOnly.TryParseExact(row.On, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            {
                Fault(row, "effective_on", "places.decree-day", row.On);
            }
            else if (on == default)
            {
                on = day;
            }
            else if (on != day)
            {
                Fault(row, "effective_on", "places.decree-two-days", row.On);
            }
        }
    }

    private void New(DecreeRow row)
    {
        if (Kinds.Level(row.Type) is not { } level)
        {
            return; // Told with the row.
        }

        var digits = level switch { AreaLevel.Province => 2, AreaLevel.District => 3, _ => 5 };
        if (row.Code.Length != digits || !row.Code.All(char.IsAsciiDigit))
        {
            Fault(row, "code", "places.code-shape", row.Code, digits.ToString(CultureInfo.InvariantCulture));
        }
        else if (ledger.Open(row.Code) is not null || ledger.Areas.Any(a => a.Code == row.Code && a.Valid.Until > on) || !created.TryAdd(row.Code, (level, row)))
        {
            Fault(row, "code", "places.unit-exists", row.Code);
        }
    }

    private Change? Row(DecreeRow row)
    {
        if (row.Decree.Length == 0)
        {
            Fault(row, "decree", "places.decree-nameless");
        }

        if (!Enum.TryParse<ChangeKind>(row.Kind, ignoreCase: true, out var kind) || !row.Kind.All(char.IsAsciiLetter))
        {
            Fault(row, "kind", "places.decree-kind", row.Kind);
            return null;
        }

        if (kind != ChangeKind.New && !Touches(row))
        {
            return null;
        }

        var change = new Change(kind, row.Code, row.Decree);
        return kind switch
        {
            ChangeKind.Rename => Named(row, change with { Name = row.Name }),
            ChangeKind.Type => Typed(row, change with { Type = row.Type, Name = row.Name.Length > 0 ? row.Name : null }),
            ChangeKind.Move => Under(row, change with { Parent = row.Parent }),
            ChangeKind.New => Named(row, Typed(row, Under(row, change with { Name = row.Name, Type = row.Type, Parent = row.Parent.Length > 0 ? row.Parent : null }))),
            ChangeKind.Merge => Into(row, change with { Into = row.Into }),
            _ => Into(row, Part(row, change with { Into = row.Into })),
        };
    }

    /// <summary>The unit is in force, and neither it nor anything below it was changed on the day or later.</summary>
    private bool Touches(DecreeRow row)
    {
        if (ledger.Open(row.Code) is not { } area)
        {
            Fault(row, "code", "places.unit-unknown", row.Code);
            return false;
        }

        foreach (var late in Tree(area).Where(a => a.Valid.From >= on).Take(1))
        {
            Fault(row, "effective_on", "places.day-too-early", late.FullName, late.Code, late.Valid.From!.Value.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture));
        }

        return true;
    }

    private IEnumerable<Area> Tree(Area area) => ledger.OpenBelow(area).SelectMany(Tree).Prepend(area);

    private AreaLevel? LevelOf(string code) => ledger.Open(code)?.Level ?? (created.TryGetValue(code, out var made) ? made.Level : null);

    private Change Named(DecreeRow row, Change change)
    {
        if (row.Name.Length == 0)
        {
            Fault(row, "new_name", "places.name-missing", row.Code);
        }
        else if (change.Kind == ChangeKind.Rename && ledger.Open(row.Code)?.Name == row.Name)
        {
            Fault(row, "new_name", "places.nothing-changes", row.Code, row.Name);
        }

        return change;
    }

    private Change Typed(DecreeRow row, Change change)
    {
        if (Kinds.Level(row.Type) is not { } level)
        {
            Fault(row, "new_type", "places.type-unknown", row.Type);
        }
        else if (change.Kind == ChangeKind.Type && ledger.Open(row.Code) is { } area)
        {
            if (area.Level != level)
            {
                Fault(row, "new_type", "places.type-of-other-level", row.Code, row.Type);
            }
            else if (area.Kind == row.Type && row.Name.Length == 0)
            {
                Fault(row, "new_type", "places.nothing-changes", row.Code, row.Type);
            }
        }

        return change;
    }

    private Change Under(DecreeRow row, Change change)
    {
        var level = change.Kind == ChangeKind.New ? Kinds.Level(row.Type) : LevelOf(row.Code);
        if (level is null || (level == AreaLevel.Province && row.Parent.Length == 0 && change.Kind == ChangeKind.New))
        {
            return change;
        }

        if (LevelOf(row.Parent) is not { } above)
        {
            Fault(row, "parent_code", "places.parent-unknown", row.Parent);
        }
        else if (above >= level || ending.Contains(row.Parent))
        {
            Fault(row, "parent_code", "places.parent-impossible", row.Code, row.Parent);
        }
        else if (change.Kind == ChangeKind.Move && ledger.Open(row.Code)?.Parent is { } id && ledger[id].Code == row.Parent)
        {
            Fault(row, "parent_code", "places.nothing-changes", row.Code, row.Parent);
        }

        return change;
    }

    private Change Into(DecreeRow row, Change change)
    {
        if (change.Kind == ChangeKind.Merge && row.Into == row.Code)
        {
            Fault(row, "into_code", "places.into-itself", row.Code);
        }
        else if (LevelOf(row.Into) is not { } level)
        {
            Fault(row, "into_code", "places.into-unknown", row.Code, row.Into);
        }
        else if (level != LevelOf(row.Code))
        {
            Fault(row, "into_code", "places.into-of-other-level", row.Code, row.Into);
        }
        else if (ending.Contains(row.Into))
        {
            Fault(row, "into_code", "places.into-ends", row.Code, row.Into);
        }
        else if (ledger.Open(row.Into) is { } into && into.Valid.From >= on)
        {
            Fault(row, "effective_on", "places.day-too-early", into.FullName, into.Code, into.Valid.From!.Value.ToString("dd/MM/yyyy", CultureInfo.InvariantCulture));
        }

        return change;
    }

    /// <summary>A part of a divided unit. That the shares are estimates is the rule: a decree draws lines and counts nobody.</summary>
    private Change Part(DecreeRow row, Change change)
    {
        if (!decimal.TryParse(row.Share, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) || share is <= 0 or >= 1 || decimal.Round(share, 6) != share)
        {
            Fault(row, "share", "places.share-invalid", row.Share);
        }

        if (row.Default is not ("" or "0" or "1"))
        {
            Fault(row, "default", "places.default-invalid", row.Default);
        }

        return change with { Share = share, Exact = false, Default = row.Default == "1" };
    }

    /// <summary>What only shows when the rows are seen together.</summary>
    private void Together()
    {
        foreach (var parts in rows.Where(r => r.Kind == "split").GroupBy(r => r.Code, StringComparer.Ordinal))
        {
            var sum = parts.Sum(r => decimal.TryParse(r.Share, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var share) ? share : 0);
            if (sum != 1)
            {
                Fault(parts.First(), "share", "places.shares-not-one", parts.Key, sum.ToString(CultureInfo.InvariantCulture));
            }

            if (parts.Count(r => r.Default == "1") > 1)
            {
                Fault(parts.First(), "default", "places.defaults-many", parts.Key);
            }

            foreach (var twice in parts.GroupBy(r => r.Into, StringComparer.Ordinal).Where(g => g.Count() > 1))
            {
                Fault(twice.Last(), "into_code", "places.changed-twice", parts.Key);
            }
        }

        foreach (var twice in rows.Where(r => r.Kind is not "split").GroupBy(r => (r.Code, r.Kind)).Where(g => g.Count() > 1))
        {
            Fault(twice.Last(), "code", "places.changed-twice", twice.Key.Code);
        }

        foreach (var unit in rows.GroupBy(r => r.Code, StringComparer.Ordinal).Where(g => g.Select(r => r.Kind).Distinct().Count() > 1))
        {
            // A unit that ends has no new name, and one that begins has no old one.
            if (unit.Any(r => r.Kind == "new") || ending.Contains(unit.Key))
            {
                Fault(unit.Last(), "kind", "places.changed-twice", unit.Key);
            }
        }

        LeftBehind();
    }

    private void LeftBehind()
    {
        var moved = rows.Where(r => r.Kind == "move").Select(r => r.Code).ToHashSet(StringComparer.Ordinal);
        foreach (var row in rows.Where(r => r.Kind == "split" && ending.Contains(r.Code)).DistinctBy(r => r.Code))
        {
            if (ledger.Open(row.Code) is { } area && ledger.OpenBelow(area).FirstOrDefault(a => !moved.Contains(a.Code) && !ending.Contains(a.Code)) is { } left)
            {
                Fault(row, "code", "places.left-behind", row.Code, left.Code);
            }
        }
    }
}
