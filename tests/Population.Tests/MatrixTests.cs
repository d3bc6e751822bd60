using SoGoc.Kernel.Data;
using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Testing;

namespace SoGoc.Population.Tests;

/// <summary>Who may do what, where, with whose record: every role of the reference, in the commune of the person, in another, and in the province, against people of every standing,
/// at every door to a person's record. What each door answers follows from the role's permissions, the area and the standing, and from nothing else.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class MatrixTests(Town town) : IClassFixture<Town>
{
    private static readonly Dictionary<string, string[]> Roles = ReferenceTable.Read(Path.Combine(AppContext.BaseDirectory, "reference", "roles.csv"))
        .Where(r => r["only_to_grant"].Length == 0).GroupBy(r => r["role"]).ToDictionary(g => g.Key, g => g.Select(r => r["permission"]).ToArray(), StringComparer.Ordinal);

    public enum Where { Here, There, Province }

    public enum Standing { Living, Dead, Merged, Confidential }

    public static TheoryData<string, Where, Standing> Cases
    {
        get
        {
            var cases = new TheoryData<string, Where, Standing>();
            foreach (var role in Roles.Keys)
            {
                foreach (var where in Enum.GetValues<Where>())
                {
                    foreach (var standing in Enum.GetValues<Standing>())
                    {
                        cases.Add(role, where, standing);
                    }
                }
            }

            return cases;
        }
    }

    [Theory, MemberData(nameof(Cases))]
    public async Task Role_area_and_standing_decide_at_every_door(string role, Where where, Standing standing)
    {
        var elsewhere = town.Places.All.First(a => a.Level == AreaLevel.Commune && a.Valid.Holds(town.Clock.Today()) && a.Id != town.Commune.Id);
        var (id, number, file) = await Person(standing);
        using var official = await town.Official(role, where switch { Where.Here => town.Commune.Id, Where.There => elsewhere.Id, _ => null });
        bool May(string permission) => Roles[role].Contains(permission);
        var (reached, hidden) = (where != Where.There, standing == Standing.Confidential && !May("population.read-confidential"));
        string Decide(string permission, string good, string outside = "population.outside-duty", string confidential = "population.confidential") =>
            !May(permission) ? "kernel.not-permitted" : !reached ? outside : hidden ? confidential : good;

        Assert.Equal(Decide("population.read-person", "1"), await Told(official, "/persons/show", new { id }, _ => "1"));
        Assert.Equal(Decide("population.read-person", "1", "elsewhere", "1"), await Told(official, "/persons/search", new { text = number }, r => r["elsewhere"].GetBoolean() ? "elsewhere" : $"{r["persons"].GetArrayLength()}"));
        Assert.Equal(Decide("population.read-person", standing == Standing.Merged ? "moved" : "found", "elsewhere", "confidential"),
            await Told(official, "/persons/lookup", new { numbers = new[] { number }, fields = new[] { "fullName" } }, r => r["persons"][0].GetProperty("found").GetString()!));
        Assert.Equal(!May("population.verify-person") ? "kernel.not-permitted" : hidden || standing == Standing.Merged ? "unknown" : "match",
            await Told(official, "/persons/verify", new { number, claims = new { sex = "2" } }, r => r["fields"].GetProperty("sex").GetString()!));
        Assert.Equal(Decide("population.read-journal", "1"), await Told(official, "/persons/history", new { number }, _ => "1"));
        Assert.Equal(Decide("population.read-person", "1", confidential: "0"), await Told(official, "/households/lookup", new { members = new[] { number } }, r => $"{r["households"].GetArrayLength()}"));
        Assert.Equal(Decide("population.read-person", "True", confidential: "True"), await Told(official, "/households/lookup", new { fileNumbers = new[] { file } }, r => $"{r["households"].GetArrayLength() == 1}"));
        Assert.Equal(Decide("population.read-person", standing == Standing.Merged ? "False" : "True", confidential: "False"),
            await Told(official, "/places/residents", new { area = town.Commune.Code, address = file, most = 200 }, r => $"{r.Text.Contains(number, StringComparison.Ordinal)}"));
        Assert.Equal(Decide("population.correct-person", standing == Standing.Merged ? "population.record-merged" : "1"), await Told(official, "/persons/correct", new { id, after = new { phone = "0900000001" }, ground = "giấy mẫu" }, _ => "1", reason: false));
    }

    private async Task<(Guid Id, string Number, string File)> Person(Standing standing)
    {
        var file = $"HS{Guid.NewGuid():N}";
        var home = await town.Household(new HouseholdState(file, town.Commune.Id, "Nhà mẫu", null));
        var person = People.Someone(sex: 2).LivingAt(town.Commune.Id, file, "2000-01-01").In(home, "01") with { Confidential = (short)(standing == Standing.Confidential ? 1 : 0) };
        var id = await town.Enter(person);
        switch (standing)
        {
            case Standing.Dead:
                await town.Act(id, new StatusChanged(PersonStatus.Dead, Kernel.Time.PartialDate.Of(new DateOnly(2025, 1, 1))));
                break;
            case Standing.Merged:
                await town.Act(id, new PersonMerged(await town.Enter(People.Someone(sex: 2).LivingAt(town.Commune.Id, "Ấp Mẫu")), PersonStatus.Living));
                break;
            default:
                break;
        }

        return (id, person.Facts.Number!.Value.ToString(), file);
    }

    /// <summary>The code of the refusal, or what was told.</summary>
    private static async Task<string> Told(Official who, string route, object body, Func<Reply, string> told, bool reason = true)
    {
        var asked = System.Text.Json.JsonSerializer.SerializeToElement(body).EnumerateObject().ToDictionary(p => p.Name, p => (object)p.Value);
        if (reason)
        {
            (asked["purpose"], asked["case"]) = route == "/persons/history" ? (Town.Inspection, Town.InspectionCase) : (Town.Purpose, Town.Case);
        }

        var reply = await who.Post(route, asked);
        return reply.IsGood ? told(reply) : reply["code"].GetString()!;
    }
}
