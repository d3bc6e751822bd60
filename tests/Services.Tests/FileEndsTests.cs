using System.Buffers.Text;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text;
using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Population;
using SoGoc.Services.Files;
using SoGoc.Testing;

namespace SoGoc.Services.Tests;

/// <summary>What becomes of a file when it is taken back, handed over, when its citizen dies, its office is merged away, or its procedure is replaced.</summary>
[SupportedOSPlatform("linux")]
public sealed class FileEndsTests(ServiceTown town) : IClassFixture<ServiceTown>
{
    private const string Absence = "1.003677", Card = "2.001194", Death = "AG.10";

    /// <summary>An absence that the police has in hand; its code, and that of the act that was begun.</summary>
    private async Task<(string Code, string Act)> Begun(Sitting citizen, Official police)
    {
        var code = await ServiceTown.HandIn(citizen, Absence, Away());
        (await police.Post("/files/receive", new { code })).Succeeds();
        (await police.Post("/files/take", new { code })).Succeeds();
        (await police.Post("/files/carry-out", new { code })).Succeeds();
        return (code, (await town.Value<string>("select act_case from services.file where code = $1", code))!);
    }

    [Fact]
    public async Task Who_takes_his_file_back_ends_the_offices_case_and_the_act_that_it_had_begun()
    {
        var person = await town.Resident();
        using var citizen = await town.AtHome(person);
        using var police = await town.As("congan");
        var (code, act) = await Begun(citizen, police);
        (await citizen.Send($"/cua-toi/ho-so/{code}?handler=Withdraw", ("Why", "Không đi nữa"))).Succeeds().Says("rút hồ sơ");
        Assert.Equal(0, await Open(code, act));
        Assert.Equal(0, await town.Value<long>("select count(*) from civil.draft d join journal.case_file c on c.id = d.case_id where c.reference = $1", act));
        // What was left cannot be decided behind his back.
        (await police.Post("/residences/decide", new { act = "absence", person = person.Facts.Number!.Value.ToString(), from = "2026-12-01", until = "2027-12-30", reason = "other", detail = "Tỉnh Mẫu", @case = act })).Refuses("journal.case-closed");
    }

    [Fact]
    public async Task Of_two_files_taken_in_together_the_one_that_ends_leaves_the_other_its_case()
    {
        var person = await town.Resident();
        using var police = await town.As("congan");
        async Task<string> In(string procedure, object answers) => (await police.Post("/files/take-in", new { procedure, number = person.Facts.Number!.Value.ToString(), answers, once = Guid.NewGuid() })).Succeeds()["code"].GetString()!;
        var (first, second) = (await In(Card, town.Answers(AllServicesTests.Procedure(Card))), await In(Absence, Away()));
        (await police.Post("/files/refuse", new { code = first, why = "Thẻ vẫn còn dùng được, không phải đổi." })).Succeeds();
        (await police.Post("/files/show", new { code = second })).Succeeds();
        Assert.Equal(1, await town.Value<long>("select count(*) from journal.case_file c join services.file f on f.case_ref = c.reference where f.code = $1 and c.closed_at is null", second));
    }

    [Fact]
    public async Task An_agencys_answer_ends_the_case_for_which_the_file_was_read()
    {
        var code = await TakeIn("AG.23");
        using var officer = await town.Officer((await town.DeskOf(code))!);
        (await officer.Post("/files/take", new { code })).Succeeds();
        (await officer.Post("/files/show", new { code })).Succeeds();
        Assert.Equal(1, await Open(code));
        (await officer.Post("/files/carry-out", new { code })).Succeeds();
        await town.Until(code, 9);
        Assert.Equal(0, await Open(code));
    }

