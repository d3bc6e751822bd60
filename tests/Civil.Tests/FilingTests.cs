using System.Runtime.Versioning;
using SoGoc.Places;
using SoGoc.Population;
using SoGoc.Testing;

namespace SoGoc.Civil.Tests;

/// <summary>Linked filings: one submission, several offices, and none undoes another.</summary>
[SupportedOSPlatform("linux")]
public sealed class FilingTests(FilingTown town) : IClassFixture<FilingTown>
{
    [Fact]
    public async Task A_linked_birth_is_done_by_three_offices_and_the_insurance_knows_what_the_register_knows()
    {
        using var canbo = await town.As("canbo");
        using var congan = await town.As("congan");
        await town.Partners.Behave("bao-hiem-y-te", "done");
        var couple = await new Couple(town).Enter();
        var (child, code) = await Birth(canbo, couple);
        Assert.Matches($"^LT\\.{town.Commune.Code}-261124-[0-9]{{4}}$", code);
        Assert.Equal("done", (await FilingTown.Part(canbo, code, "birth-registration")).GetProperty("state").GetString());
        // 24 November is a day off: two working days end on the 26th.
        Assert.Equal(new DateTimeOffset(2026, 11, 26, 10, 0, 0, TimeSpan.Zero), (await FilingTown.Part(canbo, code, "permanent-residence")).GetProperty("due").GetDateTimeOffset());
        var card = await FilingTown.Until(canbo, code, "health-card", "done");
        Assert.StartsWith("DT-", card.GetProperty("result").GetString(), StringComparison.Ordinal);

        // The clerk has registered a birth, and the police has not decided yet: the child lives there, and resides nowhere.
        Assert.Equal((ResidenceKind.Current, 0), await Find(child) is var before ? (Assert.Single(before.Residences).Kind, before.Memberships.Count) : default);
        var decided = (await congan.Post("/filings/decide", new { code, approve = true })).Succeeds();
        Assert.Matches("^[0-9]{2,}/2026: Ấp Mẫu", decided["result"].GetString());
        Assert.Equal("permanent", await town.Value<string>("select kind from civil.residence_decision where case_ref = $1 and $2 = any(persons)", code, child));
        // Numbers of different acts of residence run side by side: what has happened says which it is.
        Assert.Equal("permanent", (await FilingTown.Event(canbo, "civil.residence-decided", couple.MotherKey)).GetProperty("what").GetString());
        Assert.Equal([(couple.Household, "10")], (await Find(child)).Memberships.Select(m => (m.Household, m.Relation)));
        Assert.True((await canbo.Post("/filings/show", new { code })).Succeeds()["filing"].TryGetProperty("closedAt", out _));
        var state = await Find(child);
        Assert.Equal(ResidenceKind.Permanent, Assert.Single(state.Residences).Kind);
        var told = (await town.Partners.Received("bao-hiem-y-te")).Single(e => e.GetProperty("type").GetString() == "civil.health-card-asked" && e.GetProperty("data").GetProperty("entry").GetProperty("code").GetString() == code)
            .GetProperty("data").GetProperty("entry");
        Assert.Equal((state.Facts.FullName, state.Facts.Number!.Value.ToString()), (told.GetProperty("fullName").GetString(), told.GetProperty("number").GetString()));
        (await congan.Post("/filings/decide", new { code, approve = false, reason = "Nhầm" })).Refuses("civil.part-settled");
        Assert.Empty((await town.Verify()).Differences);
    }

