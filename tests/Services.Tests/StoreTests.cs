using System.Net;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using SoGoc.Population;
using SoGoc.Services.Store;
using SoGoc.Testing;

namespace SoGoc.Services.Tests;

/// <summary>Papers of citizens: what is taken in, who may open it, and what need not be sent again.</summary>
[SupportedOSPlatform("linux")]
public sealed partial class StoreTests(StoreTown town) : IClassFixture<StoreTown>
{
    private const string Birth = "AG.09", Licence = "3.000347";

    private static readonly byte[] PngHead = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    [Fact]
    public async Task What_a_paper_is_its_content_says_and_never_its_name()
    {
        var (clerk, code) = (await town.Clerk(), await TakeIn());
        foreach (var (name, content) in new[] { ("giay.pdf", "<html><script>alert(1)</script></html>"u8.ToArray()), ("anh.png", "<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>"u8.ToArray()), ("giay.pdf", "MZ"u8.ToArray()), ("giay.pdf", "  %PDF-1.4"u8.ToArray()) })
        {
            (await Scan(clerk, code, content, name)).Refuses("services.store-type");
        }

        (await Scan(clerk, code, [], "giay.pdf")).Refuses("services.store-empty");
        (await Scan(clerk, code, Png(), "../../\u202Egnp.html")).Succeeds();
        var paper = (await clerk.Post("/files/show", new { code })).Succeeds()["papers"][0];
        // Whoever saves it saves a picture, and the sign that turns letters round is gone.
        Assert.Equal(("image/png", "gnp.html.png"), (paper.GetProperty("type").GetString(), paper.GetProperty("name").GetString()));
    }

    [Fact]
    public async Task A_malicious_paper_is_refused_and_nothing_of_it_stays()
    {
        var (clerk, code) = (await town.Clerk(), await TakeIn());
        (await Scan(clerk, code, Eicar.AsPdf, "giay.pdf")).Refuses("services.store-infected");
        Assert.Equal(0, await town.Value<long>("select count(*) from services.paper_bytes where digest = $1", SHA256.HashData(Eicar.AsPdf)));
    }

    [Fact]
    public async Task What_could_not_be_scanned_waits_and_is_opened_by_nobody_until_it_was()
    {
        var (clerk, code) = (await town.Clerk(), await TakeIn());
        byte[] sound = Png(), bad = [.. "%PDF-1.7 "u8, .. Guid.NewGuid().ToByteArray(), .. Eicar.Bytes];
        town.Clamd.Away = true;
        string waits, worse;
        try
        {
            waits = (await Scan(clerk, code, sound, "anh.png")).Succeeds()["paper"].GetString()!;
            worse = (await Scan(clerk, code, bad, "giay.pdf")).Succeeds()["paper"].GetString()!;
            (await clerk.Get($"/api/v1/files/{code}/papers/{waits}")).Refuses("services.store-waiting", HttpStatusCode.Conflict);
            (await clerk.Post("/files/papers/check", new { code, paper = waits })).Refuses("services.store-waiting");
            using var desk = town.Sit();
            await desk.SignIn("canbo");
            (await desk.Get($"/mot-cua/{code}")).Succeeds().Says("đang chờ quét");
            Assert.Equal(0, (await town.Do<ScanWaiting, ScanWaiting.Done>(f => f.Run())).Scanned);
        }
        finally
        {
            town.Clamd.Away = false;
        }

        await town.Do<ScanWaiting, ScanWaiting.Done>(f => f.Run());
        Assert.True((await clerk.Get($"/api/v1/files/{code}/papers/{waits}")).IsGood);
        (await clerk.Get($"/api/v1/files/{code}/papers/{worse}")).Refuses("services.store-infected");
        await town.Do<SweepPapers, SweepPapers.Done>(f => f.Run());
        Assert.Equal(0, await town.Value<long>("select count(*) from services.paper_bytes where digest = $1", SHA256.HashData(bad)));
        Assert.Equal(1, await town.Value<long>("select count(*) from services.paper_bytes where digest = $1", SHA256.HashData(sound)));
        Assert.Equal(1, await town.Value<long>("select count(*) from journal.entry where kind = 'services.paper-infected' and subject = $1", Guid.Parse(worse)));
    }

