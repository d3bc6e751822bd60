using System.Net;
using System.Runtime.Versioning;
using SoGoc.Kernel.Time;
using SoGoc.Population;
using SoGoc.Testing;

namespace SoGoc.Civil.Tests;

/// <summary>Who decides on residence, and who sees what was decided.</summary>
[SupportedOSPlatform("linux")]
public sealed class ResidenceReachTests(Town town) : IClassFixture<Town>
{
    private DateOnly Today => town.Clock.Today();

    [Fact]
    public async Task The_old_commune_sees_the_decision_and_a_third_does_not()
    {
        using var congan = await town.As("congan");
        var family = await new Family(town).Enter();
        (await family.Decide(congan)).Succeeds();
        var areas = town.Places.Children(town.Places.Home(Today)!, Today).Where(a => a.Id != town.Commune.Id && a.Id != family.Area.Id).First();
        foreach (var (area, seen) in new[] { (town.Commune, 1L), (family.Area, 1L), (areas, 0L) })
        {
            await using var connection = await town.Database.Owner.OpenConnectionAsync(TestContext.Current.CancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(TestContext.Current.CancellationToken);
            await using var command = new Npgsql.NpgsqlCommand($"select set_config('sogoc.areas', '{town.Reach(area.Id)}', true); set local role sogoc_desk; select count(*) from civil.residence_decision where persons @> array['{family.SonKey}'::uuid]", connection, transaction);
            await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
            await reader.NextResultAsync(TestContext.Current.CancellationToken);
            Assert.True(await reader.ReadAsync(TestContext.Current.CancellationToken));
            Assert.Equal(seen, reader.GetInt64(0));
        }
    }

    [Fact]
    public async Task Only_the_police_of_a_commune_decides_and_only_in_its_area()
    {
        var family = await new Family(town).Enter();
        foreach (var account in new[] { "canbo", "tinh", "tinhoc" })
        {
            using var other = await town.As(account);
            (await family.Decide(other)).Refuses("kernel.not-permitted", HttpStatusCode.Forbidden);
        }

        using var everywhere = await town.Official("commune-police", null);
        (await family.Decide(everywhere)).Refuses("civil.no-police-commune", HttpStatusCode.Forbidden);
        using var congan = await town.As("congan");
        (await family.With("commune", family.Area.Code).Decide(congan)).Refuses("civil.outside-police-area", HttpStatusCode.Forbidden);
        await town.Act(family.GrandmotherKey, new ConfidentialitySet(1));
        (await family.With("commune", null).Decide(congan)).Refuses("population.confidential", HttpStatusCode.Forbidden);
    }
}
