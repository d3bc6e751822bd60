namespace SoGoc.Linkage;

/// <summary>
/// How frequent each name, date and place is in a register: what weighing a few of its rows needs to know of all the others. Values are fingerprints; none can be read out of it.
/// A value that two rows have or one is not kept, because no weight asks how rare it is beyond that.
/// </summary>
public sealed class LinkBook
{
    internal const ulong Anywhere = 0;

    const int Version = 1, Least = 3;

    readonly Dictionary<(string Field, int Lane), Lane> _lanes = [];
    readonly Dictionary<(string Group, ulong Place), int> _groups = [];

    internal sealed record Lane(long Total, double Coincidence, Dictionary<ulong, int> Counts)
    {
        public int CountOf(ulong key) => Counts.GetValueOrDefault(key);
    }

    LinkBook()
    {
    }

    /// <summary>Of a register nobody has counted: no value is rarer than another.</summary>
    public static LinkBook Empty { get; } = new();

    internal Lane LaneOf(string field, int lane) => _lanes.GetValueOrDefault((field, lane)) ?? new(0, 0, []);

    internal int InGroup(string group, ulong place) => _groups.GetValueOrDefault((group, place));

    internal static LinkBook Of(LinkTable table)
    {
        var book = new LinkBook();
        foreach (var f in table.Fields)
        {
            var asked = f.FrequencyLane.ToArray().Where(l => l >= 0).Select(l => (int)l).ToHashSet();
            for (var lane = 0; lane < f.Lanes; lane++)
            {
                var values = f.LexiconOf(lane);
                book._lanes[(f.Info.Name, lane)] = new(values.Total, values.Coincidence(), asked.Contains(lane) ? values.Frequent(Least).ToDictionary(v => v.Key, v => v.Times) : []);
            }
        }
        if (table.GroupCount < 2 || Array.Find(table.Fields, f => f.Info.Kind == FieldKind.Place) is not { } place) return book;
        for (var row = 0; row < table.Rows; row++)
        {
            if (System.Runtime.CompilerServices.Unsafe.Add(ref table.Row(row), place.First) is not (>= 0 and var value)) continue;
            foreach (var key in (ulong[])[place.LexiconOf(0).KeyOf(value), Anywhere])
                System.Runtime.InteropServices.CollectionsMarshal.GetValueRefOrAddDefault(book._groups, (table.GroupOf(row), key), out _)++;
        }
        return book;
    }

    /// <summary>For keeping; some megabytes of a register of millions.</summary>
    public byte[] ToBytes()
    {
        using var bytes = new MemoryStream();
        using (var to = new BinaryWriter(bytes))
        {
            to.Write(Version);
            to.Write(_lanes.Count);
            foreach (var ((field, no), lane) in _lanes.OrderBy(l => l.Key.Field, StringComparer.Ordinal).ThenBy(l => l.Key.Lane))
            {
                to.Write(field);
                to.Write(no);
                to.Write(lane.Total);
                to.Write(lane.Coincidence);
                to.Write(lane.Counts.Count);
                foreach (var (key, times) in lane.Counts.OrderBy(c => c.Key))
                {
                    to.Write(key);
                    to.Write(times);
                }
            }
            to.Write(_groups.Count);
            foreach (var ((group, place), times) in _groups.OrderBy(g => g.Key.Group, StringComparer.Ordinal).ThenBy(g => g.Key.Place))
            {
                to.Write(group);
                to.Write(place);
                to.Write(times);
            }
        }
        return bytes.ToArray();
    }

    /// <exception cref="LinkException"><c>linkage.bad-model</c>: these bytes are no such book.</exception>
    public static LinkBook Read(byte[] bytes)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        try
        {
            using var from = new BinaryReader(new MemoryStream(bytes));
            if (from.ReadInt32() != Version) throw new LinkException("linkage.bad-model", "book");
            var book = new LinkBook();
            for (var lanes = from.ReadInt32(); lanes > 0; lanes--)
            {
                var key = (from.ReadString(), from.ReadInt32());
                var lane = new Lane(from.ReadInt64(), from.ReadDouble(), []);
                for (var n = from.ReadInt32(); n > 0; n--) lane.Counts[from.ReadUInt64()] = from.ReadInt32();
                book._lanes[key] = lane;
            }
            for (var n = from.ReadInt32(); n > 0; n--) book._groups[(from.ReadString(), from.ReadUInt64())] = from.ReadInt32();
            return book;
        }
        catch (Exception e) when (e is IOException or ArgumentException)
        {
            throw new LinkException("linkage.bad-model", "book", e);
        }
    }
}
