using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace SoGoc.Linkage;

/// <summary>
/// One field of all records. A value becomes one or several whole numbers, its lanes (a name: as written, its letters, its words sorted, its first, its last), so that
/// one instruction compares all lanes of two records; only where that does not decide the level are values themselves looked at.
/// </summary>
abstract class FieldColumn
{
    /// <summary>In a lane: nothing is known.</summary>
    public const int Missing = int.MinValue;

    /// <summary>In <see cref="Fast"/>: the lanes do not decide.</summary>
    public const byte Undecided = 255;

    const int LongestCell = 512;

    Lexicon? _raw = new();

    // For each cell its lanes, and how often it came.
    int[] _folded = [];
    int[] _ids = [];
    ulong[] _prints = [];
    (int Row, int Id)[] _fresh = [];

    protected FieldColumn(LinkField info, string[] lanes, string[] levels)
    {
        (Info, LaneNames, LevelNames) = (info, lanes, levels);
        Fast = new byte[1 << lanes.Length];
        Array.Fill(Fast, Undecided);
    }

    public LinkField Info { get; }

    public IReadOnlyList<string> LaneNames { get; }

    /// <summary>Names of the levels; the first is "missing", the second "same".</summary>
    public IReadOnlyList<string> LevelNames { get; }

    public int Lanes => LaneNames.Count;

    public int Levels => LevelNames.Count;

    /// <summary>Where its lanes begin in a row.</summary>
    public int First { get; set; }

    /// <summary>Level by which lanes agree (bit 0 the first), where that is enough.</summary>
    public byte[] Fast { get; }

    /// <summary>The level if the two rows tell it by some arithmetic and without a look at values kept elsewhere, else <see cref="Undecided"/>. To be asked only where lanes alone do not tell.</summary>
    public virtual int Cheaply(ref int a, ref int b, uint bits) => Undecided;

    /// <summary>First guess of the chance of each level between two records of one person.</summary>
    public abstract double[] Expected { get; }

    /// <summary>For each level the lane whose agreement it consists in, so that its value's frequency counts; -1 for none.</summary>
    public abstract ReadOnlySpan<sbyte> FrequencyLane { get; }

    /// <summary>Makes lanes of a cell that is not empty.</summary>
    public abstract void Fold(ReadOnlySpan<char> cell, Span<int> lanes);

    /// <summary>The level where lanes alone do not tell. <paramref name="bits"/>: which lanes agree.</summary>
    public abstract int Slow(ref int a, ref int b, uint bits);

    /// <summary>Fetches into the cache what <see cref="Slow"/> will want to know of the value in the first lane.</summary>
    public virtual void Fetch(int value)
    {
    }

    /// <summary>How many records have the value in this lane.</summary>
    public abstract int CountOf(int lane, int value);

    /// <summary>The values of a lane.</summary>
    public abstract Lexicon LexiconOf(int lane);

    /// <summary>Chance that two records agree in this lane.</summary>
    public abstract double Coincidence(int lane);

    /// <summary>How often the rarest value is there that two records could agree in.</summary>
    public abstract int Rarest(int lane);

    /// <summary>How many records have a value.</summary>
    public abstract long Known { get; }

    /// <summary>Counts a value of one record more.</summary>
    public abstract void Count(int lane, int value, int times);

    /// <summary>From here on values may be looked up that nobody keeps.</summary>
    public abstract void BeginTrial();

    /// <summary>Keeps the values that were new, or forgets them.</summary>
    public abstract void EndTrial(bool keep);

