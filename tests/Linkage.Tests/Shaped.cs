using System.Globalization;

namespace SoGoc.Linkage.Tests;

/// <summary>Invented records in the layout of two public sets that linkage is measured by (FEBRL and RLdata10000), with slips of the kinds that those have. The names are of no language.</summary>
internal sealed class Shaped(int seed)
{
    public static readonly string[] Febrl = ["given_name", "surname", "street_number", "address_1", "address_2", "suburb", "postcode", "state", "date_of_birth", "soc_sec_id"];

    public static readonly string[] RlData = ["fname_c1", "fname_c2", "lname_c1", "lname_c2", "by", "bm", "bd"];

    private static readonly string[] States = ["nsw", "nsw", "vic", "vic", "qld", "wa", "sa", "act"];

    private readonly Random random = new(seed);
    private readonly Dictionary<string, string[]> words = [];

    /// <summary>Some people, and up to five further records of each, with up to four slips.</summary>
    public (List<string[]> Rows, List<int> Person) Household(int people, int more, int slips)
    {
        var (rows, person) = (new List<string[]>(), new List<int>());
        for (var p = 0; p < people; p++)
        {
            rows.Add(Resident());
            person.Add(p);
        }

        while (more > 0)
        {
            var p = random.Next(people);
            for (var n = random.Next(1, 6); n > 0 && more > 0; n--, more--)
            {
                rows.Add(Slipped(rows[p], random.Next(1, slips + 1), 0.1));
                person.Add(p);
            }
        }

        return (rows, person);
    }

    /// <summary>One slipped record of each, in the same order.</summary>
    public List<string[]> Again(IReadOnlyList<string[]> rows, int slips) => [.. rows.Select(r => Slipped(r, random.Next(1, slips + 1), 0.1))];

    /// <summary>Names and birthdays only; one in nine has a second record with one slip.</summary>
    public (List<string[]> Rows, List<int> Person) NamesOnly(int people)
    {
        var rows = Enumerable.Range(0, people).Select(_ => new[]
        {
            Word("first", 250, 1.6), random.Next(50) == 0 ? Word("first", 250, 1.6) : "NA", Word("last", 1500, 1.5), "NA",
            Number(1930 + random.Next(80)), Number(random.Next(1, 13)), Number(random.Next(1, 29)),
        }).ToList();
        var person = Enumerable.Range(0, people).ToList();
        for (var p = 0; p < people; p += 9)
        {
            var row = (string[])rows[p].Clone();
            var field = random.Next(4) switch { 0 => 0, 1 => 2, 2 => 4, _ => 6 };
            row[field] = Slip(row[field]);
            rows.Add(row);
            person.Add(p);
        }

        return (rows, person);
    }

    private string[] Resident() =>
    [
        Word("first", 500, 1.5), Word("last", 2500, 1.3), Number(1 + (int)(900 * Math.Pow(random.NextDouble(), 3))), $"{Word("street", 2500, 1.2)} {(random.Next(2) == 0 ? "street" : "place")}",
        random.Next(5) < 2 ? Word("house", 900, 1) : "", Word("suburb", 1500, 1.2), Number(2000 + random.Next(5000)), States[random.Next(States.Length)],
        Number(((1900 + random.Next(100)) * 10000) + (random.Next(1, 13) * 100) + random.Next(1, 29)), Number(random.Next(1_000_000, 10_000_000)),
    ];

    private string[] Slipped(string[] row, int slips, double lost)
    {
        var made = (string[])row.Clone();
        for (var n = 0; n < slips; n++)
        {
            var field = random.Next(made.Length);
            var chance = random.NextDouble();
            if (chance < lost)
            {
                made[field] = "";
            }
            else if (chance < lost + 0.08)
            {
                (made[0], made[1]) = (made[1], made[0]);
            }
            else
            {
                made[field] = Slip(made[field]);
            }
        }

        return made;
    }

    // A letter other, more, less, or two exchanged.
    private string Slip(string text)
    {
        if (text.Length < 2)
        {
            return text;
        }

        var at = random.Next(text.Length - 1);
        var letter = char.IsAsciiDigit(text[at]) ? (char)('0' + random.Next(10)) : (char)('a' + random.Next(26));
        return random.Next(4) switch
        {
            0 => $"{text[..at]}{letter}{text[(at + 1)..]}",
            1 => $"{text[..at]}{letter}{text[at..]}",
            2 => text.Remove(at, 1),
            _ => $"{text[..at]}{text[at + 1]}{text[at]}{text[(at + 2)..]}",
        };
    }

    // One of so many words, the first ones more often.
    private string Word(string kind, int count, double skew)
    {
        if (!words.TryGetValue(kind, out var all))
        {
            words[kind] = all = [.. Enumerable.Range(0, count).Select(_ => Syllables(random.Next(1, 4)))];
        }

        return all[(int)(count * Math.Pow(random.NextDouble(), skew))];
    }

    private string Syllables(int count) => string.Concat(Enumerable.Range(0, count).Select(_ => $"{"bcdfghklmnprstvw"[random.Next(16)]}{"aeiou"[random.Next(5)]}{(random.Next(3) == 0 ? "nrlst"[random.Next(5)] : "")}"));

    private static string Number(int n) => n.ToString(CultureInfo.InvariantCulture);
}
