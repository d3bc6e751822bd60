using System.Runtime.Versioning;
using SoGoc.Population;
using SoGoc.Testing;

namespace SoGoc.Services.Tests;

/// <summary>The services that end in an act of civil status or residence: handed in at home, received by the office, registered with what the file says and no more than the official has to add, and back to the citizen.</summary>
[SupportedOSPlatform("linux")]
public sealed class ActServicesTests(ServiceTown town) : IClassFixture<ServiceTown>
{
    [Fact]
    public async Task A_birth_is_declared_by_the_mother_who_types_neither_her_number_nor_her_husbands()
    {
        var (mother, father, _) = await town.Couple();
        using var citizen = await town.AtHome(mother);
        var name = $"{father.Facts.Surname} Văn Mới";
        var code = await ServiceTown.HandIn(citizen, "AG.09", new()
        {
            ["declarant"] = "mother", ["kind"] = "both-parents", ["fatherIs"] = "husband", ["fullName"] = name, ["sex"] = "1", ["born"] = "01/11/2026", ["birthPlace"] = "Bệnh viện Mẫu", ["evidence"] = "notification",
            ["evidenceNo"] = $"SINH-{mother.Facts.Number}", ["commune"] = town.Commune.Code, ["phone"] = "0900000123",
        });
        await town.Decide(code, "canbo", "/khai-sinh?handler=Register");
        var child = await town.PersonOf(code);
        Assert.Equal((name, (short?)1, 2), (child.Facts.FullName, child.Facts.Sex, child.Kin.Count));
        Assert.NotNull(child.Facts.Number);
        await ResultIsSeen(citizen, code, "Bé đã được khai sinh");
    }

    [Fact]
    public async Task A_linked_birth_asked_for_by_the_father_gives_certificate_residence_and_card()
    {
        await town.Partners.Behave("bao-hiem-y-te", "done");
        var (mother, father, household) = await town.Couple();
        using var citizen = await town.AtHome(father);
        var code = await ServiceTown.HandIn(citizen, "LT.KS", new()
        {
            ["declarant"] = "father", ["motherIs"] = "wife", ["kind"] = "both-parents", ["fatherIs"] = "husband", ["fullName"] = $"{father.Facts.Surname} Thị Mới", ["sex"] = "2", ["born"] = "02/11/2026", ["birthPlace"] = "Trạm y tế Mẫu",
            ["evidence"] = "notification", ["evidenceNo"] = $"SINH-{mother.Facts.Number}", ["commune"] = town.Commune.Code, ["liveWith"] = "father", ["clinic"] = "Trạm y tế xã Mẫu", ["phone"] = "0900000123",
        });
        await town.Decide(code, "canbo", "/khai-sinh?handler=Register");
        var filing = await town.Value<string>("select f.code from civil.filing f join services.file s on s.result_link = '/so-ho-tich/' || f.entry_id where s.code = $1", code);
        using var police = await town.As("congan");
        Assert.Equal("father", (await police.Post("/filings/show", new { code = filing })).Succeeds()["liveWith"].GetString());
        (await police.Post("/filings/decide", new { code = filing, approve = true })).Succeeds();
        await town.Settled(filing);
        var child = await town.PersonOf(code);
        Assert.Equal([ResidenceKind.Permanent], child.Residences.Where(r => r.Until is null).Select(r => r.Kind));
        Assert.Equal([household], child.Memberships.Select(m => m.Household));
        Assert.Contains(child.Kin, k => k.Kind == KinKind.Mother && k.Number == mother.Facts.Number);
        var asked = (await town.Partners.Received("bao-hiem-y-te")).Last(e => e.GetProperty("type").GetString() == "civil.health-card-asked").GetProperty("data").GetProperty("entry");
        Assert.Equal((filing, "Trạm y tế xã Mẫu"), (asked.GetProperty("code").GetString(), asked.GetProperty("clinic").GetString()));
        await ResultIsSeen(citizen, code, filing);
    }

