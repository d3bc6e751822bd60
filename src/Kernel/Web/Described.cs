using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace SoGoc.Kernel.Web;

/// <summary>How a value is written in JSON: as a text of this form. For the description of the API; the value's converter reads and writes it.</summary>
/// <param name="pattern">A regular expression of ECMA 262.</param>
[AttributeUsage(AttributeTargets.Struct | AttributeTargets.Class)]
public sealed class WrittenAsAttribute(string pattern) : Attribute
{
    public string Pattern => pattern;
}

/// <summary>Marks a route that changes something.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class ActsAttribute : Attribute;

/// <summary>The feature behind a route: its docstrings describe the route, and its constructor and result tell which headers it has.</summary>
public sealed record RouteFeature(Type Feature, Type? Result)
{
    /// <summary>Whether it heeds If-Match.</summary>
    public bool HasPrecondition => Feature.GetConstructors().Any(c => c.GetParameters().Any(p => p.ParameterType == typeof(Precondition)));

    /// <summary>Whether its answer has an ETag.</summary>
    public bool IsVersioned => typeof(IVersioned).IsAssignableFrom(Result);
}

/// <summary>Names a route, and what it can answer, for the description of the API.</summary>
public static class Describing
{
    public static RouteHandlerBuilder Does(this RouteHandlerBuilder route, Type feature, Type? result = null) =>
        route.WithName(feature.Name).WithMetadata(new RouteFeature(feature, result)).Produces<ProblemDocument>(422, "application/problem+json");
}
