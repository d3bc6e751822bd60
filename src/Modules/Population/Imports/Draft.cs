using SoGoc.Kernel.Time;

namespace SoGoc.Population.Imports;

/// <summary>A fault of one row: which field, which code, what stands there. A warning lets the row in with a doubt.</summary>
internal sealed record RowFault(long Row, string Field, string Code, string Given, bool Warning = false, params string[] Data);

/// <summary>A row of a list as a person in the making.</summary>
internal sealed class Draft(long row)
{
    public long Row => row;
    public PersonFacts Facts { get; set; } = new();
    public List<RowFault> Faults { get; } = [];
    public string? FileNumber { get; set; }
    public string? Relation { get; set; }
    public int? HomeArea { get; set; }
    public string? HomeDetail { get; set; }
    public DateOnly? HomeSince { get; set; }
    public PlaceFact? Temporary { get; set; }
    public PlaceFact? Current { get; set; }
    public List<Kin> Kin { get; } = [];
    public PartialDate? CardIssued { get; set; }
    public string? CardPlace { get; set; }

    public bool IsSound => !Faults.Any(f => !f.Warning);

    public string? NumberOf(KinKind kind) => Kin.FirstOrDefault(k => k.Kind == kind)?.Number?.ToString();

    public void Fault(string field, string code, string given, params string[] data) => Faults.Add(new RowFault(row, field, code, given, false, data));

    public void Warn(string field, string code, string given, params string[] data) => Faults.Add(new RowFault(row, field, code, given, true, data));
}