    [Theory, InlineData("none", false), InlineData("insurance", true)]
    public async Task A_linked_death_ends_the_residence_and_asks_for_the_allowance_where_the_family_wants_it(string benefit, bool asked)
    {
        await town.Partners.Behave("bao-hiem-xa-hoi", "done");
        var (mother, father, _) = await town.Couple("1950-02-03", "1952-04-05");
        using var citizen = await town.AtHome(mother);
        var answers = Death(father);
        (answers["benefit"], answers["receiverIs"], answers["account"], answers["bank"]) = (benefit, "me", "0123456789", "Ngân hàng Mẫu");
        var code = await ServiceTown.HandIn(citizen, "LT.KT", answers);
        await town.Decide(code, "canbo", "/ho-tich/khai-tu?handler=Register");
        var dead = await town.PersonOf(code);
        Assert.Equal((PersonStatus.Dead, 0), (dead.Status, dead.Residences.Count(r => r.Until is null)));
        var filing = await town.Value<string>("select f.code from civil.filing f join services.file s on s.result_link = '/so-ho-tich/' || f.entry_id where s.code = $1", code);
        using var police = await town.As("congan");
        (await police.Post("/filings/decide", new { code = filing, approve = true })).Succeeds();
        await town.Settled(filing);
        var told = (await town.Partners.Received("bao-hiem-xa-hoi")).Where(e => e.GetProperty("type").GetString() == "civil.funeral-allowance-asked").Select(e => e.GetProperty("data").GetProperty("entry"))
            .SingleOrDefault(e => e.GetProperty("code").GetString() == filing);
        Assert.Equal(asked ? $"{mother.Facts.Number} 0123456789" : null, told.ValueKind == System.Text.Json.JsonValueKind.Undefined ? null : $"{told.GetProperty("receiver").GetString()} {told.GetProperty("account").GetString()}");
        await ResultIsSeen(citizen, code, filing);
    }

    [Fact]
    public async Task A_death_is_declared_by_the_widow()
    {
        var (mother, father, _) = await town.Couple("1950-02-03", "1952-04-05");
        using var citizen = await town.AtHome(mother);
        var code = await ServiceTown.HandIn(citizen, "AG.10", Death(father));
        await town.Decide(code, "canbo", "/ho-tich/khai-tu?handler=Register");
        Assert.Equal(PersonStatus.Dead, (await town.PersonOf(code)).Status);
        Assert.Equal((short)3, (await town.Person(mother)).Facts.Marital);
        await ResultIsSeen(citizen, code, "Việc khai tử đã được ghi vào sổ");
    }

    [Theory, InlineData(1), InlineData(2)]
    public async Task A_marriage_is_declared_by_one_of_them_and_registered_when_both_are_there(short sex)
    {
        var (one, other) = (await town.Resident(sex, "1995-06-07"), await town.Resident((short)(3 - sex), "1996-07-08"));
        using var citizen = await town.AtHome(one);
        var code = await ServiceTown.HandIn(citizen, "AG.11", new()
        {
            [sex == 1 ? "wife" : "husband"] = other.Facts.Number!.Value.ToString(), ["notKin"] = "true", ["household"] = "stay", ["commune"] = town.Commune.Code, ["day"] = "25/11/2026", ["phone"] = "0900000123",
        });
        await town.Decide(code, "canbo", "/ho-tich/ket-hon?handler=Register", ("bothHere", "true"));
        Assert.Equal((short)2, (await town.Person(one)).Facts.Marital);
        Assert.Contains((await town.Person(other)).Kin, k => k.Kind == KinKind.Spouse && k.Number == one.Facts.Number);
        await ResultIsSeen(citizen, code, "vợ chồng");
    }

    [Theory, InlineData("marriage", "toMarry", (short)1), InlineData("other", "purpose", (short)0)]
    public async Task Marital_status_is_certified_and_told_only_where_the_register_does_not_know_it(string what, string field, short known)
    {
        var person = await town.Resident(otherwise: p => p with { Facts = p.Facts with { Marital = known == 0 ? null : known } });
        using var citizen = await town.AtHome(person);
        var form = await citizen.Get("/dich-vu/1.004873/nop");
        Assert.Equal(known == 0, form.Text.Contains("answers.told", StringComparison.Ordinal));
        var answers = new Dictionary<string, string> { ["for"] = what, [field] = "Việc mẫu", ["phone"] = "0900000123" };
        if (known == 0)
        {
            answers["told"] = "single";
        }

        var code = await ServiceTown.HandIn(citizen, "1.004873", answers);
        await town.Decide(code, "canbo", "/ho-tich/tinh-trang-hon-nhan?handler=Register", ("Confirmed", "civil.marital-only-told"));
        Assert.Equal((short)1, (await town.Person(person)).Facts.Marital);
        await ResultIsSeen(citizen, code, "có giá trị 6 tháng");
    }

