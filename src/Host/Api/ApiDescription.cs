using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Web;

namespace SoGoc.Host.Api;

/// <summary>Makes the description of the API (OpenAPI 3.1, /openapi/v1.json) say what the program does: who may ask, what is refused and how, which headers are heeded.
/// The shapes of bodies are told by <see cref="ApiShapes"/>.</summary>
internal sealed class ApiDescription(Docstrings docstrings) : IOpenApiDocumentTransformer, IOpenApiOperationTransformer
{
    private const string Bearer = "bearer", System = "dpop", Refused = "Refused";

    public static void Describe(OpenApiOptions options)
    {
        var docstrings = new Docstrings();
        var (description, shapes) = (new ApiDescription(docstrings), new ApiShapes(docstrings));
        options.CreateSchemaReferenceId = shapes.NameOf;
        options.AddOperationTransformer(description);
        options.AddDocumentTransformer(description);
        options.AddDocumentTransformer(shapes);
    }

    public Task TransformAsync(OpenApiDocument document, OpenApiDocumentTransformerContext context, CancellationToken stop)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Sổ Gốc",
            Version = "1",
            Description = "The root register of a province's people. Values that are not known are left out of answers. Dates are ISO 8601; codes are those of the national lists. "
                + "Answers may gain members; a request with a member that is not described is refused.",
        };
        document.AddComponent<IOpenApiSecurityScheme>(Bearer, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = Bearer,
            Description = "A token of an official or a program; what it may do, its role says.",
        });
        document.AddComponent<IOpenApiSecurityScheme>(System, new OpenApiSecurityScheme
        {
            Type = SecuritySchemeType.Http,
            Scheme = "DPoP",
            Description = "An access token of an agency's system (client_credentials at /connect/token), bound to its key: Authorization: DPoP, with a new proof in the header DPoP (RFC 9449). Its agreement says what it may read.",
        });
        var operations = document.Paths.Values.SelectMany(p => p.Operations!.Values).ToList();
        document.Tags = operations.SelectMany(o => o.Tags!).Select(t => t.Name!).Distinct().Order(StringComparer.Ordinal).Select(n => new OpenApiTag { Name = n }).ToHashSet();
        // One shape for every refusal; the status only sorts them.
        var refused = (OpenApiResponse)operations[0].Responses!["422"];
        refused.Description = "Refused. " + string.Join(" ", Enum.GetNames<ProblemKind>().Select(k => docstrings.Of(typeof(ProblemKind), typeof(ProblemKind).GetField(k)!)));
        document.AddComponent<IOpenApiResponse>(Refused, refused);
        foreach (var operation in operations)
        {
            operation.Responses!.Remove("422");
            operation.Responses = new OpenApiResponses { ["200"] = operation.Responses["200"], ["default"] = new OpenApiResponseReference(Refused, document) };
        }

        return Task.CompletedTask;
    }

    public Task TransformAsync(OpenApiOperation operation, OpenApiOperationTransformerContext context, CancellationToken stop)
    {
        var marks = context.Description.ActionDescriptor.EndpointMetadata;
        if (marks.OfType<RouteFeature>().FirstOrDefault() is not { } route)
        {
            return Task.CompletedTask;
        }

        operation.Description = docstrings.Of(route.Feature);
        operation.Tags = new HashSet<OpenApiTagReference> { new(context.Description.RelativePath!.Split('/')[2], context.Document) };
        var isPublic = marks.OfType<PublicAttribute>().Any();
        operation.Security = isPublic ? [] : [.. Schemes(marks).Select(s => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(s, context.Document)] = [] })];
        if (operation.RequestBody is OpenApiRequestBody body)
        {
            body.Required = true;
        }

        ((OpenApiResponse)operation.Responses!["200"]).Description = "Done.";
        Headers(operation, route, marks.OfType<ActsAttribute>().Any());
        return Task.CompletedTask;
    }

    private static string[] Schemes(IList<object> marks) => marks.OfType<ForSystemsAttribute>().Any() ? [Bearer, System] : [Bearer];

    private static void Headers(OpenApiOperation operation, RouteFeature route, bool acts)
    {
        if (route.HasPrecondition)
        {
            (operation.Parameters ??= []).Add(Header("If-Match", "The ETag of the record that the change was thought for; if it has changed since, the answer is 412."));
        }

        if (acts)
        {
            (operation.Parameters ??= []).Add(Header("Idempotency-Key", "1 to 100 characters, new for each act. The same request with the same key is done once within a day, and answered alike.", 100));
        }

        if (route.IsVersioned)
        {
            ((OpenApiResponse)operation.Responses!["200"]).Headers = new Dictionary<string, IOpenApiHeader>
            {
                ["ETag"] = new OpenApiHeader { Description = "The version of the record, for If-Match.", Schema = new OpenApiSchema { Type = JsonSchemaType.String } },
            };
        }
    }

    private static OpenApiParameter Header(string name, string description, int? longest = null) => new()
    {
        Name = name,
        In = ParameterLocation.Header,
        Description = description,
        Schema = new OpenApiSchema { Type = JsonSchemaType.String, MaxLength = longest },
    };
}
