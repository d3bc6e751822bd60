using System.Net;
using System.Runtime.Versioning;
using SoGoc.Population;
using SoGoc.Testing;

namespace SoGoc.Services.Tests;

/// <summary>Fees: at the gateway and at the counter, told twice, forged, late, changed, given back, and held against the gateway's list.</summary>
[SupportedOSPlatform("linux")]
public sealed partial class PaymentTests(ServiceTown town) : IClassFixture<ServiceTown>
{
    private const string Card = "2.001194", Licence = "3.000347", Record = "3.000333", Motorcycle = "1.012575";

    [Fact]
    public async Task A_citizen_pays_at_the_gateway_and_the_file_that_waited_for_it_is_decided()
    {
        var (citizen, code) = await Submitted(Card);
        using var police = await town.As("congan");
        (await police.Post("/files/receive", new { code })).Succeeds();
        (await police.Post("/files/take", new { code })).Succeeds();
        (await police.Post("/files/decide", new { code, resultNo = "XN-1/2026" })).Refuses("services.fee-open");
        (await citizen.Get($"/cua-toi/ho-so/{code}")).Says("Nộp 25.000 đồng", "chưa nộp", "Mức này giữ nguyên đến");
        // What is paid is what was shown, whatever is sent.
        (await citizen.Send($"/cua-toi/ho-so/{code}?handler=Pay", ("Fee", "procedure"), ("Amount", "1000"))).Refuses("services.fee-changed");
        var gateway = (await citizen.Send($"/cua-toi/ho-so/{code}?handler=Pay", ("Fee", "procedure"), ("Amount", "25000"))).Succeeds();
        gateway.Says("không có tiền thật", "25.000 đồng", code);
        // Back before the gateway has told: the page says that it waits, or that it has come.
        var back = (await citizen.Send(gateway.Address, ("State", "paid"))).Succeeds();
        Assert.Equal($"/cua-toi/ho-so/{code}", back.Path);
        Assert.True(back.Text.Contains("Đang chờ cổng thanh toán xác nhận", StringComparison.Ordinal) || back.Text.Contains("Đã nhận tiền", StringComparison.Ordinal), "The page says neither.");
        await Until($"{code}-P1", "paid");
        var seen = (await citizen.Get($"/cua-toi/ho-so/{code}?tra-ve=true")).Says("Đã nhận tiền", "đã nộp", "Nộp phí: 25.000 đồng", "Biên lai BL");
        Assert.DoesNotContain("Nộp 25.000 đồng", seen.Text, StringComparison.Ordinal);
        Assert.Equal("%PDF"u8.ToArray(), (await citizen.Bytes($"/cua-toi/ho-so/{code}?handler=Receipt&order={code}-P1"))[..4]);
        // The old page of the gateway takes nothing more, and the same order is not paid again.
        (await citizen.Get(gateway.Address)).Says("Lệnh này đã xử lý xong");
        (await citizen.Send($"/cua-toi/ho-so/{code}?handler=Pay", ("Fee", "procedure"), ("Amount", "25000"))).Refuses("services.paid-already");
        (await police.Post("/files/decide", new { code, resultNo = "XN-1/2026" })).Succeeds();
        Assert.Equal(1, await town.Value<long>("select count(*) from identity.message where body like $1", $"Ho so {code}: da nhan 25.000 dong%"));
        Assert.Empty((await town.Verify()).Differences);
    }

    [Fact]
    public async Task The_gateway_says_no_or_he_gives_it_up_and_he_may_try_again()
    {
        var (citizen, code) = await Submitted(Card);
        var gateway = (await citizen.Send($"/cua-toi/ho-so/{code}?handler=Pay", ("Fee", "procedure"), ("Amount", "25000"))).Succeeds();
        (await citizen.Send(gateway.Address, ("State", "failed"))).Succeeds();
        await Until($"{code}-P1", "failed");
        (await citizen.Get($"/cua-toi/ho-so/{code}?tra-ve=true")).Says("Chưa nộp được", "Nộp 25.000 đồng");
        // An address that was written otherwise than it was signed is no order.
        (await citizen.Get(gateway.Address.Replace("tien=25000", "tien=1", StringComparison.Ordinal))).Refuses("services.sandbox-unsigned");
        var again = (await citizen.Send($"/cua-toi/ho-so/{code}?handler=Pay", ("Fee", "procedure"), ("Amount", "25000"))).Succeeds();
        (await citizen.Send(again.Address, ("State", "paid-twice"))).Succeeds();
        await Until($"{code}-P2", "paid");
        await Told($"{code}-P2", "told_at is not null and repeats = 0 and attempts = 2 and fault is null");
        Assert.Equal(1, await town.Value<long>("select count(*) from services.payment_order where no like $1 and state = 'paid'", $"{code}-P%"));
    }