    [Fact]
    public async Task A_file_of_somebody_who_has_died_ends_with_its_reason_and_a_death_that_he_declared_goes_on()
    {
        var (person, dead) = (await town.Resident(), await town.Resident(1, "1950-03-04"));
        using var citizen = await town.AtHome(person);
        var (waiting, inHand) = (await ServiceTown.HandIn(citizen, Absence, Away()), await TakeIn(Card, person));
        var declared = await ServiceTown.HandIn(citizen, Death, new()
        {
            ["deceased"] = dead.Facts.Number!.Value.ToString(), ["commune"] = town.Commune.Code, ["declarant"] = "relative", ["died"] = "22/11/2026", ["place"] = "Nhà riêng", ["cause"] = "Già yếu", ["kind"] = "ordinary", ["evidence"] = "notice",
            ["evidenceNo"] = "02/GBT", ["phone"] = "0900000123",
        });
        using var police = await town.As("congan");
        (await police.Post("/files/take", new { code = inHand })).Succeeds();
        Assert.Equal(0, (await town.Do<EndOfDead, EndWaiting.Ended>(f => f.Run())).Stopped);
        await town.Act(await town.Value<Guid>("select subject_id from services.file where code = $1", waiting), new StatusChanged(PersonStatus.Dead, PartialDate.Of(new DateOnly(2026, 11, 23))));
        Assert.Equal(2, (await town.Do<EndOfDead, EndWaiting.Ended>(f => f.Run())).Stopped);
        foreach (var (code, status) in new[] { (waiting, "not-received"), (inHand, "stopped") })
        {
            var file = (await police.Post("/files/show", new { code })).Succeeds()["file"];
            Assert.Equal((status, false), (file.GetProperty("status").GetString(), file.TryGetProperty("clock", out var clock) && clock.TryGetProperty("due", out _)));
            Assert.Contains("đã mất", file.GetProperty("refusal").GetString(), StringComparison.Ordinal);
            Assert.DoesNotContain("xin lỗi", file.GetProperty("refusal").GetString(), StringComparison.OrdinalIgnoreCase);
        }

        Assert.Equal(0, await Open(inHand));
        // Of the death that he had declared something was missing: one of the household brings it to the counter.
        var clerk = await town.Clerk();
        (await clerk.Post("/files/ask-supplement", new { code = declared, what = "Bản chụp giấy báo tử" })).Succeeds();
        (await police.Post("/files/bring-supplement", new { code = declared })).Refuses("services.other-desk");
        (await clerk.Post("/files/bring-supplement", new { code = declared })).Succeeds();
        (await clerk.Post("/files/bring-supplement", new { code = declared })).Refuses("services.nothing-asked");
        await town.Decide(declared, "canbo", "/ho-tich/khai-tu?handler=Register");
        Assert.Equal(PersonStatus.Dead, (await town.Person(dead)).Status);
        Assert.Empty((await town.Verify()).Differences);
    }

    [Fact]
    public async Task A_file_at_the_wrong_office_is_handed_over_signed_with_the_time_that_is_left()
    {
        var person = await town.Resident();
        using var citizen = await town.AtHome(person);
        using var police = await town.As("congan");
        var (code, act) = await Begun(citizen, police);
        var due = await town.Value<DateTime>("select due_at from services.file where code = $1", code);
        using var there = await town.Official("commune-police", town.Elsewhere.Id);
        (await there.Post("/files/hand-over", new { code, why = "Người này chuyển về xã tôi", commune = town.Elsewhere.Code })).Refuses("services.no-file");
        var clerk = await town.Clerk();
        (await clerk.Post("/files/hand-over", new { code, why = "Người này chuyển về xã khác", commune = town.Elsewhere.Code })).Refuses("services.other-desk");
        (await police.Post("/files/hand-over", new { code, why = "sai", commune = town.Elsewhere.Code })).Refuses("services.say-why-hand-over");
        (await police.Post("/files/hand-over", new { code, why = "Người này đã chuyển về xã khác", commune = "00000" })).Refuses("services.which-commune");
        (await police.Post("/files/hand-over", new { code, why = "Người này đã chuyển về xã khác", commune = town.Commune.Code })).Refuses("services.same-office");
        (await police.Post("/files/hand-over", new { code, why = "Người này đã chuyển về xã khác", desk = "justice", commune = town.Elsewhere.Code })).Refuses("services.act-of-desk");
        (await police.Post("/files/hand-over", new { code, why = "Người này đã chuyển về xã khác", commune = town.Elsewhere.Code })).Succeeds();
        // The old office has done with it, the new one finds it with the same end, and the citizen sees who has it.
        Assert.Equal(0, await Open(code, act));
        (await police.Post("/files/show", new { code })).Refuses("services.no-file");
        Assert.Equal(due, await town.Value<DateTime>("select due_at from services.file where code = $1", code));
        (await citizen.Get($"/cua-toi/ho-so/{code}")).Succeeds().Says(town.Elsewhere.FullName, "Người này đã chuyển về xã khác", "từ ");
        Assert.Contains((await there.Post("/files/list", new { basket = "hand" })).Succeeds()["files"].EnumerateArray(), f => f.GetProperty("code").GetString() == code);
        (await there.Post("/files/take", new { code })).Succeeds();
        await IsSigned(code);
        // Handed back, it is read for an open case again.
        (await there.Post("/files/hand-over", new { code, why = "Người này vẫn thường trú ở xã cũ", commune = town.Commune.Code })).Succeeds();
        (await police.Post("/files/show", new { code })).Succeeds();
        Assert.Equal(1, await town.Value<long>("select count(*) from journal.case_file c join services.file f on f.case_ref = c.reference where f.code = $1 and c.closed_at is null", code));
        (await police.Post("/files/refuse", new { code, why = "Người này không vắng mặt, không phải khai báo." })).Succeeds();
        Assert.Equal(0, await town.Value<long>("select count(*) from journal.case_file where closed_at is null and reference like $1 || '%'", code));
        (await police.Post("/files/hand-over", new { code, why = "Người này đã chuyển về xã khác", commune = town.Elsewhere.Code })).Refuses("services.over");
        Assert.Empty((await town.Verify()).Differences);
    }

