using System.Net;
using System.Runtime.Versioning;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using SoGoc.Population;
using SoGoc.Services.Store;
using SoGoc.Testing;

namespace SoGoc.Services.Tests;

/// <summary>What goes wrong at home: the session ends in the middle of a form, two tabs begin the same one, the browser's button leads back, and somebody types scripts.</summary>
[SupportedOSPlatform("linux")]
public sealed partial class RoughHandsTests(StoreTown town) : IClassFixture<StoreTown>
{
    private const string Licence = "3.000347", Script = "\"'><script>alert(1)</script>";

    private static readonly byte[] PngHead = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    [Theory]
    [InlineData("expires_at = made_at")]
    [InlineData("ended_at = made_at")]
    public async Task What_was_typed_when_the_session_ended_by_time_or_by_another_is_there_after_the_sign_in_and_one_file(string ended)
    {
        var (home, person) = await town.Citizen();
        using var _ = home;
        var form = await Begin(home, ("licenceNo", "890123456789"));
        (await home.Bring($"{Form}?handler=Attach", form, ("papers.health-certificate", "truoc.png", Png()))).Succeeds().Says("truoc.png");
        await End(person, ended);
        form = Otherwise(form, "answers.licenceNo", "890111222333");
        var sent = await home.Bring(Form, form, ("papers.health-certificate", "luc-het.png", Png()));
        Assert.Equal("/vao", sent.Path);
        var back = Uri.UnescapeDataString(Return().Match(sent.Address).Groups[1].Value);
        // Nobody who is not signed in has handed in a file, or left a paper.
        Assert.Equal((0, 1), (await Count("file f", "f.subject_id", person), await Count("paper p", "p.person_id", person)));
        await SignIn(home, person);
        (await home.Get(back)).Succeeds().Says("Phiên làm việc đã hết lúc bạn gửi", "890111222333", "truoc.png");
        var file = (await home.Bring(Form, form)).Succeeds().Says("Mới đăng ký").Path;
        Assert.Equal(file, (await home.Bring(Form, form)).Path);
        // Pressed once more in another tab whose session has ended: it leads to the file, and no draft comes back.
        await End(person, ended);
        back = Uri.UnescapeDataString(Return().Match((await home.Bring(Form, form)).Address).Groups[1].Value);
        await SignIn(home, person);
        Assert.Equal(file, (await home.Get(back)).Succeeds().Path);
        Assert.Equal((1, 0), (await Count("file f", "f.subject_id", person), await Count("draft d", "d.subject_id", person)));
    }

    [Fact]
    public async Task What_is_no_form_of_this_house_or_is_too_much_is_not_kept_and_of_a_kept_one_nobody_else_learns()
    {
        var (home, person) = await town.Citizen();
        var (other, stranger) = await town.Citizen();
        using (home)
        using (other)
        {
            var form = await Begin(home, ("licenceNo", "890123456789"));
            await End(person, "ended_at = made_at");
            foreach (var bad in new[] { Otherwise(form, "Whose", "CfDJ8Kforged"), Otherwise(form, "Whose", ""), Otherwise(form, "answers.licenceNo", new string('9', 30_000)) })
            {
                Assert.DoesNotContain("giu", (await home.Bring(Form, bad)).Address, StringComparison.Ordinal);
            }

            // The mark of a form is no key to the form of another service.
            Assert.DoesNotContain("giu", (await home.Bring("/dich-vu/AG.25/nop", form)).Address, StringComparison.Ordinal);
            Assert.Equal(0, await Count("draft d", "d.subject_id", person));
            var back = Uri.UnescapeDataString(Return().Match((await home.Bring(Form, form)).Address).Groups[1].Value);
            Assert.DoesNotContain("890123456789", (await other.Get(back)).Succeeds().Text, StringComparison.Ordinal);
            Assert.Equal((1, 0), (await Count("draft d", "d.subject_id", person), await Count("draft d", "d.subject_id", stranger)));
            // What was begun anew elsewhere meanwhile is not written over.
            await town.Execute("update services.draft d set once = gen_random_uuid(), answers = '{\"licenceNo\":\"111\"}' from population.person p where p.id = d.subject_id and p.number = $1", person.Facts.Number!.Value.ToString());
            await home.Bring(Form, form);
            Assert.Equal("111", await town.Value<string>("select answers ->> 'licenceNo' from services.draft d join population.person p on p.id = d.subject_id where p.number = $1", person.Facts.Number.Value.ToString()));
        }
    }

