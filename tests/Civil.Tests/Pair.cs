using SoGoc.Population;
using SoGoc.Testing;

namespace SoGoc.Civil.Tests;

/// <summary>A man and a woman in the commune of the clerk canbo, each the head of a household, and the marriage that they declare.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
internal sealed class Pair(Town town)
{
    public PersonState Man { get; set; } = Someone(1, "1993-08-09");

    public PersonState Woman { get; set; } = Someone(2, "1995-03-02");

    public int ManHome { get; set; } = town.Commune.Id;

    public int WomanHome { get; set; } = town.Commune.Id;

    public Guid ManKey { get; private set; }

    public Guid WomanKey { get; private set; }

    public Guid ManHousehold { get; private set; }

    /// <summary>What she is in her household.</summary>
    public string WomanRelation { get; set; } = "01";

    public string His => Man.Facts.Number!.Value.ToString();

    public string Hers => Woman.Facts.Number!.Value.ToString();

    public async Task<Pair> Enter()
    {
        (ManHousehold, var hers) = (await town.Household(), await town.Household());
        ManKey = await town.Enter(Man.LivingAt(ManHome, "Ấp Mẫu", "2015-01-01").In(ManHousehold, "01", "2015-01-01"));
        WomanKey = await town.Enter(Woman.LivingAt(WomanHome, "Ấp Thử", "2015-01-01").In(hers, WomanRelation, "2015-01-01"));
        return this;
    }

    public Dictionary<string, object?> Declared(Dictionary<string, object?>? changed = null)
    {
        var declared = new Dictionary<string, object?> { ["husband"] = His, ["wife"] = Hers, ["bothHere"] = true, ["notKin"] = true, ["household"] = "stay" };
        foreach (var (field, value) in changed ?? [])
        {
            declared[field] = value;
        }

        return declared;
    }

    private static PersonState Someone(short sex, string born) => People.Someone(sex, born) is var p ? p with { Facts = p.Facts with { Marital = 1, Ethnicity = "01" } } : p;
}
