using System.Net;
using SoGoc.Identity.Accounts;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Population;
using SoGoc.Testing;

namespace SoGoc.Identity.Tests;

/// <summary>Accounts of children and wards, opened and used through a parent or guardian.</summary>
public sealed class RepresentedTests(Province province) : IClassFixture<Province>
{
    private DateOnly Today => province.Services.GetService(typeof(TimeProvider)) is TimeProvider clock ? clock.Today() : default;

    [Fact]
    public async Task A_mother_opens_an_account_of_level_1_for_her_small_child_and_all_it_has_to_say_comes_to_her()
    {
        using var mother = await Parent();
        var child = await Child(mother, 2);
        (await mother.Go("/cua-toi/lam-thay")).Shows("Mở tài khoản mức 1");
        (await Open(mother, child.Id)).LeadsTo("/cua-toi/lam-thay");
        (await mother.Go("/cua-toi/lam-thay")).Shows("Định danh mức 1 · bạn đại diện");
        Assert.Equal(1, await Messages(mother, "%tai khoan muc 1 do ban dai dien da mo%"));
        Assert.Equal(["identity.account-opened", "identity.representation-begun"], await Entries(child.Id));

        await mother.Send(await mother.Go("/cua-toi/lam-thay"), "/cua-toi/lam-thay?handler=Choose", ("person", child.Id.ToString()));
        (await mother.Go("/cua-toi/ai-da-xem")).Shows("Mở tài khoản định danh");
        (await Open(mother, child.Id)).Shows("Người này đã có tài khoản.");
    }

    [Fact]
    public async Task An_account_through_a_representative_has_no_way_in_of_its_own()
    {
        using var mother = await Parent();
        var child = await Child(mother, 8);
        await Open(mother, child.Id);
        using var someone = province.Nobody();
        var sent = await province.Value<long>("select count(*) from identity.message where body like '%ma cua ban%'");
        await someone.AskForCode(child.State.Facts.Number!.Value.ToString());
        Assert.Equal(sent, await province.Value<long>("select count(*) from identity.message where body like '%ma cua ban%'"));
        using var held = new Citizen(province, province.Address, await Account(child.Id), child.Id, child.State);
        held.Cookies.SetCookies(province.Address, await province.Session(held, Assurance.Passkey));
        (await held.Go("/cua-toi")).LeadsTo("/vao");
    }

    [Fact]
    public async Task Nobody_opens_for_a_stranger_for_a_child_of_14_or_for_one_without_a_card()
    {
        using var mother = await Parent();
        using var stranger = await Parent();
        var child = await Child(mother, 8);
        (await Open(stranger, child.Id)).Shows("không làm thay người này được");
        (await Open(mother, (await Child(mother, 14)).Id)).Shows("đã đủ 14 tuổi");
        (await Open(mother, (await Child(mother, 3, card: false)).Id)).Shows("chưa có thẻ căn cước còn hạn");
        (await Open(mother, (await Child(mother, 3, expired: true)).Id)).Shows("chưa có thẻ căn cước còn hạn");
        using var weak = await province.Citizen(level: 1);
        weak.Cookies.SetCookies(province.Address, await province.Session(weak, Assurance.Password));
        (await weak.Go("/cua-toi/lam-thay")).LeadsTo("/vao/xac-nhan-them");
    }

    [Fact]
    public async Task A_guardian_opens_and_uses_the_account_of_a_grown_ward_until_the_guardianship_ends()
    {
        using var guardian = await Parent();
        var ward = Province.WithCard("1970-01-01");
        var id = await province.Enter(ward.With(KinKind.Guardian, guardian.State!.Facts.Number!.Value));
        (await Open(guardian, id)).LeadsTo("/cua-toi/lam-thay");
        await End();
        Assert.Equal(guardian.Account, await Representative(id));
        await province.Execute("delete from population.kin where person_id = $1", id);
        await End();
        Assert.Null(await Representative(id));
        Assert.Equal(1, await Messages(guardian, "%khong con dai dien%"));
        Assert.Equal("identity.representation-ended", (await Entries(id))[^1]);
    }