    [Fact]
    public async Task A_refused_part_leaves_the_others_and_can_still_be_done()
    {
        using var canbo = await town.As("canbo");
        using var congan = await town.As("congan");
        await town.Partners.Behave("bao-hiem-y-te", "refuse", reason: "Trùng thẻ đã cấp");
        var (child, code) = await Birth(canbo, await new Couple(town).Enter());
        var card = await FilingTown.Until(canbo, code, "health-card", "refused");
        Assert.Equal("Trùng thẻ đã cấp", card.GetProperty("reason").GetString());
        (await congan.Post("/filings/decide", new { code, approve = false })).Refuses("civil.refusal-reason-missing");
        (await congan.Post("/filings/decide", new { code, approve = false, reason = "Thiếu ý kiến chủ hộ" })).Succeeds();
        // The birth stands, and the child has its number.
        Assert.Equal("done", (await FilingTown.Part(canbo, code, "birth-registration")).GetProperty("state").GetString());
        Assert.NotNull((await Find(child)).Facts.Number);
        Assert.Equal(ResidenceKind.Current, (await Find(child)).Residences.Single().Kind);
        using (var citizen = town.Sit())
        {
            (await citizen.Send("/theo-doi", ("Code", code))).Succeeds().Says("Trẻ chưa có thường trú", "công an xã");
        }

        (await congan.Post("/filings/decide", new { code, approve = true })).Succeeds();
        // Approved after all it says what was decided, and not why it was refused before.
        var approved = await FilingTown.Part(canbo, code, "permanent-residence");
        Assert.Equal(("done", false), (approved.GetProperty("state").GetString(), approved.TryGetProperty("reason", out _)));
        Assert.Matches("^[0-9]{2,}/2026: Ấp Mẫu", approved.GetProperty("result").GetString());
        Assert.Equal(ResidenceKind.Permanent, (await Find(child)).Residences.Single().Kind);
        Assert.Equal("refused", (await FilingTown.Part(canbo, code, "health-card")).GetProperty("state").GetString());
        await town.Partners.Behave("bao-hiem-y-te", "done");
    }

    [Fact]
    public async Task A_child_whose_parents_have_no_permanent_residence_here_gets_none_until_they_have()
    {
        using var canbo = await town.As("canbo");
        using var congan = await town.As("congan");
        var mother = People.Someone(2, "1995-03-02") with { Residences = [new Residence(0, ResidenceKind.Temporary, town.Commune.Id, "Ấp Trọ", new DateOnly(2026, 1, 1), new DateOnly(2027, 12, 1))] };
        var key = await town.Enter(mother);
        var couple = new Couple(town);
        var done = (await canbo.Post("/births/register", couple.With("kind", "father-unknown").With("mother", mother.Facts.Number!.Value.ToString()).With("fullName", $"{mother.Facts.Surname} Thị Trọ").With("declarant", "mother").With("linked", true).Declared)).Succeeds();
        var (child, code) = (Guid.Parse(done["person"].GetString()!), done["filing"].GetString()!);
        (await congan.Post("/filings/decide", new { code, approve = true })).Refuses("civil.no-permanent-home");
        Assert.DoesNotContain((await Find(child)).Residences, r => r.Kind == ResidenceKind.Permanent);
        await town.Act(key, new ResidenceBegan(ResidenceKind.Permanent, town.Commune.Id, "Ấp Nhà", new DateOnly(2026, 11, 20)));
        (await congan.Post("/filings/decide", new { code, approve = true })).Succeeds();
        Assert.Equal("Ấp Nhà", (await Find(child)).Residences.Single(r => r.Kind == ResidenceKind.Permanent).Detail);
        Assert.Empty((await town.Verify()).Differences);
    }

    [Fact]
    public async Task Of_a_birth_that_is_refused_there_is_no_filing_and_codes_have_no_gap()
    {
        using var canbo = await town.As("canbo");
        var (_, first) = await Birth(canbo, await new Couple(town).Enter());
        var couple = await new Couple(town).Enter();
        (await canbo.Post("/births/register", couple.With("linked", true).With("born", "2027-01-01").Declared)).Refuses("civil.born-in-future");
        var (_, second) = await Birth(canbo, await new Couple(town).Enter());
        Assert.Equal(int.Parse(first[^4..], System.Globalization.CultureInfo.InvariantCulture) + 1, int.Parse(second[^4..], System.Globalization.CultureInfo.InvariantCulture));
    }

