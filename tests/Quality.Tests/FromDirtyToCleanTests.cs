using System.Globalization;
using System.Runtime.Versioning;
using System.Text;
using System.Text.Json;
using SoGoc.Population;
using SoGoc.Testing;
using Fault = SoGoc.Host.Demo.PlantedFaults.Fault;

namespace SoGoc.Quality.Tests;

/// <summary>The whole way: a dirty population and a dirty list go in, the night finds what is wrong, officials decide and mend it through the doors they have, and the four numbers rise by what the truth says.</summary>
[SupportedOSPlatform("linux")]
public sealed class FromDirtyToCleanTests(DirtyTown town) : IClassFixture<DirtyTown>
{
    private const string Ground = "biên bản xác minh mẫu";

    private static readonly string[] Measures = ["correct", "complete", "clean", "live"];

    [Fact]
    public async Task A_dirty_province_goes_through_import_rules_duplicates_work_and_a_list_to_clean_and_the_numbers_rise_as_the_truth_says()
    {
        var truth = town.Faults.ToList();
        truth.AddRange(await BringList());
        await town.Clean();
        var before = await Numbers();
        var wrong = await Counting();
        var others = await Others(truth);

        await CompareList(truth);
        await Join(truth);
        await Work(truth);
        await town.Clean();

        // What was planted is gone, and nothing new has come of it.
        var left = (await town.Rows("select rule, subject from quality.finding where gone_at is null", r => (Rule: r.GetString(0), Subject: r.GetGuid(1)))).ToHashSet();
        Assert.DoesNotContain(truth, f => left.Contains((f.Rule, f.Person)));
        var after = await Numbers();
        var stillWrong = await Counting();
        Assert.Empty(stillWrong.Except(wrong));
        foreach (var measure in Measures)
        {
            // The number says what stands, and of those who had a planted fault and no other, each is good now.
            var bad = after[measure].Persons - after[measure].Good;
            Assert.Equal(stillWrong.Where(f => f.Measure == measure).Select(f => f.Person).Distinct().Count(), bad);
            Assert.True(bad <= others[measure].Count, $"{measure}: {bad} bad, {others[measure].Count} had another fault");
            Assert.True(after[measure].Good * before[measure].Persons >= before[measure].Good * after[measure].Persons, measure);
        }

        Assert.All(["correct", "complete", "clean"], measure => Assert.True(after[measure].Good > before[measure].Good, measure));
        Assert.Empty((await town.Verify()).Differences);
    }

    /// <summary>A commune's old list brings eight people a second time: without numbers, of the birth the year alone, one mark lost.</summary>
    private async Task<List<Fault>> BringList()
    {
        var faulty = town.Faults.SelectMany(f => new[] { f.Person, f.Of ?? f.Person }).ToHashSet();
        var people = await town.Rows("""
            select p.id, r.area_id from population.person p join population.residence r on r.person_id = p.id and r.kind = 'permanent' and r.valid @> date '2026-11-24'
             where p.status = 'living' and p.born_precision = 3 and p.marital = 1 and p.ethnicity is not null and r.detail is not null
               and exists (select from population.kin k where k.person_id = p.id and k.kind = 'mother' and k.name is not null) order by p.id limit 60
            """, r => (Id: r.GetGuid(0), Area: r.GetInt32(1)));
        var list = new StringBuilder("Họ và tên,Ngày sinh,Giới tính,Dân tộc,Tình trạng hôn nhân,Họ tên mẹ,Điện thoại,Địa chỉ thường trú,Xã phường,Tỉnh\n");
        var again = new List<(Guid Id, string Name)>();
        foreach (var one in people.Where(p => !faulty.Contains(p.Id)).Take(8))
        {
            var p = await town.Record(one.Id);
            var name = Slip(p.Facts.FullName!);
            var home = p.Residences.First(r => r is { Kind: ResidenceKind.Permanent, Until: null });
            list.Append(CultureInfo.InvariantCulture, $"{name},{p.Facts.Born!.Value.Year},{(p.Facts.Sex == 1 ? "Nam" : "Nữ")},Kinh,Chưa kết hôn,{p.Kin.First(k => k.Kind == KinKind.Mother).Name},{p.Facts.Phone},\"{home.Detail}\",{town.Places[one.Area]!.FullName},Tỉnh An Giang\n");
            again.Add((one.Id, name));
        }

        using var registrar = await town.As("tinh");
        var entered = (await registrar.Enter("ho-khau-cu.csv", Encoding.UTF8.GetBytes(list.ToString()))).Succeeds();
        var made = await town.Rows("select e.subject from journal.entry e where e.kind = 'population.person-entered' and e.body->>'list' = $1 order by (e.body->>'row')::bigint", r => r.GetGuid(0), entered["list"].GetProperty("id").GetString()!);
        Assert.True(made.Count == again.Count, entered.Text);
        return [.. made.Zip(again, (person, of) => new Fault("duplicate", person, of.Id)), .. made.Select(person => new Fault("born-year-only", person))];
    }

