using System.Runtime.Versioning;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using SoGoc.Civil.Books;
using SoGoc.Civil.Papers;
using SoGoc.Kernel.Outcomes;
using SoGoc.Kernel.Text;
using SoGoc.Kernel.Time;
using SoGoc.Population;
using SoGoc.Testing;

namespace SoGoc.Civil.Tests;

/// <summary>Papers made of entries, and what anybody is told of one.</summary>
[SupportedOSPlatform("linux")]
public sealed class PaperTests(Town town) : IClassFixture<Town>
{
    [Fact]
    public async Task A_birth_certificate_says_what_is_registered_and_is_made_once()
    {
        using var canbo = await town.As("canbo");
        var (entry, name) = await town.Birth(canbo);
        var paper = (await canbo.Issue(entry)).Succeeds();
        var text = paper.Text();
        foreach (var said in new[] { "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc", "GIẤY KHAI SINH", name.ToUpperInvariant(), "01/11/2026", "Ngày một tháng mười một năm hai nghìn không trăm hai mươi sáu", "Bệnh viện Mẫu", "Kinh", "Việt Nam", "Nữ", "Người mẹ", "Ký điện tử", "Trần Thị Thử", "Ghi chú: Không có" })
        {
            Assert.Contains(said, text, StringComparison.Ordinal);
        }

        (await canbo.Issue(entry)).Refuses("civil.certificate-once");
        (await canbo.Issue(entry, "giấy")).Refuses("civil.paper-kind");
        var again = (await canbo.Post("/civil/papers/print", new { paper = paper["paper"].GetGuid() })).Succeeds();
        Assert.Equal(paper["pdf"].GetString(), again["pdf"].GetString());
        Assert.Equal(["civil.paper-issued", "civil.paper-printed"], await town.Rows("select kind from journal.entry where subject = $1 order by position", r => r.GetString(0), paper["paper"].GetGuid()));
        // Whoever stands on it was read for a case that is closed again.
        Assert.Equal(0, await town.Value<long>("select count(*) from journal.case_file where reference like 'TL-%' and closed_at is null"));
    }

    [Fact]
    public async Task Extracts_at_once_get_consecutive_numbers_of_their_kind_and_the_database_gives_no_other()
    {
        var home = town.Places.All.First(a => a.Level == Places.AreaLevel.Commune && a.Valid.Holds(town.Clock.Today()) && a.Id != town.Commune.Id && town.Places.Province(a)?.Id == town.Places.Province(town.Commune)?.Id);
        using var canbo = await town.Official("commune-clerk", home.Id);
        var births = new List<Guid>();
        for (var i = 0; i < 6; i++)
        {
            var couple = new Couple(town) { Home = home };
            births.Add((await canbo.Post("/births/register", (await couple.Enter()).Declared)).Succeeds()["entry"].GetGuid());
        }

        var replies = await Task.WhenAll(births.Select(b => canbo.Issue(b, "extract")));
        Assert.Equal(Enumerable.Range(1, 6).Select(n => $"{n:00}/TLKS-BS"), replies.Select(r => r.Succeeds()["no"].GetString()).Order(StringComparer.Ordinal));
        Assert.Contains("TRÍCH LỤC KHAI SINH (BẢN SAO)", replies[0].Text(), StringComparison.Ordinal);
        Assert.Equal("civil.paper-out-of-order", await Refusal("""
            insert into civil.paper (id, code, entry_id, kind, area_id, office, series, no, year, shown_no, issued_at, issued_by, signer, token, sha256, pdf)
            select gen_random_uuid(), 'khac', entry_id, kind, area_id, office, series, no + 100, year, shown_no, issued_at, issued_by, signer, token, sha256, pdf from civil.paper where kind = 'extract' limit 1
            """));
        Assert.Equal("civil.entry-out-of-order", await Refusal("update civil.paper_book set last_no = last_no + 1"));
        Assert.Equal("journal.append-only", await Refusal("update civil.paper set pdf = ''"));
    }

