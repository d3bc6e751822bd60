using System.Net;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using SoGoc.Population;
using SoGoc.Services.Store;
using SoGoc.Testing;

namespace SoGoc.Services.Tests;

/// <summary>Results as signed files, in the store of the citizen and at the counter; and papers of the store that a counter takes.</summary>
[SupportedOSPlatform("linux")]
public sealed class ResultTests(StoreTown town) : IClassFixture<StoreTown>
{
    private static readonly byte[] PngHead = [0x89, 0x50, 0x4E, 0x47, 0x0D, 0x0A, 0x1A, 0x0A];

    [Fact]
    public async Task The_result_of_an_act_is_the_paper_that_was_signed_with_it_byte_by_byte()
    {
        var (home, person) = await town.Citizen();
        using var _ = home;
        var code = await ServiceTown.HandIn(home, "1.004873", new() { ["for"] = "other", ["purpose"] = "Vay vốn", ["phone"] = "0900000123" });
        Assert.Equal(HttpStatusCode.Conflict, (await home.Get($"/cua-toi/kho?handler=Result&hs={code}")).Status);
        await town.Decide(code, "canbo", "/ho-tich/tinh-trang-hon-nhan?handler=Register", ("Confirmed", "civil.marital-only-told"));
        Assert.Equal(HttpStatusCode.Conflict, (await home.Get($"/cua-toi/kho?handler=Result&hs={code}")).Status);
        (await home.Send($"/cua-toi/ho-so/{code}?handler=Result")).Succeeds().Says("Mở giấy kết quả");
        (await home.Get("/cua-toi/kho")).Succeeds().Says("Mở giấy kết quả", "Giấy xác nhận tình trạng hôn nhân");
        var pdf = await home.Bytes($"/cua-toi/kho?handler=Result&hs={code}");
        Assert.Equal(await town.Value<byte[]>("select p.pdf from civil.paper p join services.file f on f.result_source = p.entry_id where f.code = $1", code), pdf);
        Assert.Contains(person.Facts.FullName!.ToUpperInvariant(), RoughHandsTests.PdfText(pdf), StringComparison.Ordinal);
        // The office that hands it out once more finds the same paper, and no second certificate is made.
        var entry = await town.Value<Guid>("select result_source from services.file where code = $1", code);
        (await (await town.Clerk()).Post("/civil/papers/issue", new { entry, kind = "certificate" })).Refuses("civil.certificate-once");
        var (other, _) = await town.Citizen();
        using (other)
        {
            Assert.Equal(HttpStatusCode.NotFound, (await other.Get($"/cua-toi/kho?handler=Result&hs={code}")).Status);
        }

        Assert.Empty((await town.Verify()).Differences);
    }