    [Fact]
    public async Task Two_tabs_that_begin_the_same_form_make_one_file_and_the_way_back_shows_it()
    {
        var (home, person) = await town.Citizen();
        using var _ = home;
        var tab = (await home.Get(Form)).Succeeds().Address;
        var (one, two) = (await Begin(home), await Begin(home));
        var sent = await Task.WhenAll(home.Bring(Form, one), home.Bring(Form, two), home.Bring(Form, one));
        var file = Assert.Single(sent.Select(s => s.Succeeds().Path).Distinct());
        Assert.Equal(1, await Count("file f", "f.subject_id", person));
        // The browser's button asks for the address of the form again.
        Assert.Equal(file, (await home.Get(tab)).Succeeds().Path);
        // Whoever comes by the service's page wants another one.
        var anew = NewForm().Match((await home.Get($"/dich-vu/{Licence}")).Succeeds().Text).Groups[1].Value;
        Assert.Equal(Form, (await home.Get(anew)).Succeeds().Path);
        Assert.NotEqual(file, (await home.Bring(Form, await Begin(home))).Succeeds().Path);
        Assert.Equal(2, await Count("file f", "f.subject_id", person));
    }

    public static TheoryData<string> All => [.. Directory.EnumerateFiles(Path.Combine(Clone.Root, "reference/procedures"), "*.json").Select(p => Path.GetFileNameWithoutExtension(p)).Order(StringComparer.Ordinal)];

    /// <summary>Each field that takes text, in as many files as its conditions need; on each page that shows it, and in the form itself.</summary>
    [Theory]
    [MemberData(nameof(All))]
    public async Task A_script_in_every_field_is_text_on_every_page(string code)
    {
        var (clerk, procedure, person) = (await town.Clerk(), AllServicesTests.Procedure(code), await town.Resident());
        using var home = await town.AtHome(person);
        using var desk = town.Sit();
        await desk.SignIn("canbo");
        var fields = procedure.GetProperty("fields").EnumerateArray().ToDictionary(f => f.GetProperty("name").GetString()!, f => f);
        var open = fields.Where(f => f.Value.GetProperty("ask").GetString() is "text" or "longText").Select(f => f.Key).ToHashSet();
        while (open.Count > 0)
        {
            var answers = Scripted(procedure, fields, open.First());
            var file = (await clerk.Post("/files/take-in", new { procedure = code, number = person.Facts.Number!.Value.ToString(), answers, once = Guid.NewGuid() })).Succeeds()["code"].GetString()!;
            var kept = (await town.Rows("select key, value from services.file f, jsonb_each_text(f.answers) where f.code = $1", r => (Field: r.GetString(0), Value: r.GetString(1)), file)).Where(a => open.Contains(a.Field) || a.Value.Contains('<', StringComparison.Ordinal)).ToList();
            Assert.True(open.RemoveWhere(f => kept.Any(k => k.Field == f)) > 0, $"{code}: {string.Join(' ', open)} cannot be filled in.");
            IsText(await desk.Bytes($"/mot-cua/{file}"), [.. kept.Select(k => k.Value)]);
            foreach (var (who, path) in new[] { (home, $"/cua-toi/ho-so/{file}"), (home, "/cua-toi/ho-so"), (home, "/cua-toi/kho"), (desk, "/mot-cua") })
            {
                IsText(await who.Bytes(path));
            }

            Assert.Equal("%PDF"u8.ToArray(), (await desk.Bytes($"/mot-cua/{file}?handler=Paper&kind=tiep-nhan"))[..4]);
        }

        // What takes no text says so, and nothing is entered.
        foreach (var (name, field) in fields.Where(f => f.Value.GetProperty("ask").GetString() is "date" or "choice" or "count" or "phone" or "commune" or "person"))
        {
            var answers = Scripted(procedure, fields, name);
            answers[name] = Script;
            var sent = await clerk.Post("/files/take-in", new { procedure = code, number = person.Facts.Number!.Value.ToString(), answers, once = Guid.NewGuid() });
            // What the register has made void is left out.
            Assert.False(sent.IsGood && await town.Value<bool>("select answers ? $2 from services.file where code = $1", sent["code"].GetString(), name), $"{code} takes a script as {name}.");
        }

        // In the form it stands in its fields again.
        var typed = Scripted(procedure, fields, fields.Keys.First());
        await home.Bring($"/dich-vu/{code}/nop?handler=Keep", [.. typed.Select(a => ("answers." + a.Key, (string?)a.Value))]);
        IsText(await home.Bytes($"/dich-vu/{code}/nop"));
    }