    /// <summary>Writes the lanes of the next records; where nothing is known, the negative number that no other record has.</summary>
    /// <param name="first">Number of the first record.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public virtual void Put(RowBatch batch, int field, LinkTable table, int first)
    {
        var (raw, size) = (_raw!, Lanes + 1);
        if (_prints.Length < batch.Rows) (_prints, _ids, _fresh) = (new ulong[batch.Rows], new int[batch.Rows], new (int, int)[batch.Rows]);
        for (var i = 0; i < batch.Rows; i++)
        {
            if (Cell(batch, i, field) is not { IsEmpty: false } cell) continue;
            _prints[i] = Fingerprint.Of(cell);
            raw.Prefetch(_prints[i]);
        }
        var fresh = 0;
        for (var i = 0; i < batch.Rows; i++)
        {
            _ids[i] = -1;
            if (Cell(batch, i, field) is not { IsEmpty: false } cell) continue;
            var known = raw.Count;
            var id = _ids[i] = raw.Id(_prints[i]);
            if (id == known)
            {
                if ((id + 1) * size > _folded.Length) Big.Grow(ref _folded, Math.Max(1024, Big.Larger(_folded.Length)));
                _folded[(id * size) + Lanes] = 0;
                _fresh[fresh++] = (i, id);
            }
            else Big.Prefetch(ref _folded[id * size]);
        }
        Fold(batch, field, _fresh.AsSpan(0, fresh), _folded, size);
        for (var i = 0; i < batch.Rows; i++)
        {
            var lanes = MemoryMarshal.CreateSpan(ref Unsafe.Add(ref table.Row(first + i), First), Lanes);
            if (_ids[i] < 0)
            {
                lanes.Fill(-1 - (first + i));
                continue;
            }
            var folded = _folded.AsSpan(_ids[i] * size, size);
            folded[^1]++;
            for (var k = 0; k < lanes.Length; k++) lanes[k] = folded[k] is var value && value == Missing ? -1 - (first + i) : value;
        }
    }

    /// <summary>Makes lanes of cells that came for the first time.</summary>
    /// <param name="folded">Where the lanes of the cell of each number stand, one by one.</param>
    /// <param name="size">How far from each other.</param>
    protected virtual void Fold(RowBatch batch, int field, ReadOnlySpan<(int Row, int Id)> fresh, int[] folded, int size)
    {
        foreach (var (row, id) in fresh) Fold(Letter.Composed(Cell(batch, row, field)), folded.AsSpan(id * size, Lanes));
    }

    /// <summary>The part of a cell that is looked at.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    protected static ReadOnlySpan<char> Cell(RowBatch batch, int row, int field)
    {
        var cell = batch.Cell(row, field);
        return cell.Length > LongestCell ? cell[..LongestCell] : cell;
    }

    /// <summary>One record that is only asked about: lanes without the memory of cells.</summary>
    public void PutOnce(ReadOnlySpan<char> cell, Span<int> lanes, int missing)
    {
        if (cell.Length > LongestCell) cell = cell[..LongestCell];
        if (cell.IsEmpty) lanes.Fill(Missing);
        else Fold(Letter.Composed(cell), lanes);
        foreach (ref var lane in lanes)
            if (lane == Missing) lane = missing;
    }

    /// <summary>All records are in: counts how often each value is there, and forgets the cells.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Close()
    {
        if (_raw is not { } raw) return;
        for (var id = 0; id < raw.Count; id++)
            for (var lane = 0; lane < Lanes; lane++)
                if (_folded[(id * (Lanes + 1)) + lane] is var value and >= 0) Count(lane, value, _folded[(id * (Lanes + 1)) + Lanes]);
        (_raw, _folded, _prints, _ids, _fresh) = (null, [], [], [], []);
    }

    public static FieldColumn Of(LinkField field) => field.Kind switch
    {
        FieldKind.Name => new NameColumn(field, new()),
        FieldKind.Parent => new ParentColumn(field, new()),
        FieldKind.Date => new DateColumn(field),
        FieldKind.Sex or FieldKind.Place => new CodeColumn(field),
        FieldKind.Address => new AddressColumn(field),
        FieldKind.Phone or FieldKind.Number => new DigitsColumn(field),
        _ => new TextColumn(field),
    };
}

/// <summary>A field whose lanes are numbers of a lexicon.</summary>
abstract class LexiconColumn(LinkField info, string[] lanes, string[] levels) : FieldColumn(info, lanes, levels)
{
    protected Lexicon[] Values { get; } = [.. lanes.Select(_ => new Lexicon())];

    public override Lexicon LexiconOf(int lane) => Values[lane];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override int CountOf(int lane, int value) => Values[lane].CountOf(value);

    public override double Coincidence(int lane) => Values[lane].Coincidence();

    public override long Known => Values[0].Total;

    public override int Rarest(int lane) => Values[lane].Rarest();

    public override void Count(int lane, int value, int times) => Values[lane].Seen(value, times);

    public override void BeginTrial()
    {
        foreach (var v in Values) v.BeginTrial();
    }

    public override void EndTrial(bool keep)
    {
        foreach (var v in Values) v.EndTrial(keep);
    }
}
