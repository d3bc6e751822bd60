using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace SoGoc.Kernel.Web;

/// <summary>What the types of a request promise, its JSON has to keep: no null where a value is needed, and none in a list or among the values of a table.
/// The reader of the platform checks neither; a feature may then take its request at its word.</summary>
public static class RequestBody
{
    public static void KeepsItsWord(JsonTypeInfo type)
    {
        if (type.Kind == JsonTypeInfoKind.Object)
        {
            type.OnDeserialized += read =>
            {
                if (type.Properties.FirstOrDefault(p => p.Get is { } get && !Kept(get(read), p.IsGetNullable)) is { } broken)
                {
                    throw new JsonException($"A null in {broken.Name}.");
                }
            };
        }
    }

    private static bool Kept(object? value, bool nullable) => value switch
    {
        null => nullable,
        string => true,
        IDictionary table => !table.Values.Cast<object?>().Contains(null),
        IEnumerable list => !list.Cast<object?>().Contains(null),
        _ => true,
    };
}