    [Fact]
    public async Task A_script_in_what_citizen_and_office_write_to_each_other_is_text_on_every_page_and_on_paper()
    {
        var (home, person) = await town.Citizen();
        using var _ = home;
        using var desk = town.Sit();
        await desk.SignIn("congan");
        using var police = await town.As("congan");
        var code = (await police.Post("/files/take-in", new { procedure = "2.001194", number = person.Facts.Number!.Value.ToString(), answers = town.Answers(AllServicesTests.Procedure("2.001194")), once = Guid.NewGuid() })).Succeeds()["code"].GetString()!;
        await town.Paid(police, code);
        (await police.Post("/files/take", new { code })).Succeeds();
        string Said(string what) => $"{what} {Script}";
        (await police.Post("/files/ask-supplement", new { code, what = Said("thiếu") })).Succeeds();
        IsText(await home.Bytes($"/cua-toi/ho-so/{code}"), Said("thiếu"));
        IsText(await desk.Bytes($"/mot-cua/{code}"), Said("thiếu"));
        Assert.Contains(Script, PdfText(await home.Bytes($"/cua-toi/ho-so/{code}?handler=Paper&kind=bo-sung")), StringComparison.Ordinal);
        (await home.Send($"/cua-toi/ho-so/{code}?handler=Supplement", [.. town.Answers(AllServicesTests.Procedure("2.001194")).Select(a => ("answers." + a.Key, (string?)(a.Key == "phone" ? "0900000789" : a.Value)))])).Succeeds();
        (await police.Post("/files/apologise", new { code, due = "2026-12-10", why = Said("chậm") })).Succeeds();
        (await home.Send($"/cua-toi/ho-so/{code}?handler=Complain", ("Said", Said("kêu ca")))).Succeeds();
        (await police.Post("/files/complaints/answer", new { code, answer = Said("trả lời") })).Succeeds();
        (await police.Post("/files/decide", new { code, resultNo = "1" + Script, text = Said("kết quả") })).Succeeds();
        (await home.Send($"/cua-toi/ho-so/{code}?handler=Result")).Succeeds();
        (await home.Send($"/cua-toi/ho-so/{code}?handler=Rate", ("Stars", "1"), ("Why", Said("chê")))).Succeeds();
        IsText(await home.Bytes($"/cua-toi/ho-so/{code}"), Said("chậm"), Said("kêu ca"), Said("trả lời"), Said("kết quả"), "1" + Script);
        IsText(await desk.Bytes($"/mot-cua/{code}"), Said("kêu ca"), Said("trả lời"), Said("chê"));
        IsText(await home.Bytes("/cua-toi/kho"), "1" + Script);
        IsText(await desk.Bytes("/mot-cua"));
        Assert.Contains(Said("kết quả"), PdfText(await home.Bytes($"/cua-toi/kho?handler=Result&hs={code}")), StringComparison.Ordinal);
        using var stranger = town.Sit();
        var tracked = (await stranger.Send("/tra-cuu-ho-so", ("Code", Script), ("Last", Script)));
        Assert.Equal(HttpStatusCode.NotFound, tracked.Status);
        IsText(await stranger.Bytes($"/tra-cuu-ho-so?ma={Uri.EscapeDataString(Script)}"), Script);
        IsText(await stranger.Bytes($"/dich-vu?tim={Uri.EscapeDataString(Script)}"), Script);
    }