    [Fact]
    public async Task The_police_of_the_commune_decides_and_nobody_else()
    {
        using var canbo = await town.As("canbo");
        var (child, code) = await Birth(canbo, await new Couple(town).Enter());
        (await canbo.Post("/filings/decide", new { code, approve = true })).Refuses("kernel.not-permitted", System.Net.HttpStatusCode.Forbidden);
        var elsewhere = town.Places.All.First(a => a.Level == AreaLevel.Commune && a.Code != town.Commune.Code && a.Valid.Holds(new DateOnly(2026, 11, 24)));
        using var other = await town.Official("commune-police", elsewhere.Id);
        (await other.Post("/filings/decide", new { code, approve = true })).Refuses("civil.no-filing");
        (await other.Post("/filings/show", new { code })).Refuses("civil.no-filing");
        // The clerk, who decides nothing in it, is told of nobody; the police is, and it is on record.
        Assert.False((await canbo.Post("/filings/show", new { code })).Succeeds().Body.TryGetProperty("person", out _));
        using var congan = await town.As("congan");
        Assert.Contains("Thị Mới", (await congan.Post("/filings/show", new { code })).Succeeds()["person"].GetString(), StringComparison.Ordinal);
        Assert.Equal(1, await town.Value<long>("select count(*) from journal.disclosure where subject = $1 and purpose = 'birth-and-death'", child));
        Assert.Contains((await congan.Post("/filings/list", new { holder = "police" })).Succeeds()["filings"].EnumerateArray(), f => f.GetProperty("code").GetString() == code);
    }