    [Fact]
    public async Task A_household_moves_in_with_all_its_people_whom_nobody_had_to_name()
    {
        var (mother, father, household) = await town.Couple(at: town.Elsewhere);
        using var citizen = await town.AtHome(father);
        var code = await ServiceTown.HandIn(citizen, "1.004222", new() { ["together"] = "household", ["commune"] = town.Commune.Code, ["basis"] = "own", ["detail"] = "Số 5, ấp Mới", ["phone"] = "0900000123" });
        await town.Decide(code, "congan", "/cu-tru?handler=Decide", ("DwellingChecked", "true"));
        foreach (var who in new[] { mother, father })
        {
            var home = (await town.Person(who)).Residences.Single(r => r is { Kind: ResidenceKind.Permanent, Until: null });
            Assert.Equal((town.Commune.Id, "Số 5, ấp Mới"), (home.Area!.Value, home.Detail));
        }

        Assert.DoesNotContain((await town.Person(mother)).Memberships, m => m.Household == household && m.Until is null);
        await ResultIsSeen(citizen, code, "thường trú");
    }

    [Fact]
    public async Task A_temporary_residence_is_registered_by_the_police_of_the_lodging()
    {
        var person = await town.Resident(otherwise: p => p with { Residences = [p.Residences[0] with { Area = town.Elsewhere.Id }] });
        using var citizen = await town.AtHome(person);
        var code = await ServiceTown.HandIn(citizen, "1.004194", new()
        {
            ["together"] = "alone", ["commune"] = town.Commune.Code, ["detail"] = "Nhà trọ Mẫu, ấp Mới", ["basis"] = "rented", ["ownerAgrees"] = "true", ["until"] = "01/11/2027", ["reason"] = "work", ["phone"] = "0900000123",
        });
        await town.Decide(code, "congan", "/cu-tru?handler=Decide", ("DwellingChecked", "true"));
        Assert.Equal(new DateOnly(2027, 11, 1), (await town.Person(person)).Residences.Single(r => r.Kind == ResidenceKind.Temporary).Until);
        await ResultIsSeen(citizen, code, "tạm trú");
    }

    [Fact]
    public async Task A_host_tells_of_a_guest()
    {
        var (host, guest) = (await town.Resident(), await town.Resident(otherwise: p => p with { Residences = [p.Residences[0] with { Area = town.Elsewhere.Id }] }));
        using var citizen = await town.AtHome(host);
        var code = await ServiceTown.HandIn(citizen, "2.001159", new() { ["guest"] = guest.Facts.Number!.Value.ToString(), ["commune"] = town.Commune.Code, ["detail"] = "12 Ấp Mẫu", ["until"] = "10/12/2026", ["phone"] = "0900000123" });
        await town.Decide(code, "congan", "/cu-tru?handler=Decide");
        Assert.Contains((await town.Person(guest)).Residences, r => r.Kind == ResidenceKind.Stay);
        Assert.DoesNotContain((await town.Person(host)).Residences, r => r.Kind == ResidenceKind.Stay);
        await ResultIsSeen(citizen, code, "lưu trú");
    }

    private Dictionary<string, string> Death(PersonState dead) => new()
    {
        ["deceased"] = dead.Facts.Number!.Value.ToString(), ["commune"] = town.Commune.Code, ["declarant"] = "spouse", ["died"] = "22/11/2026", ["diedAt"] = "14:30", ["place"] = "Nhà riêng, ấp Mẫu", ["cause"] = "Già yếu", ["kind"] = "ordinary",
        ["evidence"] = "notice", ["evidenceNo"] = "01/UBND-GBT", ["evidenceOn"] = "23/11/2026", ["evidenceBy"] = "UBND xã Mẫu", ["phone"] = "0900000123",
    };

    /// <summary>The citizen opens the result, and the journal tells the same as the register.</summary>
    private async Task ResultIsSeen(Sitting citizen, string code, string says)
    {
        (await citizen.Send($"/cua-toi/ho-so/{code}?handler=Result")).Succeeds().Says("Đã trả kết quả", says);
        Assert.Equal(64, (await town.Value<string>("select used_values from services.file where code = $1", code)).Length);
        Assert.Equal(0, await town.Value<long>("select count(*) from journal.case_file where closed_at is null and reference in ($1, (select act_case from services.file where code = $1))", code));
        Assert.Empty((await town.Verify()).Differences);
    }
}
