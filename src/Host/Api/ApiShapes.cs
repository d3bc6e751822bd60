using System.Collections.Concurrent;
using System.ComponentModel.DataAnnotations;
using System.Reflection;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using SoGoc.Kernel.Web;

namespace SoGoc.Host.Api;

/// <summary>Makes the shapes in the description of the API those of the JSON on the wire: value types as the texts they are written as, numbers as numbers,
/// what is not known left out and never null, limits and what a request needs as its record says them, and the docstrings.</summary>
internal sealed class ApiShapes(Docstrings docstrings) : IOpenApiDocumentTransformer
{
    private readonly ConcurrentDictionary<string, JsonTypeInfo> types = new();

    /// <summary>Every feature has its own Request: a nested type carries the name of its feature.</summary>
    public string? NameOf(JsonTypeInfo type)
    {
        // Any JSON is any JSON wherever it stands.
        if ((Nullable.GetUnderlyingType(type.Type) ?? type.Type) == typeof(JsonElement) || OpenApiOptions.CreateDefaultSchemaReferenceId(type) is not { } own)
        {
            return null;
        }

        var name = type.Type.DeclaringType?.Name + own;
        types[name] = type;
        return name;
    }

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken stop)
    {
        foreach (var (name, schema) in document.Components!.Schemas!)
        {
            if (schema is OpenApiSchema shape && types.TryGetValue(name, out var type))
            {
                Tell(shape, type);
            }
        }

        // A file is no shape of its own.
        document.Components.Schemas.Remove(nameof(Stream));
        var operations = document.Paths.Values.SelectMany(p => p.Operations!.Values).ToList();
        foreach (var file in operations.SelectMany(o => o.Responses!.Values.Select(r => r.Content).Append(o.RequestBody?.Content)).SelectMany(c => c?.Values ?? [])
            .Where(m => m.Schema is OpenApiSchemaReference { Reference.Id: nameof(Stream) }))
        {
            file.Schema = new OpenApiSchema { Type = JsonSchemaType.String, Format = "binary" };
        }

        foreach (var parameter in operations.SelectMany(o => o.Parameters ?? []).OfType<OpenApiParameter>())
        {
            parameter.Schema = parameter.Schema is null ? null : Plain(parameter.Schema);
        }

        return Task.CompletedTask;
    }

    private void Tell(OpenApiSchema shape, JsonTypeInfo type)
    {
        var own = Nullable.GetUnderlyingType(type.Type) ?? type.Type;
        shape.Description = docstrings.Of(own);
        Write(shape, own);
        if (own.IsEnum)
        {
            shape.Type = JsonSchemaType.String;
        }
        else if (shape.Properties is { } members)
        {
            var isRequest = own.Name == "Request";
            shape.AdditionalPropertiesAllowed = !isRequest;
            shape.Required = type.Properties.Where(p => members.ContainsKey(p.Name) && (isRequest ? IsNeeded(p) : !MayBeNull(p))).Select(p => p.Name).ToHashSet();
            foreach (var member in type.Properties.Where(p => members.ContainsKey(p.Name)))
            {
                members[member.Name] = Tell(Plain(members[member.Name]), own, member);
            }
        }
    }

    private IOpenApiSchema Tell(IOpenApiSchema shape, Type type, JsonPropertyInfo member)
    {
        var said = member.AttributeProvider is MemberInfo own ? docstrings.Of(type, own) : null;
        if (shape is OpenApiSchemaReference reference)
        {
            reference.Description = said;
        }
        else if (shape is OpenApiSchema plain)
        {
            plain.Description = said;
            Write(plain, Nullable.GetUnderlyingType(member.PropertyType) ?? member.PropertyType);
            foreach (var limit in Marks<ValidationAttribute>(member))
            {
                Limit(plain, limit);
            }
        }

        return shape;
    }

    private static void Write(OpenApiSchema shape, Type type)
    {
        if (type.GetCustomAttribute<WrittenAsAttribute>() is { } written)
        {
            (shape.Type, shape.Pattern) = (JsonSchemaType.String, written.Pattern);
        }
    }

    private static void Limit(OpenApiSchema shape, ValidationAttribute limit)
    {
        var isList = shape.Type == JsonSchemaType.Array;
        switch (limit)
        {
            case LengthAttribute length when isList:
                (shape.MinItems, shape.MaxItems) = (length.MinimumLength, length.MaximumLength);
                break;
            case LengthAttribute length:
                (shape.MinLength, shape.MaxLength) = (length.MinimumLength, length.MaximumLength);
                break;
            case MinLengthAttribute least when isList:
                shape.MinItems = least.Length;
                break;
            case RangeAttribute range:
                shape.Minimum = Convert.ToString(range.Minimum, System.Globalization.CultureInfo.InvariantCulture);
                shape.Maximum = Convert.ToString(range.Maximum, System.Globalization.CultureInfo.InvariantCulture);
                break;
        }
    }

    /// <summary>Without it a request is refused.</summary>
    private static bool IsNeeded(JsonPropertyInfo member) =>
        Marks<RequiredAttribute>(member).Any() || (!MayBeNull(member) && member.AssociatedParameter is { HasDefaultValue: false });

    private static bool MayBeNull(JsonPropertyInfo member) =>
        member.PropertyType.IsValueType ? Nullable.GetUnderlyingType(member.PropertyType) is not null : member.IsGetNullable;

    private static IEnumerable<T> Marks<T>(JsonPropertyInfo member) where T : Attribute =>
        ((ICustomAttributeProvider?[])[member.AttributeProvider, member.AssociatedParameter?.AttributeProvider]).SelectMany(p => p?.GetCustomAttributes(typeof(T), true) ?? []).Cast<T>();

    /// <summary>Without null, which is never written, and without numbers as texts, which are read but better not sent.</summary>
    private static IOpenApiSchema Plain(IOpenApiSchema shape)
    {
        if (shape is not OpenApiSchema own)
        {
            return shape;
        }

        if (own.OneOf is [_, _] choice && choice.FirstOrDefault(c => c.Type != JsonSchemaType.Null) is { } other)
        {
            return Plain(other);
        }

        own.Type &= ~JsonSchemaType.Null;
        if (own.Type is { } several && (several & (JsonSchemaType.Integer | JsonSchemaType.Number)) is var number and not 0)
        {
            (own.Type, own.Pattern) = (number, null);
        }

        own.Items = own.Items is null ? null : Plain(own.Items);
        own.AdditionalProperties = own.AdditionalProperties is null ? null : Plain(own.AdditionalProperties);
        return own;
    }
}
