using System.Text.Json;
using System.Text.Json.Nodes;
using NpgsqlTypes;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Time;

namespace SoGoc.Exchange.Obligations;

/// <summary>Who has to be told of a kind of entry, and what of it.</summary>
/// <param name="Fields">Paths in the body of the entry; <see cref="Number"/> stands for the person's number.</param>
internal sealed record Rule(string EntryKind, string PartnerKind, Period Valid, Term Term, string Ground, string[] Fields, string[] Classes, string Person, string Area, string Label)
{
    public const string Number = "@number", Subject = "@subject", Home = "@home";

    public static Task<List<Rule>> All(Session session) => session.Rows("select entry_kind, partner_kind, valid, term, ground, fields, classes, person, area, label from exchange.rule", r => new Rule(
        r.GetString(0), r.GetString(1), Period.Of(r.Get<NpgsqlRange<DateOnly>>(2)), Term.Parse(r.GetString(3)), r.GetString(4), r.Get<string[]>(5), r.Get<string[]>(6), r.GetString(7), r.GetString(8), r.GetString(9)));

    /// <summary>Whether the entry holds something of what the partner is to learn: of a correction that touches nothing of it he is not told.</summary>
    public bool Concerns(JsonElement body) => Fields.Any(f => f[0] != '@' && At(body, f) is not null);

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
    public static JsonObject Extract(JsonElement body, IEnumerable<string> fields, string? number)
    {
        var extract = new JsonObject();
        foreach (var field in fields)
        {
            if (field == Number)
            {
                extract["number"] = number;
            }
            else if (At(body, field) is { } value)
            {
                var (steps, into) = (field.Split('.'), extract);
                foreach (var step in steps[..^1])
                {
                    into = into[step] as JsonObject ?? (JsonObject)(into[step] = new JsonObject());
                }

                into[steps[^1]] = JsonNode.Parse(value.GetRawText());
            }
        }

        return extract;
    }
}
