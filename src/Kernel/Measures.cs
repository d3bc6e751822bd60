using System.Diagnostics.Metrics;

namespace SoGoc.Kernel;

/// <summary>What the platform counts about itself. Numbers only, and labels that are kinds: never a person, a number, a case.</summary>
public static class Measures
{
    public const string MeterName = "SoGoc";
    private static readonly Meter Meter = new(MeterName);

    internal static Counter<long> Disclosures { get; } = Meter.CreateCounter<long>("sogoc.disclosures", "{row}", "Disclosures made durable");

    internal static Histogram<int> DisclosureGroup { get; } = Meter.CreateHistogram<int>("sogoc.disclosure.group", "{row}", "Disclosures that shared one flush");

    internal static Counter<long> Sealed { get; } = Meter.CreateCounter<long>("sogoc.journal.sealed", "{row}", "Rows of the journal that were sealed");

    internal static Counter<long> Refused { get; } = Meter.CreateCounter<long>("sogoc.refused", "{request}", "Requests that were refused, by problem code");
}