    [Fact]
    public async Task What_an_officer_decides_is_drawn_sealed_signed_and_checked_by_its_code()
    {
        var (home, person) = await town.Citizen();
        using var _ = home;
        using var police = await town.As("congan");
        var code = (await police.Post("/files/take-in", new { procedure = "2.001178", number = person.Facts.Number!.Value.ToString(), answers = town.Answers(AllServicesTests.Procedure("2.001178")), once = Guid.NewGuid() })).Succeeds()["code"].GetString()!;
        (await police.Post("/files/decide", new { code, resultNo = "07/XN-2026" })).Succeeds();
        using (var desk = town.Sit())
        {
            await desk.SignIn("congan");
            var before = await Readings(person);
            Assert.Equal("%PDF"u8.ToArray(), (await desk.Bytes($"/mot-cua/{code}?handler=Result"))[..4]);
            Assert.Equal(before + 1, await Readings(person));
            Assert.Equal(0, await town.Value<long>("select count(*) from journal.case_file where closed_at is null and reference like $1 || '%'", code));
        }

        (await home.Send($"/cua-toi/ho-so/{code}?handler=Result")).Succeeds();
        var pdf = await home.Bytes($"/cua-toi/kho?handler=Result&hs={code}");
        var text = RoughHandsTests.PdfText(pdf);
        Assert.All(new[] { "07/XN-2026", code, person.Facts.Number.Value.ToString(), "350000001", "Ký điện tử" }, s => Assert.Contains(s, text, StringComparison.Ordinal));
        var (paper, digest, jws, holder) = (await town.Rows("select r.code, r.digest, r.jws, k.holder from services.result_paper r join services.file f on f.id = r.file_id join civil.signing_key k on k.id = r.key_id where f.code = $1",
            r => (r.GetString(0), (byte[])r.GetValue(1), r.GetString(2), r.GetString(3)), code)).Single();
        Assert.Equal(SHA256.HashData(pdf), digest);
        Assert.StartsWith("official:", holder, StringComparison.Ordinal);
        using (var key = ECDsa.Create())
        {
            key.ImportSubjectPublicKeyInfo(await town.Value<byte[]>("select k.public_key from civil.signing_key k join services.result_paper r on r.key_id = k.id where r.code = $1", paper), out var _);
            var parts = jws.Split('.');
            Assert.True(key.VerifyData(System.Text.Encoding.ASCII.GetBytes($"{parts[0]}.{System.Buffers.Text.Base64Url.EncodeToString(digest)}"), System.Buffers.Text.Base64Url.DecodeFromChars(parts[2]), HashAlgorithmName.SHA256));
        }

        // Anybody learns that it holds; what stands on it, who has it.
        using var anybody = town.Stranger();
        var asked = (await anybody.Post("/civil/papers/verify", new { code = paper })).Succeeds();
        Assert.Equal(("valid", false), (asked["state"].GetString(), asked.Body.TryGetProperty("facts", out var _)));
        (await anybody.Post("/civil/papers/verify", new { code = paper, no = "07/XN-2026", born = "01/01/1990" })).Refuses("civil.paper-not-proved");
        Assert.Equal(code, (await anybody.Post("/civil/papers/verify", new { code = paper, no = "07/XN-2026", born = "12/04/1990" })).Succeeds()["facts"].GetProperty("entry").GetString());
        (await anybody.Post("/civil/papers/verify", new { code = "22222222", no = "1", born = "12/04/1990" })).Refuses("civil.paper-unknown", HttpStatusCode.NotFound);
        // It stays: nobody writes over it, and no sweep takes its bytes.
        await Assert.ThrowsAsync<Npgsql.PostgresException>(() => town.Execute("update services.result_paper set jws = '' where code = $1", paper));
        await town.Do<SweepPapers, SweepPapers.Done>(f => f.Run());
        Assert.Equal(pdf, await home.Bytes($"/cua-toi/kho?handler=Result&hs={code}"));
    }

    [Fact]
    public async Task What_an_agency_answers_is_told_by_a_notice_that_the_register_signs()
    {
        var (home, person) = await town.Citizen();
        using var _ = home;
        var clerk = await town.Clerk();
        var code = (await clerk.Post("/files/take-in", new { procedure = "AG.18", number = person.Facts.Number!.Value.ToString(), answers = town.Answers(AllServicesTests.Procedure("AG.18")), once = Guid.NewGuid() })).Succeeds()["code"].GetString()!;
        using var officer = await town.Officer((await town.DeskOf(code))!);
        (await officer.Post("/files/take", new { code })).Succeeds();
        (await officer.Post("/files/carry-out", new { code })).Succeeds();
        await town.Until(code, 9);
        (await home.Send($"/cua-toi/ho-so/{code}?handler=Result")).Succeeds();
        var text = RoughHandsTests.PdfText(await home.Bytes($"/cua-toi/kho?handler=Result&hs={code}"));
        Assert.Contains("THÔNG BÁO KẾT QUẢ", text, StringComparison.Ordinal);
        Assert.Contains("Mã số thuế", text, StringComparison.Ordinal);
        // A notice repeats neither record nor form: no head stands over nothing.
        Assert.DoesNotContain("Người nộp đã khai", text, StringComparison.Ordinal);
        Assert.Equal("system:civil-papers", await town.Value<string>("select k.holder from services.result_paper r join services.file f on f.id = r.file_id join civil.signing_key k on k.id = r.key_id where f.code = $1", code));
    }

