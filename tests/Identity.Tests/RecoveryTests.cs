using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using SoGoc.Identity.Proofing;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Outcomes;

namespace SoGoc.Identity.Tests;

/// <summary>A new way in at the counter; with another telephone it takes a second officer, or a day in which the holder can stop it.</summary>
public sealed class RecoveryTests(LaterTown town) : IClassFixture<LaterTown>
{
    private const string Other = "0911222333";

    [Fact]
    public async Task With_the_telephone_on_record_one_officer_gives_a_new_way_in_and_every_old_one_is_gone()
    {
        using var citizen = await town.Citizen();
        (await citizen.SignIn()).LeadsTo("/cua-toi");
        await At(citizen, "canbo", "recover", citizen.Phone!);
        (await citizen.Go("/cua-toi")).LeadsTo("/vao");
        (await citizen.SignIn()).Shows("không đúng");
        Assert.Equal(["identity.account-recovered"], await Kinds(citizen));
    }

    [Theory, InlineData("recover", 2, "identity.account-recovered"), InlineData("raise", 1, "identity.account-raised")]
    public async Task Another_telephone_counts_once_a_second_officer_has_seen_the_person_too(string aim, int level, string entry)
    {
        using var citizen = await town.Citizen(level);
        using var clerk = await Officer("canbo");
        var proved = await At(citizen, clerk, aim, Other);
        proved.Shows("chưa có hiệu lực");
        var code = Regex.Match(proved.Text, "so-handed so-digits\">([0-9 ]+)<").Groups[1].Value;
        (await citizen.SignIn()).LeadsTo("/cua-toi");
        await Refused(citizen, code);
        Assert.Equal(1, await Told(citizen.Phone!, "chua co hieu luc"));

        var (id, file) = await Waiting(citizen, clerk);
        (await clerk.Send("/dinh-danh?handler=Decide", ("number", citizen.Number), ("case", file), ("id", id), ("approve", "true"))).Shows("cần người thứ hai");
        using var second = await Officer("tinh");
        (id, file) = await Waiting(citizen, second);
        (await second.Send("/dinh-danh?handler=Decide", ("number", citizen.Number), ("case", file), ("id", id), ("approve", "true"))).Shows("Số điện thoại mới có hiệu lực");
        Assert.Equal((Other, (short)2), (await town.Rows("select phone, level from identity.account where id = $1", r => (r.GetString(0), r.GetInt16(1)), citizen.Account)).Single());
        Assert.Equal(1, await Told(citizen.Phone!, "so dien thoai khac cho tai khoan dinh danh cua ban ("));
        Assert.Equal(["identity.recovery-asked", entry], await Kinds(citizen));
        Assert.Equal(2, await town.Value<long>("select count(distinct actor) from journal.entry where subject = $1", citizen.Account));
        Assert.True(await town.Services.CreateAsyncScope().ServiceProvider.GetRequiredService<Codes.OneTimeCodes>().AwaitsActivation(citizen.Account));
    }

    [Fact]
    public async Task Or_after_a_day_in_which_nobody_stopped_it()
    {
        using var citizen = await town.Citizen();
        await At(citizen, "canbo", "recover", Other);
        await Finish(TimeSpan.FromHours(23));
        Assert.Equal(citizen.Phone, await Phone(citizen));
        await Finish(TimeSpan.FromHours(2));
        Assert.Equal(Other, await Phone(citizen));
        Assert.Equal(["identity.recovery-asked", "identity.account-recovered"], await Kinds(citizen));
    }

    [Fact]
    public async Task The_old_telephone_and_the_e_mail_are_told_and_either_stops_it()
    {
        using var citizen = await town.Citizen();
        await town.Execute("update identity.account set email = 'chi.mau@example.vn' where id = $1", citizen.Account);
        await At(citizen, "canbo", "recover", Other);
        var code = await StopCode(citizen.Phone!);
        Assert.Equal(code, await StopCode("chi.mau@example.vn"));
        using var holder = town.Nobody();
        (await holder.Send(await holder.Go("/dung-doi-so"), "/dung-doi-so", ("code", "123456789012"))).Shows("Không có việc đổi số nào");
        (await holder.Send(await holder.Go("/dung-doi-so"), "/dung-doi-so", ("code", code))).Shows("Đã dừng");
        await Finish(TimeSpan.FromHours(25));
        Assert.Equal(citizen.Phone, await Phone(citizen));
        (await citizen.SignIn()).LeadsTo("/cua-toi");
        Assert.Equal(["identity.recovery-asked", "identity.recovery-stopped"], await Kinds(citizen));
        Assert.Equal($"citizen:{citizen.Account}", await town.Value<string>("select actor from journal.entry where subject = $1 and kind = 'identity.recovery-stopped'", citizen.Account));
    }