    [Fact]
    public async Task A_paper_s_content_is_told_to_its_holder_and_its_state_to_everybody()
    {
        using var canbo = await town.As("canbo");
        using var stranger = town.Stranger();
        var (entry, name) = await town.Birth(canbo);
        var paper = (await canbo.Issue(entry)).Succeeds();
        var (code, no, token) = (paper["code"].GetString()!, paper["no"].GetString(), paper["address"].GetString()!.Split('#')[1]);
        (await stranger.Verify("khong-co")).Refuses("civil.paper-unknown");
        var state = (await stranger.Verify(PaperDrawing.Grouped(code).ToUpperInvariant())).Succeeds();
        Assert.Equal(("valid", "Giấy khai sinh"), (state["state"].GetString(), state["title"].GetString()));
        Assert.DoesNotContain(name, state.Text, StringComparison.Ordinal);
        Assert.False(state.Body.TryGetProperty("facts", out _));

        Assert.Equal(name, (await stranger.Verify(code, no, "1/11/2026")).Succeeds()["facts"].GetProperty("name").GetString());
        Assert.Equal(name, (await stranger.Verify(code, token: token)).Succeeds()["facts"].GetProperty("name").GetString());
        for (var day = 2; day < 7; day++)
        {
            (await stranger.Verify(code, no, $"{day}/11/2026")).Refuses("civil.paper-not-proved");
        }

        // A date of birth is not to be found by trying.
        (await stranger.Verify(code, no, "1/11/2026")).Refuses("kernel.too-often");
    }

    [Fact]
    public async Task What_was_annulled_has_no_valid_papers_any_more_and_the_decision_has_its_own()
    {
        using var canbo = await town.As("canbo");
        using var stranger = town.Stranger();
        var couple = await new Couple(town).Enter();
        var number = couple.Father.Facts.Number!.Value.ToString();
        var entry = (await canbo.Post("/deaths/register", Deaths.Of(number))).Succeeds()["entry"].GetGuid();
        var certificate = (await canbo.Issue(entry)).Succeeds();
        Assert.Contains("Nguyên nhân chết: Bệnh", certificate.Text(), StringComparison.Ordinal);
        var decision = (await canbo.Post("/deaths/annul", new { person = number, court = "Tòa án nhân dân tỉnh Mẫu", decisionNo = "7/2026/QĐST-DS", decisionOn = "2026-11-24" })).Succeeds()["entry"].GetGuid();

        var told = (await stranger.Verify(certificate["code"].GetString())).Succeeds();
        // Nothing comes in its place.
        Assert.Equal(("void", "annulled", "2026-11-24"), (told["state"].GetString(), told["reason"].GetString(), told["endedOn"].GetString()));
        (await canbo.Post("/civil/papers/print", new { paper = certificate["paper"].GetGuid() })).Refuses("civil.paper-ended");
        (await canbo.Issue(entry)).Refuses("civil.entry-annulled");
        (await canbo.Issue(entry, "extract")).Refuses("civil.entry-annulled");
        var extract = (await canbo.Issue(decision, "extract")).Succeeds();
        Assert.Contains("Quyết định số 7/2026/QĐST-DS", extract.Text(), StringComparison.Ordinal);
        Assert.Equal("valid", (await stranger.Verify(extract["code"].GetString())).Succeeds()["state"].GetString());
        Assert.Equal("good", (await canbo.Show(entry)).Succeeds()["notes"][0].GetProperty("signature").GetProperty("state").GetString());
        Assert.Empty((await town.Verify()).Differences);
    }

