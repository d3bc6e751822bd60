using System.Runtime.Versioning;
using System.Text.Json;
using System.Text.RegularExpressions;
using SoGoc.Kernel.Time;
using SoGoc.Places;
using SoGoc.Population;
using SoGoc.Testing;

namespace SoGoc.Services.Tests;

/// <summary>A town with the partners whose systems carry files out.</summary>
[SupportedOSPlatform("linux")]
public partial class ServiceTown : Town
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50), Patience = TimeSpan.FromSeconds(90);

    /// <summary>Of everybody at home.</summary>
    internal const string Password = "mot cau that dai 7";

    private Official? clerk;

    public PartnerProgram Partners { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        await base.InitializeAsync();
        Partners = await PartnerProgram.Start(this);
    }

    public override async ValueTask DisposeAsync()
    {
        clerk?.Dispose();
        await (Partners?.DisposeAsync() ?? ValueTask.CompletedTask);
        await base.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Who takes files in.</summary>
    public async Task<Official> Clerk() => clerk ??= await As("canbo");

    /// <summary>A resident of the town's commune.</summary>
    public async Task<PersonState> Resident(short sex = 2, string born = "1990-04-12", Func<PersonState, PersonState>? otherwise = null)
    {
        var person = People.Someone(sex, born).LivingAt(Commune.Id, "12 Ấp Mẫu", "2015-01-01");
        person = person with { Facts = person.Facts with { Phone = "0900000123", OldIds = ["350000001"], Nationality = ["VN"], Ethnicity = "01", Marital = 1 } };
        person = otherwise?.Invoke(person) ?? person;
        await Enter(person);
        return person;
    }

    /// <summary>Takes in cash what is owed for a file, where something is.</summary>
    public async Task Paid(Official by, string code)
    {
        foreach (var fee in (await by.Post("/payments/fees", new { code })).Succeeds()["fees"].EnumerateArray().Where(f => f.GetProperty("isOpen").GetBoolean()))
        {
            (await by.Post("/payments/cash", new { code, amount = fee.GetProperty("amount").GetInt64(), fee = fee.GetProperty("name").GetString() })).Succeeds();
        }
    }

    /// <summary>Another commune of the province.</summary>
    public Area Elsewhere => Places.Children(Places.Home(Clock.Today())!, Clock.Today()).First(a => a.Id != Commune.Id);

    /// <summary>A married couple in a household of their own, he its head; she, he, and the household.</summary>
    public async Task<(PersonState Mother, PersonState Father, Guid Household)> Couple(string his = "1993-08-09", string hers = "1995-03-02", Area? at = null)
    {
        var (area, household) = ((at ?? Commune).Id, await Household(new HouseholdState($"HT-{Guid.NewGuid():N}"[..12], (at ?? Commune).Id, "Ấp Mẫu", new DateOnly(2015, 1, 1))));
        PersonState Of(short sex, string born) => People.Someone(sex, born) is var p ? (p with { Facts = p.Facts with { Ethnicity = "01", Nationality = ["VN"], Marital = 2, Phone = "0900000123" } }).LivingAt(area, "Ấp Mẫu", "2015-01-01") : p;
        var (father, mother) = (Of(1, his), Of(2, hers));
        father = father.With(KinKind.Spouse, mother.Facts.Number!.Value).In(household, "01", "2015-01-01");
        mother = mother.With(KinKind.Spouse, father.Facts.Number!.Value).In(household, "02", "2015-01-01");
        await Enter(father);
        await Enter(mother);
        return (mother, father, household);
    }

    /// <summary>Somebody at the pages of citizens, signed in at level 2.</summary>
    public async Task<Sitting> AtHome(PersonState person)
    {
        var number = person.Facts.Number!.Value.ToString();
        await Execute("delete from kernel.rate");
        await Execute("insert into identity.account (id, person_id, level, phone, password_hash, opened_at) select gen_random_uuid(), id, 2, phone, $2, $3 from population.person where number = $1",
            number, new Microsoft.AspNetCore.Identity.PasswordHasher<string>().HashPassword("", Password), Clock.GetUtcNow());
        var citizen = Sit();
        (await citizen.Send("/vao?handler=Password", ("number", number), ("password", Password))).Succeeds();
        // As if the code of his telephone had been shown too: the way there is tested where it belongs.
        await Execute("update identity.session s set factors = array_append(s.factors, 'code') from identity.account a join population.person p on p.id = a.person_id where a.id = s.account_id and p.number = $1", number);
        return citizen;
    }

    /// <summary>Fills in the form of a service and hands it in; the code of the file.</summary>
    public static async Task<string> HandIn(Sitting citizen, string procedure, Dictionary<string, string> answers)
    {
        var page = (await citizen.Send($"/dich-vu/{procedure}/nop", [.. answers.Select(a => ("answers." + a.Key, (string?)a.Value))])).Succeeds();
        Assert.True(page.Path.StartsWith("/cua-toi/ho-so/", StringComparison.Ordinal), page.Alerts());
        return page.Path.Split('/')[^1];
    }

    /// <summary>The office receives a file, begins its act with what the file says, and decides it on the act's page.</summary>
    /// <param name="handler">Page and handler that decide.</param>
    /// <param name="added">What the citizen cannot know, and the official adds.</param>
    public async Task Decide(string code, string account, string handler, params (string Name, string? Value)[] added)
    {
        using var official = await As(account);
        (await official.Post("/files/receive", new { code })).Succeeds();
        (await official.Post("/files/take", new { code })).Succeeds();
        await Paid(official, code);
        var link = (await official.Post("/files/carry-out", new { code })).Succeeds()["link"].GetString()!;
        using var page = Sit();
        await page.SignIn(account);
        // What the page carries in its form is what the file has told.
        var carried = Carried().Matches((await page.Get(link)).Succeeds().Text).Select(m => (m.Groups[1].Value, (string?)m.Groups[2].Value)).Where(f => f.Item1 != "__RequestVerificationToken");
        var done = (await page.Send(handler, [.. carried, .. added])).Succeeds();
        Assert.True(await Value<short>("select status from services.file where code = $1", code) == 9, $"{done.Path}: {done.Alerts()}");
    }

    /// <summary>Whom the act of a decided file is about.</summary>
    public async Task<PersonState> PersonOf(string code)
    {
        var key = await Value<Guid>("select e.person_id from civil.entry e join services.file f on f.result_link = '/so-ho-tich/' || e.id where f.code = $1", code);
        return await Do<IPopulation, PersonState>(async p => (await p.Find(key))!);
    }

    /// <summary>As the register has him now.</summary>
    public Task<PersonState> Person(PersonState person) => Do<IPopulation, PersonState>(async p => (await p.Find((await p.Answering(person.Facts.Number!.Value))!.Value))!);

    /// <summary>Nothing of a linked filing is open any more.</summary>
    public async Task Settled(string filing)
    {
        for (var begun = TimeProvider.System.GetTimestamp(); await Value<long>("select count(*) from civil.filing_part p join civil.filing f on f.id = p.filing_id where f.code = $1 and p.state = 'open'", filing) > 0;)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Patience, $"{filing} is not settled.");
            await Task.Delay(Glance);
        }
    }

    /// <summary>A citizen at home, signed in with two factors.</summary>
    public async Task<(Sitting Home, PersonState Person)> Citizen()
    {
        var person = await Resident();
        return (await AtHome(person), person);
    }

    /// <summary>An officer of whichever desk has the file.</summary>
    public async Task<Official> Officer(string desk)
    {
        if (desk is "justice" or "police")
        {
            return await As(desk == "justice" ? "canbo" : "congan");
        }

        var signIn = $"so-{Guid.NewGuid():N}";
        await Execute("""
            with o as (insert into staff.official (id, name, sign_in, password_hash, agency_code) values (gen_random_uuid(), 'Bùi Thị Thử', $1, '', $2) returning id)
            insert into staff.post select id, 'agency-officer', null, daterange('2016-01-01', null) from o
            """, signIn, desk);
        return await As(signIn);
    }

    /// <summary>The desk that has a file.</summary>
    public Task<string?> DeskOf(string code) => Value<string>("select desk from services.file where code = $1", code)!;

    /// <summary>The file, as soon as it has a status.</summary>
    public async Task Until(string code, int status)
    {
        for (var begun = TimeProvider.System.GetTimestamp(); ;)
        {
            var now = await Value<short>("select status from services.file where code = $1", code);
            if (now == status)
            {
                return;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Patience, $"{code} stays at {now}.");
            await Task.Delay(Glance);
        }
    }

    /// <summary>Something sound for each field that a procedure asks.</summary>
    /// <param name="procedure">As reference/procedures has it.</param>
    /// <param name="chosen">What is to be chosen otherwise than the first.</param>
    public Dictionary<string, string> Answers(JsonElement procedure, IReadOnlyDictionary<string, string>? chosen = null)
    {
        var answers = new Dictionary<string, string>();
        foreach (var field in procedure.GetProperty("fields").EnumerateArray().Where(f => f.GetProperty("ask").GetString() != "register"))
        {
            var name = field.GetProperty("name").GetString()!;
            answers[name] = chosen?.GetValueOrDefault(name) ?? field.GetProperty("ask").GetString() switch
            {
                "date" => DayFor(field.TryGetProperty("day", out var side) ? side.GetString() : null).Shown(),
                "choice" => field.GetProperty("choices")[0].GetProperty("code").GetString()!,
                "count" => "1",
                "yes" => "true",
                "phone" => "0900 000 456",
                "commune" => Commune.Code,
                "person" => People.Number("089", 1, 1980).ToString(),
                _ => "Điều mẫu",
            };
        }

        // What does not apply is left out of the file by the form itself.
        return answers;
    }

    /// <summary>A day as a field wants it; for a visit the Monday after next.</summary>
    public DateOnly DayFor(string? side) => Clock.Today() is var today && side == "past" ? today.AddDays(-1) : today.AddDays(side == "visit" ? 15 - (int)today.DayOfWeek : 7);

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"")]
    private static partial Regex Carried();
}
