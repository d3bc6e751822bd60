using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace SoGoc.Fuzz.Tests;

/// <summary>Makes hostile inputs out of sound ones: the same ones for the same seed. Sequences are cut, repeated, spliced and flipped; numbers become those at the edges of
/// their types; odd signs of Unicode, NUL and halves of surrogate pairs are put in; trees of JSON lose, gain, swap and nest their values.</summary>
public sealed class Mutator(int seed)
{
    private const int MostChars = 20_000;

    /// <summary>Stands in JSON for half a surrogate pair, which a string of JSON can name and no text can hold.</summary>
    private const char Half = '§';

    private static readonly string[] Numbers =
    [
        "0", "-1", "1", "-0", "00", "0.1", "1e309", "1E+400", "-1e-999", "127", "128", "255", "256", "32767", "32768", "65536", "2147483647", "2147483648", "-2147483648", "-2147483649",
        "9007199254740993", "9223372036854775807", "9223372036854775808", "-9223372036854775808", "18446744073709551616", "79228162514264337593543950336", new string('9', 400),
    ];

    private static readonly string[] Odd =
    [
        "\0", "\ud800", "\udc00", "\udfff\ud800", "\ufffe", "\uffff", "\ufeff", "\u202e", "\u200b", "\u00ad", "\u2028", "\u0085", "\u00a0", "\u0301", string.Concat(Enumerable.Repeat("\u0323\u0302", 300)),
        "İ", "ı", "ß", "ẞ", "ﬁ", "ð", "Đ", "đ", "Å", "ự", "u\u031b\u0323", "Ⅷ", "㏂", "ﷺ", "😀", "👩‍👩‍👧", "٣", "１２", "𝟙", "\u1100\u1161", "'", "\"", "\\", "\\u0000", "%", "_", ";", ",", ":", "|", "/", "-", ".",
        "--", "\r\n", "\n", "\r", "\t", "\u001b[31m", "{", "}", "[", "]", "<", ">", "&", "&#0;", "<![CDATA[", "<!DOCTYPE", "NaN", "Infinity", "null", "true", "unknown", "?", "../", "=1+1", "@", "+", "$1", "{0}",
        "9999-12-31", "0001-01-01", "9999-99-99", "2024-02-29", "2023-02-29", "31/12/9999", "00/00/0000", "99999", "không rõ", "ngày", "tháng", "năm", "00:00:00", "T00:00:00Z",
        new string('a', 5000), new string(' ', 3000), new string('0', 2000), new string('[', 2000), string.Concat(Enumerable.Repeat("{\"a\":", 500)), string.Concat(Enumerable.Repeat("\"\"", 400)),
    ];

    /// <summary>What a whole value may be, sound in form and at the edge of what is meant.</summary>
    private static readonly string[] Edges =
    [
        "", " ", "0", "-1", "9999-12-31", "0001-01-01", "9999-12-31T23:59:59Z", "1600-02-29", "2024-02-29", "unknown", "31/12/9999", "00000000-0000-0000-0000-000000000000", "ffffffff-ffff-ffff-ffff-ffffffffffff",
        "00000000000000000000000000000000-0", "ffffffffffffffffffffffffffffffff-32767", "999999999999", "000000000000", "089299", "true", "99", "VN", "permanent", "%", "'", "\\",
    ];

    public Random Random { get; } = new(seed);

    public T Any<T>(IReadOnlyList<T> of) => of[Random.Next(of.Count)];

    public bool Once(int times) => Random.Next(times) == 0;

    /// <summary>A text that was sound; another one is what it may be spliced with.</summary>
    public string Text(string sound, string other)
    {
        var text = sound;
        for (var n = Random.Next(1, 6); n > 0; n--)
        {
            text = Step(text, other);
        }

        return text.Length <= MostChars ? text : text[..MostChars];
    }

    /// <summary>As <see cref="Text"/>, for bytes: each is a sign, and what is put in comes as UTF-8, halves of pairs too.</summary>
    public byte[] Bytes(byte[] sound, byte[] other)
    {
        var bytes = new List<byte>(sound.Length + 64);
        foreach (var c in Text(Encoding.Latin1.GetString(sound), Encoding.Latin1.GetString(other)))
        {
            bytes.AddRange(c switch
            {
                <= '\u00ff' => [(byte)c],
                <= '\u07ff' => [(byte)(0xC0 | (c >> 6)), (byte)(0x80 | (c & 0x3F))],
                _ => (byte[])[(byte)(0xE0 | (c >> 12)), (byte)(0x80 | ((c >> 6) & 0x3F)), (byte)(0x80 | (c & 0x3F))],
            });
        }

        return [.. bytes];
    }

