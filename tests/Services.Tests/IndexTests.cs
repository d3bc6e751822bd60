using System.Globalization;
using System.Runtime.Versioning;
using System.Text.Json;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Population;
using SoGoc.Services.Complaints;
using SoGoc.Services.Files;
using SoGoc.Services.Living;
using SoGoc.Services.Procedures;
using SoGoc.Testing;

namespace SoGoc.Services.Tests;

/// <summary>The index of QĐ 766, reckoned by hand in docs/rules/service-index.md and by the program from the same files.</summary>
[SupportedOSPlatform("linux")]
public sealed class IndexTests(ServiceTown town) : IClassFixture<ServiceTown>
{
    private static readonly string[] Lines = File.ReadAllLines(Path.Combine(Clone.Root, "docs/rules/service-index.md"));

    private static string[][] Table(string head) => [.. Lines.SkipWhile(l => !l.StartsWith("| " + head, StringComparison.Ordinal)).Skip(2).TakeWhile(l => l.StartsWith('|')).Select(l => l.Split('|')[1..^1].Select(c => c.Trim()).ToArray())];

    [Fact]
    public async Task The_index_is_what_a_hand_reckons_and_every_number_opens_to_its_files()
    {
        var steps = new List<(DateTimeOffset At, Func<Task> Do)>();
        foreach (var row in Table("Hồ sơ"))
        {
            Plan(steps, row);
        }

        foreach (var (at, step) in steps.OrderBy(s => s.At))
        {
            town.Clock.MoveTo(at);
            await step();
        }

        town.Clock.MoveTo(At("15/12/2026 08:00"));
        using var leader = await town.As("lanhdao");
        object period = new { from = "2026-12-01", to = "2026-12-15" };
        var shown = (await leader.Post("/services/scores", period)).Succeeds();
        var lines = shown["criteria"].EnumerateArray().ToDictionary(c => c.GetProperty("code").GetString()!);
        foreach (var row in Table("Tiêu chí"))
        {
            var line = lines[row[0]];
            Assert.Equal((row[0], row[1], row[2], decimal.Parse(row[3].Replace(',', '.'), CultureInfo.InvariantCulture)), (row[0], Text(line, "good"), Text(line, "counted"), line.GetProperty("points").GetDecimal()));
            if (row[2].Length > 0)
            {
                var all = (await leader.Post("/services/scored-files", new { criterion = row[0], from = "2026-12-01", to = "2026-12-15" })).Succeeds()["files"].EnumerateArray().ToList();
                var missed = (await leader.Post("/services/scored-files", new { criterion = row[0], from = "2026-12-01", to = "2026-12-15", missed = true })).Succeeds()["files"].GetArrayLength();
                if (row[0] == "services-online")
                {
                    var procedures = (await leader.Post("/services/scored-files", new { criterion = row[0], from = "2026-12-01", to = "2026-12-15" })).Succeeds()["procedures"].EnumerateArray().ToList();
                    Assert.Equal((row[2], row[1]), ($"{procedures.Count}", $"{procedures.Count(p => p.GetProperty("good").GetBoolean())}"));
                }
                else if (row[0] != "complete")
                {
                    Assert.Equal((row[2], row[1]), ($"{all.Count}", $"{all.Count - missed}"));
                }
            }
        }

        Assert.Equal(47.9m, shown["score"].GetDecimal());
        var office = Assert.Single(shown["offices"].EnumerateArray());
        Assert.Equal(47.9m, (await leader.Post("/services/scores", new { from = "2026-12-01", to = "2026-12-15", desk = office.GetProperty("desk").GetString(), area = office.GetProperty("area").GetInt32() })).Succeeds()["score"].GetDecimal());
        // What a citizen is spared: two papers each that the register has; A and B came from home.
        Assert.Equal((10, 2), (shown["spared"].GetProperty("papers").GetInt32(), shown["spared"].GetProperty("ways").GetInt32()));
        (await leader.Post("/services/scores", new { from = "2026-12-15", to = "2026-12-01" })).Refuses("services.no-period");
        using var clerk = await town.As("canbo");
        (await clerk.Post("/services/scores", period)).Refuses("kernel.not-permitted");
    }

