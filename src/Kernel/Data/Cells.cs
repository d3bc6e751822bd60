using SoGoc.Kernel.Time;

namespace SoGoc.Kernel.Data;

/// <summary>Takes the values of a row in the order of its columns, whatever way it goes to the server: with many by COPY (<see cref="CopyWriter"/>), or with what else an act does in one trip (<see cref="Statements"/>).</summary>
public abstract class Cells
{
    public abstract Cells Null();

    public abstract Cells Short(short? value);

    public abstract Cells Int(int? value);

    public abstract Cells Uuid(Guid? value);

    /// <summary>text, varchar and every domain over them; by COPY also json.</summary>
    public abstract Cells Text(string? value);

    public abstract Cells TextArray(IReadOnlyList<string>? values);

    public abstract Cells Date(DateOnly? value);

    /// <summary>daterange [from, until).</summary>
    public abstract Cells Period(Period period);
}
