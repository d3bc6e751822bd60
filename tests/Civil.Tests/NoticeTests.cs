using System.Net;
using System.Runtime.Versioning;
using SoGoc.Kernel.Time;
using SoGoc.Testing;

namespace SoGoc.Civil.Tests;

/// <summary>The notice of a decision on residence: what the family takes home.</summary>
[SupportedOSPlatform("linux")]
public sealed class NoticeTests(Town town) : IClassFixture<Town>
{
    [Fact]
    public async Task A_decision_has_one_notice_which_says_what_was_decided_and_which_anybody_can_check()
    {
        using var congan = await town.As("congan");
        var family = await new Family(town).Enter();
        var done = (await family.Decide(congan)).Succeeds();
        var decision = await Newest(congan, done["decisionNo"].GetString()!);
        var notice = (await congan.Post("/residences/notice", new { decision })).Succeeds();
        var text = notice.Text(sheets: 2);     // a family with long names needs a second one
        foreach (var said in new[] { "THÔNG BÁO KẾT QUẢ GIẢI QUYẾT ĐĂNG KÝ CƯ TRÚ", "Đăng ký thường trú", done["decisionNo"].GetString()!, family.Father.Facts.FullName!.ToUpperInvariant(), Family.Number(family.Father), family.Son.Facts.FullName!, Family.New, "Chủ hộ", "Luật Cư trú", "Vũ Văn Nghiệm" })
        {
            Assert.Contains(said, text, StringComparison.Ordinal);
        }

        Assert.DoesNotContain("Quyển số", text, StringComparison.Ordinal);
        // Handed out once more it is the same.
        var again = (await congan.Post("/residences/notice", new { decision })).Succeeds();
        Assert.Equal((notice["paper"].GetGuid(), notice["pdf"].GetString()), (again["paper"].GetGuid(), again["pdf"].GetString()));
        Assert.Equal(["civil.paper-issued", "civil.paper-printed"], await town.Rows("select kind from journal.entry where subject = $1 order by position", r => r.GetString(0), notice["paper"].GetGuid()));
        Assert.Equal(0, await town.Value<long>("select count(*) from journal.case_file where reference like 'TB-%' and closed_at is null"));

        var address = notice["address"].GetString()!;
        using var stranger = town.Stranger();
        var (code, token) = (notice["code"].GetString()!, address.Split('#')[1]);
        Assert.Equal("valid", (await stranger.Post("/civil/papers/verify", new { code })).Succeeds()["state"].GetString());
        var facts = (await stranger.Post("/civil/papers/verify", new { code, token })).Succeeds()["facts"];
        Assert.Equal((family.Father.Facts.FullName, done["decisionNo"].GetString()), (facts.GetProperty("name").GetString(), facts.GetProperty("no").GetString()));
    }

    [Fact]
    public async Task A_notice_is_handed_out_by_the_commune_that_decided_and_by_nobody_else()
    {
        using var congan = await town.As("congan");
        using var canbo = await town.As("canbo");
        var family = await new Family(town).Enter();
        var decision = await Newest(congan, (await family.Decide(congan)).Succeeds()["decisionNo"].GetString()!);
        // The commune that they left is told of it, and does not hand it out; a third one does not see it.
        using var left = await town.Official("commune-police", family.Area.Id);
        (await left.Post("/residences/notice", new { decision })).Refuses("civil.paper-elsewhere", HttpStatusCode.Forbidden);
        var third = town.Places.Children(town.Places.Home(town.Clock.Today())!, town.Clock.Today()).First(a => a.Id != town.Commune.Id && a.Id != family.Area.Id);
        using var other = await town.Official("commune-police", third.Id);
        (await other.Post("/residences/notice", new { decision })).Refuses("civil.no-decision", HttpStatusCode.NotFound);
        Assert.Empty((await other.Post("/residences/list", new { })).Succeeds()["decisions"].EnumerateArray());
        Assert.Equal(HttpStatusCode.Forbidden, (await canbo.Post("/residences/notice", new { decision })).Status);
    }

    [Fact]
    public async Task Of_a_stay_there_is_no_notice()
    {
        using var congan = await town.As("congan");
        var family = await new Family(town).Enter();
        var done = (await family.With("act", "stay").With("detail", "Nhà nghỉ Mẫu").With("until", Family.Day(town.Clock.Today().AddDays(3))).Decide(congan)).Succeeds();
        (await congan.Post("/residences/notice", new { decision = await Newest(congan, done["decisionNo"].GetString()!, "stay") })).Refuses("civil.no-notice");
    }

    private static async Task<Guid> Newest(Official who, string no, string act = "permanent") => (await who.Post("/residences/list", new { })).Succeeds()["decisions"].EnumerateArray()
        .First(d => d.GetProperty("no").GetString() == no && d.GetProperty("act").GetString() == act).GetProperty("decision").GetGuid();
}
