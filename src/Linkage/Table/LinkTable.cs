using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace SoGoc.Linkage;

/// <summary>Rows on their way in: a CSV, a query. Cells are asked for in rising order of columns or any other; a cell is valid until the next row.</summary>
public interface IRowReader
{
    /// <summary>Moves to the next row.</summary>
    bool Next();

    /// <summary>The cell as text in Unicode; empty where the row has none.</summary>
    ReadOnlySpan<char> Cell(int column);

    /// <summary>Share that is read, 0 to 1.</summary>
    double Progress { get; }
}

/// <summary>How far a run is.</summary>
/// <param name="Stage">"read", "plan", "learn", "compare".</param>
/// <param name="Share">Of this stage, 0 to 1.</param>
public readonly record struct LinkProgress(string Stage, double Share);

/// <summary>
/// The records of one list, or of two: 64 bytes each and the dictionaries of their values; texts are not kept.
/// A row of sixteen whole numbers is compared with another by one instruction. Filled by one thread at a time.
/// </summary>
public sealed class LinkTable
{
    internal const int Lanes = 16, ChunkBits = 17, ChunkRows = 1 << ChunkBits;

    int[][] _chunks = [];
    readonly List<byte[]> _groups = [];
    readonly Lexicon _groupIds = new();
    readonly List<string> _groupNames = [""];
    readonly LinkField[] _read;

    // Fields in the order they are folded: those that cost most first.
    readonly int[] _order;
    bool _closed;

    /// <exception cref="LinkException"><c>linkage.bad-model</c>, <c>linkage.no-usable-column</c>, <c>linkage.too-many-fields</c>.</exception>
    public LinkTable(LinkModel model)
    {
        ArgumentNullException.ThrowIfNull(model);
        Model = model.Checked();
        Fields = [.. model.Fields.Where(f => f.Kind != FieldKind.Group).Select(f => FieldColumn.Of(f))];
        var next = 0;
        foreach (var f in Fields)
        {
            f.First = next;
            next += f.Lanes;
        }
        if (next > Lanes) throw new LinkException("linkage.too-many-fields", $"{next} > {Lanes}");
        _read = [.. Fields.Select(f => f.Info), .. model.Fields.Where(f => f.Kind == FieldKind.Group).Take(1)];
        _order = [.. Enumerable.Range(0, _read.Length).OrderBy(f => _read[f].Kind switch { FieldKind.Name => 0, FieldKind.Parent => 1, FieldKind.Address => 2, FieldKind.Text => 3, FieldKind.Phone => 4, _ => 5 })];
    }

    /// <param name="book">How frequent values are in the register of which this table has a few rows.</param>
    internal LinkTable(LinkModel model, LinkBook book) : this(model)
    {
        Book = book;
        foreach (var f in Fields)
            for (var lane = 0; lane < f.Lanes; lane++) f.LexiconOf(lane).Book = book.LaneOf(f.Info.Name, lane);
    }

    public LinkModel Model { get; }

    internal LinkBook? Book { get; }

    /// <summary>Rows of both lists.</summary>
    public int Rows { get; private set; }

    /// <summary>Rows of the first list when there are two; else 0. Rows of the second follow.</summary>
    public int FirstList { get; private set; }

    internal FieldColumn[] Fields { get; }

    /// <summary>Whether two rows may be one person at all: within one list any two, else one of each.</summary>
    internal bool MayPair(int a, int b) => FirstList == 0 || (a < FirstList) != (b < FirstList);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal ref int Row(int row) => ref _chunks[row >> ChunkBits][(row & (ChunkRows - 1)) * Lanes];

    /// <summary>The group of a row as its list calls it; "" where it has none.</summary>
    public string GroupOf(int row) => _groupNames[GroupIdOf(row)];

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int GroupIdOf(int row) => _groups[row >> ChunkBits][row & (ChunkRows - 1)];

    /// <summary>Fetches the group into the cache.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void FetchGroup(int row) => Big.Prefetch(ref _groups[row >> ChunkBits][row & (ChunkRows - 1)]);

    internal string GroupName(int group) => _groupNames[group];

    internal int GroupCount => _groupNames.Count;

    /// <summary>The group of both rows, 0 if they are not of one.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal int CommonGroup(int a, int b) => GroupIdOf(a) is var group && group == GroupIdOf(b) ? group : 0;

    /// <summary>What follows are the rows of the second list.</summary>
    public void BeginSecondList() => FirstList = Rows;