    [Fact]
    public async Task A_counter_takes_from_the_store_what_was_compared_once_on_record_and_nothing_else()
    {
        var (home, person) = await town.Citizen();
        using var _ = home;
        var (clerk, number) = (await town.Clerk(), person.Facts.Number!.Value.ToString());
        var first = await Sent(home, "doi-chieu.png");
        var paper = await PaperOf(first);
        using (var officer = await town.Officer((await town.DeskOf(first))!))
        {
            (await officer.Post("/files/papers/check", new { code = first, paper, validUntil = "2027-05-01" })).Succeeds();
        }

        var own = await PaperOf(await Sent(home, "tu-gui.png"));
        var before = await Readings(person);
        var look = (await clerk.Post("/files/look", new { procedure = Licence, number })).Succeeds();
        var offered = look["stored"].EnumerateArray().Select(p => p.GetProperty("id").GetGuid()).ToList();
        Assert.Equal([paper], offered);
        Assert.Equal(before + 1, await Readings(person));
        // A procedure that wants no such paper sees none, and records no reading of any.
        Assert.Empty((await clerk.Post("/files/look", new { procedure = "AG.18", number })).Succeeds()["stored"].EnumerateArray());
        Assert.Equal(before + 1, await Readings(person));
        var answers = town.Answers(AllServicesTests.Procedure(Licence), new Dictionary<string, string> { ["health"] = "paper" });
        object Form(Guid which) => new { procedure = Licence, number, answers, once = Guid.NewGuid(), stored = new[] { which } };
        (await clerk.Post("/files/take-in", Form(own))).Refuses("services.store-no-paper", HttpStatusCode.NotFound);
        var code = (await clerk.Post("/files/take-in", Form(paper))).Succeeds()["code"].GetString()!;
        Assert.Equal(paper, await PaperOf(code));
        Assert.Equal(1, await town.Value<long>("select count(*) from journal.entry e join services.file f on f.id = e.subject where f.code = $1 and e.kind = 'services.papers-given'", code));
        // In a file that is there already, by one tap of its desk; a second tap changes nothing.
        var later = (await clerk.Post("/files/take-in", new { procedure = Licence, number, answers, once = Guid.NewGuid() })).Succeeds()["code"].GetString()!;
        using var desk = await town.Officer((await town.DeskOf(later))!);
        Assert.Equal([paper], (await desk.Post("/files/show", new { code = later })).Succeeds()["stored"].EnumerateArray().Select(p => p.GetProperty("id").GetGuid()));
        (await desk.Post("/files/papers/take", new { code = later, paper = own })).Refuses("services.store-no-paper", HttpStatusCode.NotFound);
        (await desk.Post("/files/papers/take", new { code = later, paper })).Succeeds();
        Assert.True((await desk.Post("/files/papers/take", new { code = later, paper })).Succeeds()["again"].GetBoolean());
        Assert.Equal(paper, await PaperOf(later));
        // A counter of another commune is served by the store too, since its case names him.
        using (var elsewhere = await town.Official("commune-clerk", town.Elsewhere.Id))
        {
            Assert.Equal(paper, (await elsewhere.Post("/files/look", new { procedure = Licence, number })).Succeeds()["stored"].EnumerateArray().Single().GetProperty("id").GetGuid());
        }

        await town.Execute("update services.paper set valid_until = '2026-11-23' where id = $1", paper);
        (await clerk.Post("/files/take-in", Form(paper))).Refuses("services.store-no-paper", HttpStatusCode.NotFound);
    }

    private const string Licence = "3.000347";

    private async Task<string> Sent(Sitting home, string name)
    {
        var answers = town.Answers(AllServicesTests.Procedure(Licence), new Dictionary<string, string> { ["health"] = "paper" });
        return (await home.Bring($"/dich-vu/{Licence}/nop", [.. answers.Select(a => ("answers." + a.Key, (string?)a.Value))], ("papers.health-certificate", name, [.. PngHead, .. Guid.NewGuid().ToByteArray()]))).Succeeds().Path.Split('/')[^1];
    }

    private Task<Guid> PaperOf(string code) => town.Value<Guid>("select fp.paper_id from services.file_paper fp join services.file f on f.id = fp.file_id where f.code = $1", code);

    private Task<long> Readings(PersonState person) => town.Value<long>("select count(*) from journal.disclosure d join population.person p on p.id = d.subject where p.number = $1 and 'papers' = any(d.fields)", person.Facts.Number!.Value.ToString());
}