    [Fact]
    public async Task The_same_paper_sent_by_two_tabs_is_one_and_of_another_citizen_nobody_learns()
    {
        var (one, first) = await town.Citizen();
        var (other, second) = await town.Citizen();
        using (one)
        using (other)
        {
            var (content, form) = (Png(), await Begin(one, Licence));
            await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => one.Bring($"/dich-vu/{Licence}/nop?handler=Attach", form, ("papers.health-certificate", "anh.png", content))));
            (await other.Bring($"/dich-vu/{Licence}/nop?handler=Attach", await Begin(other, Licence), ("papers.health-certificate", "cua-toi.png", content))).Succeeds().Says("cua-toi.png", "đã quét, sạch");
            Assert.Equal((1, 1), (await Papers(first), await Papers(second)));
            // A wrong picture is taken out again, and is nowhere then.
            (await one.Bring($"/dich-vu/{Licence}/nop?handler=Attach", form, ("papers.health-certificate", "nham.png", Png()))).Succeeds().Says("anh.png", "nham.png");
            var wrong = await town.Value<Guid>("select p.id from services.paper p join population.person h on h.id = p.person_id where h.number = $1 and p.name = 'nham.png'", first.Facts.Number!.Value.ToString());
            Assert.DoesNotContain("nham.png", (await one.Bring($"/dich-vu/{Licence}/nop?handler=Attach", [.. form, ("out", wrong.ToString())])).Succeeds().Text, StringComparison.Ordinal);
            Assert.Equal(1, await Papers(first));
            Assert.Equal(1, await town.Value<long>("select count(*) from services.paper_bytes where digest = $1", SHA256.HashData(content)));
            // A forgotten condition in a statement shows him no other bytes than his own: the wall of the database.
            await town.Execute("insert into services.paper_bytes (digest, bytes, kept_at) values (sha256($1), $1, now()) on conflict do nothing", Guid.NewGuid().ToByteArray());
            var (account, key) = (await town.Rows("select a.id, a.person_id from identity.account a join population.person p on p.id = a.person_id where p.number = $1", r => (r.GetGuid(0), r.GetGuid(1)), first.Facts.Number!.Value.ToString())).Single();
            Assert.Equal(1, await town.Do<Kernel.Data.Session, long>(async s => await s.Value<long>("select count(*) from services.paper_bytes"), Kernel.Access.Actor.Citizen(account, "Mẫu", key, 2)));
            // One deletes his; the other's stays whole.
            var paper = await town.Value<Guid>("select p.id from services.paper p join population.person h on h.id = p.person_id where h.number = $1", first.Facts.Number!.Value.ToString());
            (await other.Send("/cua-toi/kho?handler=Remove", ("Paper", paper.ToString()))).Refuses("services.store-no-paper");
            Assert.Equal(HttpStatusCode.NotFound, (await other.Get($"/cua-toi/kho?handler=Open&giay={paper}")).Status);
            (await one.Send("/cua-toi/kho?handler=Remove", ("Paper", paper.ToString()))).Succeeds();
            await town.Do<SweepPapers, SweepPapers.Done>(f => f.Run());
            var his = await town.Value<Guid>("select p.id from services.paper p join population.person h on h.id = p.person_id where h.number = $1", second.Facts.Number!.Value.ToString());
            Assert.Equal(content, await other.Bytes($"/cua-toi/kho?handler=Open&giay={his}"));
            Assert.Equal(0, await Papers(first));
        }
    }

    [Fact]
    public async Task A_paper_that_is_needed_is_asked_for_sent_with_the_form_and_read_at_the_desk_through_its_case_alone()
    {
        var (home, person) = await town.Citizen();
        using var _ = home;
        var (content, form) = (Png(), await Begin(home, Birth, ("evidence", "witness"), ("kind", "father-unknown")));
        var refused = await home.Bring($"/dich-vu/{Birth}/nop", form);
        refused.Refuses("services.store-needed");
        refused.Says("Điều mẫu");
        var sent = (await home.Bring($"/dich-vu/{Birth}/nop", form, ("papers.witness", "lam-chung.jpg", content))).Succeeds().Says("Mới đăng ký", "lam-chung.jpg.png");
        var code = Code().Match(sent.Text).Value;
        var paper = await town.Value<Guid>("select fp.paper_id from services.file_paper fp join services.file f on f.id = fp.file_id where f.code = $1", code);
        var clerk = await town.Clerk();
        var before = await Readings(person);
        using (var answer = await clerk.Http.GetAsync($"/api/v1/files/{code}/papers/{paper}"))
        {
            Assert.Equal(content, await answer.Content.ReadAsByteArrayAsync());
            Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
            Assert.Equal("image/png", answer.Content.Headers.ContentType!.MediaType);
            Assert.Equal("nosniff", answer.Headers.GetValues("X-Content-Type-Options").Single());
            Assert.Contains("sandbox", answer.Headers.GetValues("Content-Security-Policy").Single(), StringComparison.Ordinal);
        }

        using (var beside = await clerk.Http.GetAsync($"/api/v1/files/{code}/papers/{paper}?beside=true"))
        {
            Assert.Equal("attachment", beside.Content.Headers.ContentDisposition!.DispositionType);
        }

        Assert.Equal(before + 2, await Readings(person));
        using var police = await town.As("congan");
        (await police.Get($"/api/v1/files/{code}/papers/{paper}")).Refuses("services.other-desk");
        var (another, _) = await town.Citizen();
        using (another)
        {
            Assert.Equal(HttpStatusCode.NotFound, (await another.Get($"/cua-toi/kho?handler=Open&giay={paper}")).Status);
        }

        // By its key and another file nobody comes to it either; and what a file has stays.
        (await clerk.Get($"/api/v1/files/{await TakeIn()}/papers/{paper}")).Refuses("services.store-no-paper");
        (await home.Send("/cua-toi/kho?handler=Remove", ("Paper", paper.ToString()))).Refuses("services.store-in-file");
        Assert.Equal(1, await town.Value<long>("select count(*) from journal.entry e join services.file f on f.id = e.subject where f.code = $1 and e.kind = 'services.papers-given'", code));
    }

    [Fact]
    public async Task What_an_official_has_compared_stands_in_the_store_and_need_not_be_sent_again()
    {
        var (home, _) = await town.Citizen();
        using (home)
        {
            var form = await Begin(home, Licence, ("health", "paper"));
            var sent = (await home.Bring($"/dich-vu/{Licence}/nop", form, ("papers.health-certificate", "kham.png", Png()))).Succeeds();
            var code = Code().Match(sent.Text).Value;
            var paper = await town.Value<Guid>("select fp.paper_id from services.file_paper fp join services.file f on f.id = fp.file_id where f.code = $1", code);
            using var officer = await town.Officer((await town.DeskOf(code))!);
            (await officer.Post("/files/papers/check", new { code, paper, validUntil = "2026-11-23" })).Refuses("services.store-expired");
            (await officer.Post("/files/papers/check", new { code, paper, validUntil = "2027-05-01" })).Succeeds();
            (await home.Get("/cua-toi/kho")).Succeeds().Says("Giấy tờ đã được đối chiếu", "kham.png", "có giá trị đến 01/05/2027");
            form = await Begin(home, Licence, ("health", "paper"));
            (await home.Get($"/dich-vu/{Licence}/nop")).Says("Dùng giấy đã có: kham.png");
            var again = Code().Match((await home.Bring($"/dich-vu/{Licence}/nop", [.. form, ("reuse", paper.ToString())])).Succeeds().Says("Mới đăng ký").Text).Value;
            Assert.NotEqual(code, again);
            Assert.Equal(2, await town.Value<long>("select count(*) from services.file_paper where paper_id = $1", paper));
            // What has run out is offered no more.
            await town.Execute("update services.paper set valid_until = '2026-11-23' where id = $1", paper);
            form = await Begin(home, Licence, ("health", "paper"));
            (await home.Bring($"/dich-vu/{Licence}/nop", [.. form, ("reuse", paper.ToString())])).Refuses("services.store-no-paper");
        }
    }

    [Fact]
    public async Task Four_hundred_files_two_gigabytes_and_zeros_without_end_are_refused_at_the_door()
    {
        var (home, person) = await town.Citizen();
        using var _ = home;
        var form = await Begin(home, Licence);
        var path = $"/dich-vu/{Licence}/nop?handler=Attach";
        (await home.Bring(path, form, [.. Enumerable.Range(0, 400).Select(n => ("papers.health-certificate", $"{n}.png", Png()))])).Refuses("services.store-too-much");
        using (var zeros = new Zeros(2L << 30))
        {
            Assert.Equal(HttpStatusCode.RequestEntityTooLarge, await Sends(() => home.Push(path, Form(zeros, 2L << 30))));
            Assert.Equal(0, zeros.Given);
        }

        using (var zeros = new Zeros(2L << 30))
        {
            Assert.True(await Sends(() => home.Push(path, Form(zeros, null))) is null or HttpStatusCode.RequestEntityTooLarge);
            Assert.InRange(zeros.Given, 1, 2 * FormWithPapersAttribute.MostBytes);
        }

        // A little too large is told at its field, and what was typed stays.
        (await home.Bring(path, form, ("papers.health-certificate", "lon.png", [.. PngHead, .. new byte[PaperLimits.MostBytes]]))).Refuses("services.store-too-large");
        var (clerk, code) = (await town.Clerk(), await TakeIn());
        using (var zeros = new Zeros(2L << 30))
        {
            Assert.True(await Sends(() => clerk.Http.PostAsync($"/api/v1/files/{code}/papers?kind=witness&name=a.png", new StreamContent(zeros))) is null or HttpStatusCode.RequestEntityTooLarge);
            Assert.InRange(zeros.Given, 1, 4L * PaperLimits.MostBytes);
        }

        Assert.Equal(0, await Papers(person));
    }

    private static StreamContent Form(Stream zeros, long? length)
    {
        var body = new StreamContent(zeros);
        body.Headers.TryAddWithoutValidation("Content-Type", "multipart/form-data; boundary=x");
        body.Headers.ContentLength = length;
        return body;
    }

    /// <summary>How it was answered; null: the door was shut in the middle of a sentence.</summary>
    private static async Task<HttpStatusCode?> Sends(Func<Task<HttpResponseMessage>> send)
    {
        try
        {
            using var answer = await send();
            return answer.StatusCode;
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    [Fact]
    public async Task A_file_has_thirty_papers_at_most()
    {
        var (clerk, code) = (await town.Clerk(), await TakeIn());
        for (var n = 0; n < PaperLimits.MostOfFile; n++)
        {
            (await Scan(clerk, code, Png(), $"{n}.png")).Succeeds();
        }

        (await Scan(clerk, code, Png(), "31.png")).Refuses("services.store-file-full", HttpStatusCode.RequestEntityTooLarge);
        (await Scan(clerk, code, Png(), "a.png", "passport")).Refuses("services.store-no-need");
    }

    [Fact]
    public async Task A_scan_of_the_counter_is_the_citizens_and_a_file_that_is_over_gives_nothing_to_read()
    {
        var (clerk, code) = (await town.Clerk(), await TakeIn());
        var paper = (await Scan(clerk, code, Png(), "a.png", compared: true)).Succeeds()["paper"].GetString();
        Assert.True(await town.Value<bool>("select p.checked_at is not null and p.account_id is null and p.person_id = f.subject_id from services.paper p, services.file f where p.id = $1 and f.code = $2", Guid.Parse(paper!), code));
        (await clerk.Post("/files/refuse", new { code, why = "Giấy làm chứng không có chữ ký; hãy nộp lại." })).Succeeds();
        (await clerk.Get($"/api/v1/files/{code}/papers/{paper}")).Refuses("services.not-within-reach");
        (await Scan(clerk, code, Png(), "b.png")).Refuses("services.over");
        Assert.Empty((await town.Verify()).Differences);
    }

    internal static byte[] Png() => [.. PngHead, .. Guid.NewGuid().ToByteArray()];

    private static async Task<Reply> Scan(Official who, string code, byte[] content, string name, string kind = "witness", bool compared = false)
    {
        using var body = new ByteArrayContent(content);
        return await Reply.Of(await who.Http.PostAsync($"/api/v1/files/{code}/papers?kind={kind}&name={Uri.EscapeDataString(name)}&compared={(compared ? "true" : "false")}", body));
    }

    private async Task<string> TakeIn()
    {
        var (clerk, citizen) = (await town.Clerk(), await town.Resident());
        return (await clerk.Post("/files/take-in", new { procedure = Birth, number = citizen.Facts.Number!.Value.ToString(), answers = Answers(Birth, ("evidence", "witness"), ("kind", "father-unknown")), once = Guid.NewGuid() })).Succeeds()["code"].GetString()!;
    }

    private Dictionary<string, string> Answers(string procedure, params (string Field, string Value)[] chosen) => town.Answers(AllServicesTests.Procedure(procedure), chosen.ToDictionary(c => c.Field, c => c.Value));

    /// <summary>A form as it stands on the page, with its mark, filled in.</summary>
    private async Task<(string Name, string? Value)[]> Begin(Sitting home, string procedure, params (string Field, string Value)[] chosen) =>
        [("Once", Once().Match((await home.Get($"/dich-vu/{procedure}/nop")).Succeeds().Text).Groups[1].Value), .. Answers(procedure, chosen).Select(a => ($"answers.{a.Key}", (string?)a.Value))];

    private Task<long> Papers(PersonState person) => town.Value<long>("select count(*) from services.paper p join population.person h on h.id = p.person_id where h.number = $1", person.Facts.Number!.Value.ToString());

    private Task<long> Readings(PersonState person) => town.Value<long>("select count(*) from journal.disclosure d join population.person p on p.id = d.subject where p.number = $1 and 'papers' = any(d.fields)", person.Facts.Number!.Value.ToString());

    [GeneratedRegex("name=\"Once\" value=\"([^\"]+)\"")]
    private static partial Regex Once();

    [GeneratedRegex("H01(\\.[0-9A-Z]+)*-[0-9]{6}-[0-9]{4}")]
    private static partial Regex Code();
}