    private static string Form => $"/dich-vu/{Licence}/nop";

    /// <summary>Answers by which a field applies, with the script in each that takes text, as long as it may be.</summary>
    private Dictionary<string, string> Scripted(JsonElement procedure, Dictionary<string, JsonElement> fields, string wanted)
    {
        var chosen = new Dictionary<string, string>();
        for (var name = wanted; fields[name].TryGetProperty("when", out var when) && when.GetString()!.Split('=') is [var of, var values] && fields.ContainsKey(of); name = of)
        {
            chosen[of] = values.Split('|')[^1];
        }

        var answers = town.Answers(procedure, chosen);
        foreach (var (name, field) in fields.Where(f => f.Value.GetProperty("ask").GetString() is "text" or "longText"))
        {
            answers[name] = Script[..Math.Min(Script.Length, field.TryGetProperty("longest", out var longest) ? longest.GetInt32() : 300)];
        }

        return answers;
    }

    /// <summary>The page has no script but its own, and shows what was typed as it was typed.</summary>
    private static void IsText(byte[] page, params string[] shown)
    {
        var html = Encoding.UTF8.GetString(page);
        Assert.DoesNotContain("<script>", html, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("\"'><", html, StringComparison.Ordinal);
        Assert.All(shown, s => Assert.Contains(s, WebUtility.HtmlDecode(html), StringComparison.Ordinal));
    }

    internal static string PdfText(byte[] pdf)
    {
        using var document = UglyToad.PdfPig.PdfDocument.Open(pdf);
        return string.Join(' ', document.GetPages().Select(p => string.Join(' ', p.GetWords().Select(w => w.Text)))).Normalize();
    }

    private async Task<(string Name, string? Value)[]> Begin(Sitting home, params (string Field, string Value)[] chosen)
    {
        var page = (await home.Get(Form)).Succeeds().Text;
        var answers = town.Answers(AllServicesTests.Procedure(Licence), new Dictionary<string, string> { ["health"] = "online" });
        foreach (var (field, value) in chosen)
        {
            answers[field] = value;
        }

        return [("Whose", Hidden("Whose", page)), ("Once", Hidden("Once", page)), .. answers.Select(a => ("answers." + a.Key, (string?)a.Value))];
    }

    private static string Hidden(string name, string page) => Regex.Match(page, $"name=\"{name}\" value=\"([^\"]*)\"").Groups[1].Value;

    private static (string Name, string? Value)[] Otherwise((string Name, string? Value)[] form, string name, string value) => [.. form.Select(f => f.Name == name ? (name, value) : f)];

    private Task End(PersonState person, string how) => town.Execute($"update identity.session s set {how} from identity.account a join population.person p on p.id = a.person_id where a.id = s.account_id and p.number = $1", person.Facts.Number!.Value.ToString());

    private async Task SignIn(Sitting home, PersonState person)
    {
        await town.Execute("delete from kernel.rate");
        (await home.Send("/vao?handler=Password", ("number", person.Facts.Number!.Value.ToString()), ("password", ServiceTown.Password))).Succeeds();
        await town.Execute("update identity.session s set factors = array['password', 'code'] from identity.account a join population.person p on p.id = a.person_id where a.id = s.account_id and p.number = $1", person.Facts.Number.Value.ToString());
    }

    private Task<long> Count(string of, string key, PersonState person) => town.Value<long>($"select count(*) from services.{of} join population.person h on h.id = {key} where h.number = $1", person.Facts.Number!.Value.ToString());

    private static byte[] Png() => [.. PngHead, .. Guid.NewGuid().ToByteArray()];

    [GeneratedRegex("ReturnUrl=([^&]+)")]
    private static partial Regex Return();

    [GeneratedRegex("href=\"(/dich-vu/[^\"]+/nop[^\"]*)\"")]
    private static partial Regex NewForm();
}
