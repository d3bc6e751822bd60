using System.Globalization;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Kernel.Web;

/// <summary>An answer that shows one version of a record; it goes out as the ETag.</summary>
public interface IVersioned
{
    /// <summary>Position of the record's last journal entry.</summary>
    long Version { get; }
}

/// <summary>The version of a record that a change was thought for, from the header If-Match (RFC 9110, 13.1.1). Without the header any version will do.</summary>
public sealed class Precondition
{
    public string? IfMatch { get; set; }

    /// <summary>The problem when the record is no longer the one the caller has seen.</summary>
    public Problem? Against(long version) =>
        IfMatch is null or "*" || IfMatch.Split(',', StringSplitOptions.TrimEntries).Contains(Tag(version)) ? null : new Problem(ProblemKind.Stale, "kernel.changed-since");

    public static string Tag(long version) => string.Create(CultureInfo.InvariantCulture, $"\"{version}\"");
}
