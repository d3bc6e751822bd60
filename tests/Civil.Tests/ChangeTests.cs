using System.Runtime.Versioning;
using System.Text.Json;
using SoGoc.Kernel.Time;
using SoGoc.Population;
using SoGoc.Testing;

namespace SoGoc.Civil.Tests;

/// <summary>What a change, correction or supplement brings with it: number, relatives, papers, the list of what rested on it.</summary>
[SupportedOSPlatform("linux")]
public sealed class ChangeTests(Town town) : IClassFixture<Town>
{
    [Fact]
    public async Task A_corrected_year_of_birth_has_a_new_number_which_the_relatives_records_name_and_the_old_one_answers_with()
    {
        using var canbo = await town.As("canbo");
        using var tinh = await town.As("tinh");
        using var stranger = town.Stranger();
        var (couple, birth, child) = await Child(canbo);
        var (certificate, yesterday, before) = ((await canbo.Issue(birth)).Succeeds(), town.Clock.Today(), await town.Record(child));
        var today = town.Tomorrow();
        (await canbo.LookUp(before.Number())).GetProperty("found").GetString();
        var ahead = (await canbo.Post("/changes/check", Change(before, ("born", "2025-11-01")))).Succeeds()["follows"].EnumerateArray().Select(f => f.GetString()!).ToList();
        Assert.Contains(ahead, f => f.StartsWith($"Số định danh {before.Number()} nói năm sinh hoặc giới tính khác", StringComparison.Ordinal));
        Assert.Contains(ahead, f => f.StartsWith("Khai sinh: ", StringComparison.Ordinal));
        var done = (await canbo.Post("/changes/register", Change(before, ("born", "2025-11-01")))).Succeeds();

        var after = await town.Record(child);
        Assert.Equal(PartialDate.Of(new DateOnly(2025, 11, 1)), after.Facts.Born);
        Assert.NotEqual(before.Number(), after.Number());
        // Place, sex and century as before, the year as it should have been.
        Assert.Equal((before.Number()[..4], "25"), (after.Number()[..4], after.Number()[4..6]));
        Assert.Equal([before.Number()], after.FormerNumbers.Select(f => f.Number.ToString()));
        Assert.Contains($"Số định danh mới: {after.Number()}, thay cho {before.Number()}; số cũ vẫn tra được.", done["follows"].EnumerateArray().Select(f => f.GetString()));
        var answer = await canbo.LookUp(before.Number());
        Assert.Equal(("moved", after.Number()), (answer.GetProperty("found").GetString(), answer.GetProperty("person").GetProperty("number").GetString()));
        foreach (var parent in new[] { couple.FatherKey, couple.MotherKey })
        {
            Assert.Equal([(KinKind.Child, after.Facts.FullName, after.Number())], (await town.Record(parent)).KinOf(KinKind.Child));
        }

        Assert.Equal(before.Memberships, after.Memberships);
        Assert.Equal(before.Residences, after.Residences);
        Assert.Equal([("corrected", done.Key(), false)], await town.Notes(birth));
        Assert.Equal("replaced", (await stranger.Verify(certificate["code"].GetString())).Succeeds()["state"].GetString());
        var extract = (await canbo.Issue(birth, "extract")).Succeeds().Text();
        Assert.Contains("01/11/2025", extract, StringComparison.Ordinal);
        Assert.Contains(after.Number(), extract, StringComparison.Ordinal);
        // The paper of the correction itself says what was and what is.
        var corrected = (await canbo.Issue(done.Key())).Succeeds().Text();
        foreach (var said in new[] { "Trước khi thay đổi, cải chính Ngày, tháng, năm sinh: 01/11/2026", "Nay là Ngày, tháng, năm sinh: 01/11/2025", $"Số định danh trước: {before.Number()}", $"Số định danh nay là: {after.Number()}" })
        {
            Assert.Contains(said, corrected, StringComparison.Ordinal);
        }

        Assert.Contains(after.Number(), await town.Feed(tinh, "civil.registration-changed"), StringComparison.Ordinal);

        var then = (await tinh.History(child, yesterday)).Succeeds()["person"].GetProperty("facts");
        Assert.Equal(("2026-11-01", before.Number()), (then.GetProperty("born").GetString(), then.GetProperty("number").GetString()));
        var now = (await tinh.History(child, today)).Succeeds()["person"].GetProperty("facts");
        Assert.Equal(("2025-11-01", after.Number()), (now.GetProperty("born").GetString(), now.GetProperty("number").GetString()));
        Assert.Empty((await town.Verify()).Differences);
    }

