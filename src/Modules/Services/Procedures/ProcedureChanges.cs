using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Services.Portal;

namespace SoGoc.Services.Procedures;

/// <summary>What a publication would change, in the words of who keeps the procedure.</summary>
internal sealed class ProcedureChanges(Sentences say, Procedure? before, Procedure after)
{
    /// <param name="Where">Section, row and part.</param>
    internal sealed record Change(string Where, string Before, string After);

    /// <summary>All that procedures are made of, as sentences name it.</summary>
    public static readonly string[] Words = [.. new[] { typeof(Procedure), typeof(Programme), typeof(Ground), typeof(Competence), typeof(Applicant), typeof(Condition), typeof(Field), typeof(Choice), typeof(PaperNeed), typeof(Step), typeof(Fee), typeof(Waiver), typeof(Handout), typeof(Consequence) }
        .SelectMany(t => t.GetProperties()).Where(p => p.CanWrite).Select(p => Kebab(p.Name)).Distinct()];

    /// <summary>By which a row is known again; others by their place.</summary>
    private static readonly string[] Keys = ["code", "name", "text", "ask", "who"], Shown = ["label", "name", "text", "ask"];

    /// <summary>Parts whose values are words of lists, with the heads of their sentences.</summary>
    private static readonly Dictionary<string, string> Lists = new()
    {
        ["ask"] = "services.ask-of-", ["how"] = "services.how-of-", ["fact"] = "services.fact-of-", ["for"] = "services.for-", ["events"] = "services.event-", ["who"] = "services.free-for-", ["desk"] = "services.at-desk-", ["before"] = "services.before-", ["of"] = "services.of-whom-", ["kind"] = "services.kind-of-", ["day"] = "services.day-of-",
    };

    public IEnumerable<Change> All() => Differ(Node(before), Node(after), [], "");

    private static JsonNode? Node(Procedure? procedure) => procedure is null ? null : JsonNode.Parse(ProcedureText.Write(procedure));

    private IEnumerable<Change> Differ(JsonNode? was, JsonNode? now, IReadOnlyList<string> where, string part)
    {
        if (was is JsonArray || now is JsonArray)
        {
            return Rows(was as JsonArray ?? [], now as JsonArray ?? [], where, part);
        }

        if (was is JsonObject || now is JsonObject)
        {
            var (b, a) = (was as JsonObject ?? [], now as JsonObject ?? []);
            return b.Select(p => p.Key).Union(a.Select(p => p.Key)).Where(k => k != "asked").SelectMany(k => Differ(b[k], a[k], [.. where, Word(k)], k));
        }

        return JsonNode.DeepEquals(was, now) ? [] : [new(string.Join(" › ", where), Value(part, was), Value(part, now))];
    }

    private IEnumerable<Change> Rows(JsonArray was, JsonArray now, IReadOnlyList<string> where, string part)
    {
        var (b, a) = (Keyed(was), Keyed(now));
        var here = string.Join(" › ", where);
        foreach (var (key, row) in b.Where(r => !a.ContainsKey(r.Key)))
        {
            yield return new(here, Told(part, row), "");
        }

        foreach (var (key, row) in a)
        {
            if (!b.TryGetValue(key, out var old))
            {
                yield return new(here, "", Told(part, row));
                continue;
            }

            foreach (var change in Differ(old, row, [.. where, Title(row) ?? say["services.line", key]], part))
            {
                yield return change;
            }
        }

        var (stood, stand) = (b.Where(r => a.ContainsKey(r.Key)), a.Where(r => b.ContainsKey(r.Key)));
        if (!stood.Select(r => r.Key).SequenceEqual(stand.Select(r => r.Key)))
        {
            yield return new($"{here} › {say["services.word-order"]}", Titles(part, stood), Titles(part, stand));
        }
    }

    private string Titles(string part, IEnumerable<KeyValuePair<string, JsonNode?>> rows) => string.Join(", ", rows.Select(r => Title(r.Value) ?? Value(part, r.Value)));

    private static OrderedDictionary<string, JsonNode?> Keyed(JsonArray rows)
    {
        var all = new OrderedDictionary<string, JsonNode?>(StringComparer.Ordinal);
        foreach (var (i, row) in rows.Index())
        {
            all.TryAdd(row is JsonObject o ? Keys.Select(k => o[k]?.ToString()).FirstOrDefault(k => k is not null) ?? $"{i + 1}" : $"{row}", row);
        }

        return all;
    }

    private static string? Title(JsonNode? row) => row is JsonObject o ? Shown.Select(k => o[k]?.ToString()).FirstOrDefault(t => t is not null) : null;

    /// <summary>A row that comes or goes, whole.</summary>
    private string Told(string part, JsonNode? row) => row switch
    {
        JsonObject o => string.Join("; ", o.Where(p => p is { Key: not "asked", Value: not null } && !(p.Value is JsonValue v && v.TryGetValue<bool>(out var so) && !so)).Select(p => $"{Word(p.Key)}: {Told(p.Key, p.Value)}")),
        JsonArray a => string.Join(", ", a.Select(x => Title(x) ?? Told(part, x))),
        _ => Value(part, row),
    };

    private string Word(string part) => Said("services.word-", Kebab(part)) ?? part;

    private string Value(string part, JsonNode? value)
    {
        if (value is null)
        {
            return "";
        }

        var text = value.ToString();
        return value.GetValueKind() switch
        {
            JsonValueKind.True => say["services.yes"],
            JsonValueKind.False => say["services.not-so"],
            JsonValueKind.Number => part == "amount" ? value.GetValue<int>().ToString("N0", CultureInfo.CurrentCulture) : text,
            _ => part switch
            {
                "term" => PortalPage.Takes(say, text),
                "when" => WhenInWords.Of(text, after.Fields) ?? text,
                "notBefore" => after.Fields.FirstOrDefault(f => f.Name == text)?.Label ?? text,
                "channel" => say[$"services.channel-{(Enum.TryParse<Channel>(text, true, out var channel) ? (int)channel : 1)}"],
                _ => (Lists.TryGetValue(part, out var head) ? Said(head, text) : null) ?? (DateOnly.TryParseExact(text, "yyyy-MM-dd", out var day) ? day.Shown() : text),
            },
        };
    }

    private string? Said(string head, string word) => say[head + word] is var said && said != head + word ? said : null;

    private static string Kebab(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);
}
