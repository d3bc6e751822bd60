using System.Text.Json;
using System.Text.Json.Serialization;
using SoGoc.Kernel.Journaling;
using SoGoc.Kernel.Time;

namespace SoGoc.Services.Procedures;

/// <summary>How a procedure is written: JSON, as the files of <c>reference/procedures</c> have it. A part that is misspelt is refused instead of being left out.</summary>
internal static class ProcedureText
{
    private static readonly JsonSerializerOptions Strict = new(Journal.Json)
    {
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        RespectRequiredConstructorParameters = true,
        WriteIndented = true,
        Converters = { new TermWriting() },
    };

    /// <exception cref="JsonException">It is no procedure; the message says where.</exception>
    public static Procedure Read(string text) => JsonSerializer.Deserialize<Procedure>(text, Strict) ?? throw new JsonException("null");

    public static string Write(Procedure procedure) => JsonSerializer.Serialize(procedure, Strict);

    private sealed class TermWriting : JsonConverter<Term>
    {
        public override Term Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
            Term.TryParse(reader.GetString(), out var term) ? term : throw new JsonException("A term is written 7d, 4h or 0d.");

        public override void Write(Utf8JsonWriter writer, Term value, JsonSerializerOptions options) => writer.WriteStringValue(value.ToString());
    }
}
