namespace SoGoc.Journeys.Tests;

/// <summary>Files of the one-stop shop: what is paid for them, and that they are decided.</summary>
public sealed partial class Town
{
    /// <summary>A file for another card, taken in at the counter for somebody of the commune; its code, 25,000 đồng are owed.</summary>
    internal async Task<string> FileWithFee(string number)
    {
        using var clerk = await town.As("canbo");
        return (await clerk.Post("/files/take-in", new { procedure = "2.001194", number, answers = new { kind = "wish", commune = await town.Value<string>("select code from places.area where id = (select area_id from staff.agency where code = 'XA')"), day = "15/12/2026", phone = "0900 000 456" }, once = Guid.NewGuid() })).Succeeds()["code"].GetString()!;
    }

    /// <summary>The gateway has told that it was paid.</summary>
    internal async Task GatewayHasTold(string file)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (await town.Value<long>("select count(*) from services.payment_order o join services.file f on f.id = o.file_id where f.code = $1 and o.state = 'paid'", file) == 0)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromMinutes(1), "The gateway has told nothing.");
            await Task.Delay(Glance);
        }
    }

    /// <summary>The file is decided: by an official, or by the answer of an agency's system.</summary>
    internal async Task IsDecided(string file)
    {
        var since = TimeProvider.System.GetTimestamp();
        while (await town.Value<short>("select status from services.file where code = $1", file) != 9)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromMinutes(1), $"{file} is not decided.");
            await Task.Delay(Glance);
        }
    }
}