    private void Plan(List<(DateTimeOffset, Func<Task>)> steps, string[] row)
    {
        var (procedure, code, person) = (row[2], "", (PersonState?)null);
        void Step(string when, Func<Task> step) => steps.AddRange(when.Length > 0 ? [(At(when), step)] : []);

        Step(row[3], async () =>
        {
            person = await town.Resident();
            var answers = town.Answers(AllServicesTests.Procedure(procedure));
            if (row[1] == "quầy")
            {
                using var police = await town.As("congan");
                code = (await police.Post("/files/take-in", new { procedure, number = $"{person.Facts.Number}", answers, once = Guid.NewGuid() })).Succeeds()["code"].GetString()!;
                (await police.Post("/files/take", new { code })).Succeeds();
                return;
            }

            var key = await Key(person);
            code = (await town.Do<ProcedureBook, string>(async book => (await book.Now(procedure)).Ok(out var edition)
                ? await town.Do<NewFile, ServiceFile>(f => f.Enter(new Handed(edition, key, key, person, Channel.Online, answers.ToDictionary(a => a.Key, a => (string?)a.Value), Guid.CreateVersion7(), null)), Actor.Citizen(key, "thử", key, 2)) is { } file ? file.Code : "" : ""))!;
        });
        if (row[1] != "quầy")
        {
            Step(row[4], async () =>
            {
                using var police = await town.As("congan");
                (await police.Post("/files/receive", new { code })).Succeeds();
                (await police.Post("/files/take", new { code })).Succeeds();
            });
        }

        Step(row[5], async () =>
        {
            using var police = await town.As("congan");
            await town.Paid(police, code);
            (await police.Post("/files/decide", new { code, resultNo = "1/KQ" })).Succeeds();
            if (row[6].Length > 0)
            {
                var key = await Key(person!);
                await town.Do<RateFile, Done>(f => f.Run(new RateFile.Request(code, short.Parse(row[6], CultureInfo.InvariantCulture))), Actor.Citizen(key, "thử", key, 2));
            }
        });
        Step(row[7], async () =>
        {
            var key = await Key(person!);
            Task<Outcome<Done>> Say() => town.Ask<Complain, Done>(f => f.Run(new Complain.Request(code, "Phải đi lại hai lần.")), Actor.Citizen(key, "thử", key, 2));
            Assert.Equal((true, false), ((await Say()).IsGood, (await Say()).IsGood));
        });
        Step(row[8], async () =>
        {
            using var police = await town.As("congan");
            Assert.Contains((await police.Post("/files/complaints/list", new { })).Succeeds()["open"].EnumerateArray(), c => c.GetProperty("code").GetString() == code);
            (await police.Post("/files/complaints/answer", new { code, answer = "ngắn" })).Refuses("services.say-answer");
            (await police.Post("/files/complaints/answer", new { code, answer = "Chúng tôi xin lỗi người dân." })).Succeeds();
            (await police.Post("/files/complaints/answer", new { code, answer = "Chúng tôi xin lỗi người dân." })).Refuses("services.no-complaint");
        });
    }

    private Task<Guid> Key(PersonState person) => town.Value<Guid>("select id from population.person where number = $1", person.Facts.Number!.Value.ToString());

    private static string Text(JsonElement line, string name) => line.TryGetProperty(name, out var value) ? value.GetRawText() : "";

    private static DateTimeOffset At(string text) => new DateTimeOffset(DateTime.ParseExact(text, "dd/MM/yyyy HH:mm", CultureInfo.InvariantCulture), TimeSpan.FromHours(7)).ToUniversalTime();
}

/// <summary>The days that the demonstration makes up before it begins.</summary>
[SupportedOSPlatform("linux")]
public sealed class LivingTests(ServiceTown town) : IClassFixture<ServiceTown>
{
    [Fact]
    public async Task A_living_month_has_files_in_every_state_by_features_alone_and_its_journal_still_folds()
    {
        for (var n = 0; n < 12; n++)
        {
            await town.Resident((short)(n % 2 + 1), "1980-04-12");
        }

        var until = town.Clock.GetUtcNow();
        var handed = await town.Do<IServicesDemonstration, int>(async d => await d.Live(new DateOnly(2026, 10, 24), until, 60, town.Commune.Id, town.Clock.MoveTo, CancellationToken.None));
        Assert.InRange(handed, 30, 60);
        Assert.InRange((town.Clock.GetUtcNow() - until).TotalMinutes, 0, 10);
        var states = await town.Rows("select status from services.file group by status", r => r.GetInt16(0));
        Assert.Subset<short>(states.ToHashSet(), new HashSet<short> { 4, 9, 10 });
        Assert.Equal(0, await town.Value<long>("select count(*) from services.file where decided_at > $1 or submitted_at > $1", until));
        Assert.True(await town.Value<long>("select count(distinct (submitted_at at time zone 'Asia/Ho_Chi_Minh')::date) from services.file") > 10, "All was handed in on a few days.");
        Assert.Empty((await town.Verify()).Differences);
    }
}
