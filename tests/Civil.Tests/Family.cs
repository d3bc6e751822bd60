using System.Globalization;
using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Population;
using SoGoc.Testing;

namespace SoGoc.Civil.Tests;

/// <summary>A family of four under one roof (father, who is head, mother, a boy of ten, the father's mother), and the request that they make of the commune police of the town; each part can be told otherwise before they enter the register.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
internal sealed class Family
{
    public const string Old = "Số 9, ấp Cũ", New = "Số 1, ấp Mẫu";

    private readonly Town town;

    public Family(Town town, bool here = false)
    {
        this.town = town;
        Area = here ? town.Commune : Elsewhere(town);
        Grandmother = People.Someone(2, "1950-03-04");
        Father = People.Someone(1, "1980-05-06").With(KinKind.Mother, Number(Grandmother));
        Mother = People.Someone(2, "1982-07-08").With(KinKind.Spouse, Number(Father));
        Father = Father.With(KinKind.Spouse, Number(Mother));
        Son = People.Someone(1, "2016-09-10").With(KinKind.Father, Number(Father)).With(KinKind.Mother, Number(Mother));
        Asked = new() { ["act"] = "permanent", ["detail"] = New, ["basis"] = "own", ["ownerAgrees"] = true, ["headAgrees"] = true, ["parentsAgree"] = true, ["dwellingChecked"] = true };
    }

    public PersonState Father { get; set; }

    public PersonState Mother { get; set; }

    public PersonState Son { get; set; }

    public PersonState Grandmother { get; set; }

    public Area Area { get; set; }

    public Guid Household { get; private set; }

    public Guid FatherKey { get; private set; }

    public Guid MotherKey { get; private set; }

    public Guid SonKey { get; private set; }

    public Guid GrandmotherKey { get; private set; }

    public Guid[] All => [FatherKey, MotherKey, SonKey, GrandmotherKey];

    /// <summary>The body of the request.</summary>
    public Dictionary<string, object?> Asked { get; }

    public string Route => Asked["act"] is "split" or "merge" or "head" ? "/households" : "/residences";

    public static Area Elsewhere(Town town) => town.Places.Children(town.Places.Home(town.Clock.Today())!, town.Clock.Today()).First(a => a.Id != town.Commune.Id);

    public static string Number(PersonState p) => p.Facts.Number!.Value.ToString();

    /// <summary>They enter the register, and the father asks for all of them.</summary>
    public async Task<Family> Enter()
    {
        Household = await town.Household(new HouseholdState($"MAU-{Guid.NewGuid():N}", Area.Id, Old, new DateOnly(2015, 1, 1)));
        Task<Guid> In(PersonState p, string relation, string since) => town.Enter(p.LivingAt(Area.Id, Old, since).In(Household, relation, since));
        (FatherKey, MotherKey, SonKey, GrandmotherKey) = (await In(Father, "01", "2015-01-01"), await In(Mother, "02", "2015-01-01"), await In(Son, "10", "2016-09-10"), await In(Grandmother, "05", "2015-01-01"));
        Asked.TryAdd("person", Number(Father));
        Asked.TryAdd("persons", All.Select(k => k.ToString()).ToArray());
        return this;
    }

    public Family With(string field, object? value)
    {
        Asked[field] = value;
        return this;
    }

    /// <summary>Who is concerned.</summary>
    public Family For(params Guid[] persons) => With("persons", persons.Select(k => k.ToString()).ToArray());

    public async Task<Reply> Decide(Official police) => await police.Post(Route + "/decide", Asked);

    public async Task<Reply> Check(Official police) => await police.Post(Route + "/check", Asked);

    /// <summary>A household of one, who is its head, in the commune of the town or elsewhere.</summary>
    /// <param name="kin">The father's sister.</param>
    public async Task<(string Number, Guid Key, Guid Household)> Host(bool kin = false, Area? at = null, string detail = New)
    {
        var host = People.Someone(2, "1978-01-02");
        host = kin ? host.With(KinKind.Mother, Grandmother.Facts.Number!.Value) : host;
        var home = await town.Household(new HouseholdState($"MAU-{Guid.NewGuid():N}", (at ?? town.Commune).Id, detail, new DateOnly(2010, 1, 1)));
        return (Number(host), await town.Enter(host.LivingAt((at ?? town.Commune).Id, detail, "2010-01-01").In(home, "01", "2010-01-01")), home);
    }

    public static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

/// <summary>Lines of kin by the digits of a number.</summary>
internal static class KinByDigits
{
    public static PersonState With(this PersonState p, KinKind kind, string number) => p.With(kind, People.Number(number));
}
