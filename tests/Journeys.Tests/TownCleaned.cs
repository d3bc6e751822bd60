using Microsoft.Extensions.DependencyInjection;
using SoGoc.Kernel.Jobs;
using SoGoc.Kernel.Time;
using SoGoc.Population;
using SoGoc.Quality;
using SoGoc.Testing;

namespace SoGoc.Journeys.Tests;

/// <summary>A night of the town: records are compared, rules are asked.</summary>
public sealed partial class Town
{
    private static int twice;

    /// <summary>A run over the whole register, to its end.</summary>
    internal async Task Night()
    {
        await using var scope = town.Services.CreateAsyncScope();
        scope.ServiceProvider.GetRequiredService<Kernel.Access.CurrentActor>().Set(Kernel.Access.Actor.System("test"));
        foreach (var run in await scope.ServiceProvider.GetRequiredService<IQualityRuns>().Ask())
        {
            while (await town.Value<long>("select count(*) from kernel.job where subject = $1 and state = 'waiting'", run) > 0)
            {
                await town.Services.GetRequiredService<Worker>().RunNow(run, _ => { }, CancellationToken.None);
            }
        }
    }

    /// <summary>The proposal about a number that weighs most.</summary>
    internal Task<Guid> PairOf(string number) => town.Value<Guid>("select d.id from quality.pair d join population.person p on p.id in (d.a, d.b) where p.number = $1 and d.state = 'open' order by d.weight desc limit 1", number);

    /// <summary>A woman of the police's commune with two records, one of them without a number and with a mark of the name lost; the name of the better one and its number.</summary>
    internal async Task<(string Name, string Number)> Twice()
    {
        var area = await town.Value<int>("select area_id from staff.post where official_id = (select id from staff.official where sign_in = 'congan')");
        var (n, mother) = (Interlocked.Increment(ref twice), new Kin(0, KinKind.Mother, "Khiếu Thị Nguyệt Minh"));
        var who = Someone(2, $"1971-04-{n:00}").Named($"Khiếu Thị Bích Mẫu{new string('a', n)}").LivingAt(area, $"Số {n}, tổ 8, ấp Trùng Lặp", "2015-01-01");
        who = who with { Facts = who.Facts with { Phone = $"09000{n:00000}" }, Kin = [mother] };
        await town.Enter(who.In(await town.Household(), "01", "2015-01-01"));
        await town.Enter((who with { Facts = who.Facts with { Number = null, Born = PartialDate.Of(1971, 0, 0) } }).Named(who.Facts.FullName!.Replace('ẫ', 'â')).In(await town.Household(), "01", "2015-01-01"));
        return (who.Facts.FullName!, who.Facts.Number!.Value.ToString());
    }
}