    [Fact]
    public async Task At_14_the_representation_ends_and_the_child_proves_herself_at_the_counter()
    {
        using var mother = await Parent();
        var child = await Child(mother, 13);
        await Open(mother, child.Id);
        await End();
        Assert.Equal(mother.Account, await Representative(child.Id));
        await province.Execute("update population.person set born_earliest = $2, born_latest = $2 where id = $1", child.Id, Today.AddYears(-14));
        await End();
        await End();
        Assert.Null(await Representative(child.Id));
        Assert.Equal(1, await Messages(mother, "%khong con dai dien%"));

        using var girl = new Citizen(province, province.Address, await Account(child.Id), child.Id, child.State);
        using var clerk = await Clerk();
        (await Prove(clerk, girl.Number, "raise", ("phone", girl.Phone))).Shows("đã lên mức 2");
        (await girl.SignInByCode()).LeadsTo("/cua-toi");
    }

    [Fact]
    public async Task A_representation_ends_when_the_representative_has_died()
    {
        using var mother = await Parent();
        var child = await Child(mother, 8);
        await Open(mother, child.Id);
        await province.Execute("update population.person set status = 'dead' where id = $1", mother.Person);
        await End();
        Assert.Null(await Representative(child.Id));
    }

    [Fact]
    public async Task At_the_counter_a_child_of_6_has_level_2_with_the_parent_present_whom_the_proofing_names()
    {
        using var mother = await Parent();
        using var father = await Parent(level: 1);
        using var stranger = await Parent();
        var child = await Child(mother, 6, father);
        var number = child.State.Facts.Number!.Value.ToString();
        using var clerk = await Clerk();
        (await Prove(clerk, number, "raise", ("phone", "0911222333"))).Shows("Số định danh phải gồm đúng 12 chữ số");
        (await Prove(clerk, number, "raise", ("representative", stranger.Number), ("representativeCard", stranger.Number))).Shows("không ghi số này là cha, mẹ hay người giám hộ");
        (await Prove(clerk, number, "raise", ("representative", father.Number), ("representativeCard", father.Number))).Shows("Người đại diện chưa có tài khoản mức 2");
        (await Prove(clerk, number, "raise", ("representative", mother.Number), ("representativeCard", "012345678901"))).Shows("không có thẻ còn hạn");
        Assert.Equal(0, await province.Value<long>("select count(*) from identity.account where person_id = $1", child.Id));
        var proved = await Prove(clerk, number, "raise", ("representative", mother.Number), ("representativeCard", mother.Number));
        proved.Shows("Đã mở tài khoản mức 2");
        proved.Shows("Không có mã nào để đưa");
        Assert.Equal(("parent", mother.Number, mother.Person), (await province.Rows("select basis, representative_card, representative_id from identity.proofing where person_id = $1", r => (r.GetString(0), r.GetString(1), r.GetGuid(2)), child.Id)).Single());
        Assert.Equal(mother.Account, await Representative(child.Id));
        Assert.Equal(["identity.account-opened", "identity.representation-begun"], await Entries(child.Id));
        Assert.Equal(1, await Messages(mother, "%tai khoan muc 2 da mo%"));
        // Both tries with her: with another card, and with hers.
        Assert.Equal(2, await province.Value<long>("select count(*) from journal.disclosure where subject = $1 and 'family' = any(fields)", mother.Person));
    }

    [Fact]
    public async Task Another_parent_at_the_counter_takes_the_account_over_and_the_first_is_told()
    {
        using var mother = await Parent();
        using var father = await Parent();
        var child = await Child(mother, 8, father);
        await Open(mother, child.Id);
        using var clerk = await Clerk();
        (await Prove(clerk, child.State.Facts.Number!.Value.ToString(), "raise", ("representative", father.Number), ("representativeCard", father.Number))).Shows("đã lên mức 2");
        Assert.Equal(father.Account, await Representative(child.Id));
        Assert.Equal(1, await Messages(mother, "%khong con dai dien%"));
        (await mother.Go("/cua-toi/lam-thay")).Shows("Định danh mức 2 · người khác đại diện");
    }

