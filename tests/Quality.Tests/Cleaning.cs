using System.Runtime.Versioning;
using Microsoft.Extensions.DependencyInjection;
using SoGoc.Kernel.Jobs;
using SoGoc.Kernel.Outcomes;
using SoGoc.Population;
using SoGoc.Quality.Duplicates;
using SoGoc.Quality.Rules;
using SoGoc.Quality.Runs;
using SoGoc.Testing;

namespace SoGoc.Quality.Tests;

/// <summary>What tests of clean data ask of a town.</summary>
[SupportedOSPlatform("linux")]
internal static class Cleaning
{
    /// <summary>A run over the whole register, to its end, as at night; by whichever worker takes it.</summary>
    public static async Task Clean(this Town town)
    {
        var asked = await town.Do<AskForRun, AskForRun.Asked>(f => f.Run(new AskForRun.Request()));
        foreach (var run in (Guid[])[asked.Duplicates, asked.Rules])
        {
            while (await town.Rows("select state, fault from kernel.job where subject = $1", r => (State: r.GetString(0), Fault: r.IsDBNull(1) ? null : r.GetString(1)), run) is [var job] && job.State == "waiting")
            {
                await town.Services.GetRequiredService<Worker>().RunNow(run, _ => { }, CancellationToken.None);
                Assert.Null(job.Fault);
            }
        }

        Assert.Equal(0, await town.Value<long>("select count(*) from quality.run where ended_at is null"));
    }

    /// <summary>Asks the rules about these records, as is done after each change.</summary>
    public static async Task Look(this Town town, params Guid[] records)
    {
        if (await town.Value<long>("select count(*) from quality.unit") == 0)
        {
            await town.Do<Units, Done>(async units =>
            {
                await units.Renew(Today);
                return Done.It;
            });
        }

        await town.Do<FollowChanges, Done>(async f =>
        {
            await f.Look(records);
            return Done.It;
        });
    }

    /// <summary>The day on which towns begin.</summary>
    public static readonly DateOnly Today = new(2026, 11, 24);

    /// <summary>Codes of the rules that a record breaks.</summary>
    public static Task<List<string>> Broken(this Town town, Guid record) => town.Rows("select distinct rule from quality.finding where subject = $1 and gone_at is null order by rule", r => r.GetString(0), record);

    /// <summary>A grown person of whom nothing is missing and nothing is wrong.</summary>
    public static PersonState Sound(this Town town, short sex = 2, string born = "1984-03-05")
    {
        var p = People.Someone(sex, born).LivingAt(town.Commune.Id, "Số 5, tổ 2, ấp Mẫu Một", "2016-01-01");
        return p with
        {
            Facts = p.Facts with
            {
                Ethnicity = "01", Religion = "99", Nationality = ["VN"], Marital = 1, Phone = "0900000000", BirthPlace = new PlaceFact(town.Commune.Id, null), BirthRegistered = new PlaceFact(null, "Ủy ban nhân dân xã Mẫu"), Hometown = new PlaceFact(town.Commune.Id, null),
            },
            Papers = [new IdPaper(0, PaperKind.CanCuoc, p.Facts.Number!.Value.ToString(), Kernel.Time.PartialDate.Of(2025, 1, 2), "Bộ Công an", new DateOnly(2044, 3, 5))],
            Kin = [new Kin(0, KinKind.Father, "Nguyễn Văn Xưa"), new Kin(1, KinKind.Mother, "Trần Thị Xưa")],
        };
    }

    /// <summary>Enters a person as the head of a household of his own.</summary>
    public static async Task<(Guid Person, Guid Household)> Settle(this Town town, PersonState person)
    {
        var household = await town.Household(new HouseholdState(null, town.Commune.Id, "Số 5, tổ 2, ấp Mẫu Một", new DateOnly(2016, 1, 1)));
        return (await town.Enter(person.In(household, "01", "2016-01-01")), household);
    }

    public static async Task<PersonState> Record(this Town town, Guid person) => await town.Do<IPopulation, PersonState>(async p => (await p.Find(person))!);
}
