using System.Reflection;
using SoGoc.Exchange.Obligations;
using SoGoc.Exchange.Partners;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Time;
using SoGoc.Population.Lookups;

namespace SoGoc.Architecture.Tests;

/// <summary>A rule about an entry that is not there tells nobody, and nobody would notice: so every word of reference/obligations.csv is held against what modules write.</summary>
public sealed class ObligationTests
{
    private static readonly List<ReferenceTable.Row> Rules = [.. ReferenceTable.Read(House.Full("reference/obligations.csv"))];

    [Fact]
    public void Every_obligation_is_about_an_entry_that_is_written_and_fields_that_it_has()
    {
        Assert.True(Rules.Count > 5, "The obligations were not read.");
        var entries = EntryKindTests.Kinds.ToDictionary(k => k.Kind, k => k.Entry);
        Wall.Stands("reference/obligations.csv names a kind of entry that no module writes.", Rules.Select(r => r["entry_kind"]).Where(k => !entries.ContainsKey(k)));
        Wall.Stands("reference/obligations.csv names a field that the entry has not.",
            from rule in Rules
            where entries.ContainsKey(rule["entry_kind"])
            from path in rule["fields"].Split(' ').Append(rule["person"]).Append(rule["area"]).Concat(rule["label"].Split(' ')).Append(rule["only"].Split('=')[0])
            where path.Length > 0 && path is not (Rule.Number or Rule.Subject or Rule.Home) && !Has(entries[rule["entry_kind"]], path.Split('.'))
            select $"{rule["entry_kind"]}: {path}");
    }

    [Fact]
    public void Every_obligation_names_a_known_partner_a_term_a_ground_and_known_classes() => Wall.Stands("reference/obligations.csv", Rules.SelectMany(r => new[]
    {
        RegisterPartner.Kinds.Contains(r["partner_kind"]) ? null : $"no partner is a {r["partner_kind"]}", Term.TryParse(r["term"], out _) ? null : $"{r["term"]} is no term", r["ground"].Length > 0 ? null : "no ground",
        r["classes"].Split(' ').All(FieldClass.All.Contains) ? null : $"unknown class in {r["classes"]}", r["fields"].Split(' ').Any(f => f[0] != '@') ? null : "nothing of the entry goes out",
    }.OfType<string>().Select(fault => $"{r["entry_kind"]} to {r["partner_kind"]}: {fault}")));

    /// <summary>One event has one person, one area and one label, whoever is told.</summary>
    [Fact]
    public void Rules_about_one_kind_of_entry_agree_on_whose_it_is() =>
        Wall.Stands("The rules of a kind name different persons, areas or labels.", Rules.GroupBy(r => r["entry_kind"]).Where(g => g.Select(r => (r["person"], r["area"], r["label"])).Distinct().Count() > 1).Select(g => g.Key));

    private static bool Has(Type type, ReadOnlySpan<string> path)
    {
        var bare = Nullable.GetUnderlyingType(type) ?? (type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GenericTypeArguments[0] : type);
        if (path.IsEmpty)
        {
            return true;
        }

        var name = char.ToUpperInvariant(path[0][0]) + path[0][1..];
        return bare.GetProperty(name, BindingFlags.Public | BindingFlags.Instance) is { } property && Has(property.PropertyType, path[1..]);
    }
}
