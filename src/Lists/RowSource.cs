namespace SoGoc.Lists;

/// <summary>Rows of a file with their cells as written, before any decoding. Two ways to have them: CSV and .xlsx.</summary>
internal abstract class RowSource : IDisposable
{
    /// <summary>Moves to the next row, empty or not.</summary>
    public abstract bool Next();

    public abstract long RowNumber { get; }

    public abstract int Count { get; }

    /// <summary>Share of the file that is read, 0 to 1.</summary>
    public abstract double Progress { get; }

    /// <summary>Some lines are of another charset than the others, or may be.</summary>
    public virtual bool IsMixed => false;

    /// <summary>The cell as written; valid until the next row.</summary>
    public abstract ReadOnlySpan<char> Raw(int column);

    public abstract void Dispose();
}
