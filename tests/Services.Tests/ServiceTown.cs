using System.Runtime.Versioning;
using System.Text.Json;
using SoGoc.Kernel.Access;
using SoGoc.Population;
using SoGoc.Testing;

namespace SoGoc.Services.Tests;

/// <summary>A town with the partners whose systems carry files out.</summary>
[SupportedOSPlatform("linux")]
public sealed class ServiceTown : Town
{
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50), Patience = TimeSpan.FromSeconds(90);

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

    /// <summary>A resident at his pages, with an account of level 2.</summary>
    public async Task<Sitting> AtHome(PersonState resident)
    {
        var (account, secret, now) = (Guid.NewGuid(), Secret.Make(), Clock.GetUtcNow());
        await Execute("insert into identity.account (id, person_id, level, phone, password_hash, opened_at) select $1, id, 2, phone, '', $3 from population.person where number = $2", account, resident.Facts.Number!.Value.ToString(), now);
        await Execute("insert into identity.session (hash, sid, account_id, factors, device, made_at, proved_at, seen_at, expires_at) values ($1, gen_random_uuid(), $2, '{passkey}', 'thử', $3, $3, $3, $3 + interval '30 days')", Secret.Hash(secret), account, now);
        return Sit().Carrying("sogoc-cd", secret);
    }

    /// <summary>Takes in cash what is owed for a file, where something is.</summary>
    public async Task Paid(Official by, string code)
    {
        foreach (var fee in (await by.Post("/payments/fees", new { code })).Succeeds()["fees"].EnumerateArray().Where(f => f.GetProperty("isOpen").GetBoolean()))
        {
            (await by.Post("/payments/cash", new { code, amount = fee.GetProperty("amount").GetInt64(), fee = fee.GetProperty("name").GetString() })).Succeeds();
        }
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
                "date" => "01/12/2026",
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
}
