using System.Runtime.Versioning;
using System.Text.Json.Nodes;
using SoGoc.Testing;

namespace SoGoc.Services.Tests;

/// <summary>Procedures are written, published, gone back on and withdrawn; files that run keep what they were handed in under.</summary>
[SupportedOSPlatform("linux")]
public sealed class ProcedureTests(ServiceTown town) : IClassFixture<ServiceTown>
{
    private const string Card = "2.001194", Old = "2.001178";

    [Fact]
    public async Task A_new_version_is_for_new_files_and_going_back_writes_the_old_one_again()
    {
        using var it = await town.As("tinhoc");
        var running = await TakeIn(Card);
        var before = await town.Value<int>("select version from services.procedure where code = $1 and state = 'published'", Card);
        var changed = await Written(Card, p => p["term"] = "5d");
        Assert.Empty((await it.Post("/procedures/draft", new { code = Card, text = changed })).Succeeds()["faults"].EnumerateArray());
        // A draft changes nothing for anybody.
        Assert.Equal(before, await town.Value<int>("select version from services.file where code = $1", await TakeIn(Card)));
        (await it.Post("/procedures/publish", new { code = Card, ground = "" })).Refuses("services.procedure-decision");
        var published = (await it.Post("/procedures/publish", new { code = Card, ground = "Quyết định số 1/QĐ-MẪU" })).Succeeds()["version"].GetInt32();
        (await it.Post("/procedures/publish", new { code = Card, ground = "Quyết định số 1/QĐ-MẪU" })).Refuses("services.procedure-no-draft");
        var (fresh, total) = (await TakeIn(Card), "select total_minutes from services.file where code = $1");
        Assert.Equal((published, before), (await town.Value<int>("select version from services.file where code = $1", fresh), await town.Value<int>("select version from services.file where code = $1", running)));
        Assert.True(await town.Value<int>(total, fresh) < await town.Value<int>(total, running), "The new term did not reach the new file.");

        var back = (await it.Post("/procedures/roll-back", new { code = Card, version = before, ground = "Quyết định số 2/QĐ-MẪU" })).Succeeds()["version"].GetInt32();
        Assert.True(back > published);
        Assert.Equal(await town.Value<int>(total, running), await town.Value<int>(total, await TakeIn(Card)));
        (await it.Post("/procedures/roll-back", new { code = Card, version = back, ground = "Quyết định số 2/QĐ-MẪU" })).Refuses("services.procedure-no-version");
        Assert.Equal(2, await town.Value<long>("select count(*) from journal.entry where kind = 'services.procedure-published' and body ->> 'code' = $1", Card));
        Assert.Empty((await town.Verify()).Differences);
    }

    [Fact]
    public async Task What_the_register_knows_is_not_published_as_a_question_and_what_cannot_be_read_says_where()
    {
        using var it = await town.As("tinhoc");
        (await it.Post("/procedures/draft", new { code = Old, text = "{ \"code\": \"2.001178\",\n \"nam\": 1 }" })).Refuses("services.procedure-text");
        (await it.Post("/procedures/draft", new { code = Old, text = await Written(Card, _ => { }) })).Refuses("services.procedure-other-code");
        var asking = await Written(Old, p => p["fields"]!.AsArray().Add(JsonNode.Parse("""{ "name": "bornAgain", "label": "Ngày sinh", "ask": "date", "fact": "born", "needed": true }""")));
        var saved = (await it.Post("/procedures/draft", new { code = Old, text = asking })).Succeeds()["faults"].EnumerateArray().Select(f => f.GetProperty("code").GetString());
        Assert.Contains("services.asked-although-known", saved);
        (await it.Post("/procedures/publish", new { code = Old, ground = "Quyết định số 3/QĐ-MẪU" })).Refuses("services.asked-although-known");
        using (var page = town.Sit())
        {
            await page.SignIn("tinhoc");
            (await page.Get("/thu-tuc/" + Old)).Succeeds().Says("Ngày sinh", "Chưa công bố được");
        }

        // With a law that wants it, it may be asked, and the province sees that it is.
        var lawful = await Written(Old, p => p["fields"]!.AsArray().Add(JsonNode.Parse("""{ "name": "bornAgain", "label": "Ngày sinh hỏi lại", "ask": "date", "fact": "born", "law": "Luật mẫu, điều 1", "needed": true }""")));
        (await it.Post("/procedures/draft", new { code = Old, text = lawful })).Succeeds();
        (await it.Post("/procedures/publish", new { code = Old, ground = "Quyết định số 3/QĐ-MẪU" })).Succeeds();
        using var seen = town.Sit();
        await seen.SignIn("tinhoc");
        (await seen.Get("/thu-tuc")).Succeeds().Says("Ngày sinh hỏi lại", "Luật mẫu, điều 1");
    }

    [Fact]
    public async Task A_procedure_that_is_withdrawn_takes_no_new_file_and_nobody_else_may_touch_it()
    {
        const string code = "AG.14";
        using var it = await town.As("tinhoc");
        using var clerk = await town.As("canbo");
        (await clerk.Post("/procedures/withdraw", new { code, ground = "Quyết định số 4/QĐ-MẪU" })).Refuses("kernel.not-permitted");
        (await it.Post("/procedures/withdraw", new { code, ground = "Quyết định số 4/QĐ-MẪU" })).Succeeds();
        (await it.Post("/procedures/withdraw", new { code, ground = "Quyết định số 4/QĐ-MẪU" })).Refuses("services.no-procedure");
        var citizen = await town.Resident();
        (await clerk.Post("/files/take-in", new { procedure = code, number = $"{citizen.Facts.Number}", answers = new { }, once = Guid.NewGuid() })).Refuses("services.no-procedure");
        // The next start of the program brings back nothing that an office has withdrawn.
        await town.StartAgain();
        (await it.Post("/procedures/withdraw", new { code, ground = "Quyết định số 4/QĐ-MẪU" })).Refuses("services.no-procedure");
    }

    private async Task<string> TakeIn(string procedure)
    {
        var (clerk, citizen) = (await town.Clerk(), await town.Resident());
        return (await clerk.Post("/files/take-in", new { procedure, number = $"{citizen.Facts.Number}", answers = town.Answers(AllServicesTests.Procedure(procedure)), once = Guid.NewGuid() })).Succeeds()["code"].GetString()!;
    }

    private async Task<string> Written(string code, Action<JsonObject> change)
    {
        var body = JsonNode.Parse((await town.Value<string>("select body::text from services.procedure where code = $1 and state = 'published'", code))!)!.AsObject();
        change(body);
        return body.ToJsonString();
    }
}
