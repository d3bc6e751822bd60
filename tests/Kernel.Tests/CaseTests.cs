using System.Net;
using SoGoc.Testing;

namespace SoGoc.Kernel.Tests;

/// <summary>Nobody reads a person without a purpose of the law and a case that is open and his.</summary>
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
public sealed class CaseTests(Town town) : IClassFixture<Town>
{
    private static readonly string[] Basic = ["fullName"];

    [Theory]
    [InlineData(null, "HS-1", "journal.purpose-missing")]
    [InlineData("   ", "HS-1", "journal.purpose-missing")]
    [InlineData("one-stop", null, "journal.case-missing")]
    [InlineData("one-stop", "", "journal.case-missing")]
    [InlineData("tò mò", "HS-1", "journal.purpose-unknown")]
    [InlineData("one-stop", "HS-khong-co", "journal.case-unknown")]
    [InlineData("civil-status", "HS-1", "journal.case-other-purpose")]
    [InlineData("inspection", "KT-1", "journal.purpose-not-yours")]
    [InlineData("emergency", "HS-1", "journal.case-other-purpose")]
    public async Task A_reason_that_is_missing_or_wrong_is_refused_by_what_is_wrong_with_it(string? purpose, string? file, string code)
    {
        var number = await Someone();
        using var clerk = await town.As("canbo");
        (await Read(clerk, number, purpose, file)).Refuses(code);
        Assert.Equal(0, await Readings(number));
    }

    [Fact]
    public async Task A_purpose_and_a_case_of_200_characters_are_looked_up_and_of_201_refused_as_missing()
    {
        var number = await Someone();
        using var clerk = await town.As("canbo");
        await Opens(clerk, new string('h', 200));
        (await Read(clerk, number, Town.Purpose, new string('h', 200))).Succeeds();
        (await Read(clerk, number, Town.Purpose, new string('h', 201))).Refuses("journal.case-missing", HttpStatusCode.UnprocessableEntity);
        (await Read(clerk, number, new string('p', 201), Town.Case)).Refuses("journal.purpose-missing", HttpStatusCode.UnprocessableEntity);
        (await clerk.Post("/cases/open", new { kind = "dossier", reference = new string('h', 201), purpose = Town.Purpose })).Refuses("journal.case-reference-malformed");
    }

    [Fact]
    public async Task What_is_missing_is_named_beside_its_field_and_all_at_once()
    {
        using var clerk = await town.As("canbo");
        var reply = await Read(clerk, "089199999999", null, null);
        Assert.Equal([("case", "journal.case-missing"), ("purpose", "journal.purpose-missing")],
            reply["faults"].EnumerateArray().Select(f => (f.GetProperty("field").GetString()!, f.GetProperty("code").GetString()!)).Order());
    }

    [Fact]
    public async Task A_case_of_another_office_is_no_case()
    {
        var number = await Someone();
        using var registrar = await town.As("tinh");
        using var clerk = await town.As("canbo");
        await Opens(registrar, "CAT-khac");
        (await Read(registrar, number, Town.Purpose, "CAT-khac")).Succeeds();
        (await Read(clerk, number, Town.Purpose, "CAT-khac")).Refuses("journal.case-unknown", HttpStatusCode.Forbidden);
        (await clerk.Post("/cases/close", new { reference = "CAT-khac" })).Refuses("journal.case-unknown", HttpStatusCode.NotFound);
        // The same code in another office is another case.
        await Opens(clerk, "CAT-khac");
        (await Read(clerk, number, Town.Purpose, "CAT-khac")).Succeeds();
    }

    [Fact]
    public async Task A_colleague_of_the_office_reads_for_its_cases_too()
    {
        var number = await Someone();
        using var clerk = await town.As("canbo");
        using var colleague = await town.Official("commune-clerk", null);
        await Opens(clerk, "HS-chung");
        (await Read(colleague, number, Town.Purpose, "HS-chung")).Succeeds();
    }

    [Fact]
    public async Task A_closed_case_is_read_for_no_more_and_its_code_is_not_given_again()
    {
        var number = await Someone();
        using var clerk = await town.As("canbo");
        await Opens(clerk, "HS-xong");
        (await Read(clerk, number, Town.Purpose, "HS-xong")).Succeeds();
        (await clerk.Post("/cases/close", new { reference = "HS-xong" })).Succeeds();
        (await Read(clerk, number, Town.Purpose, "HS-xong")).Refuses("journal.case-closed", HttpStatusCode.Forbidden);
        (await clerk.Post("/cases/close", new { reference = "HS-xong" })).Refuses("journal.case-closed", HttpStatusCode.Conflict);
        (await clerk.Post("/cases/open", new { kind = "dossier", reference = "HS-xong", purpose = Town.Purpose })).Refuses("journal.case-reference-taken", HttpStatusCode.Conflict);
        Assert.DoesNotContain("HS-xong", (await clerk.Post("/cases/mine", new { })).Succeeds().Text, StringComparison.Ordinal);
        Assert.Equal(1, await Readings(number));
    }

