using System.Net;
using System.Runtime.Versioning;
using SoGoc.Testing;

namespace SoGoc.Civil.Tests;

/// <summary>What goes wrong between the first click and the last: the clock, the official's right.</summary>
[SupportedOSPlatform("linux")]
public sealed class MishapTests(Town town) : IClassFixture<Town>
{
    [Fact]
    public async Task A_right_that_is_withdrawn_while_the_form_is_open_decides_nothing()
    {
        // At a page: its session is looked up with each click.
        using var clerk = town.Sit();
        await clerk.SignIn("canbo");
        var pair = await new Pair(town).Enter();
        var begun = (await clerk.Post("/marriages/check", pair.Declared())).Succeeds()["case"].GetString()!;
        await town.Execute("update staff.post set valid = daterange(lower(valid), $1) where official_id = (select id from staff.official where sign_in = 'canbo')", new DateOnly(2026, 11, 23));
        // Without any post he is signed in nowhere.
        Assert.Equal(HttpStatusCode.Unauthorized, (await clerk.Post("/marriages/register", pair.Declared(new() { ["case"] = begun }))).Status);
        Assert.Equal(0, await town.Value<long>("select count(*) from civil.party where person_id = $1", pair.ManKey));
        // The pair does not have to come again another day: a colleague registers.
        using var colleague = await town.Official("commune-clerk", town.Commune.Id);
        (await colleague.Post("/marriages/register", pair.Declared())).Succeeds();
        await town.Execute("update staff.post set valid = daterange(lower(valid), null) where official_id = (select id from staff.official where sign_in = 'canbo')");
    }

    [Fact]
    public async Task A_clock_that_is_set_back_gives_no_number_twice_and_the_register_still_folds()
    {
        using var canbo = await town.As("canbo");
        var (today, next) = (new DateOnly(2026, 11, 24), new DateOnly(2026, 11, 26));
        var numbers = new List<string>();
        foreach (var day in new[] { today, next, today, next })
        {
            town.Clock.MoveTo(day);
            numbers.Add((await canbo.Post("/marriages/register", (await new Pair(town).Enter()).Declared())).Succeeds()["entryNo"].GetString()!);
        }

        town.Clock.MoveTo(today);
        var no = numbers.ConvertAll(n => int.Parse(n.Split('/')[0], System.Globalization.CultureInfo.InvariantCulture));
        Assert.Equal(Enumerable.Range(no[0], 4), no);
        await town.Seal();
        Assert.Empty((await town.Verify()).Differences);
    }
}
