using System.Text.Json;
using System.Text.Json.Nodes;
using NpgsqlTypes;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Time;

namespace SoGoc.Exchange.Obligations;

/// <summary>Who has to be told of a kind of entry, and what of it.</summary>
/// <param name="Fields">Paths in the body of the entry, of a list in each of its items; <see cref="Number"/> stands for the person's number.</param>
/// <param name="Only">A path and the words that may stand there, for entries of a kind that not all concern the partner: act=permanent|temporary; empty: all of them do.</param>
internal sealed record Rule(string EntryKind, string PartnerKind, Period Valid, Term Term, string Ground, string[] Fields, string[] Classes, string Person, string Area, string Label, string Only)
{
    public const string Number = "@number", Subject = "@subject", Home = "@home";

    public static Task<List<Rule>> All(Session session) => session.Rows("select entry_kind, partner_kind, valid, term, ground, fields, classes, person, area, label, only_where from exchange.rule", r => new Rule(
        r.GetString(0), r.GetString(1), Period.Of(r.Get<NpgsqlRange<DateOnly>>(2)), Term.Parse(r.GetString(3)), r.GetString(4), r.Get<string[]>(5), r.Get<string[]>(6), r.GetString(7), r.GetString(8), r.GetString(9), r.GetString(10)));

    /// <summary>Whether the entry holds something of what the partner is to learn: of a correction that touches nothing of it he is not told.</summary>
    public bool Concerns(JsonElement body) => Fields.Any(f => f[0] != '@' && At(body, f) is not null)
        && (Only.Length == 0 || (Only.Split('=') is [var path, var words] && At(body, path)?.ToString() is { } word && words.Split('|').Contains(word)));

    /// <summary>What stands at a path; null where nothing does.</summary>
    public static JsonElement? At(JsonElement body, string path)
    {
        foreach (var step in path.Split('.'))
        {
            if (body.ValueKind != JsonValueKind.Object || !body.TryGetProperty(step, out body))
            {
                return null;
            }
        }

        return body.ValueKind == JsonValueKind.Null ? null : body;
    }

    /// <summary>The fields and nothing else, each where it stands in the entry.</summary>
    public static JsonObject Extract(JsonElement body, IReadOnlyCollection<string> fields, string? number)
    {
        var extract = Pick(body, [.. fields.Where(f => f != Number).Select(f => f.Split('.'))]) as JsonObject ?? [];
        if (fields.Contains(Number))
        {
            extract["number"] = number;
        }

        return extract;
    }

    private static JsonNode? Pick(JsonElement value, string[][] paths)
    {
        if (paths.Any(p => p.Length == 0))
        {
            return JsonNode.Parse(value.GetRawText());
        }

        if (value.ValueKind == JsonValueKind.Array)
        {
            return new JsonArray([.. value.EnumerateArray().Select(item => Pick(item, paths))]);
        }

        var picked = new JsonObject();
        foreach (var under in paths.GroupBy(p => p[0], StringComparer.Ordinal))
        {
            if (At(value, under.Key) is { } part && Pick(part, [.. under.Select(p => p[1..])]) is { } found)
            {
                picked[under.Key] = found;
            }
        }

        return picked.Count > 0 ? picked : null;
    }
}
