using System.Text.Json;
using System.Text.Json.Serialization;

namespace SoGoc.Client;

/// <summary>Asks a register over HTTP. The operations and their bodies are made from the description of the API; the <see cref="HttpClient"/> it is given has the address of
/// the register and the token. A refusal is a <see cref="RefusedException"/> with the problem's code and all faults.</summary>
public partial class SoGocClient
{
    static partial void UpdateJsonSerializerSettings(JsonSerializerOptions settings) => settings.DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull;
}