    private static string Slip(string name)
    {
        var plain = name.Normalize(NormalizationForm.FormD);
        var at = plain.ToList().FindLastIndex(c => CharUnicodeInfo.GetUnicodeCategory(c) == UnicodeCategory.NonSpacingMark);
        return (at < 0 ? plain : plain.Remove(at, 1)).Normalize(NormalizationForm.FormC);
    }

    /// <summary>The insurance's list of those whose sex the register may have wrong: it finds them, and says that they differ.</summary>
    private async Task CompareList(List<Fault> truth)
    {
        var list = new StringBuilder("Số CCCD,Họ và tên,Ngày sinh,Giới tính\n");
        var rows = truth.Where(f => f.Rule == "number-sex").ToList();
        foreach (var f in rows)
        {
            var p = await town.Record(f.Person);
            list.Append(CultureInfo.InvariantCulture, $"{p.Facts.Number},{p.Facts.FullName},{p.Facts.Born!.Value.Shown},{(p.Facts.Sex == 1 ? "Nữ" : "Nam")}\n");
        }

        using var it = await town.As("tinhoc");
        using var content = new ByteArrayContent(Encoding.UTF8.GetBytes(list.ToString()));
        var id = (await Reply.Of(await it.Http.PostAsync("/api/v1/quality/lists?name=bao-hiem.csv", content))).Succeeds()["id"].GetGuid();
        Reply shown;
        while ((shown = (await it.Post("/quality/lists/show", new { id })).Succeeds())["state"].GetString() == "matching")
        {
            await Task.Delay(TimeSpan.FromMilliseconds(50), TestContext.Current.CancellationToken);
        }

        var said = await town.Rows("select row_no, outcome, person_id, differs from quality.match_row where list_id = $1 order by row_no", r => (Row: r.GetInt32(0), Says: (r.GetString(1), r.GetGuid(2), string.Join(' ', r.GetFieldValue<string[]>(3)))), id);
        Assert.Equal(rows.Select(f => ("differs", f.Person, "sex")), said.Select(r => r.Says));
        foreach (var (row, _) in said)
        {
            (await it.Post("/quality/lists/decide", new { list = id, row, decision = "register-wrong" })).Succeeds();
        }
    }

    /// <summary>Each second record that was proposed is joined to the one that has the number; the few that reckoning missed are joined as a registrar joins what he has found himself.</summary>
    private async Task Join(List<Fault> truth)
    {
        using var police = await town.Official("commune-police", null);
        foreach (var f in truth.Where(f => f.Rule == "duplicate"))
        {
            var pair = await town.Rows("select id from quality.pair where a = least($1, $2) and b = greatest($1, $2)", r => r.GetGuid(0), f.Person, f.Of!.Value);
            if (pair is [var id])
            {
                (await police.Post("/quality/duplicates/join", new { pair = id, into = f.Of, ground = Ground })).Succeeds();
            }
            else
            {
                await town.Act(f.Person, new PersonMerged(f.Of.Value, PersonStatus.Living));
            }
        }
    }

