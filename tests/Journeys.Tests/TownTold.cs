using SoGoc.Kernel.Time;
using SoGoc.Population;
using SoGoc.Testing;

namespace SoGoc.Journeys.Tests;

/// <summary>What the town says when it is asked after an act: partners, papers, feed, households, old books.</summary>
public sealed partial class Town
{
    /// <summary>Everybody who has to be told of an act about a number has answered that he has caught up with it; the act.</summary>
    internal async Task<Guid> PartnersHaveCaughtUp(string kind, string number)
    {
        var act = await Act(kind, number);
        var since = TimeProvider.System.GetTimestamp();
        while (await Obligations(act) == 0 || await town.Value<long>("select count(*) from exchange.obligation o join exchange.event e on e.id = o.event_id where e.subject = $1 and o.answer is distinct from 'done'", act) > 0)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(since) < TimeSpan.FromMinutes(2), "The partners have not caught up.");
            await Task.Delay(Glance);
        }

        return act;
    }

    /// <summary>How many have to be told of an act.</summary>
    internal async Task<int> Obligations(Guid act) => (int)await town.Value<long>("select count(*) from exchange.obligation o join exchange.event e on e.id = o.event_id where e.subject = $1", act);

    /// <summary>The paper of an act about a number, as its holder has it.</summary>
    internal async Task<(string Code, string Token)> PaperAbout(string kind, string number) => (await town.Rows(
        "select code, token from civil.paper where coalesce(entry_id, decision_id) = $1 and ended_at is null", r => (r.GetString(0), r.GetString(1)), await Act(kind, number))).Single();

    private Task<Guid> Act(string kind, string number) => town.Value<Guid>("select subject from journal.entry where kind = $1 and body::text like '%' || $2 || '%' order by position desc limit 1", kind, number);

    /// <summary>The record of a number as programs are told it, as of a day.</summary>
    internal async Task<string> AsOf(string number, int daysAgo)
    {
        using var registrar = await town.As("tinh");
        var id = await town.Do<IPopulation, Guid>(async p => PersonalNumber.TryParse(number, out var told) && await p.Answering(told) is { } key ? key : throw new InvalidOperationException(number));
        return (await registrar.Post("/persons/show", new { id, asOf = town.Clock.Today().AddDays(-daysAgo).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), purpose = Testing.Town.Purpose, @case = Testing.Town.Case })).Succeeds()["person"].GetRawText();
    }

    /// <summary>How often the feed tells of a kind of act on whoever bears a number, by the entry in the book.</summary>
    internal async Task<int> Told(string kind, string number)
    {
        await town.Seal();
        using var registrar = await town.As("tinh");
        var (told, after, more) = (0, 0L, true);
        while (more)
        {
            var page = (await registrar.Post("/journal/feed", new { after, most = 5000, kinds = new[] { kind }, bodies = true, purpose = Testing.Town.Inspection, @case = Testing.Town.InspectionCase })).Succeeds();
            told += page["entries"].EnumerateArray().Count(e => e.GetRawText().Contains(number, StringComparison.Ordinal));
            (after, more) = (page["next"].GetInt64(), page["more"].GetBoolean());
        }

        return told;
    }

    /// <summary>Who belongs to the household of a number on a day, as programs hear it: relation and name, and where it is.</summary>
    internal async Task<(string Address, string[] Members)> HouseholdOf(string number, int daysAgo = 0)
    {
        using var registrar = await town.As("tinh");
        var home = (await registrar.Post("/households/lookup", new { members = new[] { number }, asOf = town.Clock.Today().AddDays(-daysAgo).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), purpose = Testing.Town.Purpose, @case = Testing.Town.Case })).Succeeds()["households"][0];
        return (home.GetProperty("address").GetString()!, [.. home.GetProperty("members").EnumerateArray().Select(m => $"{m.GetProperty("relation").GetString()} {m.GetProperty("fullName").GetString()}")]);
    }

    /// <summary>Says of everybody in an old book who waits for a decision that he is nobody of the register; how many they were.</summary>
    internal async Task<int> DecideTheRest(Guid book)
    {
        using var clerk = await town.As("canbo");
        var rest = await town.Rows("select id from civil.old_party where book_id = $1 and state in ('open', 'later')", r => r.GetGuid(0), book);
        foreach (var party in rest)
        {
            (await clerk.Post("/old-books/decide", new { party, decision = "nobody" })).Succeeds();
        }

        return rest.Count;
    }

    /// <summary>Of how many of an old book the journal has a decision that stands, and how many of them are persons of the register.</summary>
    internal async Task<(long All, long Persons)> Decided(Guid book) => (await town.Rows("""
        select count(*), count(p.person_id) from civil.old_party p where p.book_id = $1 and p.state in ('linked', 'nobody')
           and exists (select from journal.entry j where j.kind = 'civil.old-entry-decided' and j.subject = p.entry_id)
        """, r => (r.GetInt64(0), r.GetInt64(1)), book)).Single();

    /// <summary>The day of the town.</summary>
    internal DateOnly Today => town.Clock.Today();

    /// <summary>The police decides on the absence of a file, whose act was begun on the page.</summary>
    internal async Task Decide(string file, string number)
    {
        using var police = await town.As("congan");
        var act = await town.Value<string>("select act_case from services.file where code = $1", file);
        var told = await town.Value<string>("select answers::text from services.file where code = $1", file);
        var answers = System.Text.Json.JsonDocument.Parse(told!).RootElement;
        (await police.Post("/residences/decide", new { act = "absence", person = number, from = answers.GetProperty("from").GetString(), until = answers.GetProperty("until").GetString(), reason = "other", @case = act })).Succeeds();
    }

    /// <summary>The citizen has shown a second factor in all sessions that are open.</summary>
    internal Task ShowSecondFactor(string number) => town.Execute("update identity.session set factors = array['password', 'code'] where account_id in (select a.id from identity.account a join population.person p on p.id = a.person_id where p.number = $1)", number);

    /// <summary>Somebody else has signed this citizen out, everywhere.</summary>
    internal Task EndSessions(string number) => town.Execute("update identity.session set ended_at = made_at where account_id in (select a.id from identity.account a join population.person p on p.id = a.person_id where p.number = $1)", number);

    /// <summary>How many files are about somebody.</summary>
    internal Task<long> FilesOf(string number) => town.Value<long>("select count(*) from services.file f join population.person p on p.id = f.subject_id where p.number = $1", number);

    /// <summary>A file of a birth that was taken in at the clerk's counter, with the picture of a paper; its code.</summary>
    internal async Task<string> FileWithPaper(string number, byte[] picture)
    {
        using var clerk = await town.As("canbo");
        var commune = town.Places[await town.Value<int>("select area_id from staff.post where official_id = (select id from staff.official where sign_in = 'canbo')")]!.Code;
        var answers = new Dictionary<string, string>
        {
            ["declarant"] = "mother", ["kind"] = "father-unknown", ["fullName"] = "Kim Thị Mẫu", ["sex"] = "2", ["born"] = "20/11/2026", ["birthPlace"] = "Trạm y tế Mẫu", ["evidence"] = "witness", ["evidenceOn"] = "21/11/2026",
            ["commune"] = commune, ["phone"] = "0900000456",
        };
        var code = (await clerk.Post("/files/take-in", new { procedure = "AG.09", number, answers, once = Guid.NewGuid() })).Succeeds()["code"].GetString()!;
        using var body = new ByteArrayContent(picture);
        (await Reply.Of(await clerk.Http.PostAsync($"/api/v1/files/{code}/papers?kind=witness&name=lam-chung.png", body))).Succeeds();
        return code;
    }
}
