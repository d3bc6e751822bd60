using System.Reflection;
using SoGoc.Host;
using SoGoc.Kernel.Journaling;

namespace SoGoc.Architecture.Tests;

/// <summary>Entries are kept for ever, and read by their kind.</summary>
public sealed class EntryKindTests
{
    private const string Snapshot = "tests/Architecture.Tests/Snapshots/entry-kinds.txt";

    /// <summary>Every kind of entry that a module, or the Kernel itself, can write.</summary>
    public static IReadOnlyList<(Type Entry, string Kind)> Kinds { get; } =
        [.. from assembly in Platform.Modules.Select(m => m.GetType().Assembly).Prepend(typeof(IEntry).Assembly)
            from type in assembly.GetTypes()
            where typeof(IEntry).IsAssignableFrom(type) && !type.IsInterface && !type.IsAbstract
            select (type, (string)typeof(EntryKindTests).GetMethod(nameof(KindOf), BindingFlags.NonPublic | BindingFlags.Static)!.MakeGenericMethod(type).Invoke(null, null)!)];

    [Fact]
    public void Kinds_of_entries_are_never_renamed_or_removed()
    {
        var committed = File.ReadAllLines(House.Full(Snapshot)).Where(l => l.Length > 0 && l[0] != '#').ToList();
        var now = Kinds.Select(k => k.Kind).ToList();
        Wall.Stands("Entries of this kind stand in journals and can no longer be read. A kind keeps its name for ever.", committed.Except(now));
        Wall.Stands($"A new kind of entry: is the name right for ever? Then add it to {Snapshot}.", now.Except(committed));
    }

    [Fact]
    public void A_kind_belongs_to_one_entry_and_begins_with_its_module()
    {
        Wall.Stands("Two entries have the same kind.", Kinds.GroupBy(k => k.Kind).Where(g => g.Count() > 1).Select(g => $"{g.Key}: {string.Join(", ", g.Select(k => k.Entry.Name))}"));
        Wall.Stands("The kind of an entry is module.kebab-name.", Kinds.Where(k => !k.Kind.StartsWith(k.Entry.Assembly.GetName().Name!.Split('.')[1].ToLowerInvariant() + ".", StringComparison.Ordinal)).Select(k => k.Kind));
    }

    private static string KindOf<T>() where T : IEntry => T.Kind;
}