    [Fact]
    public async Task A_citizen_tracks_a_filing_by_its_code_and_learns_nothing_about_anybody()
    {
        using var canbo = await town.As("canbo");
        var (child, code) = await Birth(canbo, await new Couple(town).Enter());
        await FilingTown.Until(canbo, code, "health-card", "done");
        using var citizen = town.Sit();
        var page = (await citizen.Send("/theo-doi", ("Code", code.ToLowerInvariant()))).Succeeds().Says("Thẻ bảo hiểm y tế", "Đang giải quyết");
        var state = await Find(child);
        Assert.DoesNotContain(state.Facts.FullName!, page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain(state.Facts.Number!.Value.ToString(), page.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("DT-", page.Text, StringComparison.Ordinal);
        (await citizen.Send("/theo-doi", ("Code", "LT.00000-000000-0000"))).Refuses("civil.no-filing");
    }

    [Fact]
    public async Task A_linked_death_confirms_the_removed_residence_and_the_allowance_comes_back()
    {
        using var canbo = await town.As("canbo");
        using var congan = await town.As("congan");
        await town.Partners.Behave("bao-hiem-xa-hoi", "done");
        var couple = await new Couple(town).Enter();
        var done = (await canbo.Post("/deaths/register", Deaths.Of(couple.Father.Facts.Number!.Value.ToString(), new() { ["linked"] = true }))).Succeeds();
        var code = done["filing"].GetString()!;
        // The death is the ground, and there is nothing to refuse; what is told is the day on which the residence truly ended.
        (await congan.Post("/filings/decide", new { code, approve = false, reason = "Chưa rõ" })).Refuses("civil.removal-follows-death");
        Assert.Equal("20/11/2026", (await congan.Post("/filings/decide", new { code, approve = true })).Succeeds()["result"].GetString());
        var allowance = await FilingTown.Until(canbo, code, "funeral-allowance", "done");
        Assert.StartsWith("DT-", allowance.GetProperty("result").GetString(), StringComparison.Ordinal);
        Assert.True((await canbo.Post("/filings/show", new { code })).Succeeds()["filing"].TryGetProperty("closedAt", out _));
        Assert.Empty((await town.Verify()).Differences);
    }

    [Fact]
    public async Task A_death_that_is_annulled_leaves_nobody_with_a_part_of_its_filing_to_do()
    {
        using var canbo = await town.As("canbo");
        using var congan = await town.As("congan");
        var couple = await new Couple(town).Enter();
        var number = couple.Father.Facts.Number!.Value.ToString();
        var code = (await canbo.Post("/deaths/register", Deaths.Of(number, new() { ["linked"] = true }))).Succeeds()["filing"].GetString()!;
        // He resides nowhere any more, and the police sees where he did.
        var shown = (await congan.Post("/filings/show", new { code })).Succeeds();
        Assert.Equal(("2026-11-20", $"Ấp Mẫu, {town.Places.Write(town.Commune)}"), (shown["residedUntil"].GetString(), shown["residence"].GetString()));
        (await canbo.Post("/deaths/annul", new { person = number, court = "Tòa án Mẫu", decisionNo = "9/2026", decisionOn = "2026-11-24" })).Succeeds();
        var part = (await congan.Post("/filings/show", new { code })).Succeeds()["filing"].GetProperty("parts").EnumerateArray().Single(p => p.GetProperty("step").GetString() == "residence-removal");
        Assert.Equal("refused", part.GetProperty("state").GetString());
        Assert.Contains("Việc khai tử đã bị hủy", part.GetProperty("reason").GetString(), StringComparison.Ordinal);
        Assert.DoesNotContain((await congan.Post("/civil/waiting", new { })).Succeeds()["items"].EnumerateArray(), i => i.GetProperty("reference").GetString() == code);
    }

    [Fact]
    public async Task Of_an_act_that_is_taken_back_the_partner_that_has_given_is_told_to_take_back()
    {
        using var canbo = await town.As("canbo");
        using var congan = await town.As("congan");
        await town.Partners.Behave("bao-hiem-xa-hoi", "done");
        await town.Partners.Behave("bao-hiem-y-te", "done");
        var couple = await new Couple(town).Enter();
        var number = couple.Father.Facts.Number!.Value.ToString();
        var death = (await canbo.Post("/deaths/register", Deaths.Of(number, new() { ["linked"] = true }))).Succeeds()["filing"].GetString()!;
        var given = (await FilingTown.Until(canbo, death, "funeral-allowance", "done")).GetProperty("result").GetString();
        (await canbo.Post("/deaths/annul", new { person = number, court = "Tòa án Mẫu", decisionNo = "9/2026", decisionOn = "2026-11-24" })).Succeeds();
        var (child, birth) = await Birth(canbo, await new Couple(town).Enter());
        await FilingTown.Until(canbo, birth, "health-card", "done");
        (await canbo.Post("/births/revoke", new { person = (await Find(child)).Facts.Number!.Value.ToString(), decidedBy = "Chủ tịch UBND tỉnh Mẫu", decisionNo = "9/QĐ", decisionOn = "2026-11-24" })).Succeeds();
        foreach (var (code, step, partner, kind) in new[] { (death, "funeral-allowance", "bao-hiem-xa-hoi", "civil.funeral-allowance-recalled"), (birth, "health-card", "bao-hiem-y-te", "civil.health-card-recalled") })
        {
            var part = await FilingTown.Part(canbo, code, step);
            Assert.Equal(("done", true), (part.GetProperty("state").GetString(), part.TryGetProperty("recalledAt", out _)));
            var told = (await town.Heard(partner, kind, code)).GetProperty("part");
            Assert.Equal(code == death ? given : part.GetProperty("result").GetString(), told.GetProperty("given").GetString());
            using var citizen = town.Sit();
            (await citizen.Send("/theo-doi", ("Code", code))).Succeeds().Says("phải thu hồi");
        }

        Assert.Equal("refused", (await FilingTown.Part(canbo, birth, "permanent-residence")).GetProperty("state").GetString());
        (await congan.Post("/filings/decide", new { code = birth, approve = true })).Refuses("civil.part-of-annulled");
        Assert.Empty((await town.Verify()).Differences);
    }

    private static async Task<(Guid Child, string Code)> Birth(Official canbo, Couple couple)
    {
        var done = (await canbo.Post("/births/register", couple.With("linked", true).Declared)).Succeeds();
        return (Guid.Parse(done["person"].GetString()!), done["filing"].GetString()!);
    }

    private async Task<PersonState> Find(Guid person) => await town.Do<IPopulation, PersonState>(async p => (await p.Find(person))!);
}