    /// <summary>Takes in all rows of a list. Reading goes on while rows are folded.</summary>
    /// <param name="heads">Heads of the columns, among which the fields' columns are looked for.</param>
    /// <param name="threads">At most so many; the result does not depend on it.</param>
    /// <exception cref="LinkException"><c>linkage.bad-model</c>: a column is not there.</exception>
    public void Read(IRowReader rows, IReadOnlyList<string> heads, int threads = 0, IProgress<LinkProgress>? progress = null, CancellationToken stop = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        if (_closed) throw new InvalidOperationException("The table is closed.");
        var columns = Array.ConvertAll(_read, f => f.Columns.Select(c => Column(heads, c)).ToArray());
        var (batch, other) = (new RowBatch(columns), new RowBatch(columns));
        var helpers = (threads > 0 ? threads : Environment.ProcessorCount) - 1;
        for (var more = batch.Fill(rows); more;)
        {
            stop.ThrowIfCancellationRequested();
            Reserve(Rows + batch.Rows);
            var folding = new Folding(this, batch, Rows);
            folding.Begin(helpers);
            try
            {
                more = other.Fill(rows);
            }
            finally
            {
                folding.Join();
            }
            Rows += batch.Rows;
            (batch, other) = (other, batch);
            progress?.Report(new("read", rows.Progress));
        }
    }

    /// <summary>The fields of a batch, each folded by whichever thread is free; the reading thread comes to help when it has read the next batch.</summary>
    sealed class Folding(LinkTable table, RowBatch batch, int first)
    {
        readonly List<Task> _helpers = [];
        int _next = -1;

        public void Begin(int helpers)
        {
            for (var n = 0; n < Math.Min(helpers, table._order.Length); n++) _helpers.Add(Task.Run(Work));
        }

        public void Join()
        {
            Work();
#pragma warning disable CA1849, VSTHRD002 // The reading thread waits for the folding ones: there is nothing asynchronous in either.
            foreach (var helper in _helpers) helper.GetAwaiter().GetResult();
#pragma warning restore CA1849, VSTHRD002
        }

        void Work()
        {
            while (Interlocked.Increment(ref _next) is var n && n < table._order.Length) table.Take(batch, table._order[n], first);
        }
    }

    /// <summary>No more rows come: counts how frequent each value is.</summary>
    internal void Close(int threads)
    {
        if (_closed) return;
        _closed = true;
        Parallel.For(0, Fields.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, f => Fields[f].Close());
    }

    static int Column(IReadOnlyList<string> heads, string name)
    {
        for (var i = 0; i < heads.Count; i++)
            if (string.Equals(heads[i], name, StringComparison.OrdinalIgnoreCase)) return i;
        throw new LinkException("linkage.bad-model", name);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    void Take(RowBatch batch, int field, int first)
    {
        if (field < Fields.Length)
        {
            Fields[field].Put(batch, field, this, first);
        }
        else
        {
            for (var i = 0; i < batch.Rows; i++) _groups[(first + i) >> ChunkBits][(first + i) & (ChunkRows - 1)] = Group(batch.Cell(i, field));
        }
    }

    // 255 groups at most; what comes later has none.
    byte Group(ReadOnlySpan<char> cell)
    {
        if (cell.IsEmpty) return 0;
        var known = _groupIds.Find(Fingerprint.Of(cell));
        if (known >= 0) return (byte)(known + 1);
        if (_groupNames.Count > 255) return 0;
        _groupNames.Add(cell.ToString());
        return (byte)(_groupIds.Id(Fingerprint.Of(cell)) + 1);
    }

    /// <summary>The row behind the last is one from now on.</summary>
    internal void Grow() => Rows++;

    internal void SetGroup(int row, string group) => _groups[row >> ChunkBits][row & (ChunkRows - 1)] = Group(group);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal void Reserve(int rows)
    {
        while (_chunks.Length * ChunkRows < rows)
        {
            // Lanes that no field has differ in each row, so they never agree.
            var chunk = Big.Array<int>(ChunkRows * Lanes);
            var first = _chunks.Length * ChunkRows;
            for (var i = 0; i < ChunkRows; i++) Vector512.Create(-1 - (first + i)).StoreUnsafe(ref chunk[i * Lanes]);
            _chunks = [.. _chunks, chunk];
            _groups.Add(new byte[ChunkRows]);
        }
    }
}

/// <summary>Some thousand rows, copied together so that another thread may fold them.</summary>
sealed class RowBatch(int[][] columns)
{
    const int Most = 4096;

    readonly int[] _ends = new int[(Most * columns.Length) + 1];
    char[] _text = new char[1 << 18];

    public int Rows { get; private set; }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ReadOnlySpan<char> Cell(int row, int field)
    {
        var at = (row * columns.Length) + field;
        return new(_text, _ends[at], _ends[at + 1] - _ends[at]);
    }

    /// <summary>Whether there was at least one row.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public bool Fill(IRowReader rows)
    {
        const int Longest = 1024;
        Rows = 0;
        int at = 0, end = 0;
        while (Rows < Most && rows.Next())
        {
            foreach (var field in columns)
            {
                var start = end;
                foreach (var column in field)
                {
                    var cell = rows.Cell(column);
                    if (cell.IsEmpty) continue;
                    if (cell.Length > Longest) cell = cell[..Longest];
                    while (end + cell.Length + 1 > _text.Length) Array.Resize(ref _text, _text.Length * 2);
                    if (end > start) _text[end++] = ' ';
                    cell.CopyTo(_text.AsSpan(end));
                    end += cell.Length;
                }
                _ends[++at] = end;
            }
            Rows++;
        }
        return Rows > 0;
    }
}
