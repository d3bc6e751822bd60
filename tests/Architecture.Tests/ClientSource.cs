using NJsonSchema.CodeGeneration.CSharp;
using NSwag;
using NSwag.CodeGeneration;
using NSwag.CodeGeneration.CSharp;

namespace SoGoc.Architecture.Tests;

/// <summary>The source of the C# client, made from the description of the API.</summary>
internal static class ClientSource
{
    public static async Task<string> From(string openapi)
    {
        var document = await OpenApiDocument.FromJsonAsync(openapi);
        foreach (var shape in document.Components.Schemas.Values)
        {
            shape.AllowAdditionalProperties = false;        // what an answer may gain is passed over, not collected
        }

        var settings = new CSharpClientGeneratorSettings
        {
            ClassName = "SoGocClient",
            ExceptionClass = "RefusedException",
            GenerateExceptionClasses = false,
            GenerateOptionalParameters = true,
            UseBaseUrl = false,
            ParameterNameGenerator = new Names(),
            CSharpGeneratorSettings =
            {
                Namespace = "SoGoc.Client",
                JsonLibrary = CSharpJsonLibrary.SystemTextJson,
                JsonLibraryVersion = 10,
                ClassStyle = CSharpClassStyle.Poco,
                GenerateNullableReferenceTypes = true,
                GenerateOptionalPropertiesAsNullable = true,
                GenerateDataAnnotations = false,
                UseRequiredKeyword = true,
                ArrayType = "System.Collections.Generic.IReadOnlyList",
                ArrayBaseType = "System.Collections.Generic.List",
                ArrayInstanceType = "System.Collections.Generic.List",
                DictionaryType = "System.Collections.Generic.IReadOnlyDictionary",
                DateType = "System.DateOnly",
                DateTimeType = "System.DateTimeOffset",
                AnyType = "System.Text.Json.JsonElement",
            },
        };
        return new CSharpClientGenerator(document, settings).GenerateFile().ReplaceLineEndings("\n");
    }

    /// <summary>Headers as parameters: <c>If-Match</c> is ifMatch.</summary>
    private sealed class Names : IParameterNameGenerator
    {
        public string Generate(OpenApiParameter parameter, IEnumerable<OpenApiParameter> allParameters)
        {
            var words = parameter.Name.Split('-');
            return string.Concat(words.Select((w, i) => (i == 0 ? char.ToLowerInvariant(w[0]) : char.ToUpperInvariant(w[0])) + w[1..]));
        }
    }
}