    /// <summary>A tree of JSON whose values were sound, written; one in eight is then broken as a text.</summary>
    public byte[] Json(string sound, string other)
    {
        var root = JsonNode.Parse(sound)!;
        for (var n = Once(2) ? 1 : Random.Next(1, 4); n > 0; n--)
        {
            root = Graft(root);
        }

        var written = root.ToJsonString().Replace(Half.ToString(), Any(["\\ud800", "\\udc00", "\\uD834x"]), StringComparison.Ordinal);
        var bytes = Encoding.UTF8.GetBytes(written.Length <= 4 * MostChars ? written : written[..(4 * MostChars)]);
        return Once(8) ? Bytes(bytes, Encoding.UTF8.GetBytes(other)) : bytes;
    }

    private string Step(string t, string other)
    {
        var at = Random.Next(t.Length + 1);
        var length = Math.Min(Random.Next(1, 40), t.Length - at);
        return Random.Next(9) switch
        {
            0 when at < t.Length => t[..at] + (char)(t[at] ^ (1 << Random.Next(t[at] < 256 ? 8 : 16))) + t[(at + 1)..],
            1 when at < t.Length => t[..at] + (char)Random.Next(Once(2) ? 256 : 65536) + t[(at + 1)..],
            2 => t.Remove(at, length),
            3 => t.Insert(at, string.Concat(Enumerable.Repeat(t.Substring(at, length), Once(8) ? Random.Next(100) : 1))),
            4 when Once(2) => t[..at],
            5 => t[..at] + other[Random.Next(other.Length + 1)..],
            6 => Number(t, at),
            7 when length > 1 => t[..at] + t[(at + (length / 2))..(at + length)] + t[at..(at + (length / 2))] + t[(at + length)..],
            _ => t.Insert(at, Any(Odd)),
        };
    }

    /// <summary>The next number in the text becomes one at the edge of a type.</summary>
    private string Number(string t, int at)
    {
        var from = t.AsSpan(at).IndexOfAnyInRange('0', '9');
        if (from < 0)
        {
            return t.Insert(at, Any(Numbers));
        }

        var digits = t.AsSpan(at + from).IndexOfAnyExceptInRange('0', '9');
        return t[..(at + from)] + Any(Numbers) + (digits < 0 ? "" : t[(at + from + digits)..]);
    }

    private JsonNode Graft(JsonNode root)
    {
        var places = Below(root).ToList();
        if (places.Count == 0 || Once(20))
        {
            return Value(root) ?? new JsonObject();
        }

        var (parent, key) = Any(places);
        if (parent is JsonObject o && key is string name)
        {
            var value = o[name];
            switch (Random.Next(8))
            {
                case 0: o.Remove(name); break;
                case 1: o[Any(["id", "Id", "$type", "__proto__", "", name.ToUpperInvariant(), Any(Odd)])] = Value(value); break;
                default: o[name] = Value(value); break;
            }
        }
        else if (parent is JsonArray a && key is int place)
        {
            a[place] = Value(a[place]);
            if (Once(3))
            {
                for (var n = Any([1, 2, 99, 100, 101, 500]); n > 0; n--)
                {
                    a.Add(a[place]?.DeepClone());
                }
            }
        }

        return root;
    }

    /// <summary>Another value; where there are edges of the same form (days, keys, cursors), often one of them.</summary>
    private JsonNode? Value(JsonNode? was) =>
        was is JsonValue text && text.GetValueKind() == JsonValueKind.String && Edges.Where(e => e.Length == text.GetValue<string>().Length).ToList() is { Count: > 0 } alike && Once(2)
            ? JsonValue.Create(Any(alike)) : Other(was);

    private JsonNode? Other(JsonNode? was) => Random.Next(10) switch
    {
        0 => null,
        1 => JsonNode.Parse(Any(Numbers.Where(n => n != "00").ToList())),
        2 => JsonValue.Create(Once(2)),
        3 => Once(2) ? new JsonArray() : new JsonObject(),
        4 => new JsonArray(was?.DeepClone(), was?.DeepClone()),
        5 => Nested(Any([2, 30, 62, 63, 64, 200])),
        6 => JsonValue.Create(Any(Edges)),
        7 => JsonValue.Create(Once(2) ? Any(Odd) : Half + Any(Odd)),
        _ => was is JsonValue v && v.GetValueKind() == JsonValueKind.String ? JsonValue.Create(Text(v.GetValue<string>(), Any(Odd))) : JsonValue.Create(Any(Numbers)),
    };

    private static JsonArray Nested(int deep)
    {
        var nest = new JsonArray();
        for (; deep > 1; deep--)
        {
            nest = new JsonArray(nest);
        }

        return nest;
    }

    private static IEnumerable<(JsonNode Parent, object Key)> Below(JsonNode? node) => node switch
    {
        JsonObject o => o.SelectMany(p => Below(p.Value).Prepend((o, p.Key))),
        JsonArray a => a.SelectMany((v, i) => Below(v).Prepend((a, i))),
        _ => [],
    };
}
