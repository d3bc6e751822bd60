using System.Globalization;
using System.Text.Json;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Text;
using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Population;

namespace SoGoc.Civil.Papers;

/// <summary>An entry in the words of its form: parts with labelled lines, Vietnamese whatever language the reader has chosen.</summary>
/// <param name="Names">Of those whom it is about, the first first.</param>
/// <param name="Born">Of the first.</param>
internal sealed record EntryTold(IReadOnlyList<ToldPart> Parts, string Names, PartialDate? Born);

/// <summary>Reads the text of an entry by the form of its kind.</summary>
internal sealed class EntryWords(Sentences say, ICodeNames codes, IPlaces places)
{
    private const string ForeignName = "?";

    public async Task<EntryTold> Of(string kind, string body)
    {
        using var document = JsonDocument.Parse(body);
        // A birth that was entered anew stands whole in its entry.
        var (act, parts) = (Find(document.RootElement, "birth") is { ValueKind: JsonValueKind.Object } birth ? birth : document.RootElement, new List<ToldPart>());
        // What was registered again has not all that its form asks for.
        var form = PaperForms.Of(kind).Parts is { } own && Find(act, own[0].Of) is not null ? own : null;
        foreach (var part in form ?? Whoever(act))
        {
            if (Find(act, part.Of) is { } about && await Lines(part.Lines, about) is { Count: > 0 } lines)
            {
                parts.Add(new ToldPart(part.Head, lines));
            }
        }

        var people = (form ?? Whoever(act)).Select(p => Find(act, p.Of)).OfType<JsonElement>().Where(e => Find(e, "fullName") is not null).ToList();
        // A form names the one it is about first, and those who only stand beside him after: of a birth the child, of a marriage both.
        var named = form is null ? people : people.Take(1).ToList();
        return new EntryTold(parts, named.Count == 0 ? ForeignName : string.Join(" – ", named.Select(p => Find(p, "fullName")!.Value.GetString())),
            named.Count > 0 && Find(named[0], "born") is { } born && PartialDate.TryParse(born.GetString(), out var date) ? date : null);
    }

    /// <summary>Everybody who has a part in the act, wherever the text names him, and what else is known to have a label.</summary>
    private IReadOnlyList<FormPart> Whoever(JsonElement act)
    {
        var people = new List<FormPart>();
        void Take(JsonElement value, string path)
        {
            if (value.ValueKind == JsonValueKind.Object && value.TryGetProperty("part", out var what) && value.TryGetProperty("fullName", out _))
            {
                people.Add(new FormPart(Vietnamese("civil.part-", what.GetString()!), path, PaperForms.Person));
            }
            else if (value.ValueKind == JsonValueKind.Array)
            {
                foreach (var (no, item) in value.EnumerateArray().Index())
                {
                    Take(item, $"{path}.{no}");
                }
            }
        }

        foreach (var property in act.EnumerateObject())
        {
            Take(property.Value, property.Name);
        }

        return [.. people, new FormPart("", "", PaperForms.Matter)];
    }

    private async Task<IReadOnlyList<(string, string)>> Lines(IReadOnlyList<FormLine> form, JsonElement about)
    {
        var lines = new List<(string, string)>();
        foreach (var line in form)
        {
            var value = Find(about, line.Path);
            if (line.As == Written.DateInWords && value is { } written && PartialDate.TryParse(written.GetString(), out var date))
            {
                lines.Add((line.Label, date.Shown));
                lines.Add(("Ghi bằng chữ", NumberWords.Of(date)));
            }
            else if (value is { } given && await Text(line.As, given) is { Length: > 0 } text)
            {
                lines.Add((line.Label, text));
            }
        }

        return lines;
    }

    private async Task<string?> Text(Written how, JsonElement value) => (how, value.ValueKind) switch
    {
        (Written.Name, JsonValueKind.String) => value.GetString()!.ToUpperInvariant(),
        (Written.Date, JsonValueKind.String) => PartialDate.TryParse(value.GetString(), out var date) ? date.Shown : value.GetString(),
        (Written.Year, JsonValueKind.String) => PartialDate.TryParse(value.GetString(), out var date) ? date.Year?.ToString(CultureInfo.InvariantCulture) : null,
        (Written.Sex, JsonValueKind.Number) => await codes.InVietnamese("sex", value.GetRawText()),
        (Written.Marital, JsonValueKind.Number) => await codes.InVietnamese("marital", value.GetRawText()),
        (Written.Ethnicity, JsonValueKind.String) => await codes.InVietnamese("ethnicity", value.GetString()!),
        (Written.Nationality, JsonValueKind.Array) => string.Join(", ", await Task.WhenAll(value.EnumerateArray().Select(c => codes.InVietnamese("nationality", c.GetString()!)))),
        (Written.Declarant, JsonValueKind.String) => Vietnamese("civil.declarant-", value.GetString()!),
        (Written.Place, JsonValueKind.Object) => PlaceText(value),
        (_, JsonValueKind.String) => value.GetString(),
        _ => null,
    };

    private string? PlaceText(JsonElement place)
    {
        var unit = place.TryGetProperty("area", out var area) && area.TryGetInt32(out var id) && places.Book[id] is { } known ? places.Book.Write(known) : null;
        var text = place.TryGetProperty("text", out var told) ? told.GetString() : null;
        return string.Join(", ", new[] { text, unit is not null && text?.Contains(unit, StringComparison.Ordinal) != true ? unit : null }.Where(t => !string.IsNullOrWhiteSpace(t)));
    }

    /// <summary>The Vietnamese sentence of a code that goes on with a word; the word where there is none.</summary>
    private string Vietnamese(string head, string word) => say.All.TryGetValue(head + word, out var pair) ? pair.Vi : word;

    private static JsonElement? Find(JsonElement from, string path)
    {
        foreach (var step in path.Split('.', StringSplitOptions.RemoveEmptyEntries))
        {
            if (from.ValueKind == JsonValueKind.Array && int.TryParse(step, out var no) && no < from.GetArrayLength())
            {
                from = from[no];
            }
            else if (from.ValueKind == JsonValueKind.Array && step.Split('=') is [var property, var value] && from.EnumerateArray().FirstOrDefault(i => i.TryGetProperty(property, out var is_) && is_.GetString() == value) is { ValueKind: JsonValueKind.Object } item)
            {
                from = item;
            }
            else if (from.ValueKind == JsonValueKind.Object && from.TryGetProperty(step, out var next))
            {
                from = next;
            }
            else
            {
                return null;
            }
        }

        return from.ValueKind == JsonValueKind.Null ? null : from;
    }
}