    [Fact]
    public async Task What_rests_on_the_wrong_value_is_listed_acts_and_readings_alike()
    {
        using var canbo = await town.As("canbo");
        var (_, birth, child) = await Child(canbo);
        var before = await town.Record(child);
        await canbo.LookUp(before.Number());
        // Who has only tried to correct it has not used it.
        var tried = (await canbo.Post("/changes/check", Change(before, ("born", "2025-11-02")))).Succeeds()["case"].GetString()!;
        var used = JsonDocument.Parse(await town.Value<string>("select body::text from civil.entry where id = $1", (await canbo.Post("/changes/register", Change(before, ("born", "2025-11-01")))).Succeeds().Key()))
            .RootElement.GetProperty("used").EnumerateArray().Select(u => (u.GetProperty("what").GetString(), u.GetProperty("reference").GetString())).ToList();
        var no = await town.Value<int>("select no from civil.entry where id = $1", birth);
        Assert.Contains(("birth", $"{no:00}/2026"), used);
        Assert.Contains((Town.Purpose, Town.Case), used);
        Assert.DoesNotContain(used, u => u.Item2 == tried);
    }

    [Fact]
    public async Task Who_asks_for_it_keeps_the_number_and_a_day_alone_gives_no_new_one()
    {
        using var canbo = await town.As("canbo");
        var (_, _, child) = await Child(canbo);
        var before = await town.Record(child);
        (await canbo.Post("/changes/register", Change(before, ("born", "2026-11-02")))).Succeeds();
        Assert.Equal(before.Number(), (await town.Record(child)).Number());
        town.Tomorrow();
        (await canbo.Post("/changes/register", Change(before, ("born", "2025-11-02"), ("keepNumber", true)))).Succeeds();
        Assert.Equal((before.Number(), new DateOnly(2025, 11, 2)), (await town.Record(child) is var now ? now.Number() : "", now.Facts.Born!.Value.Earliest!.Value));
        Assert.Empty((await town.Verify()).Differences);
    }

    [Fact]
    public async Task A_new_name_is_in_the_record_with_its_parts_and_in_the_relatives_records_from_the_day_on()
    {
        using var canbo = await town.As("canbo");
        using var tinh = await town.As("tinh");
        var (couple, birth, child) = await Child(canbo);
        var (before, yesterday) = (await town.Record(child), town.Clock.Today());
        town.Tomorrow();
        (await canbo.Post("/changes/register", Change(before, ("what", "change"), ("fullName", "Phạm Mới")))).Succeeds();
        var after = await town.Record(child);
        Assert.Equal(("Phạm Mới", "Phạm", null, "Mới", before.Number()), (after.Facts.FullName, after.Facts.Surname, after.Facts.Middle, after.Facts.Given, after.Number()));
        Assert.Equal("Phạm Mới", Assert.Single((await town.Record(couple.MotherKey)).KinOf(KinKind.Child)).Name);
        Assert.Contains($"{before.Facts.FullName} thành Phạm Mới", (await canbo.Issue(birth, "extract")).Succeeds().Text(), StringComparison.Ordinal);

        // A change is none of the days before, also as the office knows it today.
        async Task<string?> On(DateOnly day) => (await tinh.Post("/persons/history", new { id = child, asOf = Family.Day(day), purpose = Town.Inspection, @case = Town.InspectionCase })).Succeeds()["person"].GetProperty("facts").GetProperty("fullName").GetString();
        Assert.Equal((before.Facts.FullName, "Phạm Mới"), (await On(yesterday), await On(town.Clock.Today())));
        Assert.Empty((await town.Verify()).Differences);
    }

    [Fact]
    public async Task A_mother_s_new_name_is_written_beside_no_birth_but_her_own()
    {
        using var canbo = await town.As("canbo");
        var (couple, birth, child) = await Child(canbo);
        (await canbo.Post("/changes/register", Change(await town.Record(couple.MotherKey), ("what", "change"), ("fullName", "Lê Thị Khác")))).Succeeds();
        Assert.Empty(await town.Notes(birth));
        // The child's record names her as she is called now.
        Assert.Equal("Lê Thị Khác", (await town.Record(child)).Kin.Single(k => k.Kind == KinKind.Mother).Name);
        // And her own birth, of before 2016, can be registered again.
        (await canbo.Post("/reregistrations/register", new { person = couple.Number.ToString(), what = "birth", earlierOffice = "UBND xã Mẫu (cũ)", earlierOn = "1995", bookLost = true, evidence = "Bản sao học bạ" })).Succeeds();
        Assert.Empty((await town.Verify()).Differences);
    }

