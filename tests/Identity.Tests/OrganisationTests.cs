using Microsoft.Extensions.DependencyInjection;
using System.Text.Json;
using SoGoc.Identity.Accounts;
using SoGoc.Identity.Organisations;
using SoGoc.Identity.Requests;
using SoGoc.Kernel.Access;
using SoGoc.Kernel.Data;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Time;
using SoGoc.Population;
using SoGoc.Testing;

namespace SoGoc.Identity.Tests;

/// <summary>Accounts of organisations, and who acts for them and for children where a system asks.</summary>
public sealed class OrganisationTests(Province province) : IClassFixture<Province>
{
    private const string Path = "/cua-toi/to-chuc";
    private static int numbers;

    private DateOnly Today => province.Services.GetService(typeof(TimeProvider)) is TimeProvider clock ? clock.Today() : default;

    [Fact]
    public async Task A_head_registers_the_office_approves_within_three_working_days_and_the_head_activates()
    {
        using var head = await Head();
        var number = Number();
        (await Ask(head, number)).LeadsTo(Path);
        var days = new OfficeDays((await province.Rows("select day, works from kernel.day_off", r => (r.Get<DateOnly>(0), r.GetBoolean(1)))).ToDictionary(d => d.Item1, d => d.Item2));
        var page = await head.Go(Path);
        page.Shows("chờ duyệt");
        page.Shows($"Trả lời trước hết ngày {days.After(Today, 3).Shown()}");
        (await head.Send(page, Path + "?handler=Activate", ("id", await Id(number)))).Shows("Không có gì để kích hoạt");

        using var office = await Office();
        (await office.Go("/")).Shows("Tổ chức chờ duyệt tài khoản");
        (await office.Go("/to-chuc")).Shows(head.State!.Facts.FullName!);
        await Decide(office, number, "verify");
        (await head.Go(Path)).Shows($"Trả lời trước hết ngày {days.EndOf(Today.AddDays(15)).Shown()}");
        (await Decide(office, number, "verify")).Shows("Đã báo phải xác minh.");
        (await Decide(office, number, "approve")).LeadsTo("/to-chuc");
        (await Decide(office, number, "refuse")).Shows("Không có tổ chức này, hoặc việc đã xong.");
        Assert.Empty(await May(head));
        (await head.Send(await head.Go(Path), Path + "?handler=Activate", ("id", await Id(number)))).LeadsTo(Path);
        Assert.Single(await May(head));
        Assert.Equal(["identity.organisation-asked", "identity.organisation-decided", "identity.organisation-decided", "identity.organisation-activated"],
            await province.Rows("select kind from journal.entry where subject = $1 and kind like 'identity.organisation%' order by position", r => r.GetString(0), head.Account));
    }

    [Fact]
    public async Task What_is_refused_or_not_activated_within_seven_days_is_no_account_and_may_be_asked_for_anew()
    {
        using var head = await Head();
        using var office = await Office();
        var number = Number();
        await Ask(head, number);
        await Decide(office, number, "refuse");
        (await head.Go(Path)).Shows("không duyệt");
        (await Ask(head, number)).LeadsTo(Path);
        await Decide(office, number, "approve");
        await province.Execute("update identity.organisation set decided_at = decided_at - interval '8 days' where number = $1 and approved", number);
        (await head.Go(Path)).Shows("quá 7 ngày chưa kích hoạt");
        (await head.Send(await head.Go(Path), Path + "?handler=Activate", ("id", await Id(number)))).Shows("Không có gì để kích hoạt");
        (await Ask(head, number)).LeadsTo(Path);
        (await Ask(head, number)).Shows("Bạn đã đăng ký tổ chức mang số này.");
    }

    [Fact]
    public async Task A_registration_says_what_it_lacks_and_who_is_not_of_level_2_does_not_register()
    {
        using var head = await Head();
        (await head.Send(await head.Go(Path), Path + "?handler=Ask", ("name", "Công ty Mẫu"), ("kind", "enterprise"), ("number", "123"), ("address", "Ấp Mẫu"))).Shows("có 10 chữ số");
        (await head.Send(await head.Go(Path), Path + "?handler=Ask", ("name", "Trường Mẫu"), ("kind", "agency"), ("number", $"12/QĐ-UBND-{Number()}"), ("address", "Ấp Mẫu"))).LeadsTo(Path);
        using var weak = await province.Citizen(level: 1);
        weak.Cookies.SetCookies(province.Address, await province.Session(weak, Assurance.Passkey));
        (await weak.Go(Path)).LeadsTo("/vao/xac-nhan-them");
        using var clerk = new Counter(province);
        await clerk.SignIn("canbo");
        Assert.Equal(System.Net.HttpStatusCode.Forbidden, (await clerk.Go("/to-chuc")).Status);
    }

