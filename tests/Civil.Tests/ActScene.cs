using System.Globalization;
using SoGoc.Kernel.Time;
using SoGoc.Population;
using SoGoc.Testing;

namespace SoGoc.Civil.Tests;

/// <summary>A few people in the commune of the clerk canbo, whom an act is about: a person, another who recognises, adopts or guards, that one's spouse, a third; each can be told otherwise before they enter the register.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
internal sealed class ActScene(Town town)
{
    private readonly List<Func<Task>> after = [];

    public DateOnly Today { get; } = new(2026, 11, 24);

    public PersonState Person { get; set; } = Living(1, "1993-08-09");

    public PersonState Other { get; set; } = Living(1, "1985-10-10");

    public PersonState Spouse { get; set; } = Living(2, "1986-11-11");

    public PersonState Third { get; set; } = Living(2, "1988-12-12");

    /// <summary>A fourth, of whom little is known.</summary>
    public PersonState Fourth { get; set; } = Living(1, "1987-01-01");

    public bool OtherHasHousehold { get; set; } = true;

    /// <summary>The third lives in the person's household.</summary>
    public bool ThirdWithPerson { get; set; }

    public int Home { get; set; } = town.Commune.Id;

    public Guid PersonKey { get; private set; }

    public Guid OtherKey { get; private set; }

    public Guid FourthKey { get; private set; }

    public Guid SpouseKey { get; private set; }

    public Guid Household { get; private set; }

    /// <summary>What was registered before, when the people are in the register.</summary>
    public List<Func<Official, Task>> Before { get; } = [];

    public static PersonState Living(short sex, string born) => People.Someone(sex, born) is var p ? p with { Facts = p.Facts with { Marital = 1, Ethnicity = "01" } } : p;

    public static string Number(PersonState p) => p.Facts.Number!.Value.ToString();

    /// <summary>The number as a card would say it whose birth date differs.</summary>
    public static string OtherCard(PersonState p) => $"{Number(p)}|||01011900|Nam||";

    public void Marry(short status = 2)
    {
        (Other, Spouse) = (Other.With(KinKind.Spouse, Spouse.Facts.Number!.Value), Spouse.With(KinKind.Spouse, Other.Facts.Number!.Value));
        (Other, Spouse) = (With(Other, f => f with { Marital = status }), With(Spouse, f => f with { Marital = status }));
    }

    public static PersonState With(PersonState p, Func<PersonFacts, PersonFacts> change) => p with { Facts = change(p.Facts) };

    public void Later(Func<Task> act) => after.Add(act);

    public void PersonDies(string day) => Later(() => town.Act(PersonKey, new StatusChanged(PersonStatus.Dead, PartialDate.Of(RuleTable.DayOf(day)!.Value))));

    public void OtherDies(string day) => Later(() => town.Act(OtherKey, new StatusChanged(PersonStatus.Dead, PartialDate.Of(RuleTable.DayOf(day)!.Value))));

    public Task PersonChanges<T>(T entry) where T : IPersonEntry => town.Act(PersonKey, entry);

    public Task SpouseChanges<T>(T entry) where T : IPersonEntry => town.Act(SpouseKey, entry);

    public Task Closed() => town.Act(PersonKey, new StatusChanged(PersonStatus.Denaturalised));

    public void Elsewhere() => Home = town.Places.Children(town.Places.Home(Today)!, Today).First(a => a.Id != town.Commune.Id).Id;

    public static PartialDate Day(string text) => PartialDate.Of(RuleTable.DayOf(text)!.Value);

    public static string Iso(string text) => RuleTable.DayOf(text)?.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) ?? text;

    public async Task Enter()
    {
        Household = await town.Household();
        var rest = await town.Household();
        OtherKey = await town.Enter(Housed(Other, OtherHasHousehold ? Household : null, "01"));
        SpouseKey = await town.Enter(Housed(Spouse, OtherHasHousehold ? Household : null, "02"));
        PersonKey = await town.Enter(Housed(Person, rest, "01"));
        await town.Enter(Housed(Third, ThirdWithPerson ? rest : null, "05"));
        FourthKey = await town.Enter(Housed(Fourth, null, ""));
        foreach (var later in after)
        {
            await later();
        }
    }

    /// <summary>A child of the third and the fourth, who are not married, is registered in their commune, with its recognition; its number.</summary>
    public async Task<string> ChildBorn()
    {
        using var clerk = await town.Official("commune-clerk", Home);
        return (await clerk.Post("/births/register", new
        {
            kind = "both-parents", mother = Number(Third), father = Number(Fourth), fullName = $"{Fourth.Facts.Surname} Thị Mới", sex = 2, born = "2026-11-01", birthPlace = "Bệnh viện Mẫu", evidence = "notification",
            evidenceNo = $"MAU-{Guid.NewGuid():N}", evidenceOn = "2026-11-02", declarant = "father", proof = "undertaking", bothHere = true,
        })).Succeeds()["number"].GetString()!;
    }

    public Task FourthChanges<T>(T entry) where T : IPersonEntry => town.Act(FourthKey, entry);

    private PersonState Housed(PersonState p, Guid? household, string relation) => p.LivingAt(Home, "Ấp Mẫu", "2020-01-01") is var living && household is { } key ? living.In(key, relation, "2020-01-01") : living;
}