    [Fact]
    public async Task A_supplement_fills_what_was_empty_and_replaces_nothing()
    {
        using var canbo = await town.As("canbo");
        var key = await town.Enter(People.Someone(1, "1990-02-03").LivingAt(town.Commune.Id, "Ấp Mẫu", "2015-01-01"));
        var before = await town.Record(key);
        (await canbo.Post("/changes/register", Change(before, ("what", "supplement"), ("hometown", "Quê mẫu"), ("ethnicity", "02")))).Succeeds();
        var after = await town.Record(key);
        Assert.Equal(("Quê mẫu", "02"), (after.Facts.Hometown!.Text, after.Facts.Ethnicity));
        Assert.Equal(["population.person-entered", "population.person-completed"], await town.Rows("select kind from journal.entry where subject = $1 order by position", r => r.GetString(0), key));
        (await canbo.Post("/changes/register", Change(before, ("what", "supplement"), ("hometown", "Quê khác"), ("confirmed", new[] { "civil.changed-today" })))).Refuses("civil.not-empty");
        Assert.Empty((await town.Verify()).Differences);
    }

    [Fact]
    public async Task Ethnicity_is_determined_anew_by_the_code_of_the_list()
    {
        using var canbo = await town.As("canbo");
        var (_, birth, child) = await Child(canbo);
        var before = await town.Record(child);
        (await canbo.Post("/changes/register", Change(before, ("what", "ethnicity"), ("ethnicity", "xx")))).Refuses("population.ethnicity-unknown");
        (await canbo.Post("/changes/register", Change(before, ("what", "ethnicity"), ("ethnicity", "05")))).Succeeds();
        Assert.Equal(("05", before.Number()), (await town.Record(child) is var now ? now.Facts.Ethnicity : null, now.Number()));
        Assert.Equal("corrected", Assert.Single(await town.Notes(birth)).Kind);
        Assert.Empty((await town.Verify()).Differences);
    }

    [Fact]
    public async Task Of_two_who_correct_one_record_at_once_one_wins_and_the_other_is_told()
    {
        using var canbo = await town.As("canbo");
        var (_, _, child) = await Child(canbo);
        var before = await town.Record(child);
        var replies = await Task.WhenAll(new[] { "2025-11-01", "2024-11-01" }.Select(born => canbo.Post("/changes/register", Change(before, ("born", born)))));
        Assert.Single(replies, r => r.IsGood);
        replies.Single(r => !r.IsGood).Refuses("civil.changed-today");
        Assert.Single((await town.Record(child)).FormerNumbers);
        Assert.Empty((await town.Verify()).Differences);
    }

    [Fact]
    public async Task The_same_correction_sent_again_has_the_same_entry()
    {
        using var canbo = await town.As("canbo");
        var (_, _, child) = await Child(canbo);
        var declared = Change(await town.Record(child), ("born", "2025-11-01"));
        canbo.Http.DefaultRequestHeaders.Add("Idempotency-Key", $"cai-chinh-{child}");
        var done = (await canbo.Post("/changes/register", declared)).Succeeds();
        Assert.Equal(done.Text, (await canbo.Post("/changes/register", declared)).Succeeds().Text);
        Assert.Single((await town.Record(child)).FormerNumbers);
    }

    private async Task<(Couple Couple, Guid Entry, Guid Child)> Child(Official clerk)
    {
        var couple = await new Couple(town).Enter();
        var done = (await clerk.Post("/births/register", couple.Declared)).Succeeds();
        return (couple, done.Key(), done["person"].GetGuid());
    }

    /// <summary>A correction, unless told otherwise.</summary>
    private static Dictionary<string, object?> Change(PersonState person, params (string Field, object? Value)[] told)
    {
        var declared = new Dictionary<string, object?> { ["person"] = person.Number(), ["what"] = "correction", ["evidence"] = "Giấy chứng sinh bản gốc" };
        foreach (var (field, value) in told)
        {
            declared[field] = value;
        }

        return declared;
    }
}