    [Fact]
    public async Task What_an_agencys_system_is_asked_stays_and_what_waits_for_the_citizen_too()
    {
        var card = await TakeIn(Card);
        using var police = await town.As("congan");
        (await police.Post("/files/take", new { code = card })).Succeeds();
        (await police.Post("/files/ask-supplement", new { code = card, what = "Ảnh chân dung rõ mặt" })).Succeeds();
        (await police.Post("/files/hand-over", new { code = card, why = "Hồ sơ này của cơ quan khác", desk = "CTHUE" })).Refuses("services.waits-for-citizen");
        var other = await TakeIn(Card);
        (await police.Post("/files/hand-over", new { code = other, why = "Hồ sơ này của cơ quan khác", desk = "KHONG" })).Refuses("services.no-such-desk");
        (await police.Post("/files/hand-over", new { code = other, why = "Hồ sơ này của cơ quan khác", desk = "CTHUE" })).Succeeds();
        Assert.Equal("CTHUE", await town.DeskOf(other));
        using var tax = await town.Officer("CTHUE");
        (await tax.Post("/files/take", new { code = other })).Succeeds();
    }

    [Fact]
    public async Task Files_of_a_commune_or_agency_that_is_no_more_go_to_what_has_taken_over_from_it()
    {
        var (atCommune, atAgency) = (await TakeIn(Card), await TakeIn("AG.23"));
        Assert.Equal(0, (await town.Do<FollowOffices, FollowOffices.Followed>(f => f.Run())).Moved);
        var today = town.Clock.Today();
        var before = town.Places.All.First(a => a.Level == AreaLevel.Commune && !a.Valid.Holds(today) && town.Places.Resolve(a, today).Area?.Id == town.Commune.Id);
        await town.Execute("update services.file set area_id = $2, office = $3 where code = $1", atCommune, before.Id, Offices.NameOf("police", before));
        var (agency, heir) = ((await town.DeskOf(atAgency))!, $"MOI{Guid.NewGuid():N}"[..8]);
        await town.Execute("insert into staff.agency (code, name, valid) values ($1, 'Công ty Điện lực Mẫu', daterange('2026-11-01', null))", heir);
        await town.Execute("update staff.agency set successor = $2, valid = daterange(lower(valid), '2026-11-01') where code = $1", agency, heir);
        try
        {
            Assert.InRange((await town.Do<FollowOffices, FollowOffices.Followed>(f => f.Run())).Moved, 2, 9);
            using var police = await town.As("congan");
            var shown = (await police.Post("/files/show", new { code = atCommune })).Succeeds();
            Assert.Equal(Offices.NameOf("police", town.Commune), shown["file"].GetProperty("office").GetString());
            Assert.Contains(shown["steps"].EnumerateArray(), s => s.GetProperty("kind").GetString() == FileHandedOver.Kind);
            using var officer = await town.Officer(heir);
            (await officer.Post("/files/take", new { code = atAgency })).Succeeds();
            Assert.Equal(0, (await town.Do<FollowOffices, FollowOffices.Followed>(f => f.Run())).Moved);
        }
        finally
        {
            await town.Execute("update staff.agency set successor = null, valid = daterange(lower(valid), null) where code = $1", agency);
        }
    }