    [Fact]
    public async Task Whom_the_head_names_acts_until_the_day_and_names_nobody_himself()
    {
        var (head, number) = await Standing();
        using var agent = await Head();
        await Name(head, agent, number);
        Assert.Equal("mandate", (await May(agent)).Single().Basis);
        (await agent.Send(await agent.Go(Path), Path + "?handler=Choose", ("id", await Id(number)))).LeadsTo("/cua-toi");
        (await agent.Go("/cua-toi")).Shows("Bạn đang thay mặt Công ty Mẫu");
        using var third = await Head();
        (await agent.Send(await agent.Go(Path), Path + "?handler=Name", ("id", await Id(number)), ("number", third.Number), ("name", third.State!.Facts.FullName), ("until", "31/12/2027"))).Shows("không làm thay người này được");
        (await third.Send(await third.Go(Path), Path + "?handler=Choose", ("id", await Id(number)))).Shows("không làm thay người này được");
        Assert.DoesNotContain(head.State!.Facts.FullName!, (await agent.Go("/cua-toi/lam-thay")).Text, StringComparison.Ordinal);
        await province.Execute("update identity.mandate set until_on = $2 where agent_id = $1", agent.Person, Today.AddDays(-1));
        Assert.Empty(await May(agent));
        Assert.DoesNotContain("Bạn đang thay mặt", (await agent.Go("/cua-toi")).Text, StringComparison.Ordinal);
        head.Dispose();
    }

    [Fact]
    public async Task When_the_head_dies_nobody_acts_from_that_moment_and_the_account_ends()
    {
        var (head, number) = await Standing();
        using var agent = await Head();
        await Name(head, agent, number);
        await province.Execute("update population.person set status = 'dead' where id = $1", head.Person);
        Assert.Empty(await May(agent));
        await province.Do<EndOrganisations, Done>(e => e.Run(), Actor.System("test"));
        Assert.Equal("head-gone", await province.Value<string>("select end_reason from identity.organisation where number = $1", number));
        head.Dispose();
    }

    [Fact]
    public async Task A_new_head_who_is_approved_takes_the_place_of_the_former_one_and_of_all_he_has_named()
    {
        var (former, number) = await Standing();
        using var agent = await Head();
        await Name(former, agent, number);
        using var next = await Head();
        (await Ask(next, number)).LeadsTo(Path);
        Assert.Single(await May(former));
        using var office = await Office();
        await Decide(office, number, "approve");
        Assert.Empty(await May(former));
        Assert.Empty(await May(agent));
        Assert.Equal(1, await province.Value<long>("select count(*) from identity.message where target = $1 and body like '%nguoi dung dau khac%'", former.Phone));
        await next.Send(await next.Go(Path), Path + "?handler=Activate", ("id", await Id(number)));
        Assert.Single(await May(next));
        former.Dispose();
    }

    [Fact]
    public async Task A_system_is_told_who_acts_for_which_organisation_and_hears_no_more_once_the_head_is_gone()
    {
        var (head, number) = await Standing();
        using var agent = await Head();
        await Name(head, agent, number);
        await agent.Send(await agent.Go(Path), Path + "?handler=Choose", ("id", await Id(number)));
        var client = await province.Client("Cục Thuế tỉnh An Giang", ["name"]);
        var told = await SignIn(agent, client);
        var acting = told.GetProperty("claims").GetProperty("on_behalf_of");
        Assert.Equal(("mandate", "Công ty Mẫu", number), (acting.GetProperty("basis").GetString(), acting.GetProperty("organisation").GetProperty("name").GetString(), acting.GetProperty("organisation").GetProperty("number").GetString()));
        Assert.Equal(number, told.GetProperty("user").GetProperty("on_behalf_of").GetProperty("organisation").GetProperty("number").GetString());
        Assert.Equal(agent.State!.Facts.FullName, told.GetProperty("user").GetProperty("name").GetString());

        await head.Send(await head.Go(Path), Path + "?handler=Choose", ("id", await Id(number)));
        var asHead = (await SignIn(head, client)).GetProperty("claims").GetProperty("on_behalf_of");
        Assert.Equal("head", asHead.GetProperty("basis").GetString());
        Assert.Equal(acting.GetProperty("sub").GetString(), asHead.GetProperty("sub").GetString());

        await province.Execute("update population.person set status = 'dead' where id = $1", head.Person);
        Assert.Equal("access_denied", (await SignIn(agent, client)).GetProperty("error").GetString());
        head.Dispose();
    }