    [Fact]
    public async Task Codes_to_stop_are_not_tried_on_and_on()
    {
        using var guesser = town.Nobody();
        var page = await guesser.Go("/dung-doi-so");
        town.Stop(true);
        for (var i = 0; i < 20; i++)
        {
            await guesser.Send(page, "/dung-doi-so", ("code", $"{i:D12}"));
        }

        Assert.Equal(System.Net.HttpStatusCode.TooManyRequests, (await guesser.Send(page, "/dung-doi-so", ("code", "000000000000"))).Status);
        town.Stop(false);
        town.PutForward(TimeSpan.FromMinutes(10));
    }

    [Fact]
    public async Task Where_nobody_can_be_told_only_a_second_officer_lets_it_count()
    {
        using var citizen = await town.Citizen();
        await town.Execute("update identity.account set phone = null where id = $1", citizen.Account);
        await town.Execute("update population.person set phone = null where id = $1", citizen.Person);
        await At(citizen, "canbo", "recover", Other);
        await Finish(TimeSpan.FromDays(30));
        Assert.Equal(1, await town.Value<long>("select count(*) from identity.recovery where account_id = $1 and decided_at is null", citizen.Account));
    }

    [Fact]
    public async Task One_change_waits_at_a_time_and_who_wrote_it_down_can_take_it_back()
    {
        using var citizen = await town.Citizen();
        using var clerk = await Officer("canbo");
        await At(citizen, clerk, "recover", Other);
        (await At(citizen, clerk, "recover", "0911222444")).Shows("đang chờ đổi số điện thoại");
        var (id, file) = await Waiting(citizen, clerk);
        (await clerk.Send("/dinh-danh?handler=Decide", ("number", citizen.Number), ("case", file), ("id", id), ("approve", "false"))).Shows("Số điện thoại cũ vẫn dùng");
        (await At(citizen, clerk, "recover", "0911222444")).Shows("chưa có hiệu lực");
        Assert.Equal(["identity.recovery-asked", "identity.recovery-refused", "identity.recovery-asked"], await Kinds(citizen));
    }

    [Fact]
    public async Task A_province_can_want_the_time_waited_in_any_case()
    {
        using var citizen = await town.Citizen();
        await At(citizen, "canbo", "recover", Other);
        await town.Execute("update kernel.rule set value = 'không' where key = 'identity.recovery-second-officer'");
        var id = await town.Value<Guid>("select id from identity.recovery where account_id = $1", citizen.Account);
        (await town.Ask<DecideRecovery, Done>(d => d.Run(new(id, "x", true)), Actor.System("second"))).Refused("identity.recovery-waits-only");
        await town.Execute("update kernel.rule set value = 'có' where key = 'identity.recovery-second-officer'");
    }

    private async Task<Counter> Officer(string account)
    {
        var officer = new Counter(town);
        await officer.SignIn(account);
        return officer;
    }

    private async Task<Citizen.Seen> At(Citizen citizen, string account, string aim, string phone)
    {
        using var officer = await Officer(account);
        return await At(citizen, officer, aim, phone);
    }

    /// <summary>At the counter, with person and card.</summary>
    private static async Task<Citizen.Seen> At(Citizen citizen, Counter officer, string aim, string phone)
    {
        var looked = await officer.Send("/dinh-danh?handler=Look", ("number", citizen.Number));
        return await officer.Send("/dinh-danh?handler=Prove", ("number", citizen.Number), ("case", looked.Hidden.Single(h => h.Name == "case").Value), ("card", citizen.Number), ("evidence", "card-seen"), ("evidence", "face-compared"), ("phone", phone), ("aim", aim));
    }

    private static async Task<(string Id, string Case)> Waiting(Citizen citizen, Counter officer)
    {
        var looked = await officer.Send("/dinh-danh?handler=Look", ("number", citizen.Number));
        looked.Shows(Other);
        return (looked.Hidden.Single(h => h.Name == "id").Value, looked.Hidden.Single(h => h.Name == "case").Value);
    }

    /// <summary>The code of the counter opens nothing yet.</summary>
    private async Task Refused(Citizen citizen, string code) =>
        Assert.True((await citizen.Send(await citizen.Go("/vao/xac-nhan-them"), "/vao/xac-nhan-them?handler=Raise", ("factor", Accounts.Assurance.Counter), ("secret", code))).To is null, await Phone(citizen));

    private async Task Finish(TimeSpan later)
    {
        town.PutForward(later);
        await town.Services.GetRequiredService<FinishRecoveries>().Run();
    }

    private async Task<string> StopCode(string target) =>
        Regex.Match((await town.Rows("select body from identity.message where target = $1 and body like '%chua co hieu luc%' order by id desc limit 1", r => r.GetString(0), target)).Single(), "nhap ma ([0-9]{12})").Groups[1].Value;

    private Task<long> Told(string target, string what) => town.Value<long>("select count(*) from identity.message where target = $1 and strpos(body, $2) > 0", target, what);

    private Task<string> Phone(Citizen citizen) => town.Value<string>("select phone from identity.account where id = $1", citizen.Account);

    private Task<List<string>> Kinds(Citizen citizen) => town.Rows("select kind from journal.entry where subject = $1 order by position", r => r.GetString(0), citizen.Account);
}
