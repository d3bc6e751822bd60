using System.Runtime.Versioning;
using SoGoc.Services.Files;
using SoGoc.Testing;

namespace SoGoc.Services.Tests;

/// <summary>What time does to files on a desk: warnings, the end of those that nobody pays for, and word to an agency's system that is asked in vain.</summary>
[SupportedOSPlatform("linux")]
public sealed class DeskTimeTests(ServiceTown town) : IClassFixture<ServiceTown>
{
    private const string Card = "2.001194", Power = "AG.23";

    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(50), Patience = TimeSpan.FromSeconds(60);

    private static DateTimeOffset At(int month, int day, int hour) => new(2026, month, day, hour - 7, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Who_has_a_file_is_warned_at_half_three_quarters_and_nine_tenths_once_each_and_its_head_at_the_last()
    {
        town.Clock.MoveTo(At(11, 25, 8));
        var (taken, free) = (await TakeIn(Card), await TakeIn(Card));
        using var police = await town.As("congan");
        using var head = await town.As("truongca");
        (await police.Post("/files/take", new { code = taken })).Succeeds();
        // Two files of seven days; the clock of each runs until 4 December.
        async Task<string> Told(Official who, string code) => string.Join(' ', (await who.Post("/files/notices", new { })).Succeeds()["notices"].EnumerateArray().Where(n => n.GetProperty("code").GetString() == code).Select(n => n.GetProperty("kind").GetString()));
        async Task Look()
        {
            while ((await town.Do<WarnFiles, WarnFiles.Warned>(f => f.Run())).Looked > 0)
            {
            }
        }

        await Look();
        Assert.Equal(("", ""), (await Told(police, taken), await Told(head, free)));
        foreach (var (share, kind) in new[] { (0.55, "half"), (0.8, "near"), (0.93, "last") })
        {
            town.Clock.MoveTo(await WhenUsed(taken, share));
            await Look();
            Assert.EndsWith(kind, await Told(police, taken), StringComparison.Ordinal);
            Assert.Equal(kind == "last" ? "last" : "", await Told(head, taken));
            // What nobody has is the head's to give.
            Assert.EndsWith(kind, await Told(head, free), StringComparison.Ordinal);
            await Look();
        }

        Assert.Equal("half near last", string.Join(' ', await town.Rows("select n.kind from services.notice n join services.file f on f.id = n.file_id where f.code = $1 and not n.for_head order by n.at", r => r.GetString(0), taken)));
        using (var page = town.Sit())
        {
            await page.SignIn("congan");
            (await page.Get("/mot-cua")).Succeeds().Says("đã dùng 90% thời gian", taken);
        }

        // Looked at, it is told no more; a new date begins no new warnings.
        (await police.Post("/files/show", new { code = taken })).Succeeds();
        Assert.Equal("", await Told(police, taken));
        Assert.Equal("last", await Told(head, taken));
        (await police.Post("/files/apologise", new { code = taken, due = "2026-12-18", why = "Máy in thẻ hỏng" })).Succeeds();
        town.Clock.MoveTo(At(12, 18, 16));
        await Look();
        Assert.Equal("", await Told(police, taken));
        town.Clock.MoveTo(new DateOnly(2026, 11, 24));
    }

    [Fact]
    public async Task A_file_whose_end_has_passed_is_late_from_that_minute_also_while_the_office_is_closed()
    {
        town.Clock.MoveTo(At(11, 25, 8));
        var code = await TakeIn(Card);
        using var police = await town.As("congan");
        (await police.Post("/files/take", new { code })).Succeeds();
        var due = new DateTimeOffset(await town.Value<DateTime>("select due_at from services.file where code = $1", code));
        foreach (var (minutes, says) in new[] { (-1, "Hẹn trả"), (1, "Quá hạn từ") })
        {
            town.Clock.MoveTo(due.AddMinutes(minutes));
            using var page = town.Sit();
            await page.SignIn("congan");
            (await page.Get($"/mot-cua/{code}")).Succeeds().Says(says);
            var line = (await police.Post("/files/list", new { })).Succeeds()["files"].EnumerateArray().Single(f => f.GetProperty("code").GetString() == code);
            Assert.Equal(minutes > 0 ? "late" : "last", line.GetProperty("heat").GetString());
        }

        town.Clock.MoveTo(new DateOnly(2026, 11, 24));
    }

    [Fact]
    public async Task A_file_that_waits_for_a_payment_is_reminded_and_then_returned_with_the_reason()
    {
        town.Clock.MoveTo(new DateOnly(2026, 11, 25));
        // What other tests have left waiting is not looked at here.
        await town.Execute("update services.file set payment_until = '2027-12-31' where payment_until is not null");
        var code = await Asked();
        Assert.Equal(0, await Remind());
        Assert.Equal(0, await End());
        town.Clock.MoveTo(new DateOnly(2026, 12, 20));
        Assert.Equal(1, await Remind());
        Assert.Equal(0, await Remind());
        Assert.Equal(0, await End());
        Assert.Equal(1, await town.Value<long>("select count(*) from journal.entry where kind = 'services.payment-reminded' and body ->> 'code' = $1", code));
        town.Clock.MoveTo(new DateOnly(2026, 12, 25));
        Assert.Equal(0, await End());
        town.Clock.MoveTo(new DateOnly(2026, 12, 26));
        Assert.Equal(1, await End());
        using var police = await town.As("congan");
        var file = (await police.Post("/files/show", new { code })).Succeeds()["file"];
        Assert.Equal("stopped", file.GetProperty("status").GetString());
        Assert.Contains("hết thời gian nộp phí", file.GetProperty("refusal").GetString(), StringComparison.Ordinal);
        Assert.Equal(0, await End());
        Assert.Empty((await town.Verify()).Differences);
        town.Clock.MoveTo(new DateOnly(2026, 11, 24));
    }

    [Fact]
    public async Task Money_that_comes_at_the_moment_of_the_end_goes_on_with_the_file_or_is_given_back_and_never_lost()
    {
        town.Clock.MoveTo(new DateOnly(2026, 11, 25));
        using var police = await town.As("congan");
        // A payment that is under way is waited for.
        var waiting = await Asked();
        (await police.Post("/payments/offer", new { code = waiting, amount = 25000 })).Succeeds();
        await town.Execute("update services.file set payment_until = '2026-11-20' where code = $1", waiting);
        Assert.Equal(0, await End());
        // Whoever settles a payment holds the file: the end passes it by, and finds it paid afterwards.
        var held = await Asked();
        await town.Execute("update services.file set payment_until = '2026-11-20' where code = $1", held);
        await using (var connection = await town.Database.Owner.OpenConnectionAsync())
        await using (var money = await connection.BeginTransactionAsync())
        {
            await using var settle = new Npgsql.NpgsqlCommand("update services.file set status = 4, before_status = null where code = $1", connection, money) { Parameters = { new() { Value = held } } };
            await settle.ExecuteNonQueryAsync();
            Assert.Equal(0, await End());
            await money.CommitAsync();
        }

        Assert.Equal(0, await End());
        Assert.Equal(4, await town.Value<short>("select status from services.file where code = $1", held));
        // Both at once: whichever is first, the other has seen it.
        for (var n = 0; n < 6; n++)
        {
            var code = await Asked();
            await town.Execute("update services.file set payment_until = '2026-11-20' where code = $1", code);
            var paying = police.Post("/payments/cash", new { code, amount = 25000, fee = "procedure" });
            await Task.WhenAll(paying, End());
            var (status, paid) = await town.Value<short>("select status from services.file where code = $1", code) is var s ? (s, await town.Value<long>("select count(*) from services.payment_order o join services.file f on f.id = o.file_id where f.code = $1 and o.state = 'paid' and not o.surplus", code)) : default;
            Assert.Contains((status, paid, (await paying).IsGood), new[] { ((short)4, 1L, true), ((short)8, 0L, false) });
        }

        // The gateway tells of it when the file has ended: the money is there, and is to be given back.
        var late = await Asked();
        var order = (await police.Post("/payments/offer", new { code = late, amount = 25000 })).Succeeds()["order"].GetString()!;
        await town.Execute("update services.payment_order set state = 'expired', ended_at = now() where no = $1", order);
        await town.Execute("update services.file set payment_until = '2026-11-20' where code = $1", late);
        Assert.Equal(1, await End());
        await town.Do<Payment.TakeCallback, Payment.TakeCallback.Heard>(f => f.Apply(new Payment.TakeCallback.Request(order, 25000, "paid", "T-CHAM", town.Clock.GetUtcNow())));
        Assert.True(await town.Value<bool>("select surplus from services.payment_order where no = $1 and state = 'paid'", order));
        using var accountant = await town.As("ketoan");
        Assert.Contains((await accountant.Post("/payments/refunds", new { })).Succeeds()["refunds"].EnumerateArray(), r => r.GetProperty("order").GetString() == order);
        town.Clock.MoveTo(new DateOnly(2026, 11, 24));
    }

    [Fact]
    public async Task An_agencys_system_that_was_asked_is_told_when_the_citizen_takes_his_file_back_and_not_of_its_own_answer()
    {
        using var citizen = await town.AtHome(await town.Resident());
        await town.Partners.Behave("dien-luc", "silent");
        var code = await ServiceTown.HandIn(citizen, Power, town.Answers(AllServicesTests.Procedure(Power)));
        using var officer = await town.Officer((await town.DeskOf(code))!);
        (await officer.Post("/files/receive", new { code })).Succeeds();
        (await officer.Post("/files/take", new { code })).Succeeds();
        (await officer.Post("/files/carry-out", new { code })).Succeeds();
        (await citizen.Send($"/cua-toi/ho-so/{code}?handler=Withdraw", ("Why", "Không cần nữa"))).Succeeds();
        var told = await Heard("services.agency-recalled", code);
        Assert.Equal("withdrawn", told.GetProperty("why").GetString());
        Assert.False(told.TryGetProperty("number", out _));
        // What the agency answers now decides nothing.
        await town.Partners.Behave("dien-luc", "refuse", reason: "Không đủ điều kiện");
        Assert.Equal(7, await town.Value<short>("select status from services.file where code = $1", code));
        using var other = await town.AtHome(await town.Resident());
        var refused = await ServiceTown.HandIn(other, Power, town.Answers(AllServicesTests.Procedure(Power)));
        (await officer.Post("/files/receive", new { code = refused })).Succeeds();
        (await officer.Post("/files/take", new { code = refused })).Succeeds();
        (await officer.Post("/files/carry-out", new { code = refused })).Succeeds();
        await town.Until(refused, 8);
        Assert.Equal(0, await town.Value<long>("select count(*) from journal.entry where kind = 'services.agency-recalled' and body ->> 'code' = $1", refused));
        await town.Partners.Behave("dien-luc", "done");
    }

    /// <summary>What the power company's system was told.</summary>
    private async Task<System.Text.Json.JsonElement> Heard(string type, string code)
    {
        for (var begun = TimeProvider.System.GetTimestamp(); ;)
        {
            var told = (await town.Partners.Received("dien-luc")).Where(e => e.GetProperty("type").GetString() == type).Select(e => e.GetProperty("data").GetProperty("entry")).FirstOrDefault(e => e.GetProperty("code").GetString() == code);
            if (told.ValueKind != System.Text.Json.JsonValueKind.Undefined)
            {
                return told;
            }

            Assert.True(TimeProvider.System.GetElapsedTime(begun) < Patience, $"{type} of {code} was not told.");
            await Task.Delay(Glance);
        }
    }

    private Task<int> Remind() => Count<RemindUnpaid>(f => f.Run());

    private Task<int> End() => Count<EndUnpaid>(f => f.Run());

    private async Task<int> Count<TFeature>(Func<TFeature, Task<Kernel.Outcomes.Outcome<EndWaiting.Ended>>> run) where TFeature : class => (await town.Do(run)).Stopped;

    /// <summary>When so much of a file's time is used, by the working hours of the office.</summary>
    private async Task<DateTimeOffset> WhenUsed(string code, double share)
    {
        var (total, since) = (await town.Rows("select total_minutes, runs_since from services.file where code = $1", r => (r.GetInt32(0), r.GetFieldValue<DateTimeOffset>(1)), code)).Single();
        return await town.Do<Kernel.Data.Session, DateTimeOffset>(async s => (await Kernel.Time.OfficeDays.Read(s)).After(since, TimeSpan.FromMinutes(total * share)));
    }

    /// <summary>A file whose fee the police has asked for: it waits for the payment.</summary>
    private async Task<string> Asked()
    {
        var code = await TakeIn(Card);
        using var police = await town.As("congan");
        (await police.Post("/files/take", new { code })).Succeeds();
        (await police.Post("/payments/ask", new { code })).Succeeds();
        return code;
    }

    private async Task<string> TakeIn(string procedure)
    {
        var (clerk, citizen) = (await town.Clerk(), await town.Resident());
        return (await clerk.Post("/files/take-in", new { procedure, number = citizen.Facts.Number!.Value.ToString(), answers = town.Answers(AllServicesTests.Procedure(procedure)), once = Guid.NewGuid() })).Succeeds()["code"].GetString()!;
    }
}