    [Fact]
    public async Task A_ward_who_had_ways_in_loses_them_when_the_guardian_stands_beside_him()
    {
        using var guardian = await Parent();
        using var ward = await province.Citizen(state: Province.WithCard("1970-01-01").With(KinKind.Guardian, guardian.State!.Facts.Number!.Value));
        (await ward.SignIn()).LeadsTo("/cua-toi");
        using var clerk = await Clerk();
        (await Prove(clerk, ward.Number, "recover", ("representative", guardian.Number), ("representativeCard", guardian.Number))).Shows("Không có mã nào để đưa");
        (await ward.Go("/cua-toi")).LeadsTo("/vao");
        Assert.Equal(guardian.Account, await Representative(ward.Person));
    }

    [Fact]
    public async Task A_child_younger_than_6_is_neither_offered_nor_given_level_2()
    {
        using var mother = await Parent();
        var child = await Child(mother, 5);
        var number = child.State.Facts.Number!.Value.ToString();
        using var clerk = await Clerk();
        var looked = await clerk.Send("/dinh-danh?handler=Look", ("number", number));
        looked.Shows("Chưa đủ 6 tuổi: chỉ có tài khoản mức 1");
        Assert.DoesNotContain("Mở tài khoản mức 2", looked.Text, StringComparison.Ordinal);
        // Who sends the form that he was not shown.
        var file = await province.Value<string>("select reference from journal.case_file where reference like 'DD-%' order by opened_at desc limit 1");
        (await clerk.Send("/dinh-danh?handler=Prove", ("number", number), ("case", file), ("card", number), ("evidence", "card-seen"), ("evidence", "face-compared"), ("aim", "raise"), ("representative", mother.Number), ("representativeCard", mother.Number))).Shows("Chưa đủ 6 tuổi");
        Assert.Equal(0, await province.Value<long>("select count(*) from identity.account where person_id = $1", child.Id));
    }

    private async Task<Citizen> Parent(int level = 2)
    {
        var citizen = await province.Citizen(level);
        citizen.Cookies.SetCookies(province.Address, await province.Session(citizen, Assurance.Passkey));
        return citizen;
    }

    private async Task<(Guid Id, PersonState State)> Child(Citizen mother, int age, Citizen? father = null, bool card = true, bool expired = false)
    {
        var child = Province.WithCard(Today.AddYears(-age).AddDays(-3).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)).With(KinKind.Mother, mother.State!.Facts.Number!.Value);
        child = father is null ? child : child.With(KinKind.Father, father.State!.Facts.Number!.Value);
        child = child with { Papers = card ? [child.Papers[0] with { Expires = expired ? Today.AddDays(-1) : child.Papers[0].Expires }] : [] };
        return (await province.Enter(child), child);
    }

    private static async Task<Citizen.Seen> Open(Citizen parent, Guid person) => await parent.Send(await parent.Go("/cua-toi/lam-thay"), "/cua-toi/lam-thay?handler=Open", ("person", person.ToString()));

    private async Task<Counter> Clerk()
    {
        var clerk = new Counter(province);
        await clerk.SignIn("canbo");
        return clerk;
    }

    private static async Task<Citizen.Seen> Prove(Counter clerk, string number, string aim, params (string, string?)[] who)
    {
        var file = (await clerk.Send("/dinh-danh?handler=Look", ("number", number))).Hidden.SingleOrDefault(h => h.Name == "case").Value;
        return await clerk.Send("/dinh-danh?handler=Prove", [("number", number), ("case", file), ("card", number), ("evidence", "card-seen"), ("evidence", "face-compared"), ("aim", aim), .. who]);
    }

    private Task<Done> End() => province.Do<EndRepresentations, Done>(e => e.Run(), Actor.System("test"));

    private Task<Guid> Account(Guid person) => province.Value<Guid>("select id from identity.account where person_id = $1 and closed_at is null", person);

    private async Task<Guid?> Representative(Guid person) => (await province.Rows("select representative_id from identity.account where person_id = $1 and closed_at is null", r => r.IsDBNull(0) ? (Guid?)null : r.GetGuid(0), person)).Single();

    private Task<long> Messages(Citizen to, string like) => province.Value<long>("select count(*) from identity.message where target = $1 and body like $2", to.Phone, like);

    private Task<List<string>> Entries(Guid person) => province.Rows("select kind from journal.entry where subject = (select id from identity.account where person_id = $1) order by position", r => r.GetString(0), person);
}
