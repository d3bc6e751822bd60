namespace SoGoc.Journeys.Tests;

/// <summary>The counters of the town.</summary>
public sealed partial class Town
{
    /// <summary>Offices work today, although the town lives a holiday; until the journey is over.</summary>
    internal async Task<IAsyncDisposable> OfficesAreOpen()
    {
        await town.Execute("insert into kernel.day_off (day, works, name) values ($1, true, 'mẫu') on conflict (day) do update set works = true", Today);
        return new Opened(town, Today);
    }

    /// <summary>Code of the counter where an official sits.</summary>
    internal Task<string> CounterOf(string account) => town.Value<string>("select code from places.area where id = (select area_id from staff.post where official_id = (select id from staff.official where sign_in = $1))", account);

    private sealed class Opened(Testing.Town town, DateOnly day) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync() => await town.Execute("update kernel.day_off set works = false where day = $1", day);
    }
}