    [Fact]
    public async Task Papers_of_an_entry_that_was_closed_are_replaced_and_nobody_is_told_why()
    {
        using var canbo = await town.As("canbo");
        using var stranger = town.Stranger();
        var (entry, _) = await town.Birth(canbo);
        var paper = (await canbo.Issue(entry)).Succeeds();
        await town.Do<BookKeeper, Done>(async books =>
        {
            await books.Annotate((await books.Find(entry))!, "adopted", "Đã được nhận làm con nuôi", null, "quyết định mẫu", closes: true);
            return Done.It;
        });
        var told = (await stranger.Verify(paper["code"].GetString(), token: paper["address"].GetString()!.Split('#')[1])).Succeeds();
        Assert.Equal("replaced", told["state"].GetString());
        Assert.DoesNotContain("con nuôi", told.Text, StringComparison.Ordinal);
        Assert.False(told.Body.TryGetProperty("replacedBy", out _));
        (await canbo.Show(entry)).Refuses("civil.no-entry");
        (await canbo.Issue(entry, "extract")).Refuses("civil.no-entry");
        Assert.DoesNotContain(entry.ToString(), (await canbo.Post("/civil/entries/list", new { kind = "birth", purpose = Town.Purpose, @case = Town.Case })).Succeeds().Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_void_paper_says_why_and_a_certificate_is_made_anew_by_the_office_whose_book_it_is()
    {
        using var canbo = await town.As("canbo");
        using var stranger = town.Stranger();
        using var tinh = await town.As("tinh");
        var (entry, _) = await town.Birth(canbo);
        var paper = (await canbo.Issue(entry)).Succeeds();
        var id = paper["paper"].GetGuid();
        (await tinh.Post("/civil/papers/void", new { paper = id, reason = "misprint", ground = "In lệch" })).Refuses("kernel.not-permitted");
        (await canbo.Post("/civil/papers/void", new { paper = id, reason = "khac", ground = "In lệch" })).Refuses("civil.void-reason-missing");
        (await canbo.Post("/civil/papers/void", new { paper = id, reason = "misprint" })).Refuses("civil.ground-missing");
        using var elsewhere = await town.Official("commune-clerk", town.Places.All.Last(a => a.Level == Places.AreaLevel.Commune && a.Valid.Holds(town.Clock.Today())).Id);
        (await elsewhere.Post("/civil/papers/void", new { paper = id, reason = "misprint", ground = "In lệch" })).Refuses("civil.no-paper");
        (await elsewhere.Issue(entry, "extract")).Refuses("civil.no-entry");

        (await canbo.Post("/civil/papers/void", new { paper = id, reason = "misprint", ground = "In lệch" })).Succeeds();
        (await canbo.Post("/civil/papers/void", new { paper = id, reason = "misprint", ground = "In lệch" })).Refuses("civil.paper-ended");
        var told = (await stranger.Verify(paper["code"].GetString())).Succeeds();
        Assert.Equal(("void", "misprint"), (told["state"].GetString(), told["reason"].GetString()));
        Assert.DoesNotContain("In lệch", told.Text, StringComparison.Ordinal);
        Assert.NotEqual(paper["code"].GetString(), (await canbo.Issue(entry)).Succeeds()["code"].GetString());
    }

    [Fact]
    public async Task The_books_are_listed_newest_first_and_searched_by_number()
    {
        using var canbo = await town.As("canbo");
        var (first, _) = await town.Birth(canbo);
        var (second, name) = await town.Birth(canbo);
        Task<Reply> List(string? no = null, string? kind = "birth") => canbo.Post("/civil/entries/list", new { kind, no, purpose = Town.Purpose, @case = Town.Case });
        var keys = (await List()).Succeeds()["entries"].EnumerateArray().Select(e => e.GetProperty("entry").GetGuid()).ToList();
        Assert.True(keys.IndexOf(second) >= 0 && keys.IndexOf(second) < keys.IndexOf(first), "the newest is not the first");
        var no = await town.Value<int>("select no from civil.entry where id = $1", second);
        Assert.Equal(name, Assert.Single((await List($"{no}/2026")).Succeeds()["entries"].EnumerateArray()).GetProperty("names").GetString());
        Assert.Empty((await List($"{no}/2025")).Succeeds()["entries"].EnumerateArray());
        (await List("hai")).Refuses("civil.entry-no-malformed");
    }

    [Theory]
    [InlineData("birth", "Người mẹ", "TRẦN THỊ GỐC")]
    [InlineData("death", "Đã chết ngày", "02/03/2014")]
    [InlineData("marriage", "Vợ hoặc chồng", "TRẦN THỊ GỐC")]
    public async Task A_paper_of_what_was_registered_again_says_whom_it_is_about_and_what_stood_there(string what, string label, string said)
    {
        using var canbo = await town.As("canbo");
        var person = People.Someone(1, "1960-05-06");
        person = person with { Kin = [new Kin(0, KinKind.Mother, "Trần Thị Gốc"), new Kin(1, KinKind.Spouse, "Trần Thị Gốc")] };
        var key = await town.Enter(person.LivingAt(town.Commune.Id, "Ấp Mẫu", "1990-01-01"));
        if (what == "death")
        {
            await town.Act(key, new StatusChanged(PersonStatus.Dead, PartialDate.Of(new DateOnly(2014, 3, 2))));
        }

        var entry = (await canbo.Post("/reregistrations/register", new { person = person.Number(), what, earlierOffice = "UBND xã Mẫu (cũ)", earlierOn = "2014", bookLost = true, evidence = "Bản sao giấy cũ" })).Succeeds().Key();
        var text = (await canbo.Issue(entry)).Succeeds().Text().ToUpperInvariant();
        Assert.All([person.Facts.FullName!, person.Number(), label, said], s => Assert.Contains(s.ToUpperInvariant(), text, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_entry_of_a_kind_without_a_form_of_its_own_is_told_by_whom_it_is_about()
    {
        await using var scope = town.Services.CreateAsyncScope();
        var told = await scope.ServiceProvider.GetRequiredService<EntryWords>().Of("marriage", """
            {"entryNo":"01/2026","husband":{"part":"deceased","fullName":"Nguyễn Văn Mẫu","born":"1990-05-06","sex":1,"ethnicity":"01","nationality":["VN"],"residence":"Ấp Mẫu"},"wives":[{"part":"spouse","fullName":"Trần Thị Thử","born":"1992"}],"decision":"Quyết định số 1"}
            """);
        Assert.Equal(("Nguyễn Văn Mẫu – Trần Thị Thử", "1990-05-06"), (told.Names, told.Born.ToString()));
        Assert.Equal(("NGUYỄN VĂN MẪU", "Nam", "Ấp Mẫu"), (told.Parts[0].Lines[0].Text, told.Parts[0].Lines[2].Text, told.Parts[0].Lines[5].Text));
        Assert.Equal(("Căn cứ", "Quyết định số 1"), told.Parts[^1].Lines.Single());
    }

    [Theory]
    [InlineData("2026-04-15", "Ngày mười lăm tháng tư năm hai nghìn không trăm hai mươi sáu")]
    [InlineData("1995-11-21", "Ngày hai mươi mốt tháng mười một năm một nghìn chín trăm chín mươi lăm")]
    [InlineData("2005-10-05", "Ngày năm tháng mười năm hai nghìn không trăm linh năm")]
    [InlineData("2000", "Năm hai nghìn")]
    [InlineData("1910-12", "Tháng mười hai năm một nghìn chín trăm mười")]
    public void A_date_is_written_in_words(string date, string words)
    {
        Assert.True(PartialDate.TryParse(date, out var day));
        Assert.Equal(words, NumberWords.Of(day));
    }

    private async Task<string> Refusal(string sql, params object?[] values) => (await Assert.ThrowsAsync<PostgresException>(() => town.Execute(sql, values))).MessageText.Split(':')[0];
}