    [Fact]
    public async Task Opening_and_closing_stand_in_the_journal_with_their_ground_and_who_did_it()
    {
        using var clerk = await town.As("canbo");
        var id = await Opens(clerk, "HS-nhat-ky", "residence");
        (await clerk.Post("/cases/close", new { reference = "HS-nhat-ky" })).Succeeds();
        var who = "official:" + await town.Value<Guid>("select id from staff.official where sign_in = 'canbo'");
        Assert.Equal([("kernel.case-opened", who, "Luật Cư trú 68/2020/QH14", "residence"), ("kernel.case-closed", who, "Luật Cư trú 68/2020/QH14", "")],
            await town.Rows("select kind, actor, ground, coalesce(body ->> 'purpose', '') from journal.entry where subject = $1 order by position", r => (r.GetString(0), r.GetString(1), r.GetString(2), r.GetString(3)), id));
    }

    [Fact]
    public async Task A_case_sent_twice_with_one_key_is_opened_once_and_two_at_the_same_moment_with_one_code_are_one()
    {
        using var clerk = await town.As("canbo");
        var replies = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => clerk.Post("/cases/open", new { kind = "dossier", reference = "HS-cung-luc", purpose = Town.Purpose })));
        Assert.Single(replies, r => r.IsGood);
        Assert.All(replies.Where(r => !r.IsGood), r => r.Refuses("journal.case-reference-taken"));
        Assert.Equal(1, await town.Value<long>("select count(*) from journal.entry where kind = 'kernel.case-opened' and body ->> 'reference' = 'HS-cung-luc'"));
    }

    [Theory]
    [InlineData("emergency", "HS-a", "one-stop", "journal.case-kind-unknown")]
    [InlineData("dossier", "HS-b", "emergency", "journal.emergency-needs-two")]
    [InlineData("dossier", "HS-c", "inspection", "journal.purpose-not-yours")]
    [InlineData("dossier", "HS-d", "ban-du-lieu", "journal.purpose-unknown")]
    [InlineData("dossier", "   ", "one-stop", "journal.case-reference-malformed")]
    [InlineData("dossier", "HS\u0007e", "one-stop", "journal.case-reference-malformed")]
    public async Task Nobody_opens_a_case_that_he_may_not_have(string kind, string reference, string purpose, string code)
    {
        using var clerk = await town.As("canbo");
        (await clerk.Post("/cases/open", new { kind, reference, purpose })).Refuses(code);
        Assert.Equal(0, await town.Value<long>("select count(*) from journal.case_file where reference = $1", reference));
    }

    [Fact]
    public async Task A_case_names_whom_it_is_about_and_a_number_of_nobody_opens_none()
    {
        var number = await Someone();
        using var clerk = await town.As("canbo");
        (await clerk.Post("/cases/open", new { kind = "dossier", reference = "HS-nguoi", purpose = Town.Purpose, numbers = new[] { number, number } })).Succeeds();
        Assert.Equal([number], await town.Rows("select p.number from journal.case_person c join population.person p on p.id = c.person_id join journal.case_file f on f.id = c.case_id where f.reference = 'HS-nguoi'", r => r.GetString(0)));
        var refused = await clerk.Post("/cases/open", new { kind = "dossier", reference = "HS-khong-ai", purpose = Town.Purpose, numbers = new[] { number, "089199999999" } });
        refused.Refuses("population.no-person");
        Assert.Equal("numbers[1]", refused["faults"][0].GetProperty("field").GetString());
        (await clerk.Post("/cases/close", new { reference = "HS-khong-ai" })).Refuses("journal.case-unknown");
    }

    [Fact]
    public async Task Who_may_not_open_cases_has_none()
    {
        using var stranger = town.Stranger();
        (await stranger.Post("/cases/open", new { kind = "dossier", reference = "HS-la", purpose = Town.Purpose })).Refuses("kernel.not-signed-in", HttpStatusCode.Unauthorized);
        using var nobody = await town.Official("staff-admin", null);
        (await nobody.Post("/cases/open", new { kind = "dossier", reference = "HS-la", purpose = Town.Purpose })).Refuses("kernel.not-permitted", HttpStatusCode.Forbidden);
    }

    /// <summary>A statement that is refused while it is being prepared must not cost the next who asks the same his answer.</summary>
    [Fact]
    public async Task What_the_database_cannot_read_costs_nobody_else_his_answer()
    {
        using var clerk = await town.As("canbo");
        for (var round = 0; round < 5; round++)
        {
            foreach (var (file, code) in new[] { ("HS-khong-co", "journal.case-unknown"), ("\0", "kernel.not-text"), ("HS-khong-co", "journal.case-unknown") })
            {
                (await Read(clerk, "089162000123", Town.Purpose, file)).Refuses(code);
                (await clerk.Post("/cases/close", new { reference = file })).Refuses(code);
            }
        }
    }

    private static async Task<Guid> Opens(Official official, string reference, string purpose = Town.Purpose) =>
        (await official.Post("/cases/open", new { kind = "dossier", reference, purpose })).Succeeds()["id"].GetGuid();

    private static Task<Reply> Read(Official official, string number, string? purpose, string? file) =>
        official.Post("/persons/lookup", new { numbers = new[] { number }, fields = Basic, purpose, @case = file });

    private async Task<string> Someone()
    {
        var person = People.Someone().LivingAt(town.Commune.Id, "Ấp Mẫu");
        await town.Enter(person);
        return person.Facts.Number!.Value.ToString();
    }

    private Task<long> Readings(string number) => town.Value<long>("select count(*) from journal.disclosure d join population.person p on p.id = d.subject where p.number = $1", number);
}
