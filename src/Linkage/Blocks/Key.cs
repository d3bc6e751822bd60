namespace SoGoc.Linkage;

/// <summary>A key: pairs that agree in all its lanes are compared.</summary>
/// <param name="Mask">A bit for each lane.</param>
/// <param name="Parts">As models write it: "field" or "field.lane".</param>
sealed record Key(uint Mask, IReadOnlyList<string> Parts)
{
    public override string ToString() => string.Join(" + ", Parts);
}

/// <summary>Names of lanes to bits and back.</summary>
static class Keys
{
    public static Key Of(FieldColumn[] fields, IReadOnlyList<string> parts)
    {
        uint mask = 0;
        foreach (var part in parts)
        {
            var bit = Bit(fields, part);
            if (bit < 0) throw new LinkException("linkage.bad-model", $"keys: {part}");
            mask |= 1u << bit;
        }
        return new(mask, parts);
    }

    public static int Bit(FieldColumn[] fields, string part)
    {
        foreach (var f in fields)
            for (var i = 0; i < f.Lanes; i++)
                if (part == Name(f, i) || (i == 0 && part == f.Info.Name)) return f.First + i;
        return -1;
    }

    public static string Name(FieldColumn field, int lane) => field.Lanes == 1 || field.LaneNames[lane] == field.Info.Name ? field.Info.Name : $"{field.Info.Name}.{field.LaneNames[lane]}";

    public static string NameOf(FieldColumn[] fields, int bit)
    {
        var f = fields.First(x => bit >= x.First && bit < x.First + x.Lanes);
        return Name(f, bit - f.First);
    }
}
