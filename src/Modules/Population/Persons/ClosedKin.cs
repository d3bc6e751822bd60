using System.Text.Json;
using SoGoc.Kernel.Journaling;

namespace SoGoc.Population.Persons;

/// <summary>Kin whom an act has closed to ordinary eyes (the parents before an adoption; Luật Nuôi con nuôi 52/2010, articles 11 and 24): who looks back sees the record as if it had never named them.</summary>
internal static class ClosedKin
{
    /// <param name="Before">Place of the entry that closed it: what came later may name the same one again.</param>
    private sealed record Closed(int Before, Kin Line);

    /// <summary>The lines that were closed.</summary>
    public static IReadOnlyList<Kin> Of(IReadOnlyList<EntryRow> entries) => [.. All(entries).Select(c => c.Line)];

    /// <summary>The entries without what is closed. They fold to the same record.</summary>
    public static IReadOnlyList<EntryRow> Without(IReadOnlyList<EntryRow> entries) => All(entries) is { Count: > 0 } closed ? [.. entries.Select((row, place) => Without(row, place, closed)).OfType<EntryRow>()] : entries;

    private static List<Closed> All(IReadOnlyList<EntryRow> entries)
    {
        var closed = new List<Closed>();
        PersonState? state = null;
        // Hardly any record has a closed line: most are not folded for it.
        if (!entries.Any(e => e.Kind == KinEnded.Kind && PersonFold.Read(e.Kind, e.Body) is KinEnded { Closed: true }))
        {
            return closed;
        }

        foreach (var (place, row) in entries.Index())
        {
            if (PersonFold.Read(row.Kind, row.Body) is { } entry)
            {
                closed.AddRange(entry is KinEnded { Closed: true } end ? state!.Kin.Where(k => k.No == end.No).Select(k => new Closed(place, k)) : []);
                state = PersonFold.Apply(state, entry);
            }
        }

        return closed;
    }

    private static EntryRow? Without(EntryRow row, int place, List<Closed> closed)
    {
        bool Is(Kin k) => closed.Any(c => place < c.Before && c.Line.Kind == k.Kind && (c.Line.No == k.No || (k.Number is not null && c.Line.Number == k.Number) || (k.Person is not null && c.Line.Person == k.Person)));
        bool Ends(int no) => closed.Any(c => place <= c.Before && c.Line.No == no);
        IReadOnlyList<Kin>? Rest(IReadOnlyList<Kin>? kin) => kin is null ? null : [.. kin.Where(k => !Is(k))];
        EntryRow As<T>(T entry) => row with { Body = JsonSerializer.Serialize(entry, Journal.Json) };
        return PersonFold.Read(row.Kind, row.Body) switch
        {
            KinNamed e => Is(e.Kin) ? null : row,
            KinEnded e => Ends(e.No) ? null : row,
            PersonEntered e when e.Person.Kin.Any(Is) => As(e with { Person = e.Person with { Kin = Rest(e.Person.Kin)! } }),
            PersonCompleted e when e.Kin?.Any(Is) == true => As(e with { Kin = Rest(e.Kin) }),
            PersonRestored e when e.Kin?.Any(Is) == true => As(e with { Kin = Rest(e.Kin) }),
            _ => row,
        };
    }
}
