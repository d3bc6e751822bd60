using System.Globalization;
using SoGoc.Places;
using SoGoc.Population;
using SoGoc.Testing;

namespace SoGoc.Civil.Tests;

/// <summary>A married couple in its household in the commune of the clerk canbo, and the birth that they declare; each part can be told otherwise before they enter the register.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
internal sealed class Couple
{
    private static int couples;
    private readonly Town town;

    public Couple(Town town)
    {
        this.town = town;
        Home = town.Commune;
        Mother = People.Someone(2, "1995-03-02") is var m ? m with { Facts = m.Facts with { Ethnicity = "01", Hometown = new PlaceFact(Home.Id, "Quê mẹ") } } : m;
        Father = People.Someone(1, "1993-08-09") is var f ? f with { Facts = f.Facts with { Ethnicity = "01", Hometown = new PlaceFact(Home.Id, "Quê cha") } } : f;
        Today = new DateOnly(2026, 11, 24);
        Declared = new()
        {
            ["kind"] = "both-parents", ["mother"] = Mother.Facts.Number!.Value.ToString(), ["fullName"] = $"{Father.Facts.Surname} Thị Mới", ["sex"] = 2, ["born"] = "2026-11-01", ["birthPlace"] = "Bệnh viện Mẫu",
            ["evidence"] = "notification", ["evidenceNo"] = $"MAU-{Interlocked.Increment(ref couples)}", ["evidenceOn"] = "2026-11-02", ["declarant"] = "father",
        };
    }

    public DateOnly Today { get; }

    public PersonState Mother { get; set; }

    public PersonState Father { get; set; }

    /// <summary>Where they live.</summary>
    public Area Home { get; set; }

    public bool Married { get; set; } = true;

    public Guid Household { get; private set; }

    public Guid MotherKey { get; private set; }

    public Guid FatherKey { get; private set; }

    /// <summary>The body of the request.</summary>
    public Dictionary<string, object?> Declared { get; }

    public PersonalNumber Number => Mother.Facts.Number!.Value;

    /// <summary>They enter the register.</summary>
    public async Task<Couple> Enter()
    {
        Household = await town.Household();
        var (hers, his) = (Mother.Facts.Number!.Value, Father.Facts.Number!.Value);
        FatherKey = await town.Enter((Married ? Father.With(KinKind.Spouse, hers) : Father).LivingAt(Home.Id, "Ấp Mẫu", "2015-01-01").In(Household, "01", "2015-01-01"));
        MotherKey = await town.Enter((Married ? Mother.With(KinKind.Spouse, his) : Mother).LivingAt(Home.Id, "Ấp Mẫu", "2015-01-01").In(Household, "02", "2015-01-01"));
        return this;
    }

    public Couple With(string field, object? value)
    {
        Declared[field] = value;
        return this;
    }

    /// <summary>A foreigner whom the register has not.</summary>
    public static Dictionary<string, object?> Foreigner() => new() { ["fullName"] = "Mau Thu Minh Hoa", ["born"] = "1990-02-03", ["nationality"] = "KR", ["paperNo"] = "M00000001", ["residence"] = "Seoul, Hàn Quốc" };

    /// <summary>The father is a foreigner, whom the mother's record names as her husband, where the marriage was noted.</summary>
    public Couple ForeignFather(bool noted = true)
    {
        Married = false;
        Mother = noted ? Mother with { Kin = [.. Mother.Kin, new Kin(7, KinKind.Spouse, "Mau Thu Minh Hoa", Nationality: "KR")] } : Mother;
        return With("foreign", Foreigner());
    }

    /// <summary>The mother is one, and the father the citizen.</summary>
    public Couple ForeignMother()
    {
        Married = false;
        Father = Father with { Kin = [.. Father.Kin, new Kin(7, KinKind.Spouse, "Mau Thu Minh Hoa", Nationality: "KR")] };
        return With("mother", null).With("father", Father.Facts.Number!.Value.ToString()).With("foreign", Foreigner());
    }

    public void Foreign(string field, object? value) => ((Dictionary<string, object?>)Declared["foreign"]!)[field] = value;

    /// <summary>An elder child of the mother.</summary>
    public Task<Guid> Elder(string name, string born) => town.Enter(People.Someone(2, born).Named(name).With(KinKind.Mother, Number).LivingAt(Home.Id, "Ấp Mẫu", born));

    /// <summary>A day so many days before today, as JSON writes it.</summary>
    public string Ago(int days) => Today.AddDays(-days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