    [Fact]
    public async Task A_token_by_which_somebody_acts_for_another_is_worth_nothing_from_the_moment_he_may_not()
    {
        var (head, number) = await Standing();
        using var agent = await Head();
        await Name(head, agent, number);
        await agent.Send(await agent.Go(Path), Path + "?handler=Choose", ("id", await Id(number)));
        using var ended = new Ear(() => province.Execute("update identity.mandate set ended_at = now() where agent_id = $1", agent.Person).GetAwaiter().GetResult());
        var told = await SignIn(agent, await province.Client("Sở Công Thương tỉnh An Giang", ["name"]), ended.Address);
        Assert.Equal(1, ended.Heard);
        Assert.True(told.GetProperty("user").TryGetProperty("refused", out _));
        Assert.Equal("invalid_grant", told.GetProperty("refreshRefused").GetString());
        head.Dispose();
    }

    [Fact]
    public async Task A_system_is_told_of_what_level_the_account_of_the_child_is_for_whom_somebody_acts()
    {
        using var mother = await Head();
        var child = await province.Enter(Province.WithCard("2019-03-04").With(KinKind.Mother, mother.State!.Facts.Number!.Value));
        await mother.Send(await mother.Go("/cua-toi/lam-thay"), "/cua-toi/lam-thay?handler=Open", ("person", child.ToString()));
        await mother.Send(await mother.Go("/cua-toi/lam-thay"), "/cua-toi/lam-thay?handler=Choose", ("person", child.ToString()));
        var client = await province.Client("Sở Y tế tỉnh An Giang", ["name"]);
        var told = await SignIn(mother, client);
        var acting = told.GetProperty("claims").GetProperty("on_behalf_of");
        // The name is the child's, and stands with the child: the subject is the mother.
        Assert.False(told.GetProperty("user").TryGetProperty("name", out _));
        Assert.Equal((await province.Services.GetRequiredService<IServiceScopeFactory>().CreateScope().ServiceProvider.GetRequiredService<IPopulation>().Find(child))!.Facts.FullName, told.GetProperty("user").GetProperty("on_behalf_of").GetProperty("name").GetString());
        Assert.Equal(("parent", "urn:sogoc:level:1"), (acting.GetProperty("basis").GetString(), acting.GetProperty("acr").GetString()));
        await province.Execute("delete from population.kin where person_id = $1", child);
        Assert.Equal("access_denied", (await SignIn(mother, client)).GetProperty("error").GetString());
    }

    private async Task<Citizen> Head()
    {
        var citizen = await province.Citizen();
        citizen.Cookies.SetCookies(province.Address, await province.Session(citizen, Assurance.Passkey));
        return citizen;
    }

    /// <summary>A head with an organisation that is in use.</summary>
    private async Task<(Citizen Head, string Number)> Standing()
    {
        var (head, number) = (await Head(), Number());
        await Ask(head, number);
        using var office = await Office();
        await Decide(office, number, "approve");
        (await head.Send(await head.Go(Path), Path + "?handler=Activate", ("id", await Id(number)))).LeadsTo(Path);
        return (head, number);
    }

    private async Task<Counter> Office()
    {
        var office = new Counter(province);
        await office.SignIn("tinh");
        return office;
    }

    private static string Number() => $"16{Interlocked.Increment(ref numbers):D8}";

    private static async Task<Citizen.Seen> Ask(Citizen head, string number) =>
        await head.Send(await head.Go(Path), Path + "?handler=Ask", ("name", "Công ty Mẫu"), ("kind", "enterprise"), ("number", number), ("address", "Số 1, ấp Mẫu"));

    private async Task<Citizen.Seen> Decide(Counter office, string number, string decision) => await office.Send("/to-chuc", ("id", await Id(number)), ("decision", decision), ("answer", "Đã xem đăng ký doanh nghiệp."));

    private async Task Name(Citizen head, Citizen agent, string number) =>
        (await head.Send(await head.Go(Path), Path + "?handler=Name", ("id", await Id(number)), ("number", agent.Number), ("name", agent.State!.Facts.FullName), ("until", Today.AddYears(1).Shown()))).LeadsTo(Path);

    /// <summary>The newest of a number.</summary>
    private async Task<string> Id(string number) => (await province.Value<Guid>("select id from identity.organisation where number = $1 order by id desc limit 1", number)).ToString();

    private Task<List<MayActForOrganisation>> May(Citizen citizen) => province.Do<OrganisationBook, List<MayActForOrganisation>>(async b => await b.For(citizen.Person));

    private async Task<JsonElement> SignIn(Citizen citizen, (string Id, string Key) client, string? between = null) => await NpmClient.Of("openid-client.mjs", new
    {
        issuer = province.Address, clientId = client.Id, key = JsonDocument.Parse(client.Key).RootElement, cookie = $"{CitizenSessions.Cookie}={citizen.Cookie(CitizenSessions.Cookie)}", scope = "openid offline_access name",
        decision = "yes", between, redirect = "http://localhost:7/ve", postLogout = "http://localhost:7/thoat",
    });
}