    [Fact]
    public async Task What_the_gateway_could_not_tell_it_tells_again_until_it_is_taken()
    {
        var (_, code) = await Submitted(Card);
        var order = await Offered(code, 25000);
        await town.Execute("insert into services.sandbox_payment (order_no, amount, file_code, valid_until, callback, state, transaction, made_at, ended_at, next_at) values ($1, 25000, $2, $3, 'http://127.0.0.1:1/', 'paid', $4, $3, $3, $3)", order, code, town.Clock.GetUtcNow(), $"T-{order}");
        await Told(order, "fault is not null and attempts > 0");
        Assert.Equal("waiting", await State(order));
        await town.Execute("update services.sandbox_payment set callback = $2, next_at = $3 where order_no = $1", order, new Uri(town.Address, "/api/v1/payments/callback").AbsoluteUri, town.Clock.GetUtcNow());
        await Until(order, "paid");
    }

    [Fact]
    public async Task What_is_told_twice_is_done_once_and_what_is_forged_or_false_changes_nothing_and_is_on_record()
    {
        var (_, code) = await Submitted(Card);
        var order = await Offered(code, 25000);
        Assert.Equal(HttpStatusCode.Unauthorized, await Tell(order, 25000, "paid", "X1", forged: true));
        Assert.Equal(HttpStatusCode.Unauthorized, await Tell(order, 25000, "paid", "X1", late: TimeSpan.FromMinutes(10)));
        Assert.Equal(HttpStatusCode.Conflict, await Tell(order, 24999, "paid", "X1"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await Tell(order, 25000, "paid", null));
        Assert.Equal(HttpStatusCode.NotFound, await Tell("H01.00000-261124-0001-P1", 25000, "paid", "X1"));
        Assert.Equal("waiting", await State(order));
        Assert.Equal(4, await town.Value<long>("select count(*) from journal.entry e join services.payment_order o on o.id = e.subject where o.no = $1 and e.kind = 'services.callback-refused'", order));
        // Several at once, and again: one payment, one receipt.
        var all = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Tell(order, 25000, "paid", $"T-{order}")));
        Assert.All(all, s => Assert.Equal(HttpStatusCode.OK, s));
        Assert.Equal(HttpStatusCode.Conflict, await Tell(order, 25000, "paid", $"ANOTHER-{order}"));
        Assert.Equal(HttpStatusCode.OK, await Tell(order, 25000, "failed", null));
        Assert.Equal("paid", await State(order));
        Assert.Equal(1, await town.Value<long>("select count(*) from journal.entry e join services.file f on f.id = e.subject where f.code = $1 and e.kind = 'services.payment-made'", code));
    }

    [Fact]
    public async Task Two_tabs_are_one_order_and_money_that_comes_beside_cash_is_marked_to_be_given_back()
    {
        var (_, code) = await Submitted(Card);
        using var police = await town.As("congan");
        var tabs = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => police.Post("/payments/offer", new { code, amount = 25000 })));
        var order = Assert.Single(tabs.Select(t => t.Succeeds()["order"].GetString()!).Distinct());
        var taken = (await police.Post("/payments/cash", new { code, amount = 25000 })).Succeeds();
        (await police.Post("/payments/cash", new { code, amount = 25000 })).Refuses("services.paid-already");
        Assert.Equal("expired", await State(order));
        Assert.Equal(HttpStatusCode.OK, await Tell(order, 25000, "paid", $"T-{order}"));
        Assert.True(await town.Value<bool>("select surplus from services.payment_order where no = $1", order));
        // What was taken in cash stands in the day's list of who took it, and on a receipt.
        var day = (await police.Post("/payments/takings", new { })).Succeeds();
        Assert.Contains(day["lines"].EnumerateArray(), l => l.GetProperty("receipt").GetString() == taken["receipt"].GetString() && l.GetProperty("amount").GetInt64() == 25000);
        using var page = town.Sit();
        await page.SignIn("congan");
        Assert.Equal("%PDF"u8.ToArray(), (await page.Bytes($"/mot-cua/{code}/phi?handler=Receipt&order={taken["order"].GetString()}"))[..4]);
        (await page.Get("/mot-cua/thu-phi")).Says(taken["receipt"].GetString()!);
        using var accountant = await town.As("ketoan");
        Assert.Contains((await accountant.Post("/payments/refunds", new { })).Succeeds()["refunds"].EnumerateArray(), r => r.GetProperty("order").GetString() == order && r.GetProperty("state").GetString() == "due");
        (await accountant.Post("/payments/refund", new { order = taken["order"].GetString(), why = "người dân đòi lại tiền" })).Refuses("services.no-refund");
        (await accountant.Post("/payments/cash", new { code, amount = 25000 })).Refuses("kernel.not-permitted");
    }

    [Fact]
    public async Task A_fee_that_changed_is_paid_as_the_form_showed_it_for_some_days_and_then_as_it_is()
    {
        var (_, code) = await Submitted(Licence);
        await town.Execute("update services.procedure set state = 'replaced' where code = $1 and state = 'published'", Licence);
        await town.Execute("insert into services.procedure (code, version, body, state, origin, made_at, made_by, published_at) select code, version + 1, jsonb_set(body, '{fees,1,amount}', '130000'), 'published', 'office', made_at, made_by, published_at from services.procedure where code = $1 order by version desc limit 1", Licence);
        var order = await Offered(code, 115000);
        await town.Execute("update services.fee set holds_until = holds_until - interval '5 days' where file_id = (select id from services.file where code = $1)", code);
        await town.Execute("update services.payment_order set valid_until = valid_until - interval '5 days' where no = $1", order);
        using var police = await town.As("congan");
        using var counter = await CounterOf(code);
        (await counter.Post("/payments/offer", new { code, amount = 115000 })).Refuses("services.fee-changed");
        var fee = (await counter.Post("/payments/fees", new { code })).Succeeds()["fees"][0];
        Assert.Equal((115000, 130000, true), (fee.GetProperty("shown").GetInt32(), fee.GetProperty("amount").GetInt32(), fee.GetProperty("changed").GetBoolean()));
        // Paid all the same, after its time: that amount is not what is owed, and is to be given back.
        Assert.Equal(HttpStatusCode.OK, await Tell(order, 115000, "paid", $"T-{order}"));
        Assert.True(await town.Value<bool>("select surplus from services.payment_order where no = $1", order));
        var other = (await counter.Post("/payments/offer", new { code, amount = 130000 })).Succeeds()["order"].GetString()!;
        Assert.NotEqual(order, other);
        Assert.Equal(HttpStatusCode.OK, await Tell(other, 130000, "paid", $"T-{other}"));
        Assert.False((await counter.Post("/payments/fees", new { code })).Succeeds()["fees"][0].GetProperty("isOpen").GetBoolean());
    }

    [Fact]
    public async Task A_file_whose_fee_comes_first_is_not_received_before_and_its_money_is_given_back_when_it_is_withdrawn()
    {
        var (citizen, code) = await Submitted(Record);
        using var officer = await CounterOf(code);
        (await officer.Post("/files/receive", new { code })).Refuses("services.fee-open");
        var gateway = (await citizen.Send($"/cua-toi/ho-so/{code}?handler=Pay", ("Fee", "procedure"), ("Amount", "200000"))).Succeeds();
        (await citizen.Send(gateway.Address, ("State", "paid"))).Succeeds();
        await Until($"{code}-P1", "paid");
        (await officer.Post("/files/receive", new { code })).Succeeds();
        using var accountant = await town.As("ketoan");
        (await accountant.Post("/payments/refund", new { order = $"{code}-P1", why = "hồ sơ đã rút trước khi xử lý" })).Refuses("services.no-refund");
        (await citizen.Send($"/cua-toi/ho-so/{code}?handler=Withdraw", ("Why", "không cần nữa"))).Succeeds();
        (await accountant.Post("/payments/refund", new { order = $"{code}-P1", why = "ngắn" })).Refuses("services.say-refund");
        Assert.Equal("ordered", (await accountant.Post("/payments/refund", new { order = $"{code}-P1", why = "hồ sơ đã rút trước khi xử lý" })).Succeeds()["state"].GetString());
        await Until($"{code}-P1", "refunded");
        (await accountant.Post("/payments/refund", new { order = $"{code}-P1", why = "hồ sơ đã rút trước khi xử lý" })).Refuses("services.no-refund");
        (await citizen.Get($"/cua-toi/ho-so/{code}")).Says("đã hoàn", "Đã hoàn phí: 200.000 đồng");
        Assert.NotEqual(0, await town.Value<long>("select count(*) from identity.message where body like $1", $"Ho so {code}: da hoan lai 200.000 dong%"));
        // The gateway gave it back once, and its list says so: both agree.
        var day = (await accountant.Post("/payments/reconcile", new { day = "2026-11-24", anew = true })).Succeeds();
        Assert.DoesNotContain(day["differences"].EnumerateArray(), d => d.GetProperty("order").GetString() == $"{code}-P1");
    }

    [Fact]
    public async Task The_days_list_of_the_gateway_shows_what_is_missing_on_either_side_and_mends_what_was_never_told()
    {
        var ((_, untold), (_, unknown)) = (await Submitted(Card), await Submitted(Card));
        var (lost, strange) = (await Offered(untold, 25000), await Offered(unknown, 25000));
        Assert.Equal(HttpStatusCode.OK, await Tell(strange, 25000, "paid", $"T-{strange}"));
        // The gateway has taken the money and its message was lost.
        await town.Execute("insert into services.sandbox_payment (order_no, amount, file_code, valid_until, callback, state, transaction, made_at, ended_at) values ($1, 25000, $2, $3, 'http://127.0.0.1/', 'paid', $4, $3, $3)", lost, untold, town.Clock.GetUtcNow(), $"T-{lost}");
        using var accountant = await town.As("ketoan");
        var day = (await accountant.Post("/payments/reconcile", new { day = "2026-11-24", anew = true })).Succeeds();
        string? Kind(string order) => day["differences"].EnumerateArray().Where(d => d.GetProperty("order").GetString() == order).Select(d => d.GetProperty("kind").GetString()).SingleOrDefault();
        Assert.Equal(("missing-here", "missing-there"), (Kind(lost), Kind(strange)));
        using (var page = town.Sit())
        {
            await page.SignIn("ketoan");
            (await page.Get("/doi-soat-thanh-toan?ngay=2026-11-24")).Says(lost, strange, "Ghi nhận theo sao kê");
        }

        (await accountant.Post("/payments/settle", new { day = "2026-11-24", order = strange })).Refuses("services.not-in-statement");
        (await accountant.Post("/payments/settle", new { day = "2026-11-24", order = lost })).Succeeds();
        Assert.Equal("paid", await State(lost));
        day = (await accountant.Post("/payments/reconcile", new { day = "2026-11-24" })).Succeeds();
        Assert.Null(Kind(lost));
        // Another amount there than here is a difference, and nothing mends it by a button.
        await town.Execute("update services.sandbox_payment set amount = 26000 where order_no = $1", lost);
        day = (await accountant.Post("/payments/reconcile", new { day = "2026-11-24", anew = true })).Succeeds();
        Assert.Equal("amount", Kind(lost));
    }

    [Fact]
    public async Task An_amount_that_the_office_tells_stops_the_clock_until_it_is_paid()
    {
        var (clerk, citizen) = (await town.Clerk(), await town.Resident());
        var code = (await clerk.Post("/files/take-in", new { procedure = Motorcycle, number = citizen.Facts.Number!.Value.ToString(), answers = town.Answers(AllServicesTests.Procedure(Motorcycle)), once = Guid.NewGuid() })).Succeeds()["code"].GetString()!;
        using var police = await town.Officer((await town.DeskOf(code))!);
        (await police.Post("/files/take", new { code })).Succeeds();
        (await clerk.Post("/payments/ask", new { code, amount = 1500000, what = "lệ phí cấp biển số" })).Refuses("services.other-desk");
        (await police.Post("/payments/ask", new { code, amount = 0, what = "lệ phí cấp biển số" })).Refuses("services.say-amount");
        (await police.Post("/payments/ask", new { code, amount = 1500000, what = "lệ phí cấp biển số" })).Succeeds();
        var file = (await police.Post("/files/show", new { code })).Succeeds()["file"];
        Assert.Equal(("payment", false), (file.GetProperty("status").GetString(), file.GetProperty("clock").TryGetProperty("due", out _)));
        (await police.Post("/files/carry-out", new { code })).Refuses("services.not-now");
        (await police.Post("/files/take", new { code })).Refuses("services.not-now");
        (await clerk.Post("/payments/cash", new { code, amount = 1500000 })).Succeeds();
        file = (await police.Post("/files/show", new { code })).Succeeds()["file"];
        Assert.Equal(("in-hand", true), (file.GetProperty("status").GetString(), file.GetProperty("clock").TryGetProperty("due", out _)));
        (await police.Post("/files/carry-out", new { code })).Succeeds();
        (await police.Post("/payments/ask", new { code, amount = 1500000, what = "lệ phí cấp biển số" })).Refuses("services.begun-already");
    }

    [Fact]
    public async Task A_child_pays_nothing_by_the_register_and_the_poor_by_what_an_official_has_seen()
    {
        var (clerk, answers) = (await town.Clerk(), town.Answers(AllServicesTests.Procedure(Card)));
        async Task<string> TakeIn(string born)
        {
            var number = (await town.Resident(born: born)).Facts.Number!.Value.ToString();
            return (await clerk.Post("/files/take-in", new { procedure = Card, number, answers, once = Guid.NewGuid() })).Succeeds()["code"].GetString()!;
        }

        var child = await TakeIn("2011-12-01");
        var fee = (await clerk.Post("/payments/fees", new { code = child })).Succeeds()["fees"][0];
        Assert.Equal((0, 25000, "child"), (fee.GetProperty("amount").GetInt32(), fee.GetProperty("shown").GetInt32(), fee.GetProperty("waiver").GetString()));
        // What is asked depends on what is filled in: a card that was lost costs more than one that is exchanged.
        var lost = (await clerk.Post("/files/take-in", new { procedure = Card, number = (await town.Resident()).Facts.Number!.Value.ToString(), answers = town.Answers(AllServicesTests.Procedure(Card), new Dictionary<string, string> { ["kind"] = "lost" }), once = Guid.NewGuid() })).Succeeds();
        Assert.Equal(35000, lost["fee"].GetInt32());
        var poor = await TakeIn("1990-04-12");
        (await clerk.Post("/payments/waive", new { code = poor, who = "student", what = "thẻ sinh viên 12" })).Refuses("services.no-waiver");
        (await clerk.Post("/payments/waive", new { code = poor, who = "poor", what = " " })).Refuses("services.say-waiver");
        Assert.Equal(0, (await clerk.Post("/payments/waive", new { code = poor, who = "poor", what = "giấy chứng nhận hộ nghèo 12/2026" })).Succeeds()["amount"].GetInt32());
        using var police = await town.As("congan");
        (await police.Post("/files/take", new { code = poor })).Succeeds();
        (await police.Post("/files/decide", new { code = poor, resultNo = "XN-2/2026" })).Succeeds();
    }

    [Fact]
    public async Task The_database_takes_no_nonsense_of_money()
    {
        var (_, code) = await Submitted(Card);
        var order = await Offered(code, 25000);
        foreach (var sql in new[]
        {
            $"update services.payment_order set amount = 1 where no = '{order}'", $"update services.payment_order set state = 'refunded', ended_at = now() where no = '{order}'", $"update services.payment_order set state = 'paid', ended_at = now() where no = '{order}'",
            $"insert into services.payment_order select gen_random_uuid(), no || 'x', file_id, fee, amount, way, state, made_at, made_by, valid_until from services.payment_order where no = '{order}'",
            $"insert into services.payment_order select gen_random_uuid(), no || 'y', file_id, fee, -5, way, 'failed', made_at, made_by, valid_until, now() from services.payment_order where no = '{order}'",
        })
        {
            await Assert.ThrowsAsync<Npgsql.PostgresException>(() => town.Execute(sql));
        }
    }
}
