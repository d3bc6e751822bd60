using System.Runtime.Versioning;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using SoGoc.Testing;
using Platform = SoGoc.Host.Platform;

namespace SoGoc.Architecture.Tests;

/// <summary>Documents that are made from what runs, and are compared with it. <c>dotnet dev.cs docs</c> writes them anew.</summary>
[SupportedOSPlatform("linux")]
[Collection(nameof(Migrated))]
public sealed class DocumentTests(Town town)
{
    private static readonly bool Write = Environment.GetEnvironmentVariable("SOGOC_DOCS") == "write";

    private static readonly JsonSerializerOptions Readable = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    [Fact]
    public async Task The_data_dictionary_is_what_the_database_says() => await Is("docs/data.md", await Dictionary());

    [Fact]
    public async Task The_description_of_the_api_is_what_the_Host_answers() => await Is("docs/api/openapi.json", await Api());

    [Fact]
    public async Task The_client_is_made_from_the_description_of_the_api() => await Is("src/Client/SoGocClient.g.cs", await ClientSource.From(await Api()));

    /// <summary>A shape that says nothing is that of a type with a converter of its own: say with <c>WrittenAs</c> what it is written as.</summary>
    [Fact]
    public async Task No_shape_in_the_description_of_the_api_says_nothing()
    {
        var shapes = JsonNode.Parse(await Api())!["components"]!["schemas"]!.AsObject();
        static bool SaysNothing(JsonNode? shape) => shape is JsonObject o && o["type"] is null && o["$ref"] is null;
        Wall.Stands("Neither a type nor a reference.",
            shapes.Where(s => SaysNothing(s.Value)).Select(s => s.Key)
                .Concat(from shape in shapes
                        from member in shape.Value!["properties"]?.AsObject() ?? []
                        where (SaysNothing(member.Value) || SaysNothing(member.Value!["items"])) && $"{shape.Key}.{member.Key}" is not "ReadFeedEntry.body"
                        select $"{shape.Key}.{member.Key}"));
    }

    /// <summary>Whatever reads a person's data says why and for which case, whoever asks.</summary>
    [Fact]
    public async Task A_request_without_what_its_description_calls_required_is_refused()
    {
        var document = JsonNode.Parse(await Api())!;
        using var registrar = await town.As("tinh");
        var breaches = new List<string>();
        var readings = 0;
        foreach (var (path, methods) in document["paths"]!.AsObject())
        {
            if (methods!["post"]?["requestBody"]?["content"]?["application/json"]?["schema"]?["$ref"]?.GetValue<string>() is not { } shape)
            {
                continue;
            }

            var required = document["components"]!["schemas"]![shape.Split('/')[^1]]!["required"]?.AsArray().Select(r => r!.GetValue<string>()).ToList() ?? [];
            var reply = await registrar.Post(path["/api/v1".Length..], new { });
            var faults = reply.IsGood ? [] : reply["faults"].EnumerateArray().Select(f => f.TryGetProperty("field", out var field) ? field.GetString()! : "").ToList();
            readings += required.Contains("purpose") ? 1 : 0;
            breaches.AddRange(reply.IsGood && required.Count > 0 ? [$"{path}: {(int)reply.Status} {reply.Text}"] : []);
            breaches.AddRange(required.Intersect(["purpose", "case"]).Except(faults).Select(f => $"{path}: nobody missed {f}"));
        }

        Assert.Equal(10, readings);
        Wall.Stands("The description and the door differ.", breaches);
    }

    private static async Task Is(string path, string text)
    {
        var stands = File.Exists(House.Full(path)) ? await File.ReadAllTextAsync(House.Full(path)) : "";
        if (!Write)
        {
            Wall.Stands($"{path} is out of date: write it anew with `dotnet dev.cs docs`.", Differences(stands.ReplaceLineEndings("\n").Split('\n'), text.Split('\n')));
        }
        else if (stands != text)
        {
            Directory.CreateDirectory(Path.GetDirectoryName(House.Full(path))!);
            await File.WriteAllTextAsync(House.Full(path), text);
        }
    }

    private static IEnumerable<string> Differences(string[] stands, string[] now)
    {
        var gone = stands.Except(now).Select(l => "- " + l.Trim()).Concat(now.Except(stands).Select(l => "+ " + l.Trim())).Take(20).ToList();
        return gone.Count > 0 || stands.SequenceEqual(now) ? gone : ["the same lines in another order"];
    }

    private async Task<string> Dictionary()
    {
        var rows = await town.Rows("""
            select n.nspname, coalesce(obj_description(n.oid, 'pg_namespace'), ''), c.relname, coalesce(obj_description(c.oid, 'pg_class'), ''), a.attname,
                   format_type(a.atttypid, a.atttypmod), not a.attnotnull, coalesce(col_description(c.oid, a.attnum), '')
              from pg_class c join pg_namespace n on n.oid = c.relnamespace join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
             where n.nspname = any($1) and c.relkind in ('r', 'p', 'v', 'm')
             order by array_position($1, n.nspname::text), c.relname collate "C", a.attnum
            """, r => (Schema: r.GetString(0), SchemaNote: r.GetString(1), Table: r.GetString(2), TableNote: r.GetString(3), Column: r.GetString(4), Type: r.GetString(5), Null: r.GetBoolean(6), Note: r.GetString(7)),
            (object)(string[])[.. SqlTests.Kernel, .. Platform.Modules.Select(m => m.Name)]);
        var text = new StringBuilder("# Data dictionary\n\nMade from the comments of the migrated database by `dotnet dev.cs docs`; not edited by hand.\n");
        foreach (var schema in rows.GroupBy(r => (r.Schema, r.SchemaNote)))
        {
            text.Append($"\n## {schema.Key.Schema}\n\n{schema.Key.SchemaNote}\n");
            foreach (var table in schema.GroupBy(r => (r.Table, r.TableNote)))
            {
                text.Append($"\n### {schema.Key.Schema}.{table.Key.Table}\n\n{table.Key.TableNote}\n\n| column | type | null | |\n|---|---|---|---|\n");
                foreach (var c in table)
                {
                    text.Append($"| {c.Column} | {c.Type} | {(c.Null ? "yes" : "")} | {c.Note.Replace("|", "\\|", StringComparison.Ordinal)} |\n");
                }
            }
        }

        return text.ToString();
    }

    private async Task<string> Api()
    {
        using var http = new HttpClient { BaseAddress = town.Address };
        var document = JsonNode.Parse(await http.GetStringAsync("/openapi/v1.json", TestContext.Current.CancellationToken))!.AsObject();
        document.Remove("servers");     // the port of this run
        document["paths"] = Sorted(document["paths"]!.AsObject());
        if (document["components"]?["schemas"] is JsonObject schemas)
        {
            document["components"]!["schemas"] = Sorted(schemas);
        }

        return document.ToJsonString(Readable).ReplaceLineEndings("\n") + "\n";
    }

    private static JsonObject Sorted(JsonObject map) => new(map.OrderBy(p => p.Key, StringComparer.Ordinal).Select(p => KeyValuePair.Create(p.Key, p.Value?.DeepClone())));
}