    /// <summary>Each finding is taken, answered, and mended where its rule says.</summary>
    private async Task Work(List<Fault> truth)
    {
        using var police = await town.Official("commune-police", null);
        using var registrar = await town.As("tinh");
        foreach (var rule in truth.Select(f => f.Rule).Distinct().Where(r => r != "duplicate"))
        {
            while ((await police.Post("/quality/findings/take", new { rule, most = 20 })).IsGood)
            {
            }
        }

        var held = (await town.Rows("select id, rule, person_id from quality.finding where gone_at is null and holder is not null and person_id is not null", r => (Id: r.GetGuid(0), Rule: r.GetString(1), Person: r.GetGuid(2)))).ToLookup(f => (f.Rule, f.Person));
        foreach (var f in truth.Where(f => f.Rule != "duplicate"))
        {
            var person = await town.Record(f.Person);
            if (person.Status == PersonStatus.Merged)
            {
                continue;
            }

            (await police.Post("/quality/findings/answer", new { id = held[(f.Rule, f.Person)].Single().Id, outcome = "to-correct" })).Succeeds();
            if (Right(f) is { } after)
            {
                (await registrar.Post("/persons/correct", new { id = f.Person, after, ground = Ground })).Succeeds();
            }
            else if (f.Rule == "home-detail-missing")
            {
                // A residence that is written down whole, as the residence desk decides it.
                var home = person.Residences.First(r => r is { Kind: ResidenceKind.Permanent, Until: null });
                await town.Act(f.Person, new ResidenceEnded(ResidenceKind.Permanent, Cleaning.Today));
                await town.Act(f.Person, new ResidenceBegan(ResidenceKind.Permanent, home.Area, f.Right, Cleaning.Today));
            }
            else
            {
                // A new card, which the ministry's system tells.
                await town.Act(f.Person, new PaperIssued(person.Papers[0] with { Number = person.Facts.Number!.Value.ToString(), Expires = f.Rule == "card-expired" ? DateOnly.Parse(f.Right!, CultureInfo.InvariantCulture) : person.Papers[0].Expires }));
            }
        }
    }

    /// <summary>What the papers show of a fact that was wrong or missing; null: another act mends it.</summary>
    private static JsonElement? Right(Fault fault) => fault.Rule switch
    {
        "number-sex" => Json(new { sex = int.Parse(fault.Right!, CultureInfo.InvariantCulture) }),
        "born-year-only" => Json(new { born = fault.Right }),
        "marital-missing" => Json(new { marital = int.Parse(fault.Right!, CultureInfo.InvariantCulture) }),
        "phone-malformed" => Json(new { phone = fault.Right }),
        "ethnicity-missing" => Json(new { ethnicity = fault.Right }),
        "hometown-missing" => Json(new { hometown = int.TryParse(fault.Right, out var area) ? (object)new { area } : new { text = fault.Right } }),
        _ => null,
    };

    private static JsonElement Json(object value) => JsonSerializer.SerializeToElement(value);

    /// <summary>The four numbers of the province, as leaders see them.</summary>
    private async Task<Dictionary<string, (long Good, long Persons)>> Numbers()
    {
        using var leader = await town.As("lanhdao");
        return (await leader.Post("/quality/measures", new { })).Succeeds()["numbers"].EnumerateArray()
            .ToDictionary(n => n.GetProperty("measure").GetString()!, n => (n.GetProperty("good").GetInt64(), n.GetProperty("persons").GetInt64()));
    }

    /// <summary>By measure, residents of whom a finding counts that nobody planted.</summary>
    private async Task<Dictionary<string, HashSet<Guid>>> Others(List<Fault> truth)
    {
        var planted = truth.Select(f => (f.Rule, f.Person)).Concat(truth.Where(f => f.Of is not null).Select(f => (f.Rule, f.Of!.Value))).ToHashSet();
        var closed = truth.Where(f => f.Of is not null).Select(f => f.Person).ToHashSet();
        var found = (await Counting()).Where(f => !planted.Contains((f.Rule, f.Person)) && !closed.Contains(f.Person)).ToLookup(f => f.Measure, f => f.Person);
        return Measures.ToDictionary(m => m, m => found[m].ToHashSet());
    }

    private Task<List<(string Rule, string Measure, Guid Person)>> Counting() => town.Rows("""
        select f.rule, r.measure, p.id from quality.finding f join quality.rule r on r.code = f.rule
          join population.person p on p.id = f.person_id or (f.household_id is not null and p.id in (select m.person_id from population.member m where m.household_id = f.household_id and m.valid @> date '2026-11-24'))
         where f.gone_at is null and r.severity <> 'notice' and f.outcome is distinct from 'confirmed' and p.status = 'living'
           and exists (select from population.residence h where h.person_id = p.id and h.kind in ('permanent', 'temporary') and h.valid @> date '2026-11-24' and h.area_id is not null)
        """, r => (r.GetString(0), r.GetString(1), r.GetGuid(2)));
}