    [Fact]
    public async Task A_running_file_keeps_its_version_when_the_procedure_is_replaced_or_withdrawn()
    {
        var (first, second) = (await TakeIn(Card), await TakeIn(Card));
        using var police = await town.As("congan");
        var version = await town.Value<int>("select version from services.file where code = $1", first);
        await town.Execute("update services.procedure set state = 'replaced', ended_at = now() where code = $1 and state = 'published'", Card);
        await town.Execute("""
            insert into services.procedure (code, version, body, state, origin, made_at, made_by, published_at, ground)
            select code, version + 1, body || '{"name": "Thủ tục mẫu mới", "term": "1d"}', 'published', 'office', now(), 'test', now(), 'QĐ mẫu' from services.procedure where code = $1 and version = $2
            """, Card, version);
        try
        {
            var after = await TakeIn(Card);
            async Task<(string?, int)> Of(string code) => (await police.Post("/files/show", new { code })).Succeeds() is var shown ? (shown["procedure"].GetProperty("name").GetString(), shown["procedure"].GetProperty("term").GetProperty("length").GetInt32()) : default;
            Assert.Equal((("Thủ tục mẫu mới", 1), version + 1), (await Of(after), await town.Value<int>("select version from services.file where code = $1", after)));
            Assert.Equal(7, (await Of(first)).Item2);
            (await police.Post("/files/take", new { code = first })).Succeeds();
            await town.Paid(police, first);
            (await police.Post("/files/decide", new { code = first, resultNo = "1/2026" })).Succeeds();
            await town.Execute("update services.procedure set state = 'withdrawn', ended_at = now() where code = $1 and state = 'published'", Card);
            var clerk = await town.Clerk();
            (await clerk.Post("/files/look", new { procedure = Card, number = (await town.Resident()).Facts.Number!.Value.ToString() })).Refuses("services.no-procedure");
            (await police.Post("/files/take", new { code = second })).Succeeds();
            await town.Paid(police, second);
            (await police.Post("/files/decide", new { code = second, resultNo = "2/2026" })).Succeeds();
        }
        finally
        {
            await town.Execute("update services.procedure set state = 'replaced', ended_at = now() where code = $1 and version <> $2", Card, version);
            await town.Execute("update services.procedure set state = 'published', ended_at = null where code = $1 and version = $2", Card, version);
        }
    }

    /// <summary>The journal has the hand-over with a signature that anybody can check by the public keys.</summary>
    private async Task IsSigned(string code)
    {
        var (text, token) = (await town.Rows("select e.body ->> 'code', e.body ->> 'from', e.body ->> 'to', e.body ->> 'leftMinutes', e.body ->> 'why', e.body ->> 'signature' from journal.entry e where e.kind = 'services.file-handed-over' and e.body ->> 'code' = $1 order by e.position limit 1",
            r => (string.Join('\n', Enumerable.Range(0, 5).Select(r.GetString)), r.GetString(5)), code)).Single();
        using var stranger = town.Stranger();
        var keys = (await stranger.Get("/api/v1/civil/keys")).Succeeds()["keys"].EnumerateArray();
        var (head, signature) = (token.Split('.')[0], token.Split('.')[2]);
        var kid = System.Text.Json.JsonDocument.Parse(Base64Url.DecodeFromChars(head)).RootElement.GetProperty("kid").GetString();
        var key = keys.Single(k => k.GetProperty("kid").GetString() == kid);
        using var ecdsa = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = Base64Url.DecodeFromChars(key.GetProperty("x").GetString()), Y = Base64Url.DecodeFromChars(key.GetProperty("y").GetString()) },
        });
        bool Signs(string what) => ecdsa.VerifyData(Encoding.ASCII.GetBytes($"{head}.{Base64Url.EncodeToString(SHA256.HashData(Encoding.UTF8.GetBytes(what)))}"), Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256);
        Assert.True(Signs(text));
        Assert.False(Signs(text + "."));
    }

    private async Task<string> TakeIn(string procedure, PersonState? whose = null)
    {
        var (clerk, citizen) = (await town.Clerk(), whose ?? await town.Resident());
        return (await clerk.Post("/files/take-in", new { procedure, number = citizen.Facts.Number!.Value.ToString(), answers = town.Answers(AllServicesTests.Procedure(procedure)), once = Guid.NewGuid() })).Succeeds()["code"].GetString()!;
    }

    private Task<long> Open(params string[] references) => town.Value<long>("select count(*) from journal.case_file where closed_at is null and reference = any($1)", (object)references);

    private static Dictionary<string, string> Away() => new() { ["from"] = "01/12/2026", ["until"] = "30/12/2027", ["reason"] = "other", ["where"] = "Tỉnh Mẫu", ["phone"] = "0900000456" };
}
